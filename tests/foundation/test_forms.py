import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from vrn_community.foundation.forms import (
    BaseForm,
    Choices,
    EmailLine,
    Line,
    Lines,
    NewId,
    SplitDateField,
    WholeNumber,
)


class Sample(Form):
    line = Line("Line")
    lines = Lines("Lines")
    email = EmailLine("E-mail")
    chosen = Choices("Chosen", choices=[SelectChoice("a", "A"), SelectChoice("b", "B")])
    day = SplitDateField("Day")
    key = NewId()


def sent(**fields):
    return Sample(MultiDict(fields))


def dated(day="", month="", year=""):
    return sent(**{"day-day": day, "day-month": month, "day-year": year})


def test_a_line_is_one_line_without_what_nobody_can_see():
    assert sent(line="  a\x00 b\n\t c ").line.data == "a b c"


def test_several_lines_keep_their_breaks():
    assert sent(lines=" a\r\nb\x07 ").lines.data == "a\nb"


def test_nothing_typed_is_empty_text():
    form = Sample(MultiDict())

    assert (form.line.data, form.lines.data) == ("", "")


def test_an_address_brings_the_keyboard_for_it():
    assert 'type="email"' in str(Sample().email())


def test_any_number_can_be_chosen_but_only_what_is_offered():
    assert sent(chosen=["a", "b"]).validate()
    assert sent(chosen="a").chosen.data == ["a"]
    assert not sent(chosen=["a", "z"]).validate()


def test_a_date_is_typed_in_three_parts():
    form = dated("4", "05", "2026")

    assert form.validate()
    assert form.day.data == date(2026, 5, 4)


def test_a_date_may_be_typed_in_the_digits_of_urdu():
    assert dated("۴", "۵", "۲۰۲۶").day.data == date(2026, 5, 4)


@pytest.mark.parametrize(
    "parts",
    [
        ("31", "2", "2026"),
        ("4", "", "2026"),
        ("x", "5", "2026"),
        ("4", "5", "26"),
        ("4", "5", "2101"),
        ("0", "0", "0"),
        ("-4", "5", "2026"),
        ("4", "5", "20266"),
        ("9999999999", "9999999999", "2026"),
    ],
    ids=str,
)
def test_a_date_that_does_not_exist_comes_back_as_it_was_typed(parts):
    form = dated(*parts)

    assert not form.validate()
    assert form.day.errors == ["Enter a real date, for example 27 9 2027."]
    assert form.day.data is None
    assert (form.day.day, form.day.month) == parts[:2]


def test_no_date_is_no_error():
    form = dated()

    assert form.validate()
    assert form.day.data is None


def test_a_stored_date_is_shown_in_its_parts():
    form = Sample(data={"day": date(2026, 5, 4)})

    assert (form.day.day, form.day.month, form.day.year) == ("4", "5", "2026")
    assert form.day.first_id == "day-day"


@given(st.text(), st.text(), st.text())
def test_anything_typed_as_a_date_is_a_date_or_an_error(day, month, year):
    form = dated(day, month, year)

    assert form.validate() is not bool(form.day.errors)


def test_a_new_thing_gets_a_key_that_stays_when_the_form_comes_back():
    first = Sample().key.data

    assert isinstance(first, uuid.UUID)
    assert sent(key=str(first)).key.data == first
    assert Sample().key.data != first


@pytest.mark.parametrize("key", ["", "1", "not a key", "x" * 500])
def test_a_key_that_is_none_is_replaced(key):
    assert isinstance(sent(key=key).key.data, uuid.UUID)


def test_what_a_service_refuses_is_said_beside_its_field(app):
    class Named(BaseForm):
        name = Line("Name", validators=[InputRequired("Enter a name.")])

    with app.test_request_context(method="POST", data={"name": "Noor"}):
        form = Named(meta={"csrf": False})
        assert form.validate()
        assert not form.has_errors

        form.add_error("name", "There is one already.")

    assert form.has_errors
    assert form.errors == {"name": ["There is one already."]}


class Counted(Form):
    number = WholeNumber("Number", validators=[NumberRange(1, 9)])


@pytest.mark.parametrize("typed", ["many", "1.5", "9" * 400, "-" + "9" * 400, "9" * 5_000])
def test_what_is_no_number_to_count_with_is_asked_again(typed):
    form = Counted(MultiDict({"number": typed}))

    assert not form.validate()
    assert form.number.errors[0] == "Enter a whole number."
