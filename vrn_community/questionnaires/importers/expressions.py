"""Conditions as other programs write them, read into a tree; pure.

One grammar covers XLSForm (`selected(${q}, 'a') and not(${n} > 3)`), LimeSurvey
(`!is_empty(Q1) && Q2_A.NAOK == "Y"`) and SurveyJS (`{q} anyof ['a', 'b']`).
"""

import re
from dataclasses import dataclass

LONGEST = 20_000
DEEPEST = 40
TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>'[^']*'|"(?:[^"\\]|\\.)*")
    | \$?\{(?P<gap>[^{}]*)\}
    | (?P<name>\d+X\d+X\w+(?:\#\d)?(?:\.\w+)* | [^\W\d][\w.:]*(?:-[^\W\d]\w*)*)
    | (?P<number>\d+(?:\.\d+)?|\.\d+)
    | (?P<path>[./][\w./-]*)
    | (?P<sign>==|!=|<>|<=|>=|&&|\|\||[=<>!(),\[\]+*%-])
    )""",
    re.VERBOSE,
)
SAME = {
    "==": "=", "eq": "=", "equal": "=", "<>": "!=", "ne": "!=", "notequal": "!=",
    "lt": "<", "less": "<", "le": "<=", "lessorequal": "<=", "gt": ">", "greater": ">",
    "ge": ">=", "greaterorequal": ">=", "contain": "contains", "notcontain": "notcontains",
    "&&": "and", "||": "or",
}  # fmt: skip
COMPARISONS = frozenset(
    {"=", "!=", "<", "<=", ">", ">=", "contains", "notcontains", "anyof", "allof", "noneof"}
)
ALONE = {"empty": "=", "notempty": "!="}
ARITHMETIC = frozenset({"+", "-", "*", "%", "div", "mod", "path"})


class NotUnderstood(ValueError):  # noqa: N818 - a refusal, named as a fact.
    """An expression that the grammar does not cover."""


@dataclass(frozen=True)
class Name:
    """The name of a question, or of something that the program computes."""

    path: str


@dataclass(frozen=True)
class Value:
    """A text, a number or a list of them."""

    value: str | float | tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """A function of other parts."""

    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Compare:
    """Two parts compared."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Join:
    """Several parts of which all, or at least one, have to hold."""

    is_all: bool
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    """A part that must not hold."""

    part: "Node"


Node = Name | Value | Call | Compare | Join | Not
Token = tuple[str, str]


def parse(source: str) -> Node:
    """Return the tree of an expression; NotUnderstood if it is outside the grammar."""
    if len(source) > LONGEST:
        raise NotUnderstood(source[:40])
    reader = _Reader(_tokens(source))
    node = reader.either()
    if reader.kind != "end":
        raise NotUnderstood(source)
    return node


def _tokens(source: str) -> list[Token]:
    tokens, place = [], 0
    while source[place:].strip():
        found = TOKEN.match(source, place)
        if found is None:
            raise NotUnderstood(source)
        kind = str(found.lastgroup)
        tokens.append((kind, found[kind]))
        place = found.end()
    return [*tokens, ("end", "")]


def _named(path: str) -> Node:
    """Return a name; `{q.length}` of SurveyJS asks how many choices there are."""
    name, dot, last = path.rpartition(".")
    return Call("count-selected", (Name(name),)) if dot and last == "length" else Name(path)


class _Reader:
    """Goes through the tokens once: a method for each level of the grammar."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    @property
    def kind(self) -> str:
        return self.tokens[self.place][0]

    @property
    def word(self) -> str:
        """The operator that stands here, under one name for each meaning."""
        kind, text = self.tokens[self.place]
        lower = text.lower()
        return SAME.get(lower, lower) if kind in ("sign", "name") else ""

    def step(self) -> str:
        self.place += 1
        return self.tokens[self.place - 1][1]

    def expect(self, sign: str) -> None:
        if self.word != sign:
            raise NotUnderstood(sign)
        self.step()

    def either(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotUnderstood("depth")
        parts = [self.both()]
        while self.word == "or":
            self.step()
            parts.append(self.both())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Join(False, tuple(parts))

    def both(self) -> Node:
        parts = [self.negated()]
        while self.word == "and":
            self.step()
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else Join(True, tuple(parts))

    def negated(self) -> Node:
        turns = 0
        while self.word in ("!", "not") and (self.word == "!" or self.tokens[self.place + 1][1]):
            self.step()
            turns += 1
        node = self.comparison()
        return Not(node) if turns % 2 else node

    def comparison(self) -> Node:
        left = self.sum()
        if self.word in ALONE:
            return Compare(ALONE[self.step().lower()], left, Value(""))
        if self.word not in COMPARISONS:
            return left
        operator = self.word
        self.step()
        return Compare(operator, left, self.sum())

    def sum(self) -> Node:
        parts = [self.part()]
        while self.word in ARITHMETIC or self.kind == "path":
            if self.kind != "path":
                self.step()
            parts.append(self.part())
        return parts[0] if len(parts) == 1 else Call("arithmetic", tuple(parts))

    def part(self) -> Node:
        kind, text = self.tokens[self.place]
        match kind:
            case "text":
                self.step()
                return Value(re.sub(r"\\(.)", r"\1", text[1:-1]))
            case "number":
                return Value(float(self.step()))
            case "gap" | "path":
                return _named(self.step().strip())
            case "name":
                return self.named()
            case "sign":
                return self.bracketed()
        raise NotUnderstood(text)

    def named(self) -> Node:
        name = self.step()
        if self.word != "(":
            return Value(name.lower()) if name.lower() in ("true", "false") else Name(name)
        return Call(name.lower(), self.inside("(", ")"))

    def bracketed(self) -> Node:
        if self.word == "-":
            self.step()
            if self.kind != "number":
                raise NotUnderstood("-")
            return Value(-float(self.step()))
        if self.word == "[":
            values = self.inside("[", "]")
            texts = [str(v.value) for v in values if isinstance(v, Value)]
            return Value(tuple(texts))
        parts = self.inside("(", ")")
        if len(parts) != 1:
            raise NotUnderstood("()")
        return parts[0]

    def inside(self, begin: str, end: str) -> tuple[Node, ...]:
        self.expect(begin)
        parts: list[Node] = []
        while self.word != end:
            parts.append(self.either())
            if self.word != end:
                self.expect(",")
        self.step()
        return tuple(parts)
