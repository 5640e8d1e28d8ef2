"""What members read of a closed activity, piece by piece, so that a remark finds its place (C6)."""

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from vrn_community.contributions.models import READABLE, Contribution, Passage
from vrn_community.extensions import db
from vrn_community.insights.tabulate import Table
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.models import Observation, ObservationKind


@dataclass(frozen=True)
class Spot:
    """One table, theme or passage of an activity, or the whole of it."""

    kind: ObservationKind = ObservationKind.ACTIVITY
    key: str = ""

    @property
    def name(self) -> str:
        """Return the spot as forms send it."""
        return f"{self.kind}:{self.key}"


WHOLE = Spot()


def spot(name: str) -> Spot:
    """Return the spot that a form sent; the whole activity if it makes no sense."""
    kind, _colon, key = name.partition(":")
    return Spot(ObservationKind(kind), key) if kind in set(ObservationKind) else WHOLE


def spots(tables: Sequence[Any]) -> dict[Spot, str]:
    """Return the tables of an activity, and the themes that they count, with their words."""
    found = {Spot(ObservationKind.TABLE, table.key): table.text for table in tables}
    for table in tables:
        if isinstance(table, Table) and table.is_of_themes:
            for row in table.rows:
                if not row.merged:
                    found[Spot(ObservationKind.THEME, row.choice_id)] = row.label
    return found


def passage(opportunity: Opportunity, about: Spot) -> Passage | None:
    """Return the passage of a spot, as long as it may be read."""
    with suppress(ValueError):
        key = uuid.UUID(about.key)
        query = select(Passage).join(Passage.contribution).where(Passage.id == key)
        of_this = Contribution.opportunity_id == opportunity.id, Passage.state.in_(READABLE)
        return db.session.scalars(query.where(*of_this)).first()
    return None


def is_shown(opportunity: Opportunity, tables: Sequence[Any], about: Spot) -> bool:
    """Return whether an activity shows a spot."""
    if about.kind is ObservationKind.PASSAGE:
        return passage(opportunity, about) is not None
    return about == WHOLE or about in spots(tables)


def with_words(observations: Sequence[Observation]) -> list[Observation]:
    """Return observations without those about a passage that may not be read any more."""
    about = ObservationKind.PASSAGE
    keys = [uuid.UUID(each.key) for each in observations if each.kind is about]
    query = select(Passage.id).where(Passage.id.in_(keys), Passage.state.in_(READABLE))
    readable = {str(key) for key in db.session.scalars(query)} if keys else set()
    return [each for each in observations if each.kind is not about or each.key in readable]
