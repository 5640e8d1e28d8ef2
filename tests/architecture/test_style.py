"""The look holds: contrast, both directions of reading, weight, style in style sheets only."""

import gzip
import re
from pathlib import Path

import pytest
import tinycss2

from vrn_community.foundation.assets import joined_styles

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
STYLE_SHEETS = sorted(CSS.glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CSS_BUDGET = 9 * 1024
JAVASCRIPT_BUDGET = 2 * 1024
TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    ("text", "page", TEXT),
    ("text", "surface", TEXT),
    ("text", "sunk", TEXT),
    ("text", "success-tint", TEXT),
    ("text", "warning-tint", TEXT),
    ("muted", "page", TEXT),
    ("muted", "surface", TEXT),
    ("muted", "sunk", TEXT),
    ("muted", "brand-tint", TEXT),
    ("link", "page", TEXT),
    ("link", "sunk", TEXT),
    ("link", "success-tint", TEXT),
    ("link-hover", "page", TEXT),
    ("brand", "surface", TEXT),
    ("brand-deep", "brand-soft", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-deep", TEXT),
    ("on-deep", "brand", TEXT),
    ("on-deep", "brand-deep", TEXT),
    ("accent", "page", TEXT),
    ("accent", "surface", TEXT),
    ("accent-on-brand", "brand", TEXT),
    ("accent-on-brand", "brand-deep", TEXT),
    ("on-exit", "exit", TEXT),
    ("focus-ink", "focus", TEXT),
    ("focus-ink", "page", SHAPE),
    ("focus", "brand-deep", SHAPE),
    ("error", "page", TEXT),
    ("error", "error-tint", TEXT),
    ("on-brand", "error", TEXT),
    ("success", "page", TEXT),
    ("success", "surface", TEXT),
    ("warning", "page", TEXT),
    ("inform", "inform-tint", TEXT),
    ("consult", "consult-tint", TEXT),
    ("collaborate", "collaborate-tint", TEXT),
    ("empower", "empower-tint", TEXT),
    ("field-line", "surface", SHAPE),
    ("field-line", "page", SHAPE),
    ("series-1", "surface", SHAPE),
    ("series-2", "surface", SHAPE),
]
PHYSICAL_NAME = re.compile(
    r"(margin|padding|border|inset|scroll-margin|scroll-padding)-(top|right|bottom|left)(-.*)?"
    r"|top|right|bottom|left|width|height|(min|max)-(width|height)|float|clear"
)
PHYSICAL_VALUE = re.compile(r"\b(left|right)\b")
FOUR_SIDES = {"margin", "padding", "inset", "border-radius"}


def declarations(path):
    yield from _declarations(tinycss2.parse_stylesheet(path.read_text("utf-8"), True, True))


def _declarations(rules):
    for rule in rules:
        if rule.type == "declaration":
            yield rule
        elif getattr(rule, "content", None):
            yield from _declarations(tinycss2.parse_blocks_contents(rule.content, True, True))


def tokens():
    text = (CSS / "tokens.css").read_text("utf-8")
    return dict(re.findall(r"--([\w-]+): ([^;]+);", text))


def colour(name):
    values = tokens()
    value = values[name]
    while value.startswith("var("):
        value = values[value[len("var(--") : -1]]
    return [int(value[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def luminance(name):
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour(name)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("ink", "ground", "needed"), PAIRS)
def test_colours_that_meet_are_far_enough_apart(ink, ground, needed):
    assert contrast(ink, ground) >= needed


@pytest.mark.parametrize("path", STYLE_SHEETS, ids=lambda path: path.name)
def test_style_sheets_know_no_left_and_right(path):
    found = list(declarations(path))
    assert found or path.name.startswith("fonts-")
    physical = [
        declaration.name
        for declaration in found
        if PHYSICAL_NAME.fullmatch(declaration.name)
        or PHYSICAL_VALUE.search(tinycss2.serialize(declaration.value))
        or (
            declaration.name in FOUR_SIDES
            and len([part for part in declaration.value if part.type != "whitespace"]) > 3
        )
    ]
    assert physical == []


@pytest.mark.parametrize("path", STYLE_SHEETS, ids=lambda path: path.name)
def test_colours_are_named_in_the_tokens_only(path):
    if path.name != "tokens.css":
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text("utf-8")) == []


def test_every_colour_and_size_that_is_used_has_a_name():
    defined = set()
    used = set()
    for path in STYLE_SHEETS:
        text = path.read_text("utf-8")
        defined |= set(re.findall(r"(--[\w-]+):", text))
        used |= set(re.findall(r"var\((--[\w-]+)\)", text))
    assert used - defined == set()


def test_style_sheets_and_scripts_are_light():
    assert len(gzip.compress(joined_styles(CSS).encode(), 9)) <= CSS_BUDGET
    for path in SCRIPTS:
        assert len(gzip.compress(path.read_bytes(), 9)) <= JAVASCRIPT_BUDGET, path


def test_files_named_in_style_sheets_exist():
    for path in STYLE_SHEETS:
        for name in re.findall(r'url\("/static/([^"]+)"\)', path.read_text("utf-8")):
            assert (ROOT / "static" / name).is_file()
        assert "data:" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_carry_no_style_and_no_script(path):
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "javascript:" not in text
