"""No cell of a file can become a formula, and every spreadsheet reads it."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vrn_community.foundation.sheets import csv_file

SIGNS = tuple("=+-@\t\r\0＝＋－＠")


def read(text):
    assert text.startswith("\N{BYTE ORDER MARK}")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", "\N{NO-BREAK SPACE}", "\n"])
def test_what_looks_like_a_formula_is_text(sign, before):
    [_headings, [cell]] = read(csv_file(["words"], [[f"{before}{sign}1+1"]]))

    assert cell.startswith("'")


def test_numbers_stay_numbers_and_nothing_stays_empty():
    assert read(csv_file(["a", "b"], [[-3, None]])) == [["a", "b"], ["-3", ""]]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
@example(['"', ",", "\r\n"])
def test_every_text_comes_back_as_it_was_but_for_the_sign_that_makes_it_text(words):
    [_headings, cells] = read(csv_file(["w"] * len(words), [words]))

    assert len(cells) == len(words)
    for cell, word in zip(cells, words, strict=True):
        assert cell.removeprefix("'") == word.replace("\0", "").removeprefix("'") or cell == word
