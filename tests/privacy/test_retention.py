"""What is over goes, in three steps and without a trace; what was told to everybody stays."""

import uuid
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.architecture.test_requests import fingerprint
from tests.conftest import make_account
from tests.factories import deciding
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.factories.questionnaires import make_version, send
from tests.factories.records import make_record
from tests.insights.conftest import CROWD, answered, frozen
from tests.outcomes.conftest import make_outcome
from vrn_community.accounts.roles import Role
from vrn_community.contributions import queries as contributions
from vrn_community.contributions.models import Contribution, DayColumns, Passage, PassageState
from vrn_community.exchange.models import Export, ExportContent
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.record_keys import RecordKey
from vrn_community.insights import dataset
from vrn_community.insights.words import services as words
from vrn_community.insights.words.models import Coding
from vrn_community.moderation import services as moderation
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.oversight.members.models import TimeClaim
from vrn_community.privacy import running
from vrn_community.privacy.models import DeletionRecord
from vrn_community.privacy.retention import by_name
from vrn_community.responses import queries as responses
from vrn_community.responses.models import GroupSession, Response, Slip
from vrn_community.rights import services as rights
from vrn_community.rights.models import (
    Breach,
    BreachEntry,
    BreachEntryKind,
    LegalBasis,
    RawDataRequest,
    RequestKind,
    Result,
)
from vrn_community.safeguarding import entries
from vrn_community.safeguarding import services as safeguarding
from vrn_community.safeguarding.models import ConcernState, Urgency

CANARY = "Zanzibarquail by the canal"


def run():
    """Delete what is over, and return how much of each class; links to join are not meant."""
    done = Counter()
    for kind, number in running.run():
        done[kind.name] += number
    del done["invitations"]
    return dict(done)


def count(model, *where):
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def noted():
    query = select(DeletionRecord.kind, func.sum(DeletionRecord.count))
    of_people = query.where(DeletionRecord.kind != "invitations")
    return dict(db.session.execute(of_people.group_by(DeletionRecord.kind)).all())


class Told:
    """A consultation that closed, was released with a quote, and answered today."""

    def __init__(self, by, **changes):
        self.opportunity = make_opportunity(by, **{"is_public": True, **changes})
        self.version = make_version(self.opportunity)
        self.code = send(self.version, {"feel": "unsafe"}, {"why": CANARY})
        answered(self.version, CROWD, sex="female")
        (self.mine,) = db.session.scalars(select(Passage)).all()
        deciding.clear(self.mine, moderator=by)
        self.opportunity.state = OpportunityState.CLOSED
        self.opportunity.closed_on = clock.today()
        self.release = frozen(self.opportunity, by, (CANARY,))
        self.people = contributions.count(self.opportunity.id)
        db.session.refresh(self.release)
        self.figures = list(self.release.tables)
        self.outcome = make_outcome(self.opportunity)


@pytest.fixture
def told(ben):
    return Told(ben)


def test_in_the_first_months_nothing_goes(told, later):
    later(months=12, days=-1)

    assert run() == {}
    assert contributions.by_receipt(told.code)


def test_words_as_written_codes_and_equality_answers_go_first(told, later):
    later(months=12)

    assert run() == {"words": told.people}

    assert contributions.by_receipt(told.code) is None
    db.session.expire_all()
    assert told.mine.is_forgotten
    assert told.mine.unseal() == ""
    assert told.mine.cleared_words == CANARY
    assert not any(db.session.scalars(select(Response.profile)))
    assert responses.count(told.opportunity.id) == len(CROWD) + 1
    assert [quote["words"] for _place, quote in told.release.standing] == [CANARY]
    with pytest.raises(NotAllowed):
        deciding.redact(told.mine, [(0, 0)], moderator=told.opportunity.author, reason="name")
    moderation.withhold(told.mine, moderator=told.opportunity.author, reason="name")
    assert told.mine.cleared_words is None


def test_what_was_never_cleared_goes_altogether(told, later):
    states = (PassageState.PENDING, PassageState.HELD, PassageState.WITHHELD)
    for state in states:
        make_passage(told.opportunity, CANARY, state)
    later(months=12)

    run()

    assert count(Passage, Passage.state.in_(states)) == 0


def test_cleared_words_quotes_and_codings_go_next(told, later):
    by = make_account(Role.ANALYST)
    frame = words.frame_of(told.opportunity.id, "why")
    theme = words.add_theme(frame, "Dark", "", key=uuid.uuid4(), by=by)
    db.session.add(Coding(theme_id=theme.id, passage_id=told.mine.id, coder_id=by.id))
    db.session.flush()
    later(months=24)

    run()

    db.session.expire_all()
    assert count(Passage) == count(Coding) == 0
    assert told.release.standing == []
    assert [quote["words"] for quote in told.release.quotes] == [""]
    assert contributions.count(told.opportunity.id) == told.people


def test_closed_answers_go_last_and_released_figures_stay(told, later):
    later(months=36)

    run()

    db.session.expire_all()
    assert count(Contribution) == count(Response) == 0
    assert told.release.tables == told.figures != []
    assert told.release.people >= 90
    assert noted() == {"words": told.people, "cleared": 2, "answers": told.people}


def test_columns_that_were_computed_from_it_are_thrown_away(told, later):
    later(days=1)
    assert list(dataset.keep_past_days(told.opportunity.id))
    later(months=12)

    run()

    assert count(DayColumns) == 0
    found = dataset.read(told.opportunity.id)
    assert sum(part.people for part in found.parts) == len(CROWD) + 1


def test_twice_is_once_and_what_was_missed_is_caught_up(told, later):
    later(months=40)
    first, written = run(), noted()

    assert first == {"words": told.people, "cleared": 2, "answers": told.people}
    assert run() == {}
    assert noted() == written


def test_a_run_that_was_stopped_goes_on_where_it_was(told, later, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 7)
    later(months=12)
    stopped = running.run()
    assert [next(stopped)[1] for _batch in range(3)] == [7] * 3
    stopped.close()
    db.session.rollback()

    assert run() == {"words": told.people - 21}
    assert noted() == {"words": told.people}


def test_a_dry_run_changes_nothing(app, told, later):
    later(months=36)
    db.session.commit()
    before = fingerprint(app)

    said = app.test_cli_runner().invoke(args=["apply-retention", "--dry-run"]).output

    assert fingerprint(app) == before
    for line in (f"{told.people:6} words", "     2 cleared", "Nothing was changed."):
        assert line in said


# Counted from when


def test_nothing_is_kept_longer_than_people_were_ever_told(told, later):
    make_record(told.opportunity, words_months=5, holds_from=clock.today() - timedelta(days=9))
    make_record(told.opportunity, words_months=12)
    later(months=5)

    assert run() == {"words": told.people}


def test_a_change_that_does_not_hold_yet_changes_nothing(told, later):
    make_record(told.opportunity, words_months=12)
    later(months=5)
    make_record(told.opportunity, words_months=5, holds_from=clock.today() + timedelta(days=1))

    assert run() == {}


def test_where_nobody_is_told_what_came_of_it_the_time_is_over_too(told, later):
    db.session.delete(told.outcome)
    later(months=12 + 24, days=-1)
    assert run() == {}

    later(months=12 + 24)

    assert run() == {"words": told.people}


def test_in_a_feedback_box_only_what_is_old_goes(told, later):
    later(months=11)
    newer = make_passage(told.opportunity, "Later words", PassageState.CLEARED)
    later(months=12)

    assert run() == {"words": told.people}

    db.session.refresh(newer)
    assert newer.unseal() == "Later words"


def test_words_stay_while_a_concern_about_them_is_open(told, later):
    concern = _concern(told)
    later(months=36)
    run()
    assert concern.passage.unseal() == CANARY

    concern.state = ConcernState.CLOSED
    db.session.flush()
    run()

    db.session.expire_all()
    assert concern.passage is None
    assert entries.read(concern, None)[0].texts["noticed"] == "A worry"


def _concern(told):
    moderator = make_account(Role.MODERATOR)
    passage = make_passage(told.opportunity, CANARY)
    return safeguarding.raise_concern(passage, Urgency.TODAY, "A worry", by=moderator)


# Other classes


def test_what_is_known_of_a_group_and_unused_codes_goes(ben, later):
    opportunity = make_opportunity(ben, is_public=True)
    group = GroupSession(
        opportunity=opportunity, facilitator_id=ben.id, code_hash="x", sealed_code=b"x",
        setting="club", responsible_adult="leader", cap=9, expires_at=clock.now(),
    )  # fmt: skip
    db.session.add_all([group, Slip(code_hash="y", opportunity_id=opportunity.id)])
    db.session.flush()
    later(days=60)
    assert run() == {}  # The last day to answer is in thirty days.

    later(days=61)
    assert run() == {"slips": 1}
    later(days=366)

    assert run() == {"groups": 1}


def test_how_to_reach_somebody_goes_a_month_after_the_answer(ben, later):
    asked = rights.receive(rights.Asking("token", RequestKind.ACCESS, "Which?", CANARY))
    rights.answer(asked, Result.GRANTED, "These.", by=ben)
    later(days=31)
    assert run() == {}
    later(days=32)

    assert run() == {"reach": 1}

    db.session.refresh(asked)
    assert asked.reach is None
    assert asked.words == "Which?"
    assert set(db.session.scalars(select(RecordKey.record_id))) == {asked.id}


def test_concerns_go_when_the_local_policy_says_so(told, policy, later):
    concern = _concern(told)
    concern.state, concern.decided_at = ConcernState.CLOSED, clock.now()
    later(days=366)
    db.session.flush()
    assert running.due(by_name("cases")) == 0

    policy(cases_kept=timedelta(days=365))

    assert run()["cases"] == 1


# What goes after six years: by its own clock, the database lets nobody delete a breach before

OLD, YOUNG = (clock.months_after(clock.now(), -months) for months in (74, 71))


def test_a_breach_goes_six_years_after_its_last_entry(session):
    for last in (OLD, YOUNG):
        breach = Breach(id=uuid.uuid4(), noticed_at=OLD, created_at=OLD)
        breach.entries = [
            BreachEntry(
                id=uuid.uuid4(), kind=BreachEntryKind.MEASURE, words=CANARY, by_id=uuid.uuid4(),
                created_at=moment,
            )
            for moment in (OLD, last)
        ]  # fmt: skip
        db.session.add(breach)
    db.session.flush()

    assert run() == {"breaches": 1}

    assert (count(Breach), count(BreachEntry)) == (1, 2)


def test_who_asked_for_files_raw_answers_and_money_is_kept_for_six_years(ben):
    opportunity = make_opportunity(ben)
    for moment in (OLD, YOUNG):
        rows = (
            Export(
                opportunity=opportunity, content=ExportContent.ANSWERS, reason="x",
                asked_by_id=ben.id,
            ),
            RawDataRequest(
                id=uuid.uuid4(), asked_by_id=ben.id, basis=LegalBasis.CRIME, wanted="x", purpose="x"
            ),
            TimeClaim(
                account_id=ben.id, done_on=clock.today(), activity="x", minutes=1, hourly_pence=1
            ),
        )  # fmt: skip
        for row in rows:
            row.created_at = moment
            db.session.add(row)
    db.session.flush()

    assert run() == {"exports": 1, "raw-data": 1, "claims": 1}


def test_every_class_says_how_long_it_stays(session):
    for kind in running.CLASSES:
        assert kind.kept()
        assert str(kind.label)
