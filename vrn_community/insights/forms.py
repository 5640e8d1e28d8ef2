"""Forms of the desk for releases."""

from collections.abc import Collection, Sequence
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from vrn_community.foundation.forms import BaseForm, Choices
from vrn_community.insights.attribution import Shows
from vrn_community.insights.tabulate import Table

#: What no passage has: the service refuses it.
NOTHING = UUID(int=0)


def key_of(text: str) -> UUID:
    """Return the key that a form names."""
    try:
        return UUID(str(text))
    except ValueError:
        return NOTHING


class CrossForm(Form):
    """Which item is shown by which: sent in the address, so that it can be opened again."""

    of = SelectField(_l("Question"), validators=[DataRequired(_l("Choose a question."))])
    by = SelectField(_l("Divided by"), validators=[DataRequired(_l("Choose what divides it."))])

    def __init__(
        self, sent: MultiDict[str, str], tables: Sequence[Table], dividing: Sequence[Table]
    ) -> None:
        super().__init__(sent)
        self.of.choices, self.by.choices = _named(tables), _named(dividing)

    def validate_by(self, field: SelectField) -> None:
        if field.data == self.of.data:
            raise ValidationError(_("Choose two different questions."))


class ReleaseForm(BaseForm):
    """By what the results of a release are divided."""

    divided_by = Choices(
        _l("Show the results also by"),
        description=_l("Each other result is then shown by these too, as far as it is safe."),
    )

    def __init__(self, dividing: Sequence[Table], chosen: Collection[str] = ()) -> None:
        super().__init__(data={"divided_by": list(chosen)})
        self.divided_by.choices = [(table.key, table.text) for table in dividing]


def _named(tables: Sequence[Table]) -> list[SelectChoice]:
    named = [SelectChoice(table.key, _named_one(table)) for table in tables]
    return [SelectChoice("", _l("Choose")), *named]


def _named_one(table: Table) -> str:
    if table.is_of_themes:
        return str(_("What people wrote about: %(question)s", question=table.text))
    return table.text


class QuotesForm(BaseForm):
    """Which passages of one page are quoted; whether they may be is known to the service."""

    chosen = Choices(_l("Quotes"), coerce=key_of, validate_choice=False)
    #: The passages on the page: only these change.
    among = SelectMultipleField(coerce=key_of, validate_choice=False)
    #: Pairs of passage and what stands beside it, with a blank between.
    shows = SelectMultipleField(validate_choice=False)
    is_checked = BooleanField(
        _l("I tried to find out who these people are, and could not."),
        description=_l(
            "Think of somebody who knows the area and looks people up: a place, a date, a job, a "
            "family or an event can be enough, also together with another quote."
        ),
    )

    @property
    def beside(self) -> dict[UUID, Shows]:
        """What is to stand beside each passage; what nobody knows is nothing."""
        pairs = (pair.partition(" ") for pair in self.shows.data or ())
        known = {shows.value for shows in Shows}
        return {key_of(key): Shows(word) for key, _blank, word in pairs if word in known}

    def validate_is_checked(self, field: BooleanField) -> None:
        if self.chosen.data and not field.data:
            raise ValidationError(_("First check that nobody can be recognised in the quotes."))
