"""What became of a file: a line for each of its parts, or the reason why it cannot be read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.questionnaires.document import Questionnaire


class Level(StrEnum):
    """How much of a part came through."""

    CARRIED = "carried"
    CHANGED = "changed"
    LEFT_OUT = "left-out"


LEVELS: dict[Level, Any] = {
    Level.CARRIED: _l("Carried over"),
    Level.CHANGED: _l("Changed"),
    Level.LEFT_OUT: _l("Left out"),
}


@dataclass(frozen=True)
class Line:
    """One part of the file, and what became of it."""

    where: str
    level: Level
    message: str


@dataclass(frozen=True)
class Imported:
    """The questionnaire of a file, and what became of each part of the file."""

    document: Questionnaire
    report: tuple[Line, ...] = ()
    #: Whether the file is our own, and so says what stands around the sections too.
    is_own: bool = False

    def count(self, level: Level) -> int:
        """Return how many lines have a level."""
        return sum(line.level is level for line in self.report)


class Unreadable(ValueError):  # noqa: N818 - a refusal, named as a fact.
    """A file that is no valid questionnaire; says where it is wrong, and why."""

    def __init__(self, where: str, reason: str) -> None:
        """Keep the place and the reason."""
        self.where, self.reason = where, reason
        super().__init__(_("%(where)s: %(reason)s", where=where, reason=reason))


@dataclass
class Report:
    """Lines in the order in which they were found, each of them once."""

    lines: dict[Line, None] = field(default_factory=dict)

    def add(self, where: str, level: Level, message: str) -> None:
        """Add a line, unless it is there."""
        self.lines.setdefault(Line(where, level, str(message)))

    def add_changes(self, other: "Report") -> None:
        """Add what another report says beyond what came through as it was."""
        for line in other.lines:
            if line.level is not Level.CARRIED:
                self.lines.setdefault(line)

    def in_order(self) -> tuple[Line, ...]:
        """Return the lines, all that is said of one place together."""
        order: dict[str, int] = {}
        for line in self.lines:
            order.setdefault(line.where, len(order))
        return tuple(sorted(self.lines, key=lambda line: order[line.where]))

    def carried(self, where: str, message: str) -> None:
        """Say that a part came through as it was."""
        self.add(where, Level.CARRIED, message)

    def not_carried(self, where: str) -> None:
        """Take back that anything of a place came through."""
        for line in [*self.lines]:
            if line.where == where and line.level is Level.CARRIED:
                del self.lines[line]

    def changed(self, where: str, message: str) -> None:
        """Say how a part is different now."""
        self.add(where, Level.CHANGED, message)

    def left_out(self, where: str, message: str) -> None:
        """Say what is not there any more, and why."""
        self.add(where, Level.LEFT_OUT, message)


Read = Callable[[bytes], Imported]
