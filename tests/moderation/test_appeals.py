"""Whoever wrote words can ask once that a decision about them is looked at again."""

import uuid

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.factories import deciding
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.moderation.conftest import at, read
from tests.pages import Page, send
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.contributions import receipts
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.record_keys import RecordKey
from vrn_community.moderation import appeals, services
from vrn_community.moderation.models import Appeal, AppealOutcome
from vrn_community.safeguarding import services as safeguarding
from vrn_community.safeguarding.models import Urgency

S = PassageState
CODE = "0123456789ABCDEFGHJKMNPQ"
REASON = "Nobody can be recognised by Zanzibarquail."


@pytest.fixture
def pat(session) -> Account:
    return make_account(Role.MODERATOR, name="Pat Lowe", email="pat@example.org")


@pytest.fixture
def withheld(passage, dana):
    found = passage()
    services.withhold(found, moderator=dana, reason="accuses")
    return found


@pytest.mark.parametrize("state", sorted(set(S) - appeals.APPEALABLE))
def test_what_waits_is_held_or_may_be_read_is_not_looked_at_again(passage, session, state):
    appeals.ask(passage(state=state), REASON)

    assert session.scalars(select(Appeal)).all() == []


def test_it_can_be_asked_once_and_the_reason_is_sealed_and_screened(withheld, session):
    appeals.ask(withheld, "I want to kill myself.")
    appeals.ask(withheld, "Please.")

    appeal = session.scalars(select(Appeal)).one()
    assert appeal.reason == "I want to kill myself."
    assert b"kill" not in appeal.sealed_reason
    assert "self-harm" in appeal.signals
    assert session.scalars(select(AuditEntry.action)).all()[-1] == "passage:withhold"


def test_it_goes_to_a_moderator_who_did_not_decide(withheld, dana, pat):
    appeals.ask(withheld)

    assert [a.passage_id for a in appeals.waiting(pat.id, 1)] == [withheld.id]
    assert appeals.number_waiting(dana.id) == 0
    for answer in (appeals.keep, appeals.reopen):
        with pytest.raises(NotAllowed, match="did not decide"):
            answer(withheld, moderator=dana)
    assert withheld.state is S.WITHHELD


def test_whoever_agreed_to_the_decision_does_not_answer_either(opportunity, passage, dana, pat):
    opportunity.is_sensitive = True
    found = passage()
    proposal = deciding.redact(found, [[2, 2]], moderator=dana, reason="place")
    deciding.agree(found, proposal.id, moderator=pat)
    appeals.ask(found)

    assert appeals.number_waiting(dana.id) == appeals.number_waiting(pat.id) == 0
    third = make_account(Role.MODERATOR, email="third@example.org")
    assert appeals.number_waiting(third.id) == 1


def test_words_that_allege_something_about_a_moderator_never_come_to_them(withheld, dana, pat):
    appeals.ask(withheld, REASON)
    safeguarding.raise_concern(withheld, Urgency.TODAY, "He hits.", by=dana, accused_id=pat.id)
    withheld.state = S.WITHHELD
    db.session.flush()

    assert appeals.number_waiting(pat.id) == 0
    with pytest.raises(NotAllowed):
        appeals.keep(withheld, moderator=pat)


def test_the_decision_can_stay(withheld, pat):
    appeals.ask(withheld, REASON)

    kept = appeals.keep(withheld, moderator=pat)

    assert appeals.keep(withheld, moderator=pat) is kept
    assert (kept.outcome, withheld.state) == (AppealOutcome.KEPT, S.WITHHELD)
    assert kept.reason == ""
    assert db.session.get(RecordKey, kept.id) is None
    with pytest.raises(NotAllowed):
        appeals.reopen(withheld, moderator=pat)


@pytest.mark.parametrize("state", sorted(appeals.APPEALABLE))
def test_the_decision_can_be_taken_back_so_that_the_words_are_read_anew(passage, pat, state):
    found = passage(state=state)
    appeals.ask(found)

    appeals.reopen(found, moderator=pat)

    assert (found.state, found.cleared_words) == (S.HELD, None)
    deciding.clear(found, moderator=pat)
    assert found.state is S.CLEARED


def test_what_came_to_the_safeguarding_lead_meanwhile_waits_for_them(withheld, dana, pat):
    appeals.ask(withheld)
    safeguarding.raise_concern(withheld, Urgency.TODAY, "He may be hurt.", by=dana)

    assert appeals.number_waiting(pat.id) == 0
    with pytest.raises(NotAllowed):
        appeals.keep(withheld, moderator=pat)


# Under the receipt code, and on the desk


@pytest.fixture
def own(arrange):
    """Return a function that stores words under a receipt code; `decide` makes a decision."""
    opportunities = []

    def make(decide=None, question_id="q1"):
        with arrange() as session:
            by = session.merge(make_account(Role.MODERATOR, email=f"{uuid.uuid4()}@example.org"))
            if not opportunities:
                opportunities.append(make_opportunity(by, is_public=True))
            found = make_passage(session.merge(opportunities[0]), question_id=question_id)
            found.contribution.receipt_hash = receipts.hash_of(CODE)
            if decide:
                decide(found, by)
            return found

    return make


def withhold(found, by):
    services.withhold(found, moderator=by, reason="A court case in Zanzibarquail.")


def redact(found, by):
    deciding.redact(found, [[2, 2]], moderator=by, reason="names-somebody")


def hold_for_lead(found, by):
    safeguarding.raise_concern(found, Urgency.TODAY, "He may be hurt.", by=by)


def code_page(client, **more):
    return Page.of(client.post("/code", data={"code": CODE, **more}))


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (withhold, "Nobody else can read them. The main reason: Something else."),
        (redact, "without some words. The main reason: It names a person."),
    ],
)
def test_whoever_has_the_code_sees_what_was_decided_and_asks_once(client, own, decide, said):
    own(decide)
    page = code_page(client)
    assert page.has(said)
    assert "Zanzibarquail" not in page.text

    page = code_page(client, again="q1", reason=REASON)

    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.has("You asked us to look again.")
    assert not page.has("Ask us to look again")


def test_what_is_held_for_safeguarding_looks_like_what_waits(client, own, app):
    own()
    waiting = code_page(client, again="q1", reason="Please.").text
    with app.app_context():
        found = db.session.scalars(select(Passage)).one()
        hold_for_lead(found, make_account(Role.MODERATOR, email="lee@example.org"))
        db.session.commit()

    assert code_page(client, again="q1", reason="Please.").text == waiting
    with app.app_context():
        assert db.session.scalars(select(Appeal)).all() == []


def test_a_reason_that_is_too_long_comes_back_with_a_message(client, own, app):
    own(withhold)

    page = code_page(client, again="q1", reason="long " * 100)

    assert page.has("Use at most 300 characters.")
    assert "long long" in page.text
    with app.app_context():
        assert db.session.scalars(select(Appeal)).all() == []


def test_a_wrong_code_or_other_words_ask_for_nothing(client, own, app):
    own(withhold)

    code_page(client, again="q2", reason=REASON)
    assert client.post("/code", data={"code": "1" * 24, "again": "q1"}).status_code == 200

    with app.app_context():
        assert db.session.scalars(select(Appeal)).all() == []


@pytest.mark.parametrize(
    ("act", "told"),
    [("keep", "Somebody else did, and the decision stayed."), ("reopen", "still has to read them")],
)
def test_a_moderator_answers_and_the_answer_stands_under_the_code(
    client, own, moderator, act, told
):
    found = own(redact)
    code_page(client, again="q1", reason=REASON)
    assert at(found) in Page.get(moderator, "/desk/moderation/appeals").links()
    assert not Page.get(moderator, at(found)).has(REASON)
    assert Page.post(moderator, at(found, "/open"), {}).has(REASON)

    assert send(moderator, at(found, f"/appeal/{act}"), {}).status_code == 303

    assert code_page(client).has(told)
    assert at(found) not in Page.get(moderator, "/desk/moderation/appeals").links()


def test_why_to_look_again_is_opened_for_itself_by_who_may_answer(
    client, own, moderator, app, sign_in_as
):
    found = own()
    decided = sign_in_as(Role.MODERATOR, email="pat@example.org", name="Pat Lowe")
    for reader in (decided, moderator):  # Both read the words that day.
        read(reader, found)
    send(decided, at(found, "/redact"), {"redact-words": "2", "redact-reason": "place"})
    code_page(client, again="q1", reason=REASON)

    for reader in (decided, moderator):
        assert not Page.get(reader, at(found)).has(REASON)
    assert not read(decided, found).has(REASON)
    assert Page.get(decided, at(found)).has("somebody else answers")
    for _press in range(2):
        assert read(moderator, found).has(REASON)

    with app.app_context():
        query = select(AuditEntry).filter_by(action="appeal:read")
        entries = [(row.actor_id, row.subject_id) for row in db.session.scalars(query)]
    assert entries == [(moderator.account_id, found.id)]
