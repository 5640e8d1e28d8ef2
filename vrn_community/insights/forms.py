"""Forms of the desk for releases."""

from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField, ValidationError

from vrn_community.foundation.forms import BaseForm, Choices

#: What no passage has: the service refuses it.
NOTHING = UUID(int=0)


def key_of(text: str) -> UUID:
    """Return the key that a form names."""
    try:
        return UUID(str(text))
    except ValueError:
        return NOTHING


class QuotesForm(BaseForm):
    """Which passages of one page are quoted; whether they may be is known to the service."""

    chosen = Choices(_l("Quotes"), coerce=key_of, validate_choice=False)
    #: The passages on the page: only these change.
    among = SelectMultipleField(coerce=key_of, validate_choice=False)
    is_checked = BooleanField(
        _l("I tried to find out who these people are, and could not."),
        description=_l(
            "Think of somebody who knows the area and looks people up: a place, a date, a job, a "
            "family or an event can be enough, also together with another quote."
        ),
    )

    def validate_is_checked(self, field: BooleanField) -> None:
        if self.chosen.data and not field.data:
            raise ValidationError(_("First check that nobody can be recognised in the quotes."))
