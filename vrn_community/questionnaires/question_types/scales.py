"""Questions answered on a scale of five steps."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from flask_babel import lazy_gettext as _l
from pydantic import Field

from vrn_community.questionnaires.question_types.base import (
    Answer,
    Choice,
    Question,
    Reading,
    Sent,
    read_words,
)

AGREEMENT = {
    "strongly-agree": _l("Strongly agree"),
    "agree": _l("Agree"),
    "neither": _l("Neither agree nor disagree"),
    "disagree": _l("Disagree"),
    "strongly-disagree": _l("Strongly disagree"),
}
FREQUENCY = {
    "always": _l("Always"),
    "often": _l("Often"),
    "sometimes": _l("Sometimes"),
    "rarely": _l("Rarely"),
    "never": _l("Never"),
}
SATISFACTION = {
    "very-satisfied": _l("Very satisfied"),
    "satisfied": _l("Satisfied"),
    "neither": _l("Neither satisfied nor dissatisfied"),
    "dissatisfied": _l("Dissatisfied"),
    "very-dissatisfied": _l("Very dissatisfied"),
}
SENTIMENT = {
    "very-good": _l("Very good"),
    "good": _l("Good"),
    "neither": _l("Neither good nor bad"),
    "bad": _l("Bad"),
    "very-bad": _l("Very bad"),
}


def steps_of(words: Mapping[str, Any]) -> tuple[Choice, ...]:
    """Return the steps of a scale as choices, in the words of the page's language."""
    return tuple(Choice(id=key, text=str(text)) for key, text in words.items())


class Scale(Question):
    """A scale with five steps, the strongest first."""

    STEPS: ClassVar[Mapping[str, Any]]

    def options(self) -> Sequence[Choice]:
        """Return the five steps, and what can be chosen instead."""
        return (*steps_of(self.STEPS), *self.offered())

    def number(self, answer: Answer | None, row: str = "") -> float | None:
        """Return the number of a step: 5 for the first, 1 for the last."""
        steps = list(self.STEPS)[::-1]
        return float(steps.index(answer) + 1) if answer in steps else None

    def read_answer(self, sent: Sent) -> Reading:
        """Read one step; anything else is no answer."""
        value = sent.get(self.id, "")
        return Reading(value if value in self.STEPS or value in self.offers else None)


class AgreementScale(Scale):
    """How much one agrees with a statement."""

    kind: Literal["agreement-scale"] = "agreement-scale"
    label: ClassVar = _l("How much people agree")
    STEPS: ClassVar = AGREEMENT


class FrequencyScale(Scale):
    """How often something happens."""

    kind: Literal["frequency-scale"] = "frequency-scale"
    label: ClassVar = _l("How often")
    STEPS: ClassVar = FREQUENCY


class SatisfactionScale(Scale):
    """How satisfied one is."""

    kind: Literal["satisfaction-scale"] = "satisfaction-scale"
    label: ClassVar = _l("How satisfied people are")
    STEPS: ClassVar = SATISFACTION


class Sentiment(Scale):
    """How good or bad something is, and why."""

    kind: Literal["sentiment"] = "sentiment"
    label: ClassVar = _l("How good or bad, and why")
    STEPS: ClassVar = SENTIMENT
    longest: int = Field(default=500, ge=100, le=4_000)

    def passage_ids(self) -> Sequence[str]:
        """Return the id of the words that say why."""
        return (f"{self.id}.why",)

    def read_answer(self, sent: Sent) -> Reading:
        """Read the step and the words; too many words are an error, and are kept."""
        name = f"{self.id}.why"
        words, error = read_words(sent, name, self.longest)
        return Reading(super().read_answer(sent).answer, {name: words} if words else {}, error)
