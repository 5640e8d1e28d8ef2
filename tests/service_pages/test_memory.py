"""Public pages are kept until somebody acts, and never longer."""

import pytest
from sqlalchemy import event

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.faults.people import CODE
from tests.pages import Page
from vrn_community import audit
from vrn_community.accounts.roles import Role
from vrn_community.audit import memory
from vrn_community.extensions import db
from vrn_community.opportunities import services
from vrn_community.opportunities.lifecycle import Act
from vrn_community.opportunities.models import Opportunity
from vrn_community.responses import pages


@pytest.fixture
def published(arrange, partnership, policy):
    """Return an opportunity with questions, in a service that keeps its pages."""
    policy(keeps_pages=True)
    with arrange():
        made = make_opportunity(make_account(Role.PUBLISHER), is_public=True, title="Lit paths")
        make_version(made, asks_age_band=False)
    return made


@pytest.fixture
def statements(app):
    """Return the list of statements that the database is sent."""
    sent: list[str] = []

    def note(*details: object) -> None:
        sent.append(str(details[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def rename_in_silence(arrange, opportunity: Opportunity, title: str) -> None:
    with arrange():
        db.session.get_one(Opportunity, opportunity.id).title = title


def test_a_page_that_was_shown_costs_one_look_into_the_audit_trail(
    client, published, statements
) -> None:
    client.get("/opportunities")
    statements.clear()

    again = client.get("/opportunities")

    assert b"Lit paths" in again.data
    assert len([sent for sent in statements if sent.startswith("SELECT")]) == 1


def test_an_act_of_the_desk_shows_at_once(arrange, client, published) -> None:
    client.get("/opportunities")

    with arrange():
        audit.record("opportunity:edit", None, actor=None)
    rename_in_silence(arrange, published, "Bright paths")

    assert b"Bright paths" in client.get("/opportunities").data


def test_what_is_not_an_act_shows_within_a_minute(arrange, client, published, monkeypatch) -> None:
    client.get("/opportunities")
    rename_in_silence(arrange, published, "Bright paths")
    assert b"Lit paths" in client.get("/opportunities").data

    monkeypatch.setattr(memory, "SECONDS", 0.0)

    assert b"Bright paths" in client.get("/opportunities").data


@pytest.mark.parametrize(
    ("path", "headers", "expected"),
    [
        ("/ur/opportunities", {}, b'lang="ur"'),
        ("/opportunities?q=nothing-like-it", {}, b"nothing-like-it"),
        ("/opportunities", {"Accept-Encoding": "gzip"}, b"\x1f\x8b"),
    ],
)
def test_each_kind_of_visitor_has_a_copy_of_their_own(
    client, published, path, headers, expected
) -> None:
    client.get("/opportunities")

    assert expected in client.get(path, headers=headers).data
    assert b"Lit paths" in client.get("/opportunities").data


def test_whoever_brings_a_cookie_gets_a_page_made_for_them(arrange, client, published) -> None:
    client.get("/opportunities")
    rename_in_silence(arrange, published, "Bright paths")

    client.set_cookie("any", "thing")

    assert b"Bright paths" in client.get("/opportunities").data


def test_a_missing_page_and_the_health_of_the_service_are_never_kept(
    app, client, published
) -> None:
    for path in ("/nowhere", "/healthz", f"/o/{published.code}/answer", "/leave"):
        client.get(path)

    kept = [key for _standing, key in app.extensions.get("memory", {}) if key[0] == "page"]
    assert kept == []


def test_two_people_share_a_page_but_not_its_state(client, published) -> None:
    url = f"/o/{published.code}/answer"
    starts = [Page.get(client, url) for _ in range(2)]
    sent = [{"state": page.hidden("state"), "go": "next"} for page in starts]
    sections = [Page.of(client.post(url, data=data)) for data in sent]

    states = [page.hidden("state") for page in (*starts, *sections)]

    assert len(set(states)) == 4
    assert all(pages.GAP not in page.text for page in (*starts, *sections))


def test_two_people_share_a_last_page_but_not_its_code(client, published) -> None:
    url = f"/o/{published.code}/answer"
    codes = []
    for _ in range(2):
        page = Page.get(client, url)
        for act in ("next", "next", "next", "send"):
            hidden = {"state": page.hidden("state")}
            page = Page.of(client.post(url, data={**hidden, "go": act, "feel": "safe"}))
        codes.append(CODE.search(page.text))

    assert all(codes)
    assert codes[0][1] != codes[1][1]


def test_closing_is_seen_by_somebody_who_is_answering(arrange, client, published) -> None:
    url = f"/o/{published.code}/answer"
    page = Page.get(client, url)

    with arrange() as session:
        found = session.get_one(Opportunity, published.id)
        closer = make_account(Role.PUBLISHER, email="closer@example.org")
        services.change_state(found, Act.CLOSE, by=closer, reason="All is said.")

    answer = client.post(url, data={"state": page.hidden("state"), "go": "next"})
    assert b"closed" in answer.data
    assert b'name="state"' not in answer.data
