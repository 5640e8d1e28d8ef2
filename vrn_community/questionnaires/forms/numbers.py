"""Forms of questions that ask for a number, a month or a year."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FloatField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import TextInput

from vrn_community.foundation.forms import Line, WholeNumber
from vrn_community.questionnaires.forms.questions import QuestionForm
from vrn_community.questionnaires.question_types.numbers import LARGEST, read_number


class Amount(FloatField):
    """A number that need not be whole, typed as text."""

    widget = TextInput()

    def __init__(self, label: Any, **options: Any) -> None:
        """Ask phones for their keys of digits."""
        super().__init__(label, render_kw={"inputmode": "decimal"}, **options)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:.10g}" if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a number with a point or a comma; nothing typed is none."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = read_number(typed)
        if typed and self.data is None:
            raise ValueError(_l("Enter a number."))


def _check_range(least: Any, greatest: Any) -> None:
    if least is not None and greatest is not None and least > greatest:
        raise ValidationError(_l("This is below the least."))


class NumberForm(QuestionForm):
    is_whole = BooleanField(_l("Only whole numbers"), default=True)
    least = Amount(
        _l("Least"),
        description=_l("With a least and a greatest number, results can be shown in bands."),
        validators=[Optional(), NumberRange(-LARGEST, LARGEST)],
    )
    greatest = Amount(_l("Greatest"), validators=[Optional(), NumberRange(-LARGEST, LARGEST)])
    unit = Line(
        _l("Unit"),
        description=_l("Such as minutes, or times a week."),
        validators=[Length(max=40)],
    )
    OWN = ("least", "greatest", "unit", "is_whole")

    def validate_greatest(self, field: Amount) -> None:
        _check_range(self.least.data, field.data)


def _year(label: Any) -> WholeNumber:
    message = _l("Enter a year from 1900 to 2200.")
    return WholeNumber(label, validators=[InputRequired(message), NumberRange(1900, 2200, message)])


class MonthYearForm(QuestionForm):
    has_month = BooleanField(_l("Ask for the month too"))
    least = _year(_l("Earliest year"))
    greatest = _year(_l("Latest year"))
    OWN = ("least", "greatest", "has_month")

    def shown(self, before: Any) -> dict[str, Any]:
        return {**super().shown(before), **_years(before.least, before.greatest)}

    def validate_greatest(self, field: WholeNumber) -> None:
        _check_range(self.least.data, field.data)


def _years(least: float | None, greatest: float | None) -> dict[str, int]:
    return {"least": int(least or 1900), "greatest": int(greatest or 2100)}
