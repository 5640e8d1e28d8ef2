"""Questions answered by choosing: one of several, any of several, or how much one agrees."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import Field, model_validator

from vrn_community.questionnaires.question_types.base import (
    LONGEST_OTHER,
    OTHER,
    Answer,
    Choice,
    Question,
    Reading,
    Sent,
    read_words,
)


class _Choosing(Question):
    """A question with choices, and perhaps "other, please say"."""

    choices: tuple[Choice, ...] = Field(min_length=2, max_length=40)
    has_other: bool = False

    @model_validator(mode="after")
    def _has_different_choices(self) -> "_Choosing":
        ids = [choice.id for choice in self.choices]
        if len(set(ids)) < len(ids) or OTHER in ids:
            raise ValueError("The choices of a question need different names.")
        return self

    def options(self) -> Sequence[Choice]:
        """Return the choices, with "other" at the end where it is offered."""
        other = Choice(id=OTHER, text=str(_("Something else"))) if self.has_other else None
        return (*self.choices, other) if other else self.choices

    def passage_ids(self) -> Sequence[str]:
        """Return the id of the words behind "other"."""
        return (f"{self.id}.{OTHER}",) if self.has_other else ()

    @property
    def _only_other(self) -> Answer:
        return OTHER

    def _with_other(self, answer: Answer | None, sent: Sent) -> Reading:
        name = f"{self.id}.{OTHER}"
        words, error = read_words(sent, name, LONGEST_OTHER) if self.has_other else ("", "")
        if words and answer is None:
            answer = self._only_other  # Typed, and the choice beside the box was forgotten.
        if words and OTHER not in self.chosen(answer):
            words, error = "", ""  # Typed, and then something else was chosen.
        return Reading(answer, {name: words} if words else {}, error)


class SingleChoice(_Choosing):
    """One of several."""

    kind: Literal["single-choice"] = "single-choice"
    label: ClassVar = _l("One of several")

    def read(self, sent: Sent) -> Reading:
        """Read one known choice; anything else is no answer."""
        value = sent.get(self.id, "")
        known = {choice.id for choice in self.options()}
        return self._with_other(value if value in known else None, sent)


class MultipleChoice(_Choosing):
    """Any of several."""

    kind: Literal["multiple-choice"] = "multiple-choice"
    label: ClassVar = _l("Any of several")

    @property
    def _only_other(self) -> Answer:
        return [OTHER]

    def read(self, sent: Sent) -> Reading:
        """Read known choices, in the order of the question; an exclusive one stands alone."""
        values = set(sent.getlist(self.id))
        chosen = [choice for choice in self.options() if choice.id in values]
        reading = self._with_other([choice.id for choice in chosen] or None, sent)
        if len(chosen) > 1 and any(choice.is_exclusive or choice.missing for choice in chosen):
            alone = next(c.text for c in chosen if c.is_exclusive or c.missing)
            error = _("“%(choice)s” does not go with the other answers.", choice=alone)
            return Reading(reading.answer, reading.words, error)
        return reading


class AgreementScale(Question):
    """How much one agrees with a statement."""

    kind: Literal["agreement-scale"] = "agreement-scale"
    label: ClassVar = _l("How much people agree")

    def options(self) -> Sequence[Choice]:
        """Return the five steps, from agreement to disagreement."""
        return tuple(Choice(id=key, text=str(text)) for key, text in AGREEMENT.items())

    def read(self, sent: Sent) -> Reading:
        """Read one step; anything else is no answer."""
        value = sent.get(self.id, "")
        return Reading(value if value in AGREEMENT else None)


AGREEMENT = {
    "strongly-agree": _l("Strongly agree"),
    "agree": _l("Agree"),
    "neither": _l("Neither agree nor disagree"),
    "disagree": _l("Disagree"),
    "strongly-disagree": _l("Strongly disagree"),
}
