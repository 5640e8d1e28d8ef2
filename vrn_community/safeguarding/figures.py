"""How many concerns a year had, by outcome, urgency, area and time: for disclosure control (G13).

Allegations about people who work here are left out: they are few, go another way, and whoever
one is about must not find it in a total.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.partnership import queries as partnership
from vrn_community.safeguarding import labels, queries
from vrn_community.safeguarding.kinds import EntryKind
from vrn_community.safeguarding.models import CaseEntry, Concern, YearSummary

#: Decisions about the last concerns of a year have this long to be made.
SETTLES = timedelta(days=31)
NONE_YET, NOT_KNOWN = "none-yet", "not-known"
#: The longest time to a decision of each group, in days.
TIMES = {"one-day": 1, "one-week": 7, "longer": None}


@dataclass(frozen=True)
class Figures:
    """One question about the concerns of a year: for each answer how many, and its words."""

    name: str
    counts: Mapping[str, int]
    words: Mapping[str, Any]


def last_year() -> int:
    """Return the last year whose concerns had time to be decided."""
    return (clock.today() - SETTLES).year - 1


def of_year(year: int) -> list[Figures]:
    """Return the exact numbers of one year: never to be shown as they are."""
    begins, ends = (_new_year(number) for number in (year, year + 1))
    within = Concern.created_at >= begins, Concern.created_at < ends, queries.no_allegation()
    concerns = db.session.scalars(select(Concern).where(*within)).all()
    decided = _decisions(ends + SETTLES)
    areas = {area.id: area for area in partnership.areas()}
    found: dict[str, Counter[str]] = {name: Counter() for name in words()}
    for concern in concerns:
        made = decided.get(concern.id, [])
        area = areas.get(concern.area_id) if concern.area_id else None
        found["urgency"][concern.urgency] += 1
        found["outcome"][(made[-1].outcome or NONE_YET) if made else NONE_YET] += 1
        found["area"][area.code if area else NOT_KNOWN] += 1
        found["time"][_time(made[0].created_at - concern.created_at if made else None)] += 1
    return [
        Figures(name, {choice: found[name][choice] for choice in choices}, choices)
        for name, choices in words().items()
    ]


def _new_year(year: int) -> datetime:
    return clock.begin_of(date(year, 1, 1))


def _decisions(until: datetime) -> Mapping[Any, list[CaseEntry]]:
    """Return the decisions by concern, oldest first, that were made before a moment."""
    query = select(CaseEntry).where(
        CaseEntry.kind == EntryKind.DECISION, CaseEntry.created_at < until
    )
    found: dict[Any, list[CaseEntry]] = {}
    for entry in db.session.scalars(query.order_by(CaseEntry.created_at, CaseEntry.id)):
        found.setdefault(entry.concern_id, []).append(entry)
    return found


def _time(span: timedelta | None) -> str:
    if span is None:
        return NONE_YET
    return next(
        name for name, days in TIMES.items() if days is None or span <= timedelta(days=days)
    )


def words() -> dict[str, dict[Any, Any]]:
    """Return what is asked about the concerns of a year, with the words of each answer."""
    return {
        "outcome": {**labels.OUTCOMES, NONE_YET: labels.NONE_YET},
        "urgency": {**labels.URGENCIES},
        "area": {**dict(partnership.area_names()), NOT_KNOWN: labels.NOT_KNOWN},
        "time": {**labels.TIMES, NONE_YET: labels.NONE_YET},
    }


def summaries() -> list[YearSummary]:
    """Return the frozen figures, the newest year first, at most twenty."""
    query = select(YearSummary).order_by(YearSummary.year.desc()).limit(20)
    return list(db.session.scalars(query))


def freeze(year: int, tables: list[dict[str, Any]], *, by: Account) -> YearSummary:
    """Keep figures that are safe to show, as they are shown from now on; twice is once."""
    if known := db.session.get(YearSummary, year):
        return known
    if year > last_year():
        raise NotAllowed(labels.TOO_EARLY)
    made = YearSummary(year=year, tables=tables)
    db.session.add(made)
    db.session.flush()
    audit.record("concern:freeze-figures", None, actor=by, year=year)
    return made
