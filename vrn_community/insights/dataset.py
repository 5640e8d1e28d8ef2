"""The closed answers to an opportunity as columns: past days as they were kept, today anew.

Closed days are made once, by a job; a day without kept columns, such as today, is read from its
rows. So catching up costs what came today, whatever is stored, and everything here can be thrown
away and made again: it equals a recount.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from flask import current_app
from sqlalchemy import ColumnElement, func, select, text

from vrn_community import jobs
from vrn_community.contributions.models import Contribution, DayColumns
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights import columns, persons
from vrn_community.insights.columns import Column
from vrn_community.insights.counting import Dataset, Part
from vrn_community.insights.persons import LANGUAGE, WAY
from vrn_community.insights.tabulate import ABOUT
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import VersionState
from vrn_community.responses.models import Response, Way

#: Opportunities whose columns a process keeps.
MOST_KEPT = 16


#: A part, and who stands in it, in its order.
Known = tuple[Part, Sequence[uuid.UUID]]


@dataclass
class _Memory:
    """The parts of past days that a process keeps, by day, each with its build."""

    days: dict[date, tuple[uuid.UUID, list[Part]]] = field(default_factory=dict)


def read(opportunity_id: uuid.UUID, until: date = date.max) -> Dataset:
    """Return the answers of now, of those who came until the end of a day."""
    asked = documents(opportunity_id)
    kept = _kept(opportunity_id)
    fresh = [day for day in _days_without(opportunity_id, kept) if day <= until]
    rows = _rows(opportunity_id, Contribution.received_on.in_(fresh)) if fresh else []
    parts = [part for day, found in kept.items() if day <= until for part in found]
    return Dataset([*parts, *_encode(rows, asked)], asked)


def read_some(opportunity_id: uuid.UUID, which: ColumnElement[bool]) -> list[Known]:
    """Return the answers of some people, each part with who they are in its order."""
    rows = _rows(opportunity_id, which)
    parts = _encode(rows, documents(opportunity_id))
    return [
        (part, [row.contribution_id for row in rows if row.version_id == part.version_id])
        for part in parts
    ]


def people_by_day(opportunity_id: uuid.UUID) -> dict[date, int]:
    """Return how many people came on each day, exactly: never shown."""
    kept = _kept(opportunity_id)
    came = Contribution.received_on
    query = select(came, func.count(Response.contribution_id)).join(
        Response, Response.contribution_id == Contribution.id
    )
    days = _days_without(opportunity_id, kept)
    of_this = (Contribution.opportunity_id == opportunity_id, came.in_(days))
    fresh: dict[date, int] = {}
    for day, number in db.session.execute(query.where(*of_this).group_by(came)):
        fresh[day] = number
    return {day: sum(part.people for part in parts) for day, parts in kept.items()} | fresh


def documents(opportunity_id: uuid.UUID) -> dict[uuid.UUID, Questionnaire]:
    """Return what people were ever asked, the newest version first."""
    return {
        version.id: questionnaires.document(version)
        for version in questionnaires.versions(opportunity_id)
        if version.state is not VersionState.DRAFT
    }


def _kept(opportunity_id: uuid.UUID) -> dict[date, list[Part]]:
    """Return the parts of the days that have columns, from memory where they are still good."""
    memory = _memory(opportunity_id)
    of_this = DayColumns.opportunity_id == opportunity_id
    query = select(DayColumns.received_on, DayColumns.build).where(of_this)
    builds: dict[date, uuid.UUID] = {
        row.received_on: row.build for row in db.session.execute(query)
    }
    known = {day: found for day, found in memory.days.items() if builds.get(day) == found[0]}
    wanted = [day for day in builds if day not in known]
    if wanted:
        packed = select(DayColumns.received_on, DayColumns.build, DayColumns.columns)
        for day, build, content in db.session.execute(
            packed.where(of_this, DayColumns.received_on.in_(wanted))
        ):
            known[day] = (build, _unpack(content))
    memory.days = known
    return {day: known[day][1] for day in sorted(known)}


def _memory(opportunity_id: uuid.UUID) -> _Memory:
    kept: dict[uuid.UUID, _Memory] = current_app.extensions.setdefault("columns", {})
    found = kept.pop(opportunity_id, None) or _Memory()
    kept[opportunity_id] = found  # At the end: what was asked for last goes last.
    while len(kept) > MOST_KEPT:
        kept.pop(next(iter(kept)))
    return found


def _rows(opportunity_id: uuid.UUID, which: ColumnElement[bool]) -> Sequence[Any]:
    query = (
        select(
            Response.contribution_id,
            Response.version_id,
            Response.answers,
            Response.profile,
            Response.way,
            Contribution.language,
        )
        .join(Contribution, Contribution.id == Response.contribution_id)
        .where(Contribution.opportunity_id == opportunity_id, which)
        .order_by(Response.contribution_id)
    )
    return db.session.execute(query).all()


def _encode(rows: Sequence[Any], asked: Mapping[uuid.UUID, Questionnaire]) -> list[Part]:
    by_version: dict[uuid.UUID, list[Any]] = {}
    for row in rows:
        by_version.setdefault(row.version_id, []).append(row)
    return [
        Part(version, len(found), dict(_columns(asked[version], found)))
        for version, found in by_version.items()
    ]


def _columns(document: Questionnaire, rows: Sequence[Any]) -> Iterator[tuple[str, Column]]:
    yield from columns.encode(document, [row.answers for row in rows]).items()
    about = persons.questions(document)
    for key, column in columns.encode(about, [row.profile for row in rows]).items():
        yield f"{ABOUT}{key}", column
    yield WAY, _of_words([row.way for row in rows], [way.value for way in Way])
    languages = [row.language for row in rows]
    yield LANGUAGE, _of_words(languages, sorted(set(languages)))


def _of_words(words: Sequence[str], known: Sequence[str]) -> Column:
    places = {word: place for place, word in enumerate(known)}
    return Column(np.array([places[word] for word in words], dtype=np.uint8), tuple(known))


def _pack(parts: Sequence[Part]) -> bytes:
    named = {
        f"{part.version_id}/{key}": column for part in parts for key, column in part.columns.items()
    }
    return columns.pack(named)


def _unpack(packed: bytes) -> list[Part]:
    by_version: dict[str, dict[str, Column]] = {}
    for name, column in columns.unpack(packed).items():
        version, _slash, key = name.partition("/")
        by_version.setdefault(version, {})[key] = column
    return [
        Part(uuid.UUID(version), len(found[WAY].codes), found)
        for version, found in by_version.items()
    ]


def keep_past_days(opportunity_id: uuid.UUID) -> Iterator[date]:
    """Make the columns of each past day that has none; commit it, and yield the day.

    The answers are read without keeping writers waiting. Then, when nobody can take any out,
    the columns are kept only if the same people are still there.
    """
    for day in past_days(opportunity_id):
        with jobs.reading():
            people, rows = _people(opportunity_id, day), _rows(opportunity_id, _on(day))
            packed = _pack(_encode(rows, documents(opportunity_id)))
        if db.engine.dialect.name == "postgresql":  # The writers of SQLite never work at once.
            db.session.execute(text("LOCK TABLE day_columns IN SHARE ROW EXCLUSIVE MODE"))
        is_there = db.session.get(DayColumns, (opportunity_id, day))
        if not is_there and _people(opportunity_id, day) == people:
            made = DayColumns(opportunity_id=opportunity_id, received_on=day, columns=packed)
            db.session.add(made)
        db.session.commit()
        yield day


def _on(day: date) -> ColumnElement[bool]:
    return Contribution.received_on == day


def _people(opportunity_id: uuid.UUID, day: date) -> list[uuid.UUID]:
    query = select(Contribution.id).where(Contribution.opportunity_id == opportunity_id, _on(day))
    return list(db.session.scalars(query.order_by(Contribution.id)))


def past_days(opportunity_id: uuid.UUID) -> list[date]:
    """Return the days from the first answer to yesterday that have no columns.

    Days on which nobody came are among them: with empty columns nobody looks for them again.
    """
    query = select(DayColumns.received_on).where(DayColumns.opportunity_id == opportunity_id)
    without = _days_without(opportunity_id, db.session.scalars(query))
    return [day for day in without if day < clock.today()]


def _days_without(opportunity_id: uuid.UUID, kept: Iterable[date]) -> list[date]:
    """Return the days from the first answer to the last that are not among those kept.

    One by one, for a database finds a day in its index, and goes through all when told a gap.
    """
    came = Contribution.received_on
    of_this = Contribution.opportunity_id == opportunity_id
    # One at a time: the database finds each at an end of the index.
    first, last = (db.session.scalar(select(f(came)).where(of_this)) for f in (func.min, func.max))
    if first is None or last is None:
        return []
    days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return sorted(days - set(kept))
