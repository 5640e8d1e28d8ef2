"""Themes in numbers: how many people, under the rules of disclosure, and how coders agree."""

from collections.abc import Sequence
from dataclasses import dataclass

from vrn_community import config
from vrn_community.insights import agreement, results
from vrn_community.insights.agreement import Level
from vrn_community.insights.disclosure import Protected
from vrn_community.insights.tabulate import THEMES
from vrn_community.insights.words import queries
from vrn_community.insights.words.models import CodeFrame, Theme


def people_by_theme(frame: CodeFrame) -> Protected | None:
    """Return how many people have each theme, protected beside all tables of the activity.

    None if nobody has read anything yet.
    """
    found = results.live(frame.opportunity)
    return next((t for t in found.tables if t.key == f"{THEMES}:{frame.question_id}"), None)


@dataclass(frozen=True)
class Line:
    """How coders agree about one theme, or about all; None where that cannot be told."""

    theme: Theme | None
    alpha: float | None
    simple: float | None

    @property
    def level(self) -> Level | None:
        """What the alpha allows."""
        return None if self.alpha is None else agreement.level(self.alpha)


@dataclass(frozen=True)
class Report:
    """How far coders agree, the overall figure first; no lines for too few passages."""

    coders: int
    lines: Sequence[Line]


def agreement_of(frame: CodeFrame) -> Report:
    """Return how the coders of a frame agree, from passages that two of them have read."""
    coders = list(queries.codes(frame).values())
    active = queries.active_themes(frame)
    keys = [theme.id for theme in active]
    whole = agreement.overall(coders, keys)
    if whole.units < config.current().disclosure_threshold:
        return Report(len(coders), [])
    parts = agreement.by_theme(coders, keys)
    lines = [Line(theme, parts[theme.id].alpha, parts[theme.id].simple) for theme in active]
    return Report(len(coders), [Line(None, whole.alpha, whole.simple), *lines])
