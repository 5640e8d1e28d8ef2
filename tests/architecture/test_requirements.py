"""What we use of others is pinned, and compared with published flaws without false comfort."""

from importlib.metadata import version
from pathlib import Path

import pytest

from benchmarks import flaws
from vrn_community.config import PROJECT_ROOT

FILES = sorted(PROJECT_ROOT.glob("requirements*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_requirement_is_pinned_to_one_version(path: Path) -> None:
    lines = [line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines()]

    for line in filter(None, lines):
        assert line.startswith("-r requirements") or flaws.PINNED.fullmatch(line), line


def test_what_is_installed_is_what_is_pinned() -> None:
    pinned = dict(flaws.pinned())

    assert len(pinned) > 50
    assert {name: version(name) for name in pinned} == pinned


def test_a_published_flaw_is_named() -> None:
    def ask(name: str, version: str) -> list[str]:
        return ["PYSEC-1"] if name in ("jinja2", "Flask") else []

    found = flaws.compare(ask)

    assert list(found.flaws) == [f"Flask {dict(flaws.pinned())['Flask']}"]
    assert found.status == 1


def test_all_is_well_only_if_each_was_answered() -> None:
    def ask(name: str, version: str) -> list[str] | None:
        return ["PYSEC-1"] if name == "jinja2" else None if name == "Flask" else []

    found = flaws.compare(ask)

    assert (len(found.unknown), found.status) == (1, 2)
    assert flaws.compare(lambda name, _v: ["X"] if name == "jinja2" else []).status == 0


@pytest.mark.parametrize("silence", [None, []])
def test_an_index_that_knows_of_no_flaw_at_all_is_not_believed(silence: list[str] | None) -> None:
    found = flaws.compare(lambda _name, _version: silence)

    assert (found.flaws, found.asked, found.status) == ({}, 0, 2)
    assert len(found.unknown) == len(dict(flaws.pinned()))


def test_who_must_look_and_how_often_is_written_down() -> None:
    text = (PROJECT_ROOT / "SECURITY.md").read_text("utf-8")

    assert "first week of each month" in text
    assert "`make flaws`" in text
