"""Reads of the place: everything here holds today unless it says otherwise."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from vrn_community.extensions import db
from vrn_community.foundation.kept import kept
from vrn_community.partnership import files
from vrn_community.partnership import help_lines as foot
from vrn_community.partnership.help_lines import HelpLine
from vrn_community.partnership.models import (
    Area,
    BeneficiaryGroup,
    Body,
    BodyKind,
    LocalIssue,
    PopulationFigure,
    PopulationTable,
    PostcodeSector,
    Priority,
    SuccessMeasure,
    SupportKind,
    SupportService,
)


@dataclass(frozen=True)
class PopulationCount:
    """How many residents a category of a census table has in the areas asked for."""

    category: str
    detail: str
    count: int


def areas() -> list[Area]:
    """Return the areas, by name."""
    return list(db.session.scalars(select(Area).where(Area.current()).order_by(Area.name)))


@kept
def area_names() -> tuple[tuple[str, str], ...]:
    """Return the code and the name of each area, for lists of choices."""
    return tuple((found.code, found.name) for found in areas())


@kept
def area_tiles() -> tuple[tuple[str, int, int], ...]:
    """Return the code of each area with its column and row on the map of tiles."""
    return tuple((found.code, found.tile_column, found.tile_row) for found in areas())


@kept
def priority_names() -> tuple[tuple[int, str], ...]:
    """Return the number and the short title of each priority, for lists of choices."""
    query = select(Priority.number, Priority.short_title).where(Priority.current())
    rows = db.session.execute(query.order_by(Priority.number))
    return tuple((row.number, row.short_title) for row in rows)


def area(code: str) -> Area:
    """Return an area by its official code, also one that has ended."""
    return db.session.scalars(select(Area).where(Area.code == code)).one()


def priorities() -> list[Priority]:
    """Return the priorities of the strategy, with their areas of focus."""
    query = _priorities().where(Priority.current()).order_by(Priority.number)
    return list(db.session.scalars(query))


def priority(number: int) -> Priority:
    """Return a priority by its number."""
    return db.session.scalars(_priorities().where(Priority.number == number)).one()


def _priorities() -> Select[Priority]:
    return select(Priority).options(
        selectinload(Priority.focus_areas), joinedload(Priority.oversight_body)
    )


def local_issues() -> list[LocalIssue]:
    """Return the local issues, in the strategy's order."""
    query = select(LocalIssue).where(LocalIssue.current()).order_by(LocalIssue.position)
    return list(db.session.scalars(query))


def local_issue(slug: str) -> LocalIssue:
    """Return a local issue by its short name; NoResultFound if there is none."""
    return db.session.scalars(select(LocalIssue).where(LocalIssue.slug == slug)).one()


def success_measures() -> list[SuccessMeasure]:
    """Return the signs by which the strategy tells whether it works, in its order."""
    query = select(SuccessMeasure).where(SuccessMeasure.current())
    return list(db.session.scalars(query.order_by(SuccessMeasure.position)))


def success_measure(slug: str) -> SuccessMeasure:
    """Return a sign of success by its short name; NoResultFound if there is none."""
    return db.session.scalars(select(SuccessMeasure).where(SuccessMeasure.slug == slug)).one()


def beneficiary_groups() -> list[BeneficiaryGroup]:
    """Return the groups of people whom the strategy means to hear, in its order."""
    query = select(BeneficiaryGroup).where(BeneficiaryGroup.current())
    return list(db.session.scalars(query.order_by(BeneficiaryGroup.position)))


def bodies(*kinds: BodyKind) -> list[Body]:
    """Return bodies of some kinds (of all if none is named), with their areas."""
    query = select(Body).options(selectinload(Body.areas)).where(Body.current())
    if kinds:
        query = query.where(Body.kind.in_(kinds))
    return list(db.session.scalars(query.order_by(Body.position)))


def answering_bodies() -> list[Body]:
    """Return the bodies that answer for what they do: all but the oversight group itself."""
    return bodies(*(kind for kind in BodyKind if kind is not BodyKind.OVERSIGHT_GROUP))


def body(slug: str) -> Body:
    """Return a body by its short name, with its areas."""
    query = select(Body).options(selectinload(Body.areas)).where(Body.slug == slug)
    return db.session.scalars(query).one()


def safety_partnership(of: Area) -> Body | None:
    """Return the community safety partnership of an area."""
    query = select(Body).where(
        Body.kind == BodyKind.COMMUNITY_SAFETY_PARTNERSHIP,
        Body.areas.any(Area.id == of.id),
        Body.current(),
    )
    return db.session.scalars(query).first()


def support_services(of: Area | None = None, age: int | None = None) -> list[SupportService]:
    """Return who can be called, perhaps only those for an area and for somebody of an age."""
    query = _services().where(SupportService.kind != SupportKind.DESIGNATED_OFFICER)
    query = query.where(SupportService.wrong_since.is_(None))
    if of:
        here = SupportService.areas.any(Area.id == of.id)
        query = query.where(or_(~SupportService.areas.any(), here))
    return [service for service in db.session.scalars(query) if age is None or service.is_for(age)]


def contacts() -> list[SupportService]:
    """Return everybody who is listed, with those whom only staff ring, and wrong numbers."""
    return list(db.session.scalars(_services()))


def _services() -> Select[SupportService]:
    query = select(SupportService).options(selectinload(SupportService.areas))
    return query.where(SupportService.current()).order_by(SupportService.position)


def support_near(
    area_ids: Collection[uuid.UUID], years: tuple[int, int] | None = None
) -> list[SupportService]:
    """Return who can be called in any of some areas (in all, if none is named), by their order.

    `years` are the first and the last that somebody may be old; a children's team is for
    whoever may be a child.
    """
    return [service for service in support_services() if is_near(service, area_ids, years)]


def is_near(
    service: SupportService,
    area_ids: Collection[uuid.UUID],
    years: tuple[int, int] | None = None,
) -> bool:
    """Return whether a service can be called in any of some areas by people of some ages."""
    first, last = years or (0, 120)
    return (
        (not area_ids or not service.areas or bool({a.id for a in service.areas} & {*area_ids}))
        and (service.min_age or 0) <= last
        and first <= (120 if service.max_age is None else service.max_age)
        and (service.kind is not SupportKind.FRONT_DOOR or first < 18)
    )


def help_lines() -> tuple[HelpLine, ...]:
    """Return the few numbers for the foot of every page, even without a database."""
    return foot.help_lines()


def network() -> Any:
    """Return the vision, the mission and the principles of the network."""
    return files.document("network.json")


def sources() -> Any:
    """Return where our facts come from, under which licence and with which attribution."""
    return files.document("sources.json")


def population(
    table: PopulationTable, area_codes: Collection[str] = (), *, detailed: bool = False
) -> list[PopulationCount]:
    """Return a census table summed over areas (all nine if none is named), in census order.

    With `detailed` each finer category has a line of its own. Every table has its
    own total, which is the sum of its lines: totals differ a little between tables.
    """
    detail: Any = PopulationFigure.detail if detailed else literal("")
    by = [PopulationFigure.category, *([PopulationFigure.detail] if detailed else [])]
    query = (
        select(PopulationFigure.category, detail, func.sum(PopulationFigure.count))
        .where(PopulationFigure.census_table == table)
        .group_by(*by)
        .order_by(func.min(PopulationFigure.position))
    )
    if area_codes:
        query = query.join(PopulationFigure.area).where(Area.code.in_(area_codes))
    return [
        PopulationCount(category, fine, int(n)) for category, fine, n in db.session.execute(query)
    ]


def areas_of_sector(sector: str) -> list[PostcodeSector]:
    """Return the areas in which a postcode sector lies, the largest share first.

    The sector may be typed in any way: "LE3 9", "le39". Unknown sectors give an empty list.
    """
    typed = "".join(sector.upper().split())
    query = (
        select(PostcodeSector)
        .options(joinedload(PostcodeSector.area))
        .where(PostcodeSector.sector == f"{typed[:-1]} {typed[-1:]}")
        .order_by(PostcodeSector.share.desc())
    )
    return list(db.session.scalars(query))
