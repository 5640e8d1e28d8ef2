"""What all questions have in common; a new type is one module beside this one, and a macro."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import StringConstraints, field_validator

from vrn_community.questionnaires.question_types import cells
from vrn_community.questionnaires.question_types.cells import Cell, Pairs
from vrn_community.questionnaires.rules import Document, Rule, Slug

Words = Annotated[str, StringConstraints(max_length=1_000, strip_whitespace=True)]
#: A choice, a number, several choices in order, or an answer for each row.
Answer = str | int | float | list[str] | dict[str, Any]
Order = Literal["fixed", "random"]
OTHER = "other"
#: Names of fields that every page of answering has: no question can have one of them.
OF_THE_PAGE = frozenset({"state", "v", "go", "proof"})
LONGEST_OTHER = 200


class Missing(StrEnum):
    """The four kinds of missing answers, which are never mixed."""

    NOT_ANSWERED = "not-answered"
    NOT_APPLICABLE = "not-applicable"
    DONT_KNOW = "dont-know"
    PREFER_NOT_TO_SAY = "prefer-not-to-say"


#: What people can choose instead of an answer, in this order.
OFFERS: dict[Missing, Any] = {
    Missing.DONT_KNOW: _l("I do not know"),
    Missing.PREFER_NOT_TO_SAY: _l("Prefer not to say"),
}
Offer = Literal[Missing.DONT_KNOW, Missing.PREFER_NOT_TO_SAY]


class Sent(Protocol):
    """What a form sent: several values a name."""

    def get(self, key: str, default: str) -> str:
        """Return the first value of a name."""
        ...

    def getlist(self, key: str) -> list[str]:
        """Return all values of a name."""
        ...


class Choice(Document):
    """One answer that can be chosen."""

    id: Slug
    text: Words
    #: Chosen alone, such as "none of these".
    is_exclusive: bool = False
    #: A choice that is a kind of missing answer, such as "prefer not to say".
    missing: Missing | None = None

    @property
    def stands_last(self) -> bool:
        """Whether it keeps its place when the others are put in random order."""
        return self.is_exclusive or self.missing is not None or self.id == OTHER


@dataclass(frozen=True)
class Item:
    """What one table counts: the question itself, or one of its rows."""

    id: str
    text: str
    choices: tuple[Choice, ...]
    #: People can choose several.
    is_multiple: bool = False


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
    show_if: Rule | None = None
    #: Kinds of missing answers that people can choose.
    offers: tuple[Offer, ...] = ()

    #: What editors call the type.
    label: ClassVar[Any]
    #: Whether the choices are kept elsewhere, so that they can change without the document.
    has_outside_choices: ClassVar[bool] = False
    #: Whether people can choose several of the options.
    is_multiple: ClassVar[bool] = False

    @field_validator("id")
    @classmethod
    def _has_a_name_of_its_own(cls, name: str) -> str:
        if name in OF_THE_PAGE:
            raise ValueError(f"No question can be named “{name}”: pages use that name themselves.")
        return name

    def read(self, sent: Sent) -> Reading:
        """Read a form; who would rather not say has said nothing else."""
        said = sent.get(f"{self.id}.missing", "")
        if said in self.offers:
            return Reading(said)
        return self.read_answer(sent)

    @abstractmethod
    def read_answer(self, sent: Sent) -> Reading:
        """Read the answer from a form; keep what was typed even when it is wrong."""

    def options(self) -> Sequence[Choice]:
        """Return the choices that stand below the question; none for free text."""
        return ()

    def offered(self) -> tuple[Choice, ...]:
        """Return what can be chosen instead of an answer."""
        return tuple(
            Choice(id=kind.value, text=str(OFFERS[kind]), missing=kind) for kind in self.offers
        )

    def items(self) -> Sequence[Item]:
        """Return what is counted: the question itself, if it has choices; rows have their own."""
        options = tuple(self.options())
        return (Item("", self.text, options, self.is_multiple),) if options else ()

    def chosen(self, answer: Answer | None, row: str = "") -> list[str]:
        """Return the ids of the choices in an answer, or in one row of it."""
        if row and isinstance(answer, dict):
            answer = answer.get(row)
        if answer is None or isinstance(answer, dict):
            return []
        return [str(part) for part in answer] if isinstance(answer, list) else [str(answer)]

    def number(self, answer: Answer | None, row: str = "") -> float | None:
        """Return an answer as a number to compare: its own, or the step of a scale."""
        if row and isinstance(answer, dict):
            answer = answer.get(row)
        is_number = isinstance(answer, int | float)
        return float(answer) if is_number else None  # type: ignore[arg-type]

    def describe(self, answer: Answer | None, words: Mapping[str, str]) -> list[str]:
        """Return an answer in words, for the person who gave it."""
        texts = {choice.id: choice.text for choice in (*self.options(), *self.offered())}
        closed = [_(texts[key]) for key in self.chosen(answer) if texts.get(key)]
        return [*closed, *(text for text in words.values() if text)]

    def passage_ids(self) -> Sequence[str]:
        """Return the ids under which words given to this question are kept."""
        return ()

    def cells(self) -> Mapping[str, Cell]:
        """Return how cells of a table are read, by part of the question; "" is all of it."""
        options = tuple(self.options())
        closed = {"": cells.one(self.id, options)} if options else {}
        start = f"{self.id}."
        return closed | {
            name.removeprefix(start) if name != self.id else "": cells.words(name)
            for name in self.passage_ids()
        }

    def from_cell(self, cell: Cell, part: str, text: str) -> Pairs:
        """Return what a form would have sent for a cell; cells.NotCarried if it is no answer."""
        kind = cells.missing_of(text)
        is_words = part and f"{self.id}.{part}" in self.passage_ids()
        if kind in self.offers and not is_words:
            return ((f"{self.id}.missing", kind),)
        return cell(text)


def read_words(sent: Sent, name: str, longest: int) -> tuple[str, str]:
    """Return words from a form, cleaned, and what is wrong with them."""
    from vrn_community.foundation import text

    words = text.plain(sent.get(name, ""))
    if len(words) > longest:
        return words, _("Use at most %(longest)s characters. Shorten it a little.", longest=longest)
    return words, ""


def different(parts: Sequence[Any]) -> None:
    """Raise a ValueError if two choices or rows have one name, or one has that of *other*."""
    ids = [part.id for part in parts]
    if len(set(ids)) < len(ids) or OTHER in ids:
        raise ValueError("The choices of a question need different names.")
