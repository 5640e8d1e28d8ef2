"""What the style guide shows: one form with each kind of field, and sample rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp

from vrn_community.foundation.forms import SplitDateField
from vrn_community.foundation.paging import Page

CHANNELS = [
    SelectChoice("online", _l("Online")),
    SelectChoice("paper", _l("On paper")),
    SelectChoice("meeting", _l("At a meeting")),
]
LEVELS = [
    SelectChoice("inform", _l("Inform")),
    SelectChoice("consult", _l("Consult")),
    SelectChoice("collaborate", _l("Collaborate")),
]
SIZES = [
    SelectChoice("", _l("Choose a size")),
    SelectChoice("small", _l("Small")),
    SelectChoice("large", _l("Large")),
]
WORDS_AT_MOST = 200
PREFIX = "wrong-"
MISTAKES = {"email": "nobody", "more": "word " * 60, "begins-day": "31", "begins-month": "2"}


class SampleForm(Form):
    """One field of each kind."""

    title = StringField(
        _l("What is it called?"),
        description=_l("Use a few plain words."),
        validators=[InputRequired(_l("Enter a name"))],
    )
    email = EmailField(
        _l("Your e-mail address"),
        validators=[Regexp(".+@.+", message=_l("Enter an address like name@example.org"))],
    )
    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Enter a password"))])
    more = TextAreaField(
        _l("Tell us more"),
        description=_l("Please do not write names."),
        validators=[
            Optional(),
            Length(max=WORDS_AT_MOST, message=_l("What you wrote is too long")),
        ],
    )
    level = RadioField(
        _l("How much can people decide?"),
        choices=LEVELS,
        validators=[InputRequired(_l("Choose one answer"))],
    )
    channels = SelectMultipleField(
        _l("How can people take part?"),
        description=_l("Choose all that apply."),
        choices=CHANNELS,
        validators=[InputRequired(_l("Choose at least one way"))],
    )
    size = SelectField(
        _l("Size of the group"), choices=SIZES, validators=[InputRequired(_l("Choose a size"))]
    )
    begins = SplitDateField(_l("When does it begin?"), description=_l("For example, 27 9 2027."))
    agreed = BooleanField(
        _l("I have read how answers are used"),
        validators=[InputRequired(_l("Tick the box to go on"))],
    )

    @classmethod
    def with_errors(cls) -> "SampleForm":
        """Return the form as it comes back when everything in it is wrong."""
        sent = {PREFIX + name: value for name, value in MISTAKES.items()}
        form = cls(MultiDict(sent), prefix=PREFIX)
        form.validate()
        return form


@dataclass(frozen=True)
class SampleLine:
    """A help line with a number that rings nowhere: it is kept for drama."""

    name: str = "Sample help line"
    phone: str = "01632 960 001"
    tel: str = "01632960001"
    hours: str = "Every day, 9am to 5pm"


def context() -> dict[str, Any]:
    """Return everything that the template of the style guide needs."""
    return {
        "blank": SampleForm(),
        "form": SampleForm.with_errors(),
        "page": Page((1, 2), number=2, pages=7, total=14),
        "line": SampleLine(),
        "day": date(2027, 9, 27),
    }
