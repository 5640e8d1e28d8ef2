"""Reads of rights requests, breaches and requests for raw data."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, extract, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.contributions import receipts
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.rights import yearly
from vrn_community.rights.models import (
    Breach,
    BreachEntry,
    BreachEntryKind,
    PrivacyRequest,
    ProgressNote,
    RawDataRequest,
)

MOST_WAITING = 10


def page(number: int, *, answered: bool = False) -> Page[PrivacyRequest]:
    """Return a page of requests: open ones, urgent first and then the oldest, or answered ones."""
    return paginate(_answered() if answered else _open(), number)


def _open() -> Select[PrivacyRequest]:
    query = select(PrivacyRequest).where(PrivacyRequest.answered_on.is_(None))
    urgent = PrivacyRequest.is_urgent.desc()
    return query.order_by(urgent, PrivacyRequest.received_on, PrivacyRequest.id)


def _answered() -> Select[PrivacyRequest]:
    query = select(PrivacyRequest).where(PrivacyRequest.answered_on.is_not(None))
    return query.order_by(PrivacyRequest.answered_on.desc(), PrivacyRequest.id)


def waiting() -> list[PrivacyRequest]:
    """Return the first open requests: urgent ones, then the oldest."""
    return list(db.session.scalars(_open().limit(MOST_WAITING)))


def open_requests() -> list[PrivacyRequest]:
    """Return all requests without an answer."""
    return list(db.session.scalars(_open()))


def number_urgent() -> int:
    """Return in how many requests without an answer somebody needs help soon."""
    query = select(func.count()).select_from(PrivacyRequest)
    is_open = PrivacyRequest.answered_on.is_(None)
    return db.session.scalar(query.where(is_open, PrivacyRequest.is_urgent)) or 0


def urgent_untold() -> list[PrivacyRequest]:
    """Return the urgent requests without an answer that nobody was told of, locked."""
    query = _open().where(PrivacyRequest.is_urgent, PrivacyRequest.urgent_told_on.is_(None))
    return list(db.session.scalars(query.with_for_update()))


def request(request_id: uuid.UUID) -> PrivacyRequest:
    """Return a request; NoResultFound if there is none."""
    query = select(PrivacyRequest).options(joinedload(PrivacyRequest.record_key))
    return db.session.scalars(query.where(PrivacyRequest.id == request_id)).one()


def by_code(code: str) -> PrivacyRequest | None:
    """Return the request of a code that somebody got for it, unless there is none."""
    query = select(PrivacyRequest).options(joinedload(PrivacyRequest.record_key))
    is_of_code = PrivacyRequest.receipt_hash == receipts.hash_of(code)
    return db.session.scalars(query.where(is_of_code)).first()


def notes(request_id: uuid.UUID) -> list[ProgressNote]:
    """Return what was noted about a request, oldest first."""
    query = select(ProgressNote).where(ProgressNote.request_id == request_id)
    query = query.options(joinedload(ProgressNote.record_key))
    return list(db.session.scalars(query.order_by(ProgressNote.created_at, ProgressNote.id)))


def breaches(number: int) -> Page[Breach]:
    """Return a page of breaches, the newest first."""
    return paginate(select(Breach).order_by(Breach.noticed_at.desc(), Breach.id), number)


def breach(breach_id: uuid.UUID) -> Breach:
    """Return a breach with its history; NoResultFound if there is none."""
    opened = selectinload(Breach.entries).joinedload(BreachEntry.record_key)
    return db.session.scalars(select(Breach).options(opened).where(Breach.id == breach_id)).one()


def open_breaches() -> list[Breach]:
    """Return the breaches that are not closed, the oldest first, at most ten."""
    closed = select(BreachEntry.id).where(
        BreachEntry.breach_id == Breach.id, BreachEntry.kind == BreachEntryKind.CLOSED
    )
    query = select(Breach).where(~closed.exists()).order_by(Breach.noticed_at, Breach.id)
    return list(db.session.scalars(query.limit(MOST_WAITING)))


def undecided_breaches() -> list[Breach]:
    """Return the breaches of which it is not decided if the ICO is told."""
    decided = select(BreachEntry.id).where(
        BreachEntry.breach_id == Breach.id,
        BreachEntry.kind.in_((BreachEntryKind.ICO_TOLD, BreachEntryKind.ICO_NOT_TOLD)),
    )
    return list(db.session.scalars(select(Breach).where(~decided.exists())))


def raw_data_page(number: int, by: Account, *, all_of_them: bool) -> Page[RawDataRequest]:
    """Return a page of requests for raw data, those without a decision first: one's own, or all."""
    query = select(RawDataRequest)
    if not all_of_them:
        query = query.where(_is_of(by))
    order = (RawDataRequest.decided_on.is_not(None), RawDataRequest.asked_on.desc())
    loaded = [joinedload(RawDataRequest.body), joinedload(RawDataRequest.asked_by)]
    return paginate(query.order_by(*order, RawDataRequest.id), number, load=loaded)


def raw_data(raw_id: uuid.UUID, by: Account, *, all_of_them: bool) -> RawDataRequest:
    """Return a request for raw data that an account may see; NoResultFound if there is none."""
    query = select(RawDataRequest).options(joinedload(RawDataRequest.record_key))
    query = query.where(RawDataRequest.id == raw_id)
    return db.session.scalars(query if all_of_them else query.where(_is_of(by))).one()


def _is_of(by: Account) -> Any:
    """Return the condition that an account, or the body that it answers for, has asked."""
    own = RawDataRequest.asked_by_id == by.id
    return or_(own, RawDataRequest.body_id == by.body_id) if by.body_id else own


def undecided() -> list[RawDataRequest]:
    """Return the requests for raw data without a decision, the oldest first, at most ten."""
    query = select(RawDataRequest).options(joinedload(RawDataRequest.body))
    open_ones = query.where(RawDataRequest.decided_on.is_(None))
    order = (RawDataRequest.asked_on, RawDataRequest.id)
    return list(db.session.scalars(open_ones.order_by(*order).limit(MOST_WAITING)))


@dataclass(frozen=True)
class Year:
    """What the public reads of one year; None is a number below the threshold."""

    year: int
    asked: int | None
    decided: Mapping[str, int] | None


def _by_year(column: InstrumentedAttribute[Any]) -> dict[int, Counter[str]]:
    """Return how many requests have which decision, by the year of a column."""
    year = extract("year", column)
    query = select(year, RawDataRequest.decision, func.count()).where(column.is_not(None))
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for found_year, decision, number in db.session.execute(
        query.group_by(year, RawDataRequest.decision)
    ):
        found[int(found_year)][decision.value if decision else ""] = number
    return found


#: So many full years stand on the public page.
YEARS = 5


def years() -> list[Year]:
    """Return how many asked for raw data in each of the last years, and what was decided."""
    asked = _by_year(RawDataRequest.asked_on)
    decided = _by_year(RawDataRequest.decided_on)
    settings, last = config.current(), clock.today().year - 1
    least = settings.disclosure_threshold
    return [
        Year(
            year,
            yearly.shown(asked[year].total(), least),
            yearly.shown_together(decided[year], least),
        )
        for year in range(last, max(last - YEARS, settings.raw_data_since - 1), -1)
    ]
