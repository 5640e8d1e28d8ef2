"""Requests that no page of ours would send: to every route, from all who may call it."""

import inspect
import itertools
import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.core import UnboundField
from wtforms.fields.list import FieldList

from tests.browser.sowing import form_classes
from tests.moderation.secret_words import Scene
from tests.moderation.visitors import open_to
from tests.pages import csrf_token
from vrn_community.config import PROJECT_ROOT
from vrn_community.foundation.forms import NewId, SplitDateField

Pairs = list[tuple[str, str | bytes]]
NONSENSE: list[str | bytes] = [
    "", "\x00", "%00", "../../etc/passwd", "a" * 20_000, "-1", "0", "9" * 400, "9" * 19, "\u202e",
    "<script>alert(1)</script>", "{{7*7}}", "%(x)s", "{0}", "None", "[]", "1e309", "nan", "٣", "𝟙",
    "\r\nX: y", "'--", "0000-00-00", "2026-02-30", "99999-12-31", "-0001-01-01", "13", "\udfff",
    "\n" * 3_000, "é" * 400, "\U0010ffff", "ǅ", "00000000-0000-0000-0000-000000000000", "not-a-key",
    b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"a\x00b",
]  # fmt: skip
WRONG_TYPES = [None, True, -1, 1e308, 10**400, [], {}, [[]], {"a": {"b": [None]}}, "\ud800", ["x"]]
ODD_BYTES = ["%ff%fe", "%c0%af", "%ED%A0%80", "%", "%zz", "%0d%0aSet-Cookie:x=1"]
ODD_TYPES = [
    "", "text/plain", "application/xml", "multipart/form-data", "application/json; charset=nothing",
    "multipart/form-data; boundary=", "application/x-www-form-urlencoded; charset=utf-16", "\xff/;",
]  # fmt: skip
ODD_HEADERS = [
    {"Accept-Language": "x" * 2_000, "Range": "bytes=9-1", "Expect": "?"},
    {"If-None-Match": "*", "Accept-Encoding": ";;q=", "Content-Length": "x"},
    {"If-Modified-Since": "yesterday", "Accept": "*/;q=x", "Host": "a b"},
    {"Referer": "//x", "Origin": "null", "X-Forwarded-For": "\xff, ::1%"},
]
ODD_METHODS = ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]
FORM = "application/x-www-form-urlencoded"
#: How much of a form is nonsense: one field among good ones gets further than nothing but nonsense.
SHARES = (0.0, 0.03, 0.03, 0.3, 1.0)
READ_BY_HAND = re.compile(r"request\.(?:args|form|files)\.get(?:list)?\(\s*\"([\w-]+)\"")


@dataclass(frozen=True)
class Attempt:
    """One request, and by whom it is sent."""

    who: str
    url: str
    method: str
    options: dict[str, Any]
    #: Whose cookie is nonsense too keeps none of their own.
    has_cookie: bool = True


@dataclass
class Nonsense:
    """Makes attempts on every route of a scene, as chance will have it."""

    app: Flask
    scene: Scene
    visitors: Mapping[str, FlaskClient]
    chance: random.Random
    tokens: dict[str, str] = field(init=False)
    keys: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """Fetch the anti-forgery token of each visitor, so that what they send is read."""
        self.tokens = {who: csrf_token(one) if who else "" for who, one in self.visitors.items()}
        self.keys = [str(key) for keys in self.scene.known.values() for key in keys]

    def attempts(self) -> Iterator[Attempt]:
        """Yield attempts without end: each route once, before any is tried again."""
        ways = self._ways()
        while True:
            self.chance.shuffle(ways)
            for endpoint, method, places in ways:
                who, url = self.chance.choice(places)
                yield self._attempt(endpoint, method, who, url)

    def _ways(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Return every route and method with who may call it, and at which real addresses."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for who, method in itertools.product(self.visitors, ("GET", "POST")):
            for endpoint, url in open_to(self.app, self.scene, method, who):
                found.setdefault((endpoint, method), []).append((who, url))
        return [(*way, places) for way, places in found.items()]

    def _attempt(self, endpoint: str, method: str, who: str, url: str) -> Attempt:
        pairs = self._pairs(endpoint, who)
        options: dict[str, Any] = self._body(pairs) if method == "POST" else {}
        if method == "GET" or self._happens(0.2):
            options["query_string"] = self._query(pairs)
        if self._happens(0.1):
            options["headers"] = self.chance.choice(ODD_HEADERS)
        if self._happens(0.1):
            method = self.chance.choice(ODD_METHODS)
        path, _, query = url.partition("?")
        if query and "query_string" not in options:
            options["query_string"] = query
        if self._happens(0.05):
            path = f"{path.rstrip('/')}/{self.chance.choice(['', *ODD_BYTES])}"
        if not self._happens(0.05):
            return Attempt(who, path, method, options)
        cookie = f"desk={self.chance.choice(ODD_BYTES)}; desk-messages=x.y.z"
        return Attempt(who, path, method, {**options, "headers": {"Cookie": cookie}}, False)

    def _happens(self, share: float) -> bool:
        return self.chance.random() < share

    # What forms send

    def _pairs(self, endpoint: str, who: str) -> Pairs:
        """Return what forms around a view ask for: some of it missing, twice or nonsense."""
        fields = list(fields_near(self.app.view_functions[endpoint]))
        share = self.chance.choice(SHARES)
        self.chance.shuffle(fields)
        names = [*self.scene.known["question_id"], *read_by_hand()]
        pairs: Pairs = [(name, self._value(None, share)) for name in names if self._happens(0.5)]
        for name, unbound in dict(fields).items():
            for part in parts_of(name, unbound):
                times = self.chance.choices((0, 1, 2, 40), (10, 85, 4, 1))[0]
                pairs += [(part, self._value(unbound, share)) for _time in range(times)]
        pairs = [pair for pair in pairs if pair[0] != "csrf_token"]
        return [*pairs, ("csrf_token", self.tokens[who])] if self._happens(0.97) else pairs

    def _value(self, unbound: UnboundField | None, share: float) -> str | bytes:
        return self.chance.choice(NONSENSE if self._happens(share) else self._fitting(unbound))

    def _fitting(self, unbound: UnboundField | None) -> list[Any]:
        """Return what could rightly stand in a field."""
        kind = unbound.field_class if unbound else object
        if issubclass(kind, (RadioField, SelectField, SelectMultipleField)):
            return choices_of(unbound) or self.keys
        if issubclass(kind, (IntegerField, SplitDateField)):
            return ["1", "12", "2027"]
        if issubclass(kind, BooleanField):
            return ["y"]
        return self.keys if issubclass(kind, NewId) else ["came", "yes", "1", "preview", "next"]

    # How it is sent

    def _query(self, pairs: Pairs) -> str:
        some = [pair for pair in pairs if pair[0] in read_by_hand() or self._happens(0.1)]
        if not self._happens(0.05):  # One of these, and nothing else is looked at.
            some = [pair for pair in some if b"\0" not in as_bytes(pair[1])]
        odd = f"&{self.chance.choice(ODD_BYTES)}=&&=;page[]=1&page={self.chance.choice(ODD_BYTES)}"
        return encoded(some[:60]) + (odd if self._happens(0.2) else "")

    def _body(self, pairs: Pairs) -> dict[str, Any]:
        sound = {"data": encoded(pairs), "content_type": FORM}
        files = {name for name, _value in pairs if self._happens(0.1)}
        whole = multipart(pairs, files)
        cut = whole[: self.chance.randrange(len(whole))]
        mixed = {name: self.chance.choice(WRONG_TYPES) for name, _value in pairs}
        documents = [
            json.dumps(mixed),
            json.dumps(self.chance.choice(WRONG_TYPES)),
            '{"x":' * 5_000,
        ]
        shapes: list[dict[str, Any]] = [
            {"data": whole, "content_type": "multipart/form-data; boundary=x"},
            {"data": cut, "content_type": "multipart/form-data; boundary=x"},
            {**sound, "content_type": self.chance.choice(ODD_TYPES)},
            {"data": b"\x00\xff=" * 500, "content_type": FORM},
            {"data": self.chance.choice(documents), "content_type": "application/json"},
            {},
        ]
        return sound if self._happens(0.6) else self.chance.choice(shapes)


def fields_near(view: Any) -> list[tuple[str, UnboundField]]:
    """Return the names and fields of all forms of the package that a view is in."""
    package = inspect.unwrap(view).__module__.partition(".views")[0]
    near = _fields_in(package)
    return near or _fields_in(".".join(package.split(".")[:2]))


@cache
def _fields_in(package: str) -> list[tuple[str, UnboundField]]:
    forms = [form for form in form_classes() if form.__module__.startswith(f"{package}.")]
    members = itertools.chain.from_iterable(inspect.getmembers(form) for form in forms)
    return [(name, value) for name, value in members if isinstance(value, UnboundField)]


def parts_of(name: str, unbound: UnboundField) -> list[str]:
    """Return the names under which a field is sent."""
    if issubclass(unbound.field_class, SplitDateField):
        return [f"{name}-{part}" for part in SplitDateField.PARTS]
    return [f"{name}-0", f"{name}-999999999"] if unbound.field_class is FieldList else [name]


def choices_of(unbound: Any) -> list[Any]:
    """Return the choices that a field declares; there are none if a view gives them."""
    choices = unbound.kwargs.get("choices") or []
    return [] if callable(choices) else [str(value) for value, *_label in choices]


@cache
def read_by_hand() -> list[str]:
    """Return the names that views read without a form."""
    sources = sorted((PROJECT_ROOT / "vrn_community").rglob("*.py"))
    found = (READ_BY_HAND.findall(path.read_text("utf-8")) for path in sources)
    return sorted(set(itertools.chain.from_iterable(found)))


def encoded(pairs: Pairs) -> str:
    """Return fields as a form sends them; half a character goes out as the bytes it would be."""
    return urlencode([(name, as_bytes(value)) for name, value in pairs])


def multipart(pairs: Pairs, files: set[str]) -> bytes:
    """Return fields as a form with files sends them, some as files that nobody asked for."""
    parts = []
    for name, value in pairs:
        file = '; filename="../x\r\n.csv"' if name in files else ""
        head = f'--x\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        parts.append(head.encode() + as_bytes(value) + b"\r\n")
    return b"".join(parts) + b"--x--\r\n"


def as_bytes(value: str | bytes) -> bytes:
    """Return what goes over the wire."""
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
