"""Questions answered in one's own words: they give passages, never closed answers."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import Field, model_validator

from vrn_community.questionnaires.question_types.base import (
    Answer,
    Question,
    Reading,
    Sent,
    different,
    read_words,
)
from vrn_community.questionnaires.question_types.grids import Statement


class Writing(Question):
    """A question with a box to write in."""

    longest: int

    def read_answer(self, sent: Sent) -> Reading:
        """Read the words; too many are an error, and are kept."""
        words, error = read_words(sent, self.id, self.longest)
        return Reading(None, {self.id: words} if words else {}, error)

    def passage_ids(self) -> Sequence[str]:
        """Return the question's own id."""
        return (self.id,)


class ShortText(Writing):
    """A few words."""

    kind: Literal["short-text"] = "short-text"
    label: ClassVar = _l("A few words")
    longest: int = Field(default=200, ge=10, le=300)


class LongText(Writing):
    """Several sentences."""

    kind: Literal["long-text"] = "long-text"
    label: ClassVar = _l("Several sentences")
    longest: int = Field(default=1_500, ge=100, le=4_000)


class SeveralTexts(Question):
    """A few words for each of several lines."""

    kind: Literal["several-texts"] = "several-texts"
    label: ClassVar = _l("A few words on several lines")
    rows: tuple[Statement, ...] = Field(min_length=1, max_length=10)
    longest: int = Field(default=200, ge=10, le=300)

    @model_validator(mode="after")
    def _has_different_rows(self) -> "SeveralTexts":
        different(self.rows)
        return self

    def passage_ids(self) -> Sequence[str]:
        """Return an id for each line."""
        return tuple(f"{self.id}.{row.id}" for row in self.rows)

    def read_answer(self, sent: Sent) -> Reading:
        """Read each line; too many words are an error, and are kept."""
        words, error = {}, ""
        for name in self.passage_ids():
            words[name], wrong = read_words(sent, name, self.longest)
            error = error or wrong
        return Reading(None, {name: text for name, text in words.items() if text}, error)

    def describe(self, answer: Answer | None, words: Mapping[str, str]) -> list[str]:
        """Return each line that was filled, with what it is about."""
        if answer is not None:
            return super().describe(answer, {})
        texts = {f"{self.id}.{row.id}": row.text for row in self.rows}
        return [
            _("%(row)s: %(choice)s", row=texts[name], choice=text)
            for name, text in words.items()
            if name in texts
        ]
