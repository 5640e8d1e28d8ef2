"""A partner writes down a decision and a change; an approver takes words down."""

import pytest
from sqlalchemy import select

from tests.outcomes.decisions.conftest import CHANGED, SAID, YESTERDAY
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.outcomes.decisions.models import BodyDecision, Change, SaidState

DESK = "/desk/decisions"


def dated(name, day=YESTERDAY):
    return {f"{name}-{part}": getattr(day, part) for part in ("day", "month", "year")}


def form_of(client, url, **changes):
    return {"id": Page.get(client, url).hidden("id"), **changes}


@pytest.fixture
def partner(scene, as_account):
    return as_account(scene.partner)


@pytest.fixture
def url(scene):
    return f"{DESK}/{scene.csp.slug}/new"


@pytest.fixture
def stored(arrange):
    def read(model):
        with arrange():
            return list(db.session.scalars(select(model).order_by(model.number)))

    return read


def decision(scene, **changes):
    return {**SAID, **dated("decided_on"), "before": [str(scene.known.id)], **changes}


def test_a_partner_says_what_was_decided_and_what_is_different(scene, partner, client, stored, url):
    sent = form_of(partner, url, **decision(scene))
    for _twice in range(2):
        assert send(partner, url, sent).location == f"{DESK}/{scene.csp.slug}"
    (made,) = stored(BodyDecision)
    changes = f"{DESK}/{scene.csp.slug}/changes/new"
    said = {**CHANGED, **dated("happened_on"), "before": [str(made.id)], "measures": ["trust"]}
    sent = form_of(partner, changes, **said)
    for _twice in range(2):
        assert send(partner, changes, sent).location == f"{DESK}/{scene.csp.slug}/changes"
    (changed,) = stored(Change)

    listed = Page.get(partner, DESK)
    assert listed.has(SAID["decided"])
    assert Page.get(partner, f"{DESK}/{scene.csp.slug}/changes").has(CHANGED["what"])
    page = Page.get(client, f"/changes/{changed.id}")
    assert page.has("We do not say that it is the cause")
    assert f"/decisions/{made.id}" in page.links()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"decided": ""}, "Say what was decided."),
        ({"not_done": ""}, "Say what you did not do, and why."),
        ({"reasons": "x" * 4_001}, "Use at most 4,000 characters."),
        ({"decided_on-year": "2099"}, "Choose today or a day before."),
        ({"decided_on-day": "45"}, "Enter a real date, for example 27 9 2027."),
        ({"before": []}, "Choose at least one thing that came before it."),
    ],
    ids=str,
)
def test_what_cannot_be_published_is_shown_again(scene, partner, stored, url, changes, message):
    page = Page.post(partner, url, form_of(partner, url, **decision(scene, **changes)))

    assert message in page.errors()
    if "decided" not in changes:
        assert SAID["decided"] in page.text
    assert stored(BodyDecision) == []


@pytest.mark.parametrize("ending", ["/new", "/changes/new"])
def test_what_came_before_is_one_of_what_the_body_was_told(scene, partner, ending):
    url = f"{DESK}/{scene.csp.slug}{ending}"
    sent = {**SAID, **CHANGED, **dated("decided_on"), **dated("happened_on")}

    page = Page.post(partner, url, form_of(partner, url, **sent, before=["of-nobody"]))

    assert len(page.errors()) == 1


def test_what_may_name_somebody_is_looked_at_before_it_is_public(scene, partner, stored, url):
    named = decision(scene, reasons="Mrs Example rang 0116 496 0000.")
    page = Page.post(partner, url, form_of(partner, url, **named))
    assert page.errors() == [
        "This may tell who somebody is: Somebody’s name, A phone number. "
        "Take it out, or tick the box if nobody can be recognised."
    ]
    assert stored(BodyDecision) == []

    assert send(partner, url, form_of(partner, url, **named, is_checked="y")).status_code == 303
    assert len(stored(BodyDecision)) == 1


def test_a_partner_corrects_with_a_reason_and_the_old_words_stay(scene, partner, client, stored):
    made = scene.decide()
    url = f"{DESK}/decision/{made.id}/correct"
    sent = form_of(partner, url, **decision(scene, decided="Fourteen lights."))
    assert Page.post(partner, url, sent).errors() == ["Give a reason."]
    for _twice in range(2):
        assert send(partner, url, {**sent, "reason": "Two more."}).status_code == 303

    first, second = stored(BodyDecision)
    assert (first.decided, second.decided) == (SAID["decided"], "Fourteen lights.")
    old = Page.get(client, f"/decisions/{first.id}")
    assert old.has("Read what counts now")
    assert f"/decisions/{second.id}" in old.links()
    assert Page.get(client, f"/decisions/{second.id}").has("Corrected because: Two more.")


def test_a_change_is_corrected_too(scene, partner, stored):
    made = scene.change(recommendation=scene.asked)
    url = f"{DESK}/change/{made.id}/correct"
    said = {**CHANGED, "effect": "All is lit.", **dated("happened_on"), "reason": "More."}
    sent = form_of(partner, url, before=[str(scene.asked.id)], **said)

    assert send(partner, url, sent).location == f"{DESK}/{scene.csp.slug}/changes"
    assert [row.effect for row in stored(Change)] == [CHANGED["effect"], "All is lit."]
    assert partner.get(url).status_code == 303


def test_an_approver_takes_words_down_and_everybody_reads_why(scene, as_account, client, stored):
    made = scene.decide()
    approver = as_account(scene.checker)
    assert Page.get(approver, f"{DESK}/all").has(SAID["decided"])
    Page.get(approver, f"{DESK}/all/changes")
    url = f"{DESK}/{made.id}/withdraw"
    assert Page.post(approver, url, {"reason": ""}).errors() == ["Give a reason."]

    for _twice in range(2):
        assert send(approver, url, {"reason": "It named somebody."}).status_code == 303

    (row,) = stored(BodyDecision)
    assert row.state is SaidState.WITHDRAWN
    page = Page.get(client, f"/decisions/{made.id}")
    assert page.has("It named somebody.")
    for words in SAID.values():
        assert not page.has(words)
    assert Page.get(approver, url).has("Its words are taken down already.")
    assert Page.get(approver, f"{DESK}/all").has("Nothing is written down yet.")


@pytest.mark.parametrize("role", list(Role))
def test_no_other_role_gets_there(scene, sign_in_as, stored, role):
    made = scene.decide()
    stranger = sign_in_as(role, email="stranger@example.org")
    writes = {Role.PARTNER, Role.BOARD_MEMBER, Role.PUBLISHER}

    for path in (f"/{scene.csp.slug}/new", f"/decision/{made.id}/correct"):
        answer = send(stranger, DESK + path, decision(scene, reason="No."))
        assert answer.status_code == (409 if role in writes else 403)
    answer = stranger.get(f"{DESK}/{made.id}/withdraw")
    assert answer.status_code == (200 if role is Role.APPROVER else 403)
    assert [row.state for row in stored(BodyDecision)] == [SaidState.PUBLISHED]
    assert len(stored(BodyDecision)) == 1


def test_the_team_speaks_for_a_body_without_accounts(scene, sign_in_as):
    publisher = sign_in_as(Role.PUBLISHER, email="ben@example.org")

    page = Page.get(publisher, DESK)

    assert f"{DESK}/safer-melton-partnership" in page.links()
    assert f"{DESK}/{scene.csp.slug}" not in page.links()
    own = Page.get(publisher, f"{DESK}/{scene.csp.slug}")
    assert own.has("This body has accounts of its own, so it says this itself.")
    assert publisher.get(f"{DESK}/{scene.csp.slug}/new").status_code == 303


def test_a_partner_without_a_body_is_told_what_to_do(scene, sign_in_as):
    partner = sign_in_as(Role.PARTNER, email="none@example.org")

    assert Page.get(partner, DESK).has("We do not know yet which body you answer for.")


def test_what_is_not_there_is_not_found(scene, partner):
    for path in ("/nowhere", "/nowhere/new", f"/decision/{scene.csp.id}/correct"):
        Page.get(partner, DESK + path, status=404)
