"""Reads of opportunities."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, load_only, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.paging import Page, paginate
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import BEFORE_THE_PUBLIC, LISTED, OpportunityState
from vrn_community.opportunities.models import Opportunity, Stage, opportunity_area
from vrn_community.partnership.models import Area, Priority

#: Ages by which people look for something, with the first and last year of each.
AGE_BANDS: dict[str, tuple[int, int]] = {
    "under-13": (0, 12),
    "13-15": (13, 15),
    "16-17": (16, 17),
    "18-24": (18, 24),
    "25-and-over": (25, 120),
}
LONGEST_SEARCH = 100
#: What a card shows.
CARD = (
    load_only(
        Opportunity.code,
        Opportunity.level,
        Opportunity.state,
        Opportunity.title,
        Opportunity.summary,
        Opportunity.min_age,
        Opportunity.max_age,
        Opportunity.opens_on,
        Opportunity.closes_on,
        Opportunity.closed_on,
    ),
    selectinload(Opportunity.areas).load_only(Area.name),
)
_state = Opportunity.state
_published = _state == OpportunityState.PUBLISHED


#: What a feed says.
FEED = (joinedload(Opportunity.asking_body),)


@dataclass(frozen=True)
class Filters:
    """What a visitor of the public list is looking for; empty means anything."""

    text: str = ""
    level: ParticipationLevel | None = None
    priority: int | None = None
    area: str = ""
    age: str = ""
    stage: Stage | None = None

    @property
    def are_set(self) -> bool:
        """Whether anything at all is asked for."""
        return self != Filters()


def is_in_stage(stage: Stage, today: date | None = None) -> ColumnElement[bool]:
    """Return the condition that an opportunity is in a public stage today."""
    today = today or clock.today()
    opens_on, closes_on = Opportunity.opens_on, Opportunity.closes_on
    if stage is Stage.PAUSED:
        return _state == OpportunityState.PAUSED
    if stage is Stage.CLOSED:
        over = and_(_published, closes_on < today)
        return or_(_state == OpportunityState.CLOSED, over)
    if stage is Stage.OPENING_SOON:
        return and_(_published, opens_on > today)
    begun = or_(opens_on.is_(None), opens_on <= today)
    return and_(_published, begun, or_(closes_on.is_(None), closes_on >= today))


def paused_without_cover() -> ColumnElement[bool]:
    """Return the condition that an opportunity paused by itself, and is not over."""
    is_ahead = or_(Opportunity.closes_on.is_(None), Opportunity.closes_on >= clock.today())
    return and_(is_in_stage(Stage.PAUSED), Opportunity.cover_lost_on.is_not(None), is_ahead)


def waiting_for_cover(most: int = 10) -> list[Opportunity]:
    """Return what paused because nobody was there, and can be opened again."""
    query = select(Opportunity).where(paused_without_cover())
    return list(db.session.scalars(query.order_by(Opportunity.changed_at).limit(most)))


def public_page(filters: Filters, number: int, size: int = 12) -> Page[Opportunity]:
    """Return a page of what the public may see: open first, what closes soonest at the top."""
    query = select(Opportunity).where(_state.in_(LISTED), *_conditions(filters))
    by_stage = case((is_in_stage(Stage.OPEN), 0), (is_in_stage(Stage.OPENING_SOON), 1), else_=2)
    latest_first = case((by_stage == 2, Opportunity.closes_on)).desc().nulls_last()
    soonest = Opportunity.closes_on.asc().nulls_last()
    ordered = query.order_by(by_stage, latest_first, soonest, Opportunity.id)
    return paginate(ordered, number, size, load=CARD)


def open_now(most: int, load: Sequence[ORMOption] = CARD) -> list[Opportunity]:
    """Return what people can take part in today, what closes soonest first."""
    query = select(Opportunity).where(is_in_stage(Stage.OPEN))
    soonest = Opportunity.closes_on.asc().nulls_last()
    return list(paginate(query.order_by(soonest, Opportunity.id), 1, most, load))


def sensitive_until(latest: date) -> date | None:
    """Return until when something sensitive can be answered, at most a day; None if nothing can.

    What paused because nobody is there counts: it waits for somebody.
    """
    is_asked = or_(is_in_stage(Stage.OPEN), paused_without_cover())
    query = select(func.max(func.coalesce(Opportunity.closes_on, latest)))
    last = db.session.scalar(query.where(is_asked, Opportunity.is_sensitive))
    return min(last, latest) if last else None


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if filters.text:
        asked.extend(_mentions(word) for word in filters.text.split()[:8])
    if filters.level:
        asked.append(Opportunity.level == filters.level)
    if filters.priority:
        asked.append(Opportunity.priorities.any(Priority.number == filters.priority))
    if filters.area:
        everywhere = ~Opportunity.areas.any()
        asked.append(or_(everywhere, Opportunity.areas.any(Area.code == filters.area)))
    if filters.age in AGE_BANDS:
        asked.append(_is_for_ages(*AGE_BANDS[filters.age]))
    if filters.stage:
        asked.append(is_in_stage(filters.stage))
    return asked


def _mentions(word: str) -> ColumnElement[bool]:
    return or_(
        Opportunity.title.icontains(word, autoescape=True),
        Opportunity.summary.icontains(word, autoescape=True),
        Opportunity.description_source.icontains(word, autoescape=True),
    )


def _is_for_ages(youngest: int, oldest: int) -> ColumnElement[bool]:
    return and_(
        or_(Opportunity.min_age.is_(None), Opportunity.min_age <= oldest),
        or_(Opportunity.max_age.is_(None), Opportunity.max_age >= youngest),
    )


def _whole() -> Select[Opportunity]:
    return select(Opportunity).options(
        joinedload(Opportunity.asking_body),
        joinedload(Opportunity.author),
        selectinload(Opportunity.areas),
        selectinload(Opportunity.priorities),
        selectinload(Opportunity.local_issues),
        selectinload(Opportunity.beneficiary_groups),
        selectinload(Opportunity.prevention),
    )


def by_code(code: str) -> Opportunity:
    """Return what the public knew once under a code, whatever its state; else NoResultFound."""
    query = _whole().where(Opportunity.code == code, Opportunity.published_at.is_not(None))
    return db.session.scalars(query).one()


def row_by_code(code: str) -> Opportunity:
    """Return the same as `by_code` without tags and bodies: for pages that people answer on."""
    known = Opportunity.published_at.is_not(None)
    return db.session.scalars(select(Opportunity).where(Opportunity.code == code, known)).one()


def of_any_state(code: str) -> Opportunity:
    """Return an opportunity by its code, also one that the public never knew; NoResultFound."""
    return db.session.scalars(_whole().where(Opportunity.code == code)).one()


def opportunity(opportunity_id: uuid.UUID) -> Opportunity:
    """Return an opportunity in any state, for the desk; NoResultFound if there is none."""
    return db.session.scalars(_whole().where(Opportunity.id == opportunity_id)).one()


def find(opportunity_id: uuid.UUID) -> Opportunity | None:
    """Return an opportunity if it exists."""
    return db.session.get(Opportunity, opportunity_id)


def code_is_taken(code: str) -> bool:
    """Return whether an opportunity has a code already."""
    return db.session.scalar(select(Opportunity.id).where(Opportunity.code == code)) is not None


def desk_page(number: int, *, state: OpportunityState | None = None) -> Page[Opportunity]:
    """Return a page of all opportunities, what changed last first."""
    query = select(Opportunity).order_by(Opportunity.changed_at.desc(), Opportunity.id)
    if state:
        query = query.where(_state == state)
    return paginate(query, number, load=[joinedload(Opportunity.author)])


def awaiting_approval(account_id: uuid.UUID, most: int = 10) -> list[Opportunity]:
    """Return what waits for approval and was not written by this account."""
    query = select(Opportunity).where(_state == OpportunityState.SUBMITTED)
    waiting = db.session.scalars(query.order_by(Opportunity.changed_at))
    others = [
        row for row in waiting if str(account_id) not in [str(row.author_id), *row.writer_ids]
    ]
    return others[:most]


def returned_to(account_id: uuid.UUID, most: int = 10) -> list[Opportunity]:
    """Return the drafts of an account, those that were sent back among them."""
    open_states = (OpportunityState.DRAFT, OpportunityState.RETURNED)
    query = select(Opportunity).where(_state.in_(open_states), Opportunity.author_id == account_id)
    return list(db.session.scalars(query.order_by(Opportunity.changed_at.desc()).limit(most)))


def awaiting_publication(most: int = 10) -> list[Opportunity]:
    """Return what is approved and not yet published."""
    query = select(Opportunity).where(_state == OpportunityState.APPROVED)
    return list(db.session.scalars(query.order_by(Opportunity.changed_at).limit(most)))


def awaiting_sign_off(most: int = 50) -> list[Opportunity]:
    """Return what is not public yet and is not signed off by everybody who has to."""
    query = select(Opportunity).where(_state.in_(BEFORE_THE_PUBLIC))
    waiting = db.session.scalars(
        query.options(selectinload(Opportunity.sign_offs)).order_by(Opportunity.changed_at)
    )
    return [row for row in waiting if row.missing_sign_offs][:most]


def area_ids(opportunity_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the areas that an opportunity is about; none: it is about all of them."""
    query = select(opportunity_area.c.area_id)
    return list(
        db.session.scalars(query.where(opportunity_area.c.opportunity_id == opportunity_id))
    )
