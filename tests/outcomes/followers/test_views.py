"""The pages on which people ask to be told, and on which staff tell them."""

import re

import pytest
from sqlalchemy import select

from tests.outcomes.conftest import make_closed, make_outcome
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.outcomes.followers import services
from vrn_community.outcomes.followers.models import Follower

MAIL = "zoe@example.org"


@pytest.fixture
def closed(stored):
    return stored(make_closed, title="Lights in the park")


@pytest.fixture
def url(closed):
    return f"/o/{closed.code}/follow"


def kept(app):
    with app.app_context():
        return [follower.contact for follower in db.session.scalars(select(Follower))]


def press(client, url, act, contact):
    return Page.of(client.post(url, data={"go": act, "contact": contact}))


def test_somebody_leaves_an_address_and_takes_it_out_again(app, client, url, closed):
    assert url in Page.get(client, f"/o/{closed.code}").links()

    press(client, url, "add", " ZOE@example.org")
    assert kept(app) == [MAIL]
    press(client, url, "remove", MAIL)

    assert kept(app) == []


@pytest.mark.parametrize("act", ["add", "remove"])
def test_the_page_never_tells_whether_an_address_was_known(app, client, url, act, arrange, closed):
    unknown = press(client, url, act, MAIL).response
    with arrange():
        services.follow(closed, "known@example.org")
    known = press(client, url, act, "known@example.org").response

    assert (known.status_code, known.data) == (unknown.status_code, unknown.data)
    drop = re.compile("content-length|date", re.I)
    assert [h for h in known.headers if not drop.match(h[0])] == [
        h for h in unknown.headers if not drop.match(h[0])
    ]
    assert known.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("act", ["add", "remove"])
def test_what_is_no_address_comes_back_with_a_message(app, client, url, act):
    page = press(client, url, act, "zoe at home")

    assert page.title.startswith("Error:")
    assert page.has("Enter an e-mail address like name@example.org")
    assert "zoe at home" in page.text
    assert kept(app) == []


def test_nothing_of_an_answer_comes_along(client, url):
    fields = {i.get("name"): i.get("value") for i in Page.get(client, url).all("input")}

    assert fields == {"contact": "", "v": "1"}


def test_too_many_from_one_address_have_to_wait(client, url, monkeypatch):
    from vrn_community.outcomes.followers import views

    monkeypatch.setattr(views, "TRIES", 2)

    pages = [client.post(url, data={"go": "add", "contact": MAIL}) for _t in range(3)]

    assert [page.status_code for page in pages] == [200, 200, 429]
    assert f'value="{MAIL}"' in Page.of(pages[-1], status=429).text


def test_sensitive_questions_are_not_named_and_people_are_warned(arrange, client, url, closed):
    assert not Page.get(client, url).has("Is it safe?")
    with arrange() as session:
        session.merge(closed).is_sensitive = True

    page = Page.get(client, url)

    assert page.has("Is it safe?")
    assert "Lights in the park" not in page.text
    assert page.title == "Questions - VRN Community"


def test_what_is_answered_says_where_to_read_it(arrange, client, url, closed):
    with arrange() as session:
        make_outcome(session.merge(closed))

    page = press(client, url, "add", MAIL)

    assert page.has("You cannot leave an address here now.")
    assert f"/register/{closed.code}" in page.links()
    assert page.has("Take my address out")


def test_there_is_no_page_for_what_nobody_knows(client):
    assert client.get("/o/ZZZZZZZ/follow").status_code == 404


# On the desk


@pytest.fixture
def desk(closed):
    return f"/desk/opportunities/{closed.id}/followers"


def test_staff_see_a_number_in_steps_and_later_open_the_list(app, arrange, publisher, desk, closed):
    with arrange() as session:
        services.follow(session.merge(closed), MAIL)
    page = Page.get(publisher, desk)
    assert page.has("Fewer than 10 people left an address, or nobody.")
    assert MAIL not in page.text
    assert send(publisher, f"{desk}/list", {"reason": "tell"}).status_code == 404
    with arrange() as session:
        make_outcome(session.merge(closed))
    assert desk in Page.get(publisher, "/desk").links()

    assert Page.post(publisher, f"{desk}/list", {}).errors() == ["Choose a reason."]
    listed = Page.post(publisher, f"{desk}/list", {"reason": "tell"})
    assert listed.has(MAIL)
    file = send(publisher, f"{desk}/list", {"reason": "lost", "as": "csv"})
    assert file.mimetype == "text/csv"
    assert MAIL in file.text

    assert send(publisher, f"{desk}/told", {}).location == desk
    assert Page.get(publisher, desk).has("Their contacts are deleted on")
    assert send(publisher, f"{desk}/list", {"reason": "lost"}).status_code == 409
    assert desk not in Page.get(publisher, "/desk").links()


def test_a_number_cannot_become_a_formula(arrange, publisher, desk, closed):
    with arrange() as session:
        opportunity = session.merge(closed)
        services.follow(opportunity, "+48221234567")
        make_outcome(opportunity)

    file = send(publisher, f"{desk}/list", {"reason": "tell", "as": "csv"})

    assert "\r\n'+48221234567\r\n" in file.text


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PUBLISHER}))
def test_nobody_else_opens_these_pages(sign_in_as, desk, role):
    other = sign_in_as(role, email="other@example.org")

    assert other.get(desk).status_code == 403
    assert send(other, f"{desk}/list", {"reason": "tell"}).status_code == 403
