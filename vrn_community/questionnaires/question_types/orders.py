"""Questions that weigh choices against each other: by rank, or by points to share out."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

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
    different,
)
from vrn_community.questionnaires.question_types.cells import Cell
from vrn_community.questionnaires.question_types.numbers import WESTERN

MOST = 12


class Weighing(Question):
    """A question whose choices each get a number."""

    choices: tuple[Choice, ...] = Field(min_length=2, max_length=MOST)
    choice_order: Order = "fixed"

    @model_validator(mode="after")
    def _has_different_choices(self) -> "Weighing":
        different(self.choices)
        return self

    def _number_cells(self, least: int, most: int) -> dict[str, Cell]:
        """Return the readers of a number for each choice."""
        return {c.id: cells.whole(f"{self.id}.{c.id}", least, most) for c in self.choices}

    def _numbers(self, sent: Sent) -> tuple[dict[str, int], dict[str, str]]:
        """Return the number typed beside each choice, and what was typed and is none."""
        typed = {c.id: sent.get(f"{self.id}.{c.id}", "").strip()[:10] for c in self.choices}
        western = {key: text.translate(WESTERN) for key, text in typed.items() if text}
        numbers = {key: int(text) for key, text in western.items() if is_small_number(text)}
        return numbers, {key: typed[key] for key in western if key not in numbers}

    def _texts(self) -> dict[str, str]:
        return {choice.id: choice.text for choice in (*self.choices, *self.offered())}


class Ranking(Weighing):
    """Choices put in an order; the answer is the ids in order, as far as it was given."""

    kind: Literal["ranking"] = "ranking"
    label: ClassVar = _l("Put in order")

    def cells(self) -> Mapping[str, Cell]:
        """Read the whole order in one cell, or the place of each choice."""
        places = self._number_cells(1, len(self.choices))
        return {"": cells.order(self.id, self.choices), **places}

    def read_answer(self, sent: Sent) -> Reading:
        """Read a place for each choice; two on one place are an error, and are kept."""
        places, _others = self._numbers(sent)
        places = {key: place for key, place in places.items() if 1 <= place <= len(self.choices)}
        order: list[str] = sorted(places, key=lambda key: places[key])
        if len(set(places.values())) < len(places):
            return Reading(dict(places), error=_("Two answers have the same place."))
        return Reading(order or None)

    def places(self, answer: Answer | None) -> dict[str, int]:
        """Return the place of each choice, also when two have the same."""
        if isinstance(answer, dict):
            return dict(answer)
        chosen = answer if isinstance(answer, list) else []
        return {key: place for place, key in enumerate(chosen, 1)}

    def items(self) -> Sequence[Item]:
        """Return what is counted: what was put first."""
        return (Item("first", self.text, (*self.choices, *self.offered())),)

    def chosen(self, answer: Answer | None, row: str = "") -> list[str]:
        """Return the choices in order, or only the first."""
        chosen = super().chosen(answer)
        return chosen[:1] if row == "first" else chosen

    def describe(self, answer: Answer | None, words: Mapping[str, str]) -> list[str]:
        """Return the choices in order."""
        texts = self._texts()
        chosen = [_(texts[key]) for key in self.chosen(answer) if key in texts]
        if not isinstance(answer, list):
            return chosen
        return [f"{place}. {text}" for place, text in enumerate(chosen, 1)]


class Points(Weighing):
    """A number of points to share out between choices."""

    kind: Literal["points"] = "points"
    label: ClassVar = _l("Points to share out")
    total: int = Field(default=10, ge=2, le=100)

    def cells(self) -> Mapping[str, Cell]:
        """Read the points of each choice."""
        return self._number_cells(0, self.total)

    def read_answer(self, sent: Sent) -> Reading:
        """Read the points of each choice; if they do not add up it says by how much."""
        points, others = self._numbers(sent)
        if others:
            typed = {f"{self.id}.{key}": text for key, text in others.items()}
            return Reading(dict(points) or None, typed, _("Enter whole numbers."))
        shared = sum(points.values())
        answer: dict[str, Any] = {key: number for key, number in points.items() if number}
        if not answer:
            return Reading()
        words = {"shared": shared, "total": self.total}
        error = _("You have shared out %(shared)s of %(total)s points.", **words)
        return Reading(answer, error="" if shared == self.total else error)

    def items(self) -> Sequence[Item]:
        """Return what is counted: the choices that got any point."""
        return (Item("any", self.text, (*self.choices, *self.offered()), is_multiple=True),)

    def chosen(self, answer: Answer | None, row: str = "") -> list[str]:
        """Return the choices that got any point."""
        return list(answer) if isinstance(answer, dict) else super().chosen(answer)

    def describe(self, answer: Answer | None, words: Mapping[str, str]) -> list[str]:
        """Return the points of each choice."""
        if not isinstance(answer, dict):
            return super().describe(answer, words)
        texts = self._texts()
        given = [(texts[key], number) for key, number in answer.items() if key in texts]
        return [_("%(row)s: %(choice)s", row=_(text), choice=number) for text, number in given]


def is_small_number(text: str) -> bool:
    """Return whether a text is a whole number of at most four Western digits."""
    return text.isascii() and text.isdigit() and len(text) <= 4
