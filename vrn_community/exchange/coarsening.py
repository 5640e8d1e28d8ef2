"""Leaving out of a file of single people what could show who somebody is; pure.

What tells who a person is (area, age, what they say about themselves, language, way) stands in a
file only so that each combination of it is shared by as many people as the threshold. This is
k-anonymity by suppression of cells (Sweeney 2002): columns in front keep more than those behind.
"""

from collections.abc import Iterator, Sequence

#: What stands in place of what is left out.
NOT_SHOWN = "not shown"
Group = list[int]


def coarsened(people: Sequence[Sequence[str]], least: int) -> list[list[str]]:
    """Return the cells about each person, so that no combination has fewer people than `least`.

    `people` are rows of equal length. Where there are fewer people at all, nothing is shown.
    """
    width = len(people[0]) if people else 0
    shown = [[NOT_SHOWN] * width for _person in people]
    groups: list[Group] = [list(range(len(people)))] if len(people) >= least else []
    for place in range(width):
        parted: list[Group] = []
        for group in groups:
            for value, part in _parts(people, group, place, least):
                parted.append(part)
                for person in part:
                    shown[person][place] = value
        groups = parted
    return shown


def _parts(
    people: Sequence[Sequence[str]], group: Group, place: int, least: int
) -> Iterator[tuple[str, Group]]:
    """Part a group by a column; who would be among too few goes together, with others if needed."""
    by_value: dict[str, Group] = {}
    for person in group:
        by_value.setdefault(people[person][place], []).append(person)
    small = [value for value, part in by_value.items() if len(part) < least]
    pool = [person for value in small for person in by_value.pop(value)]
    while by_value and 0 < len(pool) < least:
        fewest = min(by_value, key=lambda value: (len(by_value[value]), value))
        pool += by_value.pop(fewest)
    yield from by_value.items()
    if pool:
        yield NOT_SHOWN, pool
