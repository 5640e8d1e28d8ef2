"""Forms about who is there, and about training and checks."""

import uuid
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError

from vrn_community.foundation import clock
from vrn_community.foundation.forms import BaseForm, NewId, SplitDateField
from vrn_community.safeguarding import labels, queries
from vrn_community.safeguarding.forms.fields import choices
from vrn_community.safeguarding.kinds import DbsLevel
from vrn_community.safeguarding.models import CoverRole


class CoverForm(BaseForm):
    """Who is there, as what, and on which days."""

    id = NewId()
    account = SelectField(
        _l("Name"),
        coerce=lambda value: uuid.UUID(value) if value else None,
        validators=[InputRequired(_l("Choose who it is."))],
    )
    role = RadioField(
        _l("As what"),
        choices=[SelectChoice(value, label) for value, label in labels.COVER_ROLES.items()],
        coerce=CoverRole,
        validators=[InputRequired(_l("Choose one of the two."))],
    )
    begins_on = SplitDateField(
        _l("First day"), validators=[DataRequired(_l("Give the first day."))]
    )
    ends_on = SplitDateField(_l("Last day"), validators=[DataRequired(_l("Give the last day."))])

    def __init__(self) -> None:
        super().__init__()
        people = queries.deciders()
        named = [SelectChoice(str(row.id), row.display_name) for row in people]
        self.account.choices = [SelectChoice("", _l("Choose")), *named] if named else []

    def validate_ends_on(self, field: SplitDateField) -> None:
        if field.data and self.begins_on.data and field.data < self.begins_on.data:
            raise ValidationError(_l("The last day comes before the first."))

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of a form that is in order."""
        assert self.begins_on.data  # noqa: S101
        assert self.ends_on.data  # noqa: S101
        return self.begins_on.data, self.ends_on.data


class CheckForm(BaseForm):
    """When somebody was trained and checked: dates and the level, no certificate."""

    trained_on = SplitDateField(
        _l("Last safeguarding training"), validators=[DataRequired(_l("Give the day."))]
    )
    dbs_on = SplitDateField(_l("Last DBS check"), validators=[DataRequired(_l("Give the day."))])
    dbs_level = RadioField(
        _l("Level of the check"),
        choices=choices(labels.DBS_LEVELS),
        coerce=DbsLevel,
        validators=[InputRequired(_l("Choose the level."))],
    )

    def validate_trained_on(self, field: SplitDateField) -> None:
        self._is_past(field)

    def validate_dbs_on(self, field: SplitDateField) -> None:
        self._is_past(field)

    def _is_past(self, field: SplitDateField) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError(_l("This day has not come yet."))

    @property
    def days(self) -> tuple[date, date]:
        """The days of training and check of a form that is in order."""
        assert self.trained_on.data  # noqa: S101
        assert self.dbs_on.data  # noqa: S101
        return self.trained_on.data, self.dbs_on.data
