"""Questions that put the same choices to several statements, one a row."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import Field, model_validator

from vrn_community.questionnaires.question_types import cells
from vrn_community.questionnaires.question_types.base import (
    Answer,
    Choice,
    Item,
    Order,
    Question,
    Reading,
    Sent,
    Words,
    different,
)
from vrn_community.questionnaires.question_types.cells import Cell
from vrn_community.questionnaires.question_types.scales import (
    AGREEMENT,
    FREQUENCY,
    SATISFACTION,
    steps_of,
)
from vrn_community.questionnaires.rules import Document, Slug

SCALES = {"agreement": AGREEMENT, "frequency": FREQUENCY, "satisfaction": SATISFACTION}
VOTES = {"agree": _l("Agree"), "disagree": _l("Disagree"), "pass": _l("Pass")}


class Statement(Document):
    """One row: what is judged."""

    id: Slug
    text: Words


class Rows(Question):
    """A question with rows, each of which is answered by one of the same choices."""

    rows: tuple[Statement, ...] = Field(min_length=1, max_length=30)
    row_order: Order = "fixed"

    @model_validator(mode="after")
    def _has_different_rows(self) -> "Rows":
        different(self.rows)
        return self

    def columns(self) -> Sequence[Choice]:
        """Return the choices of each row."""
        raise NotImplementedError

    def items(self) -> Sequence[Item]:
        """Return an item for each row."""
        choices = (*self.columns(), *self.offered())
        return tuple(Item(row.id, row.text, choices) for row in self.rows)

    def read_answer(self, sent: Sent) -> Reading:
        """Read one known choice for each row; rows can be left out."""
        known = {choice.id for choice in self.columns()}
        sent_by_row = {row.id: sent.get(f"{self.id}.{row.id}", "") for row in self.rows}
        answer = {row: value for row, value in sent_by_row.items() if value in known}
        return Reading(answer or None)

    def cells(self) -> Mapping[str, Cell]:
        """Read one choice for each row."""
        columns = tuple(self.columns())
        return {row.id: cells.one(f"{self.id}.{row.id}", columns) for row in self.rows}

    def chosen(self, answer: Answer | None, row: str = "") -> list[str]:
        """Return the choice of a row; a missing answer holds for all rows."""
        if isinstance(answer, str):
            return [answer]
        return super().chosen(answer, row)

    def describe(self, answer: Answer | None, words: Mapping[str, str]) -> list[str]:
        """Return each answered row with its choice."""
        if not isinstance(answer, dict):
            return super().describe(answer, words)
        texts = {choice.id: choice.text for choice in self.columns()}
        return [
            _("%(row)s: %(choice)s", row=row.text, choice=_(texts[answer[row.id]]))
            for row in self.rows
            if answer.get(row.id) in texts
        ]


class Grid(Rows):
    """Several statements on one scale, or with choices of their own."""

    kind: Literal["grid"] = "grid"
    label: ClassVar = _l("Several statements, one scale")
    scale: Literal["agreement", "frequency", "satisfaction"] | None = None
    choices: tuple[Choice, ...] = Field(default=(), max_length=11)

    @model_validator(mode="after")
    def _has_columns(self) -> "Grid":
        different(self.choices)
        if self.scale is None and len(self.choices) < 2:
            raise ValueError("A grid needs a scale, or two choices of its own.")
        if self.scale and self.choices:
            raise ValueError("A grid has a scale or choices of its own, not both.")
        return self

    def columns(self) -> Sequence[Choice]:
        """Return the steps of the scale, or the grid's own choices."""
        return steps_of(SCALES[self.scale]) if self.scale else self.choices

    def number(self, answer: Answer | None, row: str = "") -> float | None:
        """Return the number of the step that was chosen in a row."""
        steps = list(reversed(SCALES[self.scale])) if self.scale else []
        chosen = self.chosen(answer, row)
        return float(steps.index(chosen[0]) + 1) if chosen and chosen[0] in steps else None


class Cards(Rows):
    """Statements to agree or disagree with, or to pass over."""

    kind: Literal["cards"] = "cards"
    label: ClassVar = _l("Statements to vote on")

    def columns(self) -> Sequence[Choice]:
        """Return agree, disagree and pass."""
        return steps_of(VOTES)
