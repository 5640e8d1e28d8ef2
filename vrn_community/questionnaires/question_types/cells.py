"""How cells of a table of answers are read: as what a form would have sent; pure.

So an answer from elsewhere goes through `Question.read` as one from a form does.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from flask_babel import gettext as _

if TYPE_CHECKING:
    from vrn_community.questionnaires.question_types.base import Choice

#: Names and values that a form would have sent for a cell.
Pairs = tuple[tuple[str, str], ...]
Cell = Callable[[str], Pairs]
#: What stands between several choices in one cell; spaces stand between ids alone.
SEPARATORS = (";", "|", "\n", ",", None)
YES = frozenset({"1", "yes", "y", "true", "x", "\N{CHECK MARK}", "checked", "selected"})
NO = frozenset({"0", "no", "n", "false", "unchecked", "not selected"})
#: Labels of missing answers that other programs write, by the kind.
MISSING = {
    "dont-know": frozenset({"dont-know", "don't know", "i don't know", "do not know",
                            "i do not know", "dk"}),
    "prefer-not-to-say": frozenset({"prefer-not-to-say", "prefer not to say", "i'd rather not say",
                                    "rather not say", "refused"}),
}  # fmt: skip
YEAR = re.compile(r"\d{4}")
YEAR_AND_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})|(?P<m>\d{1,2})/(?P<y>\d{4})")


class NotCarried(ValueError):  # noqa: N818 - a refusal, named as a fact.
    """A cell that is no answer to its question; says why, without what stands in it."""


def same(text: str) -> str:
    """Return a text as it is compared: case, spaces and the form of apostrophes do not count."""
    normal = unicodedata.normalize("NFKC", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return " ".join(normal.casefold().split())


def missing_of(cell: str) -> str:
    """Return the kind of missing answer that a cell names, or nothing."""
    said = same(cell)
    return next((kind for kind, labels in MISSING.items() if said in labels), "")


def words(name: str) -> Cell:
    """Return the reader of a cell that is sent as it stands."""
    return lambda cell: ((name, cell),)


def one(name: str, choices: Sequence["Choice"]) -> Cell:
    """Return the reader of a cell with the id or the label of one choice."""
    return lambda cell: ((name, found(choices, cell)),)


def several(name: str, choices: Sequence["Choice"]) -> Cell:
    """Return the reader of a cell with several choices."""
    return lambda cell: tuple((name, key) for key in _listed(choices, cell))


def tick(name: str, choice: "Choice") -> Cell:
    """Return the reader of a cell that says whether one choice is chosen."""

    def read(cell: str) -> Pairs:
        said = same(cell)
        if said in NO:
            return ()
        if said in YES | {choice.id, same(choice.text)}:
            return ((name, choice.id),)
        raise NotCarried(_("It says neither yes nor no."))

    return read


def order(name: str, choices: Sequence["Choice"]) -> Cell:
    """Return the reader of a cell with choices in order, the first place first."""
    return lambda cell: tuple(
        (f"{name}.{key}", str(place)) for place, key in enumerate(_listed(choices, cell), 1)
    )


def whole(name: str, least: int, most: int) -> Cell:
    """Return the reader of a cell with a whole number; 0 says nothing."""

    def read(cell: str) -> Pairs:
        typed = cell.strip()
        number = int(typed) if typed.isdecimal() and len(typed) <= 9 else -1
        if not least <= number <= most:
            raise NotCarried(_("It is no whole number from %(a)s to %(b)s.", a=least, b=most))
        return ((name, str(number)),) if number else ()

    return read


def month(name: str, *, has_month: bool) -> Cell:
    """Return the reader of a cell with a year, or a year and a month; a day is refused."""

    def read(cell: str) -> Pairs:
        typed = cell.strip()
        both = YEAR_AND_MONTH.fullmatch(typed)
        if YEAR.fullmatch(typed):
            return ((f"{name}.year", typed),)
        number = int(both["month"] or both["m"]) if both else 0
        if not both or not has_month or not 1 <= number <= 12:
            example = "2024-05" if has_month else "2024"
            raise NotCarried(_("It is not written as %(example)s.", example=example))
        return ((f"{name}.year", both["year"] or both["y"]), (f"{name}.month", str(number)))

    return read


def found(choices: Sequence["Choice"], cell: str) -> str:
    """Return the id of the choice that a cell names by its id or its label."""
    said, kind = same(cell), missing_of(cell)
    matches: tuple[Callable[[Choice], bool], ...] = (
        lambda choice: choice.id == said,
        lambda choice: same(choice.text) == said,
        lambda choice: bool(kind) and choice.missing == kind,
    )
    for is_meant in matches:
        keys = [choice.id for choice in choices if is_meant(choice)]
        if len(keys) > 1:
            raise NotCarried(_("Two choices have this name."))
        if keys:
            return keys[0]
    raise NotCarried(_("It is none of the choices."))


def _listed(choices: Sequence["Choice"], cell: str) -> list[str]:
    for parts in _splits(cell):
        try:
            keys = [found(choices, part) for part in parts]
        except NotCarried:
            continue
        if len(set(keys)) < len(keys):
            raise NotCarried(_("One choice stands twice."))
        return keys
    raise NotCarried(_("It holds something that is none of the choices."))


def _splits(cell: str) -> Iterator[list[str]]:
    """Go through the ways to see several choices in a cell; the whole may be one."""
    yield [cell]
    for separator in SEPARATORS:
        yield [part for part in cell.split(separator) if part.strip()] or [cell]
