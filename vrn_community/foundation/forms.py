"""The form that all forms are made of, and the fields that several share."""

import uuid
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    HiddenField,
    IntegerField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, EmailInput, ListWidget, TextInput

from vrn_community.foundation import text


class BaseForm(FlaskForm):
    """A form of the desk: protected against forgery, shown again with what was typed."""

    @property
    def has_errors(self) -> bool:
        """Whether the form was sent and something in it has to be mended."""
        return bool(self.errors)

    def add_error(self, field: str, message: str) -> None:
        """Say beside a field what a service refused."""
        self[field].errors = [*self[field].errors, message]


def clean(value: str | None) -> str:
    """Return typed text without control characters and outer blanks."""
    return text.plain(value or "")


class Line(StringField):
    """One line of plain text."""

    def __init__(self, label: Any, **options: Any) -> None:
        """Clean what is typed."""
        super().__init__(label, filters=[clean, lambda value: " ".join(value.split())], **options)


class EmailLine(Line):
    """One e-mail address; phones show the keyboard for it."""

    widget = EmailInput()


class Lines(TextAreaField):
    """Several lines of plain text."""

    def __init__(self, label: Any, **options: Any) -> None:
        """Clean what is typed."""
        super().__init__(label, filters=[clean], **options)


class WholeNumber(IntegerField):
    """A whole number, typed as text: arrows and scrolling change numbers by accident."""

    data: Any
    widget = TextInput()

    def __init__(self, label: Any, **options: Any) -> None:
        """Ask phones for their keys of digits."""
        super().__init__(label, render_kw={"inputmode": "numeric"}, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Say in our words what cannot be read as a whole number."""
        try:
            super().process_formdata(valuelist)
            float(self.data or 0)  # Hundreds of digits cannot be compared with a range.
        except (ValueError, OverflowError) as error:
            self.data = None
            raise ValueError(_l("Enter a whole number.")) from error


class Choices(SelectMultipleField):
    """Any number of choices, as tick boxes; it works without JavaScript."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SplitDateField(Field):
    """A date typed as day, month and year."""

    PARTS = ("day", "month", "year")

    def __init__(self, label: Any, **options: Any) -> None:
        """Begin with no typed parts."""
        self.data: date | None = None
        self.typed: dict[str, str] = {}
        super().__init__(label, **options)

    @property
    def first_id(self) -> str:
        """Return the id of the input that an error message points at."""
        return f"{self.id}-day"

    @property
    def day(self) -> str:
        """Return the day as typed or stored."""
        return self._part("day")

    @property
    def month(self) -> str:
        """Return the month as typed or stored."""
        return self._part("month")

    @property
    def year(self) -> str:
        """Return the year as typed or stored."""
        return self._part("year")

    def _part(self, part: str) -> str:
        if self.typed:
            return self.typed[part]
        return str(getattr(self.data, part)) if self.data else ""

    def process(self, formdata: Any, data: Any = None, **options: Any) -> None:
        """Read the three parts from what was sent, or take the given date."""
        super().process(None, self.default if data is None or not _is_date(data) else data)
        names = {part: f"{self.name}-{part}" for part in self.PARTS}
        if formdata is not None and any(name in formdata for name in names.values()):
            self.typed = {part: clean(formdata.get(name))[:10] for part, name in names.items()}
            self._read()

    def _read(self) -> None:
        self.data = None
        if not any(self.typed.values()):
            return
        try:
            year, month, day = (int(self.typed[part]) for part in ("year", "month", "day"))
            if not 2000 <= year <= 2100:
                raise ValueError
            self.data = date(year, month, day)
        except (ValueError, OverflowError):
            self.process_errors = [_l("Enter a real date, for example 27 9 2027.")]


def _is_date(value: Any) -> bool:
    return isinstance(value, date)


class NewId(HiddenField):
    """The key of what the form will make: sent twice, it makes one thing."""

    data: Any

    def process(self, formdata: Any, data: Any = None, **options: Any) -> None:
        """Take the sent key, or a new one."""
        super().process(formdata, data, **options)
        try:
            self.data = uuid.UUID(str(self.data))
        except ValueError:
            self.data = uuid.uuid4()
