"""Everything that is held: each table and column of the models, what it is, and who reads it.

The names come from the models themselves; `holdings.json` says of each column what it holds, and
of each table its class and its readers. A test fails where the two differ, so a new column
cannot be forgotten.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.accounts.roles import PERMISSIONS, Role
from vrn_community.foundation.db import Base
from vrn_community.foundation.permissions import Permission
from vrn_community.privacy.retention import CLASSES, RetentionClass, by_name

FILE = Path(__file__).parent / "holdings.json"

#: What a column can hold.
KINDS: dict[str, Any] = {
    "words": _l("Words of people who took part, without what could show who they are"),
    "sealed": _l("Locked with a key"),
    "hash": _l("Scrambled: it cannot be turned back"),
    "answers": _l("Ticks and numbers that people chose"),
    "about": _l("Age, area and equality answers"),
    "signs": _l("Names of what a program noticed"),
    "places": _l("Which words were taken out, as numbers"),
    "question": _l("Which question it belongs to"),
    "language": _l("The language"),
    "name": _l("A name"),
    "email": _l("An e-mail address"),
    "person": _l("Which member of staff"),
    "act": _l("What was done"),
    "text": _l("What staff wrote"),
    "document": _l("Questions or tables"),
    "fact": _l("Facts about the place"),
    "day": _l("A day"),
    "moment": _l("A day and a time"),
    "choice": _l("One of a fixed list"),
    "yes-no": _l("Yes or no"),
    "count": _l("How many"),
    "number": _l("A number"),
    "code": _l("A public code"),
    "link": _l("Which other row it belongs to"),
    "key": _l("A random key"),
}
#: Readers who are no role of the desk.
READERS: dict[str, Any] = {
    "everyone": _l("Everybody"),
    "public": _l("Staff who write it, and everybody once it is published"),
    "nobody": _l("Nobody: only the program uses it"),
    "code": _l("Whoever holds the code"),
    "words": _l("Whoever knows the four words"),
    "self": _l("The person themselves"),
}
#: What a table without a model of its own says.
TIES = _l("What belongs to what.")


@dataclass(frozen=True)
class Part:
    """One column that goes earlier than its table, or that others read."""

    column: str
    kind: RetentionClass
    readers: list[str | Role]


@dataclass(frozen=True)
class Holding:
    """One table: what a row is, who reads it, and its columns by what they hold."""

    table: str
    #: The first line of what the model says of itself, in English; it is translated on the page.
    about: Any
    readers: list[str | Role]
    columns: dict[str, list[str]]
    parts: list[Part]


def groups() -> list[tuple[RetentionClass, list[Holding]]]:
    """Return all tables by their class."""
    found: dict[str, list[Holding]] = defaultdict(list)
    for table, held in classified().items():
        found[held["class"]].append(_holding(table, held))
    return [(kind, found[kind.name]) for kind in CLASSES]


def _holding(table: str, held: Mapping[str, Any]) -> Holding:
    parts = [
        Part(column, by_name(part["class"]), readers_of(part["readers"]))
        for column, part in held.get("parts", {}).items()
    ]
    columns = {kind: names.split() for kind, names in held["columns"].items()}
    about = abouts().get(table, TIES)
    return Holding(table, about, readers_of(held["readers"]), columns, parts)


def readers_of(names: list[str]) -> list[str | Role]:
    """Return who reads: roles whose permissions let them, and others by their own names."""
    found: list[str | Role] = [name for name in names if name in READERS]
    wanted = {Permission(name) for name in names if name not in READERS}
    return [*found, *(role for role in Role if PERMISSIONS.get(role, frozenset()) & wanted)]


@cache
def classified() -> dict[str, Any]:
    """Return what the file says of each table."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def abouts() -> dict[str, str]:
    """Return the first line of the docstring of each model by its table."""
    return {
        mapper.local_table.name: (mapper.class_.__doc__ or "").partition("\n")[0]  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
    }


def columns_of_models() -> dict[str, set[str]]:
    """Return the columns of every mapped table."""
    return {table.name: set(table.columns.keys()) for table in Base.metadata.sorted_tables}
