"""Names of files that browsers save."""

import re

import pytest

from vrn_community.config import PROJECT_ROOT
from vrn_community.foundation import downloads

ODD = [
    'a"; filename="b.exe',
    "a\r\nSet-Cookie: desk=1",
    "../../etc/passwd",
    "..\\..\\autorun.inf",
    "a\0.csv",
    "report\N{RIGHT-TO-LEFT OVERRIDE}vsc.exe",
    "\N{FULLWIDTH SOLIDUS}x",
    "سوال.csv",
    "...",
    "",
    ".htaccess",
    "x" * 5_000 + ".csv",
    "%2e%2e%2f%00",
    "con;rm -rf $(x).csv",
]


@pytest.mark.parametrize("name", ODD)
def test_no_name_of_a_file_can_be_more_than_a_name(name):
    header = downloads.file("", name, "text/csv").headers["Content-Disposition"]

    found = re.fullmatch(r'attachment; filename="([A-Za-z0-9_-][A-Za-z0-9._-]*)"', header)
    assert found, header
    assert ".." not in found[1]
    assert len(found[1]) <= downloads.LONGEST


def test_a_name_of_ours_stays_as_it_is():
    assert downloads.safe_name("questions-7KD-ur.po") == "questions-7KD-ur.po"


def test_no_other_place_names_a_file():
    folder = PROJECT_ROOT / "vrn_community"
    named = [path for path in folder.rglob("*.py") if "attachment; filename" in path.read_text()]

    assert named == [folder / "foundation" / "downloads.py"]
