"""When the time of what people sent is over: counted from the day on which they heard back."""

import uuid
from collections import defaultdict
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, or_, select

from vrn_community import config
from vrn_community.contributions.models import Contribution, Passage
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.outcomes.models import Outcome, OutcomeState
from vrn_community.privacy.models import ProcessingRecord
from vrn_community.safeguarding.models import Concern, ConcernState

#: What is kept of what somebody sent, in the order in which it goes.
Part = Literal["words", "cleared", "answers"]
#: What stands in place of the hash of a code that opens nothing any more.
GONE = "gone-"


def is_over(part: Part) -> ColumnElement[bool]:
    """Return the condition that a contribution came so long ago that a part of it goes today.

    Where nobody told people what came of it, the time begins at the latest two years after
    they sent it. Nobody's words go while a concern about them is open.
    """
    days = _last_days(part)
    by_day: dict[date, list[uuid.UUID]] = defaultdict(list)
    for opportunity_id, day in days.items():
        by_day[day].append(opportunity_id)
    came, of = Contribution.received_on, Contribution.opportunity_id
    named = [and_(of.in_(keys), came <= day) for day, keys in by_day.items()]
    others = and_(of.not_in(list(days)), came <= _last_day(months_kept()[part], None))
    return or_(*named, others) & ~_has_open_concern()


def has_code() -> ColumnElement[bool]:
    """Return the condition that a receipt code still opens a contribution."""
    return ~Contribution.receipt_hash.startswith(GONE)


def has_words() -> ColumnElement[bool]:
    """Return the condition that a contribution has passages."""
    return select(Passage.id).where(Passage.contribution_id == Contribution.id).exists()


def _has_open_concern() -> ColumnElement[bool]:
    query = select(Concern.id).join(Passage, Concern.passage_id == Passage.id)
    is_open = Concern.state != ConcernState.CLOSED
    return query.where(Passage.contribution_id == Contribution.id, is_open).exists()


def months_kept() -> dict[Part, int]:
    """Return for how many months each part is kept where no record says otherwise."""
    settings = config.current()
    return {
        "words": settings.words_kept_months,
        "cleared": settings.cleared_words_kept_months,
        "answers": settings.answers_kept_months,
    }


def _last_days(part: Part) -> dict[uuid.UUID, date]:
    """Return the day of each activity such that what came until then goes today."""
    months, heard = _told_months(part), _heard_on()
    usual = months_kept()[part]
    return {key: _last_day(months.get(key, usual), heard.get(key)) for key in (*months, *heard)}


def _last_day(months: int, heard_on: date | None) -> date:
    today = clock.today()
    if heard_on and clock.months_after(heard_on, months) <= today:
        return clock.months_after(today, -months)
    return clock.months_after(today, -months - config.current().told_at_latest_months)


def _told_months(part: Part) -> dict[uuid.UUID, int]:
    """Return the shortest time that people were ever told, by activity: no longer holds."""
    column = {
        "words": ProcessingRecord.words_months,
        "cleared": ProcessingRecord.cleared_months,
        "answers": ProcessingRecord.answers_months,
    }[part]
    query = select(ProcessingRecord.opportunity_id, func.min(column))
    held = query.where(ProcessingRecord.holds_from <= clock.today())
    rows = db.session.execute(held.group_by(ProcessingRecord.opportunity_id))
    return {key: int(months) for key, months in rows}


def _heard_on() -> dict[uuid.UUID, date]:
    """Return the day on which each outcome was published."""
    query = select(Outcome.opportunity_id, Outcome.published_at)
    told = query.where(Outcome.state == OutcomeState.PUBLISHED, Outcome.published_at.is_not(None))
    rows = db.session.execute(told)
    return {key: clock.in_london(moment).date() for key, moment in rows if moment}
