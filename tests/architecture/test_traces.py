"""No public form leaves what it sends in the browser's profile (T32)."""

import re
from collections.abc import Iterator

import pytest
from jinja2 import Environment, meta

from vrn_community.config import PROJECT_ROOT

TEMPLATES = PROJECT_ROOT / "templates"
LAYOUT = "layouts/public.html"
FORM = re.compile(r"<form\b([^>]*(?:\{\{.*?\}\}[^>]*)*)>(.*?)</form>", re.S)
#: What a form can hold that sends nothing but which button was pressed.
BUTTONS = frozenset({"button", "_", "url_for", "notice_url", "notice_ages", "items"})
#: What stands in a form that the browser does not keep.
UNKEPT = frozenset({"unkept", "carried"})


def used_by(name: str) -> set[str]:
    """Return the templates that one extends, includes or imports."""
    parsed = Environment().parse((TEMPLATES / name).read_text("utf-8"))
    return {used for used in meta.find_referenced_templates(parsed) if used}


def public_templates() -> set[str]:
    """Return the templates of public pages, with all that they are made of."""
    parts = {str(path.relative_to(TEMPLATES)): set[str]() for path in TEMPLATES.rglob("*.html")}
    parts = {name: used_by(name) for name in parts}
    found = {LAYOUT}
    while more := {name for name in parts if parts[name] & found & parts.keys()} - found:
        found |= more
    while more := set[str]().union(*(parts[name] for name in found)) - found:
        found |= more
    return found


def sent_forms(text: str) -> Iterator[tuple[str, str]]:
    """Return the attributes and the content of each form that sends what stands in it."""
    for attributes, content in FORM.findall(text):
        has_fields = re.search(r"<(input|textarea|select)\b", content)
        if 'method="post"' in attributes and (has_fields or called(content) - BUTTONS):
            yield attributes, content


def called(content: str) -> set[str]:
    return set(re.findall(r"\b(\w+(?:\.\w+)?)\(", content))


def kept_by_the_browser(text: str) -> list[str]:
    """Return the forms of a template that a browser would write into its profile."""
    return [
        content
        for attributes, content in sent_forms(text)
        if 'autocomplete="off"' not in attributes or not called(content) & UNKEPT
    ]


def test_no_public_form_is_written_into_the_profile_of_the_browser() -> None:
    names = public_templates()
    found = {name for name in names if kept_by_the_browser((TEMPLATES / name).read_text("utf-8"))}

    assert {"pages/_own_words.html", "outcomes/followers/_form.html"} <= names
    assert found == set()


@pytest.mark.parametrize(
    "text",
    [
        '<form method="post" autocomplete="off"><input name="code"></form>',
        '<form method="post" autocomplete="off">{{ field(form.words) }}</form>',
        '<form method="post">{{ unkept() }}<textarea name="words"></textarea></form>',
    ],
)
def test_a_form_that_is_kept_is_noticed(text: str) -> None:
    assert kept_by_the_browser(text)


def test_a_form_that_only_has_buttons_needs_nothing() -> None:
    text = '<form method="post" action="{{ url_for("x", a="b") }}">{{ button(_("Go")) }}</form>'

    assert not kept_by_the_browser(text)
