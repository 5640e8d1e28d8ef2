"""Documents that say what is safe name the tests that show it, and those tests exist."""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

from vrn_community.config import PROJECT_ROOT

DOCS = PROJECT_ROOT / "docs"
DOCUMENTS = [
    PROJECT_ROOT / "SECURITY.md",
    DOCS / "threat-model.md",
    DOCS / "dpia.md",
    DOCS / "childrens-code.md",
    DOCS / "asvs.csv",
]
CITED = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
MACHINE = re.compile(r"/(work|home|root|tmp)/|localhost|127\.0\.0\.1")
STATES = {"met", "partly", "not", "not applicable", "not assessed"}
LEVEL_1, LEVEL_2 = 70, 183


@cache
def functions(path: str) -> set[str]:
    tree = ast.parse((PROJECT_ROOT / path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def rows() -> list[dict[str, str]]:
    lines = (DOCS / "asvs.csv").read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_test_that_a_document_names_exists(path: Path) -> None:
    text = path.read_text("utf-8")
    cited = CITED.findall(text)

    assert cited
    assert text.count("tests/") == len(cited), "Name a test as tests/folder/file.py::function."
    assert [(file, name) for file, name in cited if name not in functions(file)] == []
    assert not MACHINE.search(text)


def test_what_is_said_to_be_met_names_a_test_and_nothing_else_is_said_twice() -> None:
    found = rows()
    ids = [row["id"] for row in found]

    assert len(ids) == len(set(ids))
    assert {row["state"] for row in found} <= STATES
    for row in found:
        assert bool(CITED.search(row["proof"])) == (row["state"] == "met"), row["id"]
        assert row["summary"], row["id"]
    assert sum(row["level"] == "1" for row in found) == LEVEL_1
    assert sum(row["level"] == "2" for row in found) == LEVEL_2


def test_every_requirement_of_the_first_level_that_applies_is_met_and_none_is_unassessed() -> None:
    found = rows()

    assert {row["state"] for row in found if row["level"] == "1"} == {"met", "not applicable"}
    assert not [row["id"] for row in found if row["state"] == "not assessed"]


def test_each_class_of_what_went_wrong_elsewhere_is_answered() -> None:
    """V1 to V20: what really went wrong in services of this kind."""
    met = [row for row in rows() if row["level"] == "2" and row["state"] == "met"]
    answered = {name for row in met for name in re.findall(r"\bV\d+\b", row["summary"])}

    assert answered == {f"V{number}" for number in range(1, 21)}


def test_the_policy_names_its_days() -> None:
    text = (PROJECT_ROOT / "SECURITY.md").read_text("utf-8")
    assert "90 days" in text
    assert "14 days" in text
