import uuid

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.factories.keys import texts_of
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import WORDS, make_passage
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.audit.models import AuditEntry
from vrn_community.contributions.models import PassageState
from vrn_community.foundation.crypto import SealBrokenError
from vrn_community.foundation.errors import NotAllowed
from vrn_community.safeguarding import labels, queries, services
from vrn_community.safeguarding.kinds import AgeBand, EntryKind, Outcome, Source
from vrn_community.safeguarding.models import Concern, ConcernState, Urgency
from vrn_community.safeguarding.reasons import CloseReason, RevealReason

S = ConcernState


def decide(concern, reasons, *, by, key=None):
    services.decide(concern, Outcome.REFERRED, {"reasons": reasons}, by=by, key=key)


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


def test_a_concern_holds_the_words_and_keeps_a_copy_that_nobody_reads(concern, passage, elif_):
    assert passage.state is PassageState.HELD
    assert passage.cleared_words is None
    assert texts_of(concern, elif_) == [{"noticed": NOTE, "words": WORDS}]
    assert NOTE.encode() not in queries.entries(concern.id)[0].sealed_text
    assert concern.opportunity_id == passage.contribution.opportunity_id


def test_a_concern_raised_twice_is_one(concern, passage, elif_, session):
    other, key = make_passage(passage.contribution.opportunity), uuid.uuid4()

    made = [
        services.raise_concern(other, Urgency.TODAY, NOTE, by=elif_, key=key) for _press in range(2)
    ]

    assert made[0] is made[1]
    assert len(session.scalars(select(Concern)).all()) == 2
    assert len(audit.of_subject(made[0].id)) == len(queries.entries(made[0].id)) == 1


def test_what_somebody_notices_later_is_added_and_waits_again(concern, passage, elif_):
    decide(concern, "Rang the front door.", by=elif_)
    services.close(concern, CloseReason.PASSED_ON, by=elif_)

    services.raise_concern(passage, Urgency.IMMEDIATE, "He wrote again.", by=elif_)
    services.raise_concern(passage, Urgency.ROUTINE, "It is the same man.", by=elif_)

    assert concern.state is S.OPEN
    assert concern.urgency is Urgency.IMMEDIATE
    decide(concern, "Rang again.", by=elif_)
    texts = texts_of(concern, elif_)
    noticed = [text["noticed"] for text in texts if "noticed" in text]
    assert noticed == [NOTE, "He wrote again.", "It is the same man."]
    reasons = [text["reasons"] for text in texts if "reasons" in text]
    assert reasons == ["Rang the front door.", "Rang again."]


def test_what_is_sealed_opens_in_its_own_place_only(concern, passage, elif_):
    decide(concern, "Rang.", by=elif_)
    other = services.raise_concern(
        make_passage(passage.contribution.opportunity), Urgency.TODAY, "Else", by=elif_
    )
    raised, decided = queries.entries(concern.id)
    for taken in (
        queries.entries(other.id)[0].sealed_text,
        decided.sealed_text,
        passage.sealed_words,
    ):
        raised.sealed_text = taken
        with pytest.raises(SealBrokenError):
            texts_of(concern, elif_)


@pytest.mark.parametrize(
    ("state", "act", "ends"),
    [
        (S.OPEN, "decide", S.DECIDED),
        (S.OPEN, "close", None),
        (S.DECIDED, "decide", S.DECIDED),
        (S.DECIDED, "close", S.CLOSED),
        (S.CLOSED, "decide", None),
        (S.CLOSED, "close", S.CLOSED),
    ],
)
def test_a_concern_is_open_then_decided_then_closed(concern, elif_, state, act, ends):
    concern.state = state

    def take():
        if act == "decide":
            decide(concern, "Rang the front door.", by=elif_)
        else:
            services.close(concern, CloseReason.NO_RISK, by=elif_)

    if ends is None:
        with pytest.raises(NotAllowed):
            take()
    else:
        take()
    assert concern.state is (ends or state)


def test_pressing_twice_decides_and_closes_once(concern, elif_):
    key = uuid.uuid4()
    for _press in range(2):
        decide(concern, "Rang.", by=elif_, key=key)
    for _press in range(2):
        services.close(concern, CloseReason.PASSED_ON, by=elif_)

    actions = [entry.action for entry in audit.of_subject(concern.id)]
    assert actions == ["concern:raise", "concern:decide", "concern:close"]


def test_reading_the_words_is_in_the_audit_trail_first(concern, elif_):
    assert texts_of(concern, elif_) == [{"noticed": NOTE, "words": WORDS}]

    entry = audit.of_subject(concern.id)[-1]
    assert (entry.action, entry.actor_id) == ("concern:reveal", elif_.id)
    assert entry.details == {"reason": "decide"}


def test_a_case_stays_whole_when_the_answer_is_taken_back(concern, passage, elif_, session):
    session.delete(passage)
    session.flush()
    session.expire_all()

    assert queries.concern(concern.id, to=elif_).passage is None
    assert texts_of(concern, elif_) == [{"noticed": NOTE, "words": WORDS}]
    decide(concern, "Nothing can be done.", by=elif_)


def test_the_audit_trail_holds_nothing_that_was_written(concern, elif_, session):
    decide(concern, "Told his school.", by=elif_)
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

    assert list(queries.page(1, to=elif_)) == [made[1], made[3], made[2], made[0]]
    assert queries.waiting(elif_) == 4
    assert queries.page(1, to=elif_, state=S.CLOSED).total == 0


def test_everything_has_words():
    assert set(labels.STATES) == set(ConcernState)
    assert set(labels.URGENCIES) == set(Urgency)
    assert set(labels.CLOSE_REASONS) == set(CloseReason)
    assert set(labels.REVEAL_REASONS) == set(RevealReason)
    assert set(labels.OUTCOMES) == set(Outcome)
    assert set(labels.SOURCES) == set(Source)
    assert set(labels.AGE_BANDS) == set(AgeBand)
    assert set(labels.ENTRIES) == set(EntryKind)
