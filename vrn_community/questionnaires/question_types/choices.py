"""Questions answered by choosing: one of several, any of several, a picture, yes or no."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import Field, field_validator, model_validator

from vrn_community.questionnaires.question_types import cells
from vrn_community.questionnaires.question_types.base import (
    LONGEST_OTHER,
    OTHER,
    Answer,
    Choice,
    Order,
    Question,
    Reading,
    Sent,
    Words,
    different,
    read_words,
)
from vrn_community.questionnaires.question_types.cells import Cell
from vrn_community.questionnaires.question_types.pictures import PICTURES
from vrn_community.questionnaires.rules import Slug

MOST_CHOICES = 200


class Choosing(Question):
    """A question with choices, and perhaps "other, please say"."""

    choices: tuple[Choice, ...] = Field(min_length=2, max_length=MOST_CHOICES)
    has_other: bool = False
    choice_order: Order = "fixed"

    @model_validator(mode="after")
    def _has_different_choices(self) -> "Choosing":
        different(self.choices)
        return self

    def options(self) -> Sequence[Choice]:
        """Return the choices, then "other" and what can be chosen instead of an answer."""
        known = {choice.missing for choice in self.choices}
        offered = [choice for choice in self.offered() if choice.missing not in known]
        if not self.has_other:
            return (*self.choices, *offered)
        return (*self.choices, Choice(id=OTHER, text=str(_("Something else"))), *offered)

    def passage_ids(self) -> Sequence[str]:
        """Return the id of the words behind "other"."""
        return (f"{self.id}.{OTHER}",) if self.has_other else ()

    def _one(self, sent: Sent) -> Reading:
        """Read one known choice; anything else is no answer."""
        value = sent.get(self.id, "")
        known = {choice.id for choice in self.options()}
        return self._with_other(value if value in known else None, sent)

    def _any(self, sent: Sent) -> Reading:
        """Read known choices, in the order of the question; an exclusive one stands alone."""
        values = set(sent.getlist(self.id))
        chosen = [choice for choice in self.options() if choice.id in values]
        reading = self._with_other([choice.id for choice in chosen] or None, sent)
        if len(chosen) > 1 and any(choice.is_exclusive or choice.missing for choice in chosen):
            alone = next(c.text for c in chosen if c.is_exclusive or c.missing)
            error = _("“%(choice)s” does not go with the other answers.", choice=alone)
            return Reading(reading.answer, reading.words, error)
        return reading

    def _with_other(self, answer: Answer | None, sent: Sent) -> Reading:
        name = f"{self.id}.{OTHER}"
        words, error = read_words(sent, name, LONGEST_OTHER) if self.has_other else ("", "")
        if words and answer is None:  # Typed, and the choice beside the box was forgotten.
            answer = [OTHER] if self.is_multiple else OTHER
        if words and OTHER not in self.chosen(answer):
            words, error = "", ""  # Typed, and then something else was chosen.
        return Reading(answer, {name: words} if words else {}, error)


class SingleChoice(Choosing):
    """One of several, as buttons or, for many, as a list."""

    kind: Literal["single-choice"] = "single-choice"
    label: ClassVar = _l("One of several")
    is_list: bool = False

    def read_answer(self, sent: Sent) -> Reading:
        """Read one known choice; anything else is no answer."""
        return self._one(sent)


class MultipleChoice(Choosing):
    """Any of several, perhaps not more than a number of them."""

    kind: Literal["multiple-choice"] = "multiple-choice"
    label: ClassVar = _l("Any of several")
    is_multiple: ClassVar = True
    most: int | None = Field(default=None, ge=1, le=MOST_CHOICES)

    def cells(self) -> Mapping[str, Cell]:
        """Read all choices in one cell, or one in each."""
        options = tuple(self.options())
        ticks = {choice.id: cells.tick(self.id, choice) for choice in options}
        # The column of the words for "other" ticks it too.
        words = {OTHER: lambda cell: ((self.id, OTHER), (f"{self.id}.{OTHER}", cell))}
        return {**ticks, **(words if self.has_other else {}), "": cells.several(self.id, options)}

    def read_answer(self, sent: Sent) -> Reading:
        """Read known choices; more than are allowed is an error, and they are kept."""
        reading = self._any(sent)
        if self.most and len(self.chosen(reading.answer)) > self.most and not reading.error:
            error = _("Choose at most %(most)s. Take one away.", most=self.most)
            return Reading(reading.answer, reading.words, error)
        return reading


class PictureOption(Choice):
    """A choice with a picture from the service's own collection."""

    picture: Slug = Field(json_schema_extra={"enum": list(PICTURES)})
    #: What the picture shows, for people who cannot see it.
    alternative: Words = Field(min_length=1)

    @field_validator("picture")
    @classmethod
    def _is_a_picture_of_ours(cls, picture: str) -> str:
        if picture not in PICTURES:
            raise ValueError("There is no such picture.")
        return picture


class PictureChoice(Choosing):
    """One of several pictures, each with words."""

    kind: Literal["picture-choice"] = "picture-choice"
    label: ClassVar = _l("One of several pictures")
    choices: tuple[PictureOption, ...] = Field(min_length=2, max_length=12)

    def read_answer(self, sent: Sent) -> Reading:
        """Read one known choice; anything else is no answer."""
        return self._one(sent)


class YesNo(Question):
    """Yes, no or not sure."""

    kind: Literal["yes-no"] = "yes-no"
    label: ClassVar = _l("Yes, no or not sure")

    def options(self) -> Sequence[Choice]:
        """Return the three answers, and what can be chosen instead."""
        named = [Choice(id=key, text=str(text)) for key, text in YES_NO.items()]
        return (*named, *self.offered())

    def read_answer(self, sent: Sent) -> Reading:
        """Read one of the answers; anything else is no answer."""
        value = sent.get(self.id, "")
        return Reading(value if value in {choice.id for choice in self.options()} else None)


YES_NO = {"yes": _l("Yes"), "no": _l("No"), "not-sure": _l("Not sure")}
