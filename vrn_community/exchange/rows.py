"""The rows of an export of closed answers: one person a row, in no order, with nothing to join by.

There are no keys, no days, no codes and no times in it; numbers stand in their bands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vrn_community.exchange.coarsening import coarsened
from vrn_community.insights import counting, persons
from vrn_community.insights.columns import CODES, Column
from vrn_community.insights.counting import Dataset
from vrn_community.insights.tabulate import Asked
from vrn_community.questionnaires.question_types.base import Missing
from vrn_community.questionnaires.question_types.places import AreaPicker

MISSING = {
    CODES[Missing.NOT_ANSWERED]: "not answered",
    CODES[Missing.NOT_APPLICABLE]: "not asked",
    CODES[Missing.DONT_KNOW]: "does not know",
    CODES[Missing.PREFER_NOT_TO_SAY]: "prefers not to say",
}
NOT_ASKED = MISSING[CODES[Missing.NOT_APPLICABLE]]
Versions = Sequence[Asked]


@dataclass(frozen=True)
class Sheet:
    """Headings, and the cells of each person."""

    headings: list[str]
    people: list[list[str]]


def sheet(data: Dataset, least: int) -> Sheet:
    """Return the answers of all people; what tells who they are is coarsened.

    Questions about the person with several answers are left out: few people share one set.
    """
    items = counting.items(data)
    telling = [versions for versions in _telling_first(items) if _tells(versions[0])]
    plain = [versions for versions in items.values() if not _tells(versions[0])]
    about = coarsened(_cells(data, telling), least)
    answers = _cells(data, plain)
    return Sheet(
        [versions[0].text for versions in (*telling, *plain)],
        [[*who, *said] for who, said in zip(about, answers, strict=True)],
    )


def _tells(one: Asked) -> bool:
    return one.is_about_person or isinstance(one.question, AreaPicker)


def _telling_first(items: Mapping[str, Versions]) -> Iterator[Versions]:
    """Go through the items with one answer: areas, then the age, then the others in their order."""

    def place(versions: Versions) -> int:
        if isinstance(versions[0].question, AreaPicker):
            return 0
        return 1 if versions[0].question.id == persons.AGE else 2

    single = (versions for versions in items.values() if not versions[0].item.is_multiple)
    yield from sorted(single, key=place)


def _cells(data: Dataset, asked: Sequence[Versions]) -> list[list[str]]:
    """Return the cells of each person, in the order of the parts of the data."""
    cells: list[list[str]] = [[] for _person in range(data.people)]
    for versions in asked:
        said = (text for text in _texts(data, versions))
        for person, text in zip(cells, said, strict=True):
            person.append(text)
    return cells


def _texts(data: Dataset, versions: Versions) -> Iterator[str]:
    labels = {choice.id: str(choice.text) for one in reversed(versions) for choice in one.choices}
    columns = counting.by_part(data, versions)
    for part, column in zip(data.parts, columns, strict=True):
        if column is None:
            yield from [NOT_ASKED] * part.people
        else:
            yield from _of_column(column, labels)


def _of_column(column: Column, labels: Mapping[str, str]) -> Iterator[str]:
    names = [labels.get(choice, choice) for choice in column.choices]
    for person, code in enumerate(column.codes.tolist()):
        if code in MISSING:
            yield MISSING[code]
        elif column.flags is None:
            yield names[code]
        else:
            chosen = column.flags[person].tolist()
            yield "; ".join(name for name, flag in zip(names, chosen, strict=True) if flag)
