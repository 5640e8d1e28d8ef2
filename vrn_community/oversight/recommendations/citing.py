"""What a recommendation can rest on: what is published, and nothing else (C3)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask_babel import gettext as _

from vrn_community.foundation.errors import NotAllowed
from vrn_community.insights import queries as insights
from vrn_community.insights.evidence import queries as evidence
from vrn_community.insights.evidence.models import (
    SEEN,
    EvidenceKind,
    Insight,
    InsightState,
    citable,
    reference,
)
from vrn_community.insights.models import Release
from vrn_community.insights.tabulate import Table
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.recommendations.models import Citation, Recommendation

INSIGHT = "insight"
#: Where each kind stands on the page of an outcome.
PLACES = {
    EvidenceKind.TABLE: "results",
    EvidenceKind.CROSS: "by-group",
    EvidenceKind.QUOTE: "own-words",
    EvidenceKind.THEME: "wrote-about",
}


@dataclass(frozen=True)
class Cited:
    """One thing to rest on: its name in forms, what it is, and where the public finds it."""

    name: str
    #: An insight, a table, a table of one item by another, words, or the row of a theme; None
    #: if it is no longer there.
    item: Any
    #: The anchor on the page of the outcome.
    anchor: str = ""

    @property
    def kind(self) -> str:
        """What kind of thing it is."""
        return self.name.partition(":")[0]


def offered(opportunity: Opportunity) -> list[Cited]:
    """Return what a recommendation about an activity can rest on: published and frozen alone."""
    release = insights.current_release(opportunity.id)
    if release is None:
        return []
    resting = [one for one in evidence.resting_on(release.id) if _is_current(one)]
    known = [Cited(f"{INSIGHT}:{one.id}", one) for one in resting]
    return [*known, *_parts(release)]


def _is_current(insight: Insight) -> bool:
    return insight.state is InsightState.PUBLISHED


def _parts(release: Release) -> Iterator[Cited]:
    for name, item in citable(release):
        yield Cited(name, item, _anchor(name, item))
    for table in release.shown:
        if table.is_of_themes:
            for row in table.rows:
                if not row.merged:
                    name = reference(EvidenceKind.THEME, row.choice_id)
                    yield Cited(name, row, _anchor(name, table))


def _anchor(name: str, item: Any) -> str:
    kind = EvidenceKind(name.partition(":")[0])
    if isinstance(item, Table) and not item.row_text:
        return f"result-{item.question_id}-title"
    return PLACES[kind]


def citations(
    opportunity: Opportunity, names: Collection[str], before: Sequence[Citation] = ()
) -> list[Citation]:
    """Return what is cited under names; what was cited before may have been replaced since."""
    known = {name_of(each): each for each in before}
    release = insights.current_release(opportunity.id)
    found = {each.name: each.item for each in offered(opportunity)}
    if not set(names) <= found.keys() | known.keys():
        raise NotAllowed(_("One of these is no longer there. Choose again."))
    return [known.get(name) or _citation(name, found[name], release) for name in sorted(set(names))]


def _citation(name: str, item: Any, release: Release | None) -> Citation:
    if isinstance(item, Insight):
        return Citation(insight=item)
    return Citation(release=release, reference=name)


def name_of(citation: Citation) -> str:
    """Return the name of what is cited, as forms send it."""
    return citation.reference or f"{INSIGHT}:{citation.insight_id}"


def cited(recommendation: Recommendation) -> list[Cited]:
    """Return what a recommendation rests on, as everybody may read it now."""

    @cache
    def parts(release: Release) -> dict[str, Cited]:
        return {each.name: each for each in _parts(release)}

    return [
        parts(each.release).get(each.reference, Cited(each.reference, None))
        if each.release
        else _insight(each)
        for each in recommendation.citations
    ]


def _insight(citation: Citation) -> Cited:
    insight = citation.insight
    is_seen = insight is not None and insight.state in SEEN
    return Cited(name_of(citation), insight if is_seen else None)
