"""A file from elsewhere is a table, or is refused with the line and the reason."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vrn_community.questionnaires.importers.report import Unreadable
from vrn_community.responses import sheets


def written(rows, separator=",", **options):
    file = io.StringIO()
    csv.writer(file, delimiter=separator, **options).writerows(rows)
    return file.getvalue().encode()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", sheets.MARK])
def test_a_table_is_read_whatever_separates_its_cells(separator, mark):
    rows = [["feel", "why; and, so"], ["safe", "It is\nquiet."], ["", ""], ["unsafe", "„Dark“"]]

    sheet = sheets.read(mark + written(rows, separator))

    assert sheet.headings == ("feel", "why; and, so")
    assert [(row.line, row.cells[0]) for row in sheet.rows] == [(2, "safe"), (5, "unsafe")]
    assert sheet.rows[0].cells[1] == "It is\nquiet."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file: it is empty"),
        (b"\n \n", "The file: it is empty"),
        (b"a,b\n1,2\n1,\xe9\n", "Line 3: it is not in UTF-8"),
        ("a,b\n1,2\n".encode("utf-16"), "The file: it is in UTF-16"),
        (b"a,b\n1,2\n1,\x002\n", r"Line 3: it holds a character that no text has \(NUL\)"),
        (b"a,b\n1,2\n1\n", "Line 3: it has 1 cells, but there are 2 headings"),
        (b"a,b\n1,2,3\n", "Line 2: it has 3 cells, but there are 2 headings"),
        (b"a, a\n1,2\n", "Line 1: two columns are called “a”"),
        (b'a,b\n1,2\n1,"2\n3,4\n', "Line 3: a quotation mark is left open"),
        (b'a,b\n1,"2"x\n', "Line 2: a quotation mark is left open"),
        (b"a,b\n1," + b"x" * 200_000, "Line 2: a cell is too long"),
        (b"a" + b",x" * 2_001, "Line 1: more than 2000 columns|two columns"),
        (b"a\n" + b"1\n" * 10_001, "Line 10002: more than 10000 lines"),
        (b"a\n" + b"1" * 20 * 1024 * 1024, "The file: it is larger than 20 MB"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_broken_file_is_refused_with_the_line_and_the_reason(session, content, reason):
    with pytest.raises(Unreadable, match=reason):
        sheets.read(content)


def test_any_bytes_are_a_table_or_are_refused(session):
    @settings(deadline=None)
    @given(st.binary(max_size=200) | st.text('ab,;\t"\n\r\x00é', max_size=60).map(str.encode))
    @example(b'"')
    @example(b"\r")
    def reads(content):
        try:
            sheet = sheets.read(content)
        except Unreadable:
            return
        assert all(len(row.cells) == len(sheet.headings) for row in sheet.rows)

    reads()
