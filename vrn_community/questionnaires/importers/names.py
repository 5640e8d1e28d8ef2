"""Short neutral names for what a file calls otherwise; pure."""

import re
from collections.abc import Iterable

from vrn_community.questionnaires.question_types.base import OF_THE_PAGE, OTHER

LONGEST = 40
NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
#: Names that the pages of answering use for something else.
RESERVED = frozenset({OTHER, "missing", "may-quote", "csrf-token", *OF_THE_PAGE})


class Names:
    """Makes names that are different from each other, the same ones at every run."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        """Begin with names that are taken already."""
        self.taken = {*RESERVED, *taken}
        self.numbers: dict[str, int] = {}

    def new(self, called: str, otherwise: str = "q") -> str:
        """Return a name that is like what the file says, and not taken yet."""
        plain = NOT_IN_A_NAME.sub("-", called.lower()).strip("-")[:LONGEST].strip("-")
        plain = plain or otherwise
        name = plain
        while name in self.taken:
            # Goes on where the last name like it ended: files have thousands of them.
            self.numbers[plain] = self.numbers.get(plain, 1) + 1
            ending = f"-{self.numbers[plain]}"
            name = f"{plain[: LONGEST - len(ending)]}{ending}"
        self.taken.add(name)
        return name
