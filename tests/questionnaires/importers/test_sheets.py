"""The kinds of files in which the sheets of an XLSForm stand."""

import pytest

from tests.questionnaires.importers.files import (
    CHOICES,
    HEAD,
    asked,
    csv_of,
    only,
    xls,
    xlsx,
)
from vrn_community.questionnaires.importers.report import Unreadable

NOTE = ("note", "hello", "Hello")
ONE = ("select_one yn", "safe", "Safe?")


def test_a_form_in_one_sheet_may_call_it_anything():
    assert only(xlsx(form=[HEAD, NOTE])).text == "Hello"


def test_an_old_workbook_is_read_as_a_new_one_is():
    sheets = {"survey": [HEAD, ONE, ("text", "why", "Why, señor?", "${safe} = 'no'")]}

    found = asked(xls(**sheets, choices=CHOICES))

    assert found == asked(xlsx(**sheets, choices=CHOICES))
    assert [q.kind for q in found.document.questions()] == ["single-choice", "short-text"]


def test_a_truth_in_an_old_workbook_is_one():
    head = ("type", "name", "label", "readonly")

    assert only(xls(survey=[head, ("text", "q", "Hello", True)])).kind == "information"


@pytest.mark.parametrize("divider", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_form_as_csv_is_read_whatever_divides_its_cells(divider, encoding):
    text = csv_of(survey=[HEAD, ("select_one yn", "q", "Señor?")], choices=CHOICES)

    question = only(text.replace(",", divider).encode(encoding))

    assert (question.text, len(question.choices)) == ("Señor?", 2)


def test_the_sheet_of_questions_alone_may_be_csv():
    assert only(b"type,name,label\ntext,q,Why?\n").text == "Why?"


def test_any_other_csv_is_refused_with_what_its_first_line_should_say():
    with pytest.raises(Unreadable, match="first line names neither the sheet “survey” nor"):
        asked(b"list_name,name,label\nyn,yes,Yes\n")
