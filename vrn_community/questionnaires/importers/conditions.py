"""Trees of expressions as rules of a questionnaire; pure.

What the rules cannot say is taken to hold, so that a question is rather shown to too many
people than hidden from some: every question can be skipped. Each such part is named.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from vrn_community.questionnaires.importers.expressions import (
    Call,
    Compare,
    Join,
    Name,
    Node,
    Not,
    NotUnderstood,
    Value,
)
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.rules import (
    MOST_JOINED,
    AllOf,
    Answered,
    AnyOf,
    Condition,
    Equals,
    Greater,
    Less,
    NoneOf,
    Rule,
)

FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
EMPTY = frozenset({"is_empty", "empty"})
#: Functions whose result is compared with zero to ask whether there is an answer.
LENGTHS = frozenset({"string-length", "strlen", "count-selected", "count"})
SEEN_THROUGH = frozenset({"string", "number", "int", "floatval", "intval", "trim", "decimal"})
NUMBERS = frozenset({"number", "month-year"})
#: A rule, or whether it holds for everybody.
Result = Rule | bool
Find = Callable[[str], "Variable | None"]


@dataclass(frozen=True)
class Variable:
    """What a name in an expression stands for: a question, a row of it, or one of its choices."""

    question: AnyQuestion
    row: str = ""
    #: What the file calls the choices, and what they are called here.
    codes: Mapping[str, str] = field(default_factory=dict)
    #: The name stands for this choice alone, and its value for "chosen".
    choice: str = ""
    yes: str = "Y"

    @property
    def reference(self) -> str:
        """Return the name of the question or row in rules."""
        return f"{self.question.id}.{self.row}" if self.row else self.question.id

    @property
    def is_number(self) -> bool:
        """Return whether the answer is a number of its own."""
        return self.question.kind == "number"

    @property
    def is_multiple(self) -> bool:
        """Return whether an answer can hold several choices."""
        is_weighed = self.question.kind in ("ranking", "points") and not self.row
        return self.question.is_multiple or is_weighed

    @property
    def is_closed(self) -> bool:
        """Return whether rules can ask about the answer: words are never asked about."""
        if self.question.kind in NUMBERS or self.question.has_outside_choices:
            return True
        rows = {item.id for item in self.question.items()}
        return self.row in rows if self.row else bool(rows & {"", "first", "any"})


@dataclass
class Translation:
    """One expression on its way to a rule; keeps what was not understood."""

    find: Find
    unknown: list[str] = field(default_factory=list)

    def rule(self, node: Node, is_negated: bool = False) -> Result:
        """Return the rule that holds wherever the expression does."""
        match node:
            case Not():
                return self.rule(node.part, not is_negated)
            case Join():
                parts = [self.rule(part, is_negated) for part in node.parts]
                return joined(parts, is_all=node.is_all != is_negated)
        try:
            found = self._leaf(node)
        except NotUnderstood as reason:
            self.unknown.append(str(reason))
            return True
        return negated(found) if is_negated else found

    def _leaf(self, node: Node) -> Result:
        match node:
            case Compare():
                return self._compared(node)
            case Call():
                return self._called(node)
            case Name():
                return _is_true(self._variable(node))
            case Value():
                return str(node.value).lower() not in ("0.0", "0", "false", "")
        raise NotUnderstood(_named(node))

    def _called(self, node: Call) -> Result:
        if node.name in ("true", "false"):
            return node.name == "true"
        if node.name in EMPTY and len(node.arguments) == 1:
            return negated(_answered(self._variable(node.arguments[0])))
        if node.name == "selected" and len(node.arguments) == 2:
            return _includes(self._variable(node.arguments[0]), [_text(node.arguments[1])])
        raise NotUnderstood(_named(node))

    def _compared(self, node: Compare) -> Result:
        operator, left, right = node.operator, _seen_through(node.left), node.right
        if isinstance(left, Value):
            operator, left, right = FLIPPED.get(operator, operator), _seen_through(right), left
        if isinstance(left, Value) and isinstance(right, Value):
            return (left.value == right.value) == (operator == "=")
        if isinstance(left, Call) and left.name in LENGTHS and left.arguments:
            return self._length(operator, left, right)
        if not isinstance(right, Value):
            raise NotUnderstood(_named(right))
        return tested(self._variable(left), operator, right)

    def _length(self, operator: str, left: Call, right: Node) -> Result:
        asked = [_answered(self._variable(part)) for part in left.arguments]
        number = _number_of(right)
        if (operator, number) in ((">", 0.0), (">=", 1.0), ("!=", 0.0)):
            return joined(asked, is_all=False)
        if (operator, number) in (("=", 0.0), ("<", 1.0)):
            return negated(joined(asked, is_all=False))
        if left.name == "count" and (operator in ("=", ">=") and number == len(asked)):
            return joined(asked, is_all=True)
        raise NotUnderstood(left.name)

    def _variable(self, node: Node) -> Variable:
        name = node.path if isinstance(node, Name) else ""
        found = self.find(name) if name else None
        if found is None or not (found.choice or found.is_closed):
            raise NotUnderstood(_named(node))
        return found


def tested(asked: Variable, operator: str, right: Value) -> Result:
    """Return the rule for one answer compared with a value."""
    value = right.value
    if isinstance(value, str) and not value.strip() and operator in ("=", "!="):
        answered = _answered(asked)
        return answered if operator == "!=" else negated(answered)
    if asked.choice:
        return _one_choice(asked, operator, _text(right))
    if asked.is_number:
        return _number(asked, operator, _float(value))
    values = [*value] if isinstance(value, tuple) else [_text(right)]
    return _chosen(asked, operator, values)


def _one_choice(asked: Variable, operator: str, value: str) -> Result:
    if operator not in ("=", "!=") or value.lower() not in (asked.yes.lower(), "true", "1"):
        raise NotUnderstood(value)
    is_chosen = Condition(question=asked.reference, includes=(asked.choice,))
    return is_chosen if operator == "=" else negated(is_chosen)


def _chosen(asked: Variable, operator: str, values: list[str]) -> Result:
    match operator:
        case "=" if len(values) > 1:
            raise NotUnderstood(", ".join(values))
        case "=" if asked.is_multiple and values:
            return Equals(question=asked.reference, equals=_code(asked, values[0]))
        case "=" | "anyof" | "contains":
            return _includes(asked, values)
        case "allof":
            return joined([_includes(asked, [value]) for value in values], is_all=True)
        case "!=" | "noneof" | "notcontains":
            return negated(_chosen(asked, "=" if operator == "!=" else "anyof", values))
    return _among_numbers(asked, operator, _float(values[0]))


def _among_numbers(asked: Variable, operator: str, number: float) -> Result:
    """Return the rule for choices whose names are numbers, compared with a number."""
    if not asked.codes:
        raise NotUnderstood(asked.reference)
    codes = {_float(code): known for code, known in asked.codes.items()}
    passing = [known for code, known in codes.items() if _holds(operator, code, number)]
    return Condition(question=asked.reference, includes=tuple(passing)) if passing else False


def _holds(operator: str, one: float, other: float) -> bool:
    tests = {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}
    if operator not in tests:
        raise NotUnderstood(operator)
    return tests[operator]


def _number(asked: Variable, operator: str, number: float) -> Result:
    equal = Equals(question=asked.reference, equals=number)
    above = Greater(question=asked.reference, greater=number)
    below = Less(question=asked.reference, less=number)
    rules: dict[str, Rule] = {
        "=": equal,
        "!=": NoneOf(none=(equal,)),
        ">": above,
        "<": below,
        ">=": AnyOf(any=(above, equal)),
        "<=": AnyOf(any=(below, equal)),
    }
    if operator not in rules:
        raise NotUnderstood(operator)
    return rules[operator]


def _answered(asked: Variable) -> Rule:
    if asked.choice:
        return Condition(question=asked.reference, includes=(asked.choice,))
    return Answered(question=asked.reference, is_answered=True)


def _is_true(asked: Variable) -> Rule:
    """Return the rule for an answer that stands alone: yes, or any answer that is not zero."""
    if asked.choice:
        return _answered(asked)
    if "true" in asked.codes:
        return _includes(asked, ["true"])
    if asked.is_number or not asked.codes.keys().isdisjoint(("0", "false")):
        raise NotUnderstood(asked.reference)
    return _answered(asked)


def _includes(asked: Variable, values: Iterable[str]) -> Rule:
    codes = tuple(dict.fromkeys(_code(asked, value) for value in values))
    if not codes or asked.is_number:
        raise NotUnderstood(asked.reference)
    return Condition(question=asked.reference, includes=codes)


def _code(asked: Variable, value: str) -> str:
    found = asked.codes.get(value) or asked.codes.get(value.strip())
    if found is None:
        raise NotUnderstood(f"{asked.reference} = {value}")
    return found


def joined(parts: Iterable[Result], *, is_all: bool) -> Result:
    """Return several results as one; what holds for everybody, or for nobody, is worked out."""
    rules: list[Rule] = []
    for part in parts:
        if part is not is_all and isinstance(part, bool):
            return part
        if not isinstance(part, bool):
            rules.append(part)
    rules = rules if is_all else _merged(rules)
    if not rules:
        return is_all
    return rules[0] if len(rules) == 1 else _packed(rules, is_all)


def _packed(rules: list[Rule], is_all: bool) -> Rule:
    """Return rules in one, in parcels if there are too many of them."""
    if len(rules) > MOST_JOINED:
        parcels = [rules[at : at + MOST_JOINED] for at in range(0, len(rules), MOST_JOINED)]
        rules = [p[0] if len(p) == 1 else _packed(p, is_all) for p in parcels]
        return _packed(rules, is_all)
    return AllOf(all=tuple(rules)) if is_all else AnyOf(any=tuple(rules))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return alternatives with choices of the same question put together."""
    merged: dict[str, Rule] = {}
    for rule in rules:
        if not isinstance(rule, Condition):
            merged.setdefault(str(rule.model_dump()), rule)
            continue
        known = merged.get(rule.question)
        before = known.includes if isinstance(known, Condition) else ()
        includes = tuple(dict.fromkeys((*before, *rule.includes)))
        merged[rule.question] = Condition(question=rule.question, includes=includes)
    return list(merged.values())


def negated(result: Result) -> Result:
    """Return what holds where a result does not."""
    if isinstance(result, bool):
        return not result
    if isinstance(result, Answered):
        return result.model_copy(update={"is_answered": not result.is_answered})
    if isinstance(result, NoneOf):
        return result.none[0] if len(result.none) == 1 else AnyOf(any=result.none)
    return NoneOf(none=(result,))


def _seen_through(node: Node) -> Node:
    while isinstance(node, Call) and node.name in SEEN_THROUGH and len(node.arguments) == 1:
        node = node.arguments[0]
    return node


def _text(node: Node) -> str:
    if not isinstance(node, Value) or isinstance(node.value, tuple):
        raise NotUnderstood(_named(node))
    return node.value if isinstance(node.value, str) else f"{node.value:g}"


def _number_of(node: Node) -> float | None:
    """Return the number that a part is, even in quotation marks."""
    value = node.value if isinstance(node, Value) else None
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return float(value[:9])
    return value if isinstance(value, float) else None


def _float(value: str | float | tuple[str, ...]) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise NotUnderstood(str(value)) from error
    if not math.isfinite(number):
        raise NotUnderstood(str(value))
    return number


def _named(node: Node) -> str:
    match node:
        case Name():
            return node.path
        case Call():
            return f"{node.name}()"
        case Compare():
            return f"{_named(node.left)} {node.operator} {_named(node.right)}"
        case Value():
            return str(node.value)
    return ""
