"""What all questions have in common; a new type is one module beside this one, and a macro."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Protocol

from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, StringConstraints

#: Short names of questions, choices and sections: neutral, and never shown.
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Words = Annotated[str, StringConstraints(max_length=1_000, strip_whitespace=True)]
Answer = str | list[str]
OTHER = "other"
LONGEST_OTHER = 200


class Missing(StrEnum):
    """The four kinds of missing answers, which are never mixed."""

    NOT_ANSWERED = "not-answered"
    NOT_APPLICABLE = "not-applicable"
    DONT_KNOW = "dont-know"
    PREFER_NOT_TO_SAY = "prefer-not-to-say"


class Sent(Protocol):
    """What a form sent: several values a name."""

    def get(self, key: str, default: str) -> str:
        """Return the first value of a name."""
        ...

    def getlist(self, key: str) -> list[str]:
        """Return all values of a name."""
        ...


class Document(BaseModel):
    """A part of a questionnaire: validated, and never changed once it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Condition(Document):
    """Shown only if an earlier answer includes one of these choices."""

    question: Slug
    includes: tuple[Slug, ...]


class Choice(Document):
    """One answer that can be chosen."""

    id: Slug
    text: Words
    #: Chosen alone, such as "none of these".
    is_exclusive: bool = False
    #: A choice that is a kind of missing answer, such as "prefer not to say".
    missing: Missing | None = None


@dataclass(frozen=True)
class Reading:
    """What was read from a form: a closed answer, words by passage id, and what is wrong."""

    answer: Answer | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    error: str = ""


class Question(Document):
    """One question. Every question can be skipped, so nothing sent is never an error."""

    #: The name of the type, in the document and of its macro.
    kind: str
    id: Slug
    text: Words
    hint: Words = ""
    show_if: Condition | None = None

    #: What editors call the type.
    label: ClassVar[Any]
    #: Whether the choices are kept elsewhere, so that they can change without the document.
    has_outside_choices: ClassVar[bool] = False

    @abstractmethod
    def read(self, sent: Sent) -> Reading:
        """Read the answer from a form; keep what was typed even when it is wrong."""

    def options(self) -> Sequence[Choice]:
        """Return the choices that a table of this question counts; none for free text."""
        return ()

    def chosen(self, answer: Answer | None) -> list[str]:
        """Return the ids of the choices in a closed answer."""
        if answer is None:
            return []
        return list(answer) if isinstance(answer, list) else [answer]

    def describe(self, answer: Answer | None, words: Mapping[str, str]) -> list[str]:
        """Return an answer in words, for the person who gave it, in the page's language."""
        texts = {choice.id: choice.text for choice in self.options()}
        closed = [_(texts[key]) for key in self.chosen(answer) if texts.get(key)]
        return [*closed, *(text for text in words.values() if text)]

    def passage_ids(self) -> Sequence[str]:
        """Return the ids under which words given to this question are kept."""
        return ()


def read_words(sent: Sent, name: str, longest: int) -> tuple[str, str]:
    """Return words from a form, cleaned, and what is wrong with them."""
    from vrn_community.foundation import text

    words = text.plain(sent.get(name, ""))
    if len(words) > longest:
        return words, _("Use at most %(longest)s characters. Shorten it a little.", longest=longest)
    return words, ""
