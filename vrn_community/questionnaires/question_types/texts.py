"""Questions answered in one's own words: they give passages, never closed answers."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from flask_babel import lazy_gettext as _l
from pydantic import Field

from vrn_community.questionnaires.question_types.base import Question, Reading, Sent, read_words


class _Writing(Question):
    """A question with a box to write in."""

    longest: int

    def read(self, sent: Sent) -> Reading:
        """Read the words; too many are an error, and are kept."""
        words, error = read_words(sent, self.id, self.longest)
        return Reading(None, {self.id: words} if words else {}, error)

    def passage_ids(self) -> Sequence[str]:
        """Return the question's own id."""
        return (self.id,)


class ShortText(_Writing):
    """A few words."""

    kind: Literal["short-text"] = "short-text"
    label: ClassVar = _l("A few words")
    longest: int = Field(default=200, ge=10, le=300)


class LongText(_Writing):
    """Several sentences."""

    kind: Literal["long-text"] = "long-text"
    label: ClassVar = _l("Several sentences")
    longest: int = Field(default=1_500, ge=100, le=4_000)
