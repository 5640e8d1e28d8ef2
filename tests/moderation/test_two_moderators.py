"""Words of sensitive activities: nobody reads them before two moderators agree."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.databases import of_kind, opened
from tests.factories import deciding
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import WORDS, make_passage
from tests.moderation.conftest import at, read, reload
from tests.pages import Page, send
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.moderation import queries, services
from vrn_community.moderation.models import Decision, Proposal
from vrn_community.safeguarding import services as safeguarding
from vrn_community.safeguarding.models import Urgency

S = PassageState
WITHOUT_NAME = WORDS.replace("Ravi", "[…]")
redact = partial(deciding.redact, spans=[[2, 2]], reason="names-somebody")
WANTED = {"clear": (deciding.clear, WORDS), "redact": (redact, WITHOUT_NAME)}


@pytest.fixture
def pat(session) -> Account:
    return make_account(Role.MODERATOR, name="Pat Lowe", email="pat@example.org")


@pytest.fixture
def hard(opportunity, passage):
    """Return a passage of a sensitive activity."""
    opportunity.is_sensitive = True
    return passage()


@pytest.mark.parametrize("act", WANTED)
def test_what_one_moderator_wants_is_not_read_before_another_agrees(hard, dana, pat, act):
    decide, words = WANTED[act]

    proposal = decide(hard, moderator=dana)
    assert (hard.state, hard.cleared_words) == (S.PENDING, None)

    decision = deciding.agree(hard, proposal.id, moderator=pat)
    assert hard.cleared_words == words
    assert (decision.moderator_id, decision.second_id) == (dana.id, pat.id)
    assert queries.proposal(hard.id) is None


@pytest.mark.parametrize("act", WANTED)
def test_nobody_agrees_with_themselves(hard, dana, act):
    decide, _words = WANTED[act]
    proposal = decide(hard, moderator=dana)

    assert decide(hard, moderator=dana) is proposal
    with pytest.raises(NotAllowed, match="somebody else"):
        deciding.agree(hard, proposal.id, moderator=dana)
    assert hard.cleared_words is None


def test_two_who_want_the_same_agree(hard, dana, pat):
    deciding.clear(hard, moderator=dana)

    deciding.clear(hard, moderator=pat)

    assert hard.cleared_words == WORDS


def test_what_the_second_changes_the_first_must_agree_to(hard, dana, pat):
    first = redact(hard, moderator=dana)
    second = deciding.redact(hard, [[2, 2], [5, 6]], moderator=pat, reason="place")
    assert hard.cleared_words is None

    with pytest.raises(NotAllowed, match="moved on"):
        deciding.agree(hard, first.id, moderator=dana)
    with pytest.raises(NotAllowed, match="somebody else"):
        deciding.agree(hard, second.id, moderator=pat)
    deciding.agree(hard, second.id, moderator=dana)

    assert "Haymarket" not in hard.cleared_words
    assert "Ravi" not in hard.cleared_words


def test_taking_out_more_hides_the_words_until_both_agree(hard, dana, pat):
    deciding.agree(hard, deciding.clear(hard, moderator=dana).id, moderator=pat)

    proposal = redact(hard, moderator=pat)
    assert (hard.state, hard.cleared_words) == (S.HELD, None)

    deciding.agree(hard, proposal.id, moderator=dana)
    assert hard.cleared_words == WITHOUT_NAME


@pytest.mark.parametrize("act", [services.hold, partial(services.withhold, reason="accuses")])
def test_keeping_words_back_counts_at_once_and_ends_what_was_proposed(hard, dana, pat, act):
    proposal = deciding.clear(hard, moderator=dana)

    act(hard, moderator=pat)

    with pytest.raises(NotAllowed):
        deciding.agree(hard, proposal.id, moderator=pat)
    assert hard.cleared_words is None
    assert queries.proposal(hard.id) is None


def test_agreeing_twice_is_one_decision(hard, dana, pat, session):
    proposal = deciding.clear(hard, moderator=dana)

    first = deciding.agree(hard, proposal.id, moderator=pat)

    assert deciding.agree(hard, proposal.id, moderator=pat) is first
    assert len(session.scalars(select(Decision)).all()) == 1
    actions = [entry.action for entry in audit.of_subject(hard.id)]
    assert actions == ["passage:propose", "passage:clear"]


def test_nobody_agrees_as_long_as_a_concern_is_open(hard, dana, pat):
    proposal = deciding.clear(hard, moderator=dana)
    safeguarding.raise_concern(hard, Urgency.TODAY, "He may be hurt.", by=dana)

    with pytest.raises(NotAllowed, match="safeguarding lead"):
        deciding.agree(hard, proposal.id, moderator=pat)


def test_short_answers_to_sensitive_questions_are_never_cleared_together(opportunity, passage):
    alike = [passage("Yes.") for _number in range(3)]
    assert len(queries.alike(opportunity.id)) == 1

    opportunity.is_sensitive = True

    assert queries.alike(opportunity.id) == []
    assert queries.alike_to(alike[0]) == []


def test_one_moderator_is_enough_elsewhere(passage, dana, session):
    found = passage()

    deciding.clear(found, moderator=dana)

    assert found.cleared_words == WORDS
    assert session.scalars(select(Proposal)).all() == []


def test_of_two_at_once_nobody_lets_pass_what_the_other_did_not_see(database, worker):
    with of_kind(database.kind, f"agree_{worker}") as own, opened(own.settings) as app:
        dana, pat = (make_account(Role.MODERATOR, email=f"{n}@example.org") for n in "ab")
        opportunity = make_opportunity(dana, is_sensitive=True)
        found = make_passage(opportunity)
        key, proposal = found.id, deciding.clear(found, moderator=dana).id
        moderators = [dana.id, pat.id]
        db.session.commit()
        both = threading.Barrier(2)
        acts = [
            lambda passage, by: deciding.redact(passage, [[2, 2]], moderator=by, reason="place"),
            lambda passage, by: deciding.agree(passage, proposal, moderator=by),
        ]

        def decide(number):
            with app.app_context():
                both.wait(10)
                by, passage = db.session.get(Account, moderators[number]), _passage(key)
                try:
                    acts[number](passage, by)
                    db.session.commit()
                except NotAllowed:
                    db.session.rollback()

        with ThreadPoolExecutor() as people:
            list(people.map(decide, range(2)))
        db.session.rollback()
        end, wanted = _passage(key), queries.proposal(key)
        # Either Pat agreed to all of it before Dana changed her mind, or Pat was refused.
        assert end.cleared_words is None
        assert wanted.moderator_id == moderators[0]
        assert wanted.outcome == "redact"


def _passage(key):
    return db.session.get(Passage, key)


# On the desk


@pytest.fixture
def stored_hard(arrange):
    with arrange():
        author = make_account(email="noor@example.org", name="Noor Else")
        opportunity = make_opportunity(author, is_sensitive=True)
        return [make_passage(opportunity) for _number in range(2)]


@pytest.fixture
def colleague(sign_in_as):
    return sign_in_as(Role.MODERATOR, email="pat@example.org", name="Pat Lowe")


def test_the_second_moderator_sees_both_versions_and_agrees(moderator, colleague, stored_hard, app):
    passage, other = stored_hard
    sent = {"redact-words": "2", "redact-reason": "names-somebody"}
    read(moderator, passage)
    answer = send(moderator, at(passage, "/redact"), sent)
    assert answer.location == at(other)
    assert at(passage) not in Page.get(moderator, at(other)).links()

    listed = Page.get(colleague, "/desk/moderation?second=yes")
    assert at(passage) in listed.links()
    assert at(other) not in listed.links()
    assert not Page.get(moderator, "/desk/moderation?second=yes").has("Read number 1")
    page = Page.post(colleague, at(passage, "/open"), {})
    assert page.has(WORDS)
    assert page.has("My cousin […](words taken out) waits")
    assert page.has("Dana Nowak wants to take words out. It names a person.")
    key = page.hidden("agree-proposal")
    assert send(colleague, at(passage, "/agree"), {"agree-proposal": key}).status_code == 303

    assert reload(app, passage).cleared_words == WITHOUT_NAME
    assert Page.get(moderator, at(passage)).has(
        "Words taken out by Dana Nowak, and Pat Lowe agreed"
    )


@pytest.mark.parametrize("key", ["", "nonsense", "00000000-0000-0000-0000-000000000001"])
def test_agreeing_to_what_was_not_read_is_refused(moderator, colleague, stored_hard, app, key):
    passage, _other = stored_hard
    read(moderator, passage)
    send(moderator, at(passage, "/clear"), {})
    read(colleague, passage)

    assert send(colleague, at(passage, "/agree"), {"agree-proposal": key}).status_code == 409
    assert reload(app, passage).cleared_words is None
