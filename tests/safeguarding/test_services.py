import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import WORDS, make_passage
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.audit.models import AuditEntry
from vrn_community.contributions.models import PassageState
from vrn_community.foundation.crypto import SealBrokenError
from vrn_community.foundation.errors import NotAllowed
from vrn_community.safeguarding import labels, queries, services
from vrn_community.safeguarding.models import Concern, ConcernState, Urgency
from vrn_community.safeguarding.reasons import CloseReason, RevealReason

S = ConcernState
NOTE = "He waits alone, and somebody hurts him."


@pytest.fixture
def elif_(session):
    return make_account(Role.SAFEGUARDING_LEAD, name="Elif Demir")


@pytest.fixture
def passage(elif_):
    return make_passage(make_opportunity(elif_), state=PassageState.CLEARED)


@pytest.fixture
def concern(passage, elif_):
    return services.raise_concern(passage, Urgency.TODAY, NOTE, by=elif_)


def test_a_concern_holds_the_words_and_seals_what_was_noticed(concern, passage):
    assert passage.state is PassageState.HELD
    assert passage.cleared_words is None
    assert concern.note == NOTE
    assert NOTE.encode() not in concern.sealed_note
    assert concern.opportunity_id == passage.contribution.opportunity_id


def test_a_concern_raised_twice_is_one(concern, passage, elif_, session):
    again = services.raise_concern(passage, Urgency.TODAY, NOTE, by=elif_)

    assert again is concern
    assert len(session.scalars(select(Concern)).all()) == 1
    assert len(audit.of_subject(concern.id)) == 1


def test_what_somebody_notices_later_is_added_and_waits_again(concern, passage, elif_):
    services.decide(concern, "Rang the front door.", by=elif_)
    services.close(concern, CloseReason.PASSED_ON, by=elif_)

    services.raise_concern(passage, Urgency.IMMEDIATE, "He wrote again.", by=elif_)
    services.raise_concern(passage, Urgency.ROUTINE, "It is the same man.", by=elif_)

    assert concern.state is S.OPEN
    assert concern.urgency is Urgency.IMMEDIATE
    assert concern.note.split("\n\n") == [NOTE, "He wrote again.", "It is the same man."]
    services.decide(concern, "Rang again.", by=elif_)
    assert concern.decision == "Rang the front door.\n\nRang again."


def test_what_is_sealed_opens_in_its_own_place_only(concern, passage, elif_):
    other = services.raise_concern(
        make_passage(passage.contribution.opportunity), Urgency.TODAY, "Else", by=elif_
    )
    services.decide(concern, "Rang.", by=elif_)

    for name, taken in (
        ("sealed_note", other.sealed_note),
        ("sealed_note", concern.sealed_decision),
        ("sealed_note", passage.sealed_words),
    ):
        setattr(concern, name, taken)
        with pytest.raises(SealBrokenError):
            assert concern.note


@pytest.mark.parametrize(
    ("state", "act", "ends"),
    [
        (S.OPEN, "decide", S.DECIDED),
        (S.OPEN, "close", None),
        (S.DECIDED, "decide", None),
        (S.DECIDED, "close", S.CLOSED),
        (S.CLOSED, "decide", None),
        (S.CLOSED, "close", S.CLOSED),
    ],
)
def test_a_concern_is_open_then_decided_then_closed(concern, elif_, state, act, ends):
    concern.state = state

    def take():
        if act == "decide":
            services.decide(concern, "Rang the front door.", by=elif_)
        else:
            services.close(concern, CloseReason.NO_RISK, by=elif_)

    if ends is None:
        with pytest.raises(NotAllowed):
            take()
    else:
        take()
    assert concern.state is (ends or state)


def test_pressing_twice_decides_and_closes_once(concern, elif_):
    for _press in range(2):
        services.decide(concern, "Rang.", by=elif_)
    for _press in range(2):
        services.close(concern, CloseReason.PASSED_ON, by=elif_)

    actions = [entry.action for entry in audit.of_subject(concern.id)]
    assert actions == ["concern:raise", "concern:decide", "concern:close"]


def test_reading_the_words_is_in_the_audit_trail_first(concern, elif_):
    shown = services.reveal(concern, RevealReason.DECIDE, by=elif_)
    assert (shown.note, shown.decision, shown.words) == (NOTE, "", WORDS)

    entry = audit.of_subject(concern.id)[-1]
    assert (entry.action, entry.actor_id) == ("concern:reveal", elif_.id)
    assert entry.details == {"reason": "decide"}


def test_words_that_were_taken_back_are_gone_and_the_concern_stays(
    concern, passage, elif_, session
):
    session.delete(passage)
    session.flush()
    session.expire_all()

    assert queries.concern(concern.id).passage is None
    shown = services.reveal(concern, RevealReason.DECIDE, by=elif_)
    assert (shown.note, shown.words) == (NOTE, "")
    services.decide(concern, "Nothing can be done.", by=elif_)


def test_the_audit_trail_holds_nothing_that_was_written(concern, elif_, session):
    services.decide(concern, "Told his school.", by=elif_)
    services.close(concern, CloseReason.PASSED_ON, by=elif_)
    services.reveal(concern, RevealReason.REVIEW, by=elif_)

    kept = " ".join(repr(entry.details) for entry in session.scalars(select(AuditEntry)))
    for sentence in (NOTE, WORDS, "Told his school."):
        assert not [word for word in sentence.split() if len(word) > 3 and word in kept]


def test_the_most_urgent_come_first_then_the_oldest(passage, elif_):
    opportunity = passage.contribution.opportunity
    wanted = [Urgency.ROUTINE, Urgency.IMMEDIATE, Urgency.TODAY, Urgency.IMMEDIATE]
    made = [
        services.raise_concern(make_passage(opportunity), urgency, NOTE, by=elif_)
        for urgency in wanted
    ]

    assert list(queries.page(1)) == [made[1], made[3], made[2], made[0]]
    assert queries.waiting() == 4
    assert queries.page(1, state=S.CLOSED).total == 0


def test_everything_has_words():
    assert set(labels.STATES) == set(ConcernState)
    assert set(labels.URGENCIES) == set(Urgency)
    assert set(labels.CLOSE_REASONS) == set(CloseReason)
    assert set(labels.REVEAL_REASONS) == set(RevealReason)
