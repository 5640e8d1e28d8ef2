"""Every rule against dangerous lines has a bad sample, which `make check` shows that it finds."""

import re
from pathlib import Path

import pytest

from tests.conftest import PASSWORD
from vrn_community.config import PROJECT_ROOT

DANGERS = PROJECT_ROOT / "tests" / "architecture" / "dangers"
RULES = sorted(DANGERS.glob("*.yml"))
WAIVED = re.compile(r"nosemgrep(?!: [a-z-]+)|# nosec")
SOURCES = [
    path
    for folder, ending in (("vrn_community", "py"), ("templates", "html"), ("static/js", "js"))
    for path in (PROJECT_ROOT / folder).rglob(f"*.{ending}")
]


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_each_rule_has_a_sample_that_it_must_find(path: Path) -> None:
    rules = re.findall(r"- id: ([a-z-]+)", path.read_text("utf-8"))
    (beside,) = (found for found in DANGERS.glob(f"{path.stem}.*") if found != path)
    sampled = re.findall(r"ruleid: ([a-z-]+)", beside.read_text("utf-8"))

    assert rules
    assert set(sampled) == set(rules)


def test_a_line_is_excused_from_one_named_rule_and_never_from_all() -> None:
    assert SOURCES
    for path in SOURCES:
        assert not WAIVED.search(path.read_text("utf-8")), path


def test_the_password_of_tests_opens_nothing_that_is_shipped() -> None:
    assert not [path for path in SOURCES if PASSWORD in path.read_text("utf-8")]
