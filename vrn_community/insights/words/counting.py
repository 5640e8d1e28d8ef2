"""How many people say what: themes as a table of several choices; pure.

A table of themes counts people, not passages, and goes out under the rules of disclosure as
every table does. A passage has a theme when more than half of those who read it found it.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from vrn_community.insights.tabulate import Row, Table, percent
from vrn_community.questionnaires.question_types.base import Missing

Key = uuid.UUID
#: By coder and passage, the themes that the coder found.
Codes = Mapping[Key, Mapping[Key, set[Key]]]


def people_by_theme(
    codes: Codes, people: Mapping[Key, Key], themes: Sequence[tuple[Key, str]], text: str
) -> Table:
    """Return how many people have each theme, of those in whose words somebody found any.

    `people` says by passage who wrote it, `themes` are keys and names in the order of the
    rows. Whoever was read and has no theme counts as without an answer.
    """
    found: defaultdict[Key, set[Key]] = defaultdict(set)
    for passage, given in agreed(codes).items():
        found[people[passage]] |= given
    base = sum(bool(given) for given in found.values())
    counts = Counter(theme for given in found.values() for theme in given)
    rows = (Row(str(key), name, counts[key], percent(counts[key], base)) for key, name in themes)
    silent = len(found) - base
    missing = {Missing.NOT_ANSWERED: silent}
    return Table("themes", text, "themes", base, tuple(rows), missing, silent, is_multiple=True)


def agreed(codes: Codes) -> dict[Key, set[Key]]:
    """Return the themes of each passage that more than half of its readers found."""
    readers: Counter[Key] = Counter()
    votes: defaultdict[Key, Counter[Key]] = defaultdict(Counter)
    for passages in codes.values():
        readers.update(passages.keys())
        for passage, given in passages.items():
            votes[passage].update(given)
    return {
        passage: {theme for theme, count in votes[passage].items() if 2 * count > number}
        for passage, number in readers.items()
    }
