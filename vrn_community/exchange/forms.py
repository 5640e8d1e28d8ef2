"""Forms about exports."""

import uuid

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from vrn_community.exchange import labels, queries
from vrn_community.exchange.models import ExportContent
from vrn_community.foundation.forms import BaseForm, Lines, NewId

TOO_LONG = Length(max=1_000, message=_l("Use at most 1,000 characters."))


class AskForm(BaseForm):
    id = NewId()
    opportunity = SelectField(
        _l("Which activity"),
        description=_l("Only what has closed."),
        coerce=lambda value: uuid.UUID(value) if value else None,
        validators=[InputRequired(_l("Choose the activity."))],
    )
    content = RadioField(
        _l("What is in the file"),
        choices=[SelectChoice(value, label) for value, label in labels.CONTENTS.items()],
        coerce=ExportContent,
        validators=[InputRequired(_l("Choose what is in the file."))],
    )
    reason = Lines(
        _l("Why do you need it?"),
        description=_l("Say why the tables are not enough, and where the file will lie. No names."),
        validators=[DataRequired(_l("Say why you need it.")), TOO_LONG],
    )

    def __init__(self) -> None:
        super().__init__()
        self.rows = {row.id: row for row in queries.closed()}
        named = [SelectChoice(str(key), row.title) for key, row in self.rows.items()]
        self.opportunity.choices = [SelectChoice("", _l("Choose")), *named]


class RefuseForm(BaseForm):
    reason = Lines(
        _l("Why not?"),
        description=_l("Whoever asked reads it."),
        validators=[DataRequired(_l("Say why not.")), TOO_LONG],
    )
