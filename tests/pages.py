"""A page as its reader gets it; opening one checks what every page promises."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

NAMESPACE = "{http://www.w3.org/1999/xhtml}"
#: Names of pages about sensitive questions, which say nothing (Y15).
NEUTRAL = ("Questions - ", "سوالات - ")
#: What the HTML parser reports although it is harmless.
HARMLESS: frozenset[str] = frozenset()


@dataclass
class Page:
    """One answer of the service, parsed."""

    response: TestResponse
    text: str
    tree: Any

    @classmethod
    def get(cls, client: FlaskClient, url: str, *, status: int = 200, **options: Any) -> "Page":
        """Open a page and check its promises."""
        return cls.of(client.get(url, **options), status=status)

    @classmethod
    def post(
        cls, client: FlaskClient, url: str, data: dict[str, Any], *, status: int = 200
    ) -> "Page":
        """Send a form with its anti-forgery token, and check the page that answers."""
        return cls.of(send(client, url, data), status=status)

    @classmethod
    def of(cls, response: TestResponse, *, status: int = 200) -> "Page":
        """Check an answer that is a page."""
        assert response.status_code == status, f"{response.status_code}: {response.text[:500]}"
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
        tree = parser.parse(response.text)
        faults = [fault for fault in parser.errors if fault[1] not in HARMLESS]
        assert not faults, faults[:5]
        page = cls(response, response.text, tree)
        page.keeps_its_promises()
        return page

    def all(self, tag: str) -> list[Any]:
        """Return all elements of a kind."""
        return list(self.tree.iter(f"{NAMESPACE}{tag}"))

    def words(self, element: Any) -> str:
        """Return the text of an element."""
        return " ".join("".join(element.itertext()).split())

    @property
    def heading(self) -> str:
        """The text of the page's only first-level heading."""
        return self.words(self.all("h1")[0])

    @property
    def title(self) -> str:
        """The title of the page."""
        return self.words(self.all("title")[0])

    def hidden(self, name: str) -> str:
        """Return the value of a hidden input."""
        inputs = [i for i in self.all("input") if i.get("name") == name]
        assert inputs, f"There is no input {name}."
        return str(inputs[0].get("value"))

    def has(self, words: str) -> bool:
        """Return whether the page says some words."""
        return words in self.words(self.tree)

    def links(self) -> list[str]:
        """Return where the page's links lead."""
        return [link.get("href", "") for link in self.all("a")]

    def errors(self) -> list[str]:
        """Return the messages of the error summary."""
        summaries = [e for e in self.tree.iter() if "error-summary" in str(e.get("class"))]
        return [self.words(link) for s in summaries for link in s.iter(f"{NAMESPACE}a")]

    def keeps_its_promises(self) -> None:
        """Check what holds for every page of the service."""
        headings = [self.words(heading) for heading in self.all("h1")]
        assert len(headings) == 1, f"The page has {len(headings)} first-level headings."
        starts = (headings[0], f"Error: {headings[0]}", *NEUTRAL)
        assert self.title.startswith(starts) or "خرابی" in self.title, (
            f"The title {self.title!r} does not start with the heading {headings[0]!r}."
        )
        self._has_language()
        self._has_unique_ids()
        self._has_labels()
        self._links_its_errors()
        self._has_nothing_inline()

    def _has_language(self) -> None:
        root = self.all("html")[0]
        assert root.get("lang")
        assert root.get("dir") in ("ltr", "rtl")

    def _has_unique_ids(self) -> None:
        ids = Counter(e.get("id") for e in self.tree.iter() if e.get("id"))
        assert not [name for name, count in ids.items() if count > 1], ids.most_common(3)

    def _has_labels(self) -> None:
        labelled = {label.get("for") for label in self.all("label")}
        inside = {id(i) for label in self.all("label") for i in label.iter()}
        for tag in ("input", "select", "textarea"):
            for field in self.all(tag):
                if field.get("type") in ("hidden", "submit") or field.get("hidden") is not None:
                    continue
                named = field.get("id") in labelled or id(field) in inside
                assert named or field.get("aria-label"), f"{field.attrib} has no label."

    def _links_its_errors(self) -> None:
        ids = {e.get("id") for e in self.tree.iter() if e.get("id")}
        for link in self.links():
            if link.startswith("#"):
                assert link[1:] in ids, f"{link} leads nowhere."

    def _has_nothing_inline(self) -> None:
        for element in self.tree.iter():
            assert element.get("style") is None, f"{element.tag} has a style attribute."
            handlers = [name for name in element.attrib if re.match(r"on[a-z]+$", str(name))]
            assert not handlers, f"{element.tag} has {handlers}."
        for script in self.all("script"):
            assert script.get("src"), "There is an inline script."
        assert not self.all("style")
        assert not self.all("iframe")
        for tag, name in (("script", "src"), ("link", "href"), ("img", "src"), ("form", "action")):
            for element in self.all(tag):
                assert not re.match(r"(https?:)?//", element.get(name, "")), element.attrib


def send(client: FlaskClient, url: str, data: dict[str, Any], page: str = "") -> TestResponse:
    """Send a form with the anti-forgery token of the desk, or of a page that has one."""
    return client.post(url, data={**data, "csrf_token": csrf_token(client, page)})


def csrf_token(client: FlaskClient, page: str = "") -> str:
    """Return the anti-forgery token of a page; the desk's is the same as long as its cookie."""
    cookie = client.get_cookie("desk", path="/desk")
    if page or cookie is None:
        return _csrf_token(client, page or "/desk/settings")
    if cookie.value not in _TOKENS:
        _TOKENS[cookie.value] = _csrf_token(client, "/desk/settings")
    return _TOKENS[cookie.value]


def _csrf_token(client: FlaskClient, page: str) -> str:
    response = client.get(page, follow_redirects=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', response.text)
    assert token, "No page gave an anti-forgery token."
    return token[1]


_TOKENS: dict[str, str] = {}
