"""Modules, templates and tests stay small enough to be read at once."""

import ast
from pathlib import Path

import pytest

from vrn_community.config import PROJECT_ROOT

LONGEST_MODULE = 400
LONGEST_TEMPLATE = 250
LONGEST_STYLE = 400
MODULES = sorted(
    path
    for folder in ("vrn_community", "tests", "benchmarks", "migrations")
    for path in (PROJECT_ROOT / folder).rglob("*.py")
)
TEMPLATES = sorted((PROJECT_ROOT / "templates").rglob("*.html"))
STYLES = sorted((PROJECT_ROOT / "static").rglob("*.css"))


def name(path: Path) -> str:
    return path.relative_to(PROJECT_ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_short_enough(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES], ids=name)
def test_a_template_or_style_sheet_is_short_enough(path: Path) -> None:
    limit = LONGEST_TEMPLATE if path.suffix == ".html" else LONGEST_STYLE
    assert len(path.read_text("utf-8").splitlines()) <= limit


def test_every_folder_of_the_service_says_what_it_is_for() -> None:
    for path in (PROJECT_ROOT / "vrn_community").rglob("__init__.py"):
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


def test_no_name_hides_what_has_no_home() -> None:
    homeless = {"utils", "helpers", "common", "misc", "manager", "info"}
    stems = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}
    assert not stems & homeless


def test_nothing_is_left_to_do_or_commented_out() -> None:
    marker = "TO" + "DO"
    for path in MODULES:
        assert marker not in path.read_text("utf-8"), path
