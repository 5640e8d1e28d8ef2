"""What a constraint of an XLSForm says about numbers and about choices; pure."""

import functools
import itertools
import operator
from collections.abc import Callable, Iterator
from typing import Any

from vrn_community.questionnaires.importers.expressions import (
    Call,
    Compare,
    Join,
    Name,
    Node,
    Not,
    NotUnderstood,
    Value,
    parse,
)

#: Larger constraints than this are not tried out.
LONGEST, MOST_NAMED, MOST_OTHERS = 300, 4, 12
COMPARE: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
#: The name of a choice that a constraint does not name.
UNNAMED = "\0"
Answer = tuple[str, ...]


def of_number(source: str, found: dict[str, Any], step: int) -> bool:
    """Put the bounds that a constraint sets into a mapping; return whether it says no more."""
    return all(_bound(part, found, step) for part in _parts(source))


def _bound(node: Node, found: dict[str, Any], step: int) -> bool:
    match node:
        case Join(True, parts):
            return all(_bound(part, found, step) for part in parts)
        case Compare(">=" | ">" as sign, Name("."), Value(float(n))) if step or sign == ">=":
            found["least"] = n + step * (sign == ">")
            return True
        case Compare("<=" | "<" as sign, Name("."), Value(float(n))) if step or sign == "<=":
            found["greatest"] = n - step * (sign == "<")
            return True
    return False


@functools.lru_cache(1_000)
def of_choices(source: str, count: int) -> tuple[int | None, frozenset[str], bool]:
    """Return how many of some choices may be chosen, which only alone, and if that is all.

    People write this in many ways; so each part is tried out with all answers that differ.
    """
    found = [_limits(part, count) for part in _parts(source) if len(source) <= LONGEST]
    known = [limits for limits in found if limits]
    alone = frozenset(name for limits in known for name in limits[1])
    most = min((limits[0] for limits in known), default=count)
    is_all = bool(found) and len(known) == len(found)
    return most if most < count - len(alone) else None, alone, is_all


def _limits(node: Node, count: int) -> tuple[int, set[str]] | None:
    """Return the limits that a part of a constraint sets, or None if it says anything else."""
    named = sorted({str(name) for name in _named(node)})
    if len(named) > min(MOST_NAMED, count):
        return None
    others = min(count - len(named), MOST_OTHERS)
    try:
        held = {answer: _holds(node, answer) for answer in _answers(named, others)}
    except NotUnderstood:
        return None
    alone = {name for name in named if held[(name,)] and not any(_more_than(name, held))}
    counts = [len(answer) for answer, holds in held.items() if holds and not alone & {*answer}]
    most = max(counts, default=0)
    expected = {a: len(a) == 1 if alone & {*a} else len(a) <= most for a in held}
    if expected != held or not most:
        return None
    return (count if most >= others else most), alone


def _more_than(name: str, held: dict[Answer, bool]) -> Iterator[bool]:
    return (holds for answer, holds in held.items() if name in answer and len(answer) > 1)


def _answers(named: list[str], others: int) -> Iterator[Answer]:
    """Yield the answers that a constraint can tell apart: others count, but have no names."""
    for size in range(len(named) + 1):
        for chosen in itertools.combinations(named, size):
            for more in range(0 if chosen else 1, others + 1):
                yield (*chosen, *[UNNAMED] * more)


def _holds(node: Node, answer: Answer) -> bool:
    """Return whether an expression about choices holds for an answer."""
    match node:
        case Not(part):
            return not _holds(part, answer)
        case Join(is_all, parts):
            return (all if is_all else any)(_holds(part, answer) for part in parts)
        case Call("if", (condition, then, otherwise)):
            return _holds(then if _holds(condition, answer) else otherwise, answer)
    return _tested(node, answer)


def _tested(node: Node, answer: Answer) -> bool:
    match node:
        case Call("true" | "false" as word, ()) | Value("true" | "false" as word):
            return word == "true"
        case Call("selected", (Name("."), Value(name))):
            return _text(name) in answer
        case Compare(sign, Call("count-selected", (Name("."),)), Value(float(n))):
            if n < MOST_OTHERS - 1 and sign in COMPARE:
                return COMPARE[sign](len(answer), n)
        case Compare("=" | "!=" as sign, Name("."), Value(name)):
            return ((_text(name),) == answer) == (sign == "=")
    raise NotUnderstood("constraint")


def _named(node: Node) -> Iterator[str]:
    match node:
        case Not(part):
            yield from _named(part)
        case Join(_, parts) | Call("if", parts):
            for part in parts:
                yield from _named(part)
        case Call("selected", (Name("."), Value(name))):
            yield _text(name)
        case Compare("=" | "!=", Name("."), Value(name)):
            yield _text(name)


def _text(value: str | float | tuple[str, ...]) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _parts(source: str) -> tuple[Node, ...]:
    """Return the parts of a constraint that all have to hold."""
    try:
        node = parse(source)
    except NotUnderstood:
        return (Name(""),)  # Says something, but nothing that is known.
    return node.parts if isinstance(node, Join) and node.is_all else (node,)
