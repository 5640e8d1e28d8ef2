"""Forms about concerns."""

import uuid
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from vrn_community.foundation.forms import BaseForm, Lines, NewId, SplitDateField
from vrn_community.safeguarding import labels, queries
from vrn_community.safeguarding.models import CoverRole, Urgency
from vrn_community.safeguarding.reasons import CloseReason, RevealReason

LONGEST = 4_000
TOO_LONG = _l("Use at most 4,000 characters.")


class RaiseForm(BaseForm):
    """What a moderator noticed; it stands on moderation's page."""

    urgency = RadioField(
        _l("How soon must somebody act?"),
        description=_l("If somebody is in danger now, ring 999 before you send this."),
        choices=[SelectChoice(value, label) for value, label in labels.URGENCIES.items()],
        coerce=Urgency,
        default=Urgency.TODAY,
        validators=[InputRequired(_l("Choose how soon somebody must act."))],
    )
    note = Lines(
        _l("What did you notice?"),
        description=_l("The safeguarding lead reads it beside the words. Others cannot."),
        validators=[
            DataRequired(_l("Say what you noticed.")),
            Length(max=LONGEST, message=TOO_LONG),
        ],
    )


class DecideForm(BaseForm):
    decision = Lines(
        _l("What did you decide, and why?"),
        description=_l("Say whom you told, when, how, and their reference number."),
        validators=[
            DataRequired(_l("Say what you decided.")),
            Length(max=LONGEST, message=TOO_LONG),
        ],
    )


class CloseForm(BaseForm):
    reason = RadioField(
        _l("How did it end?"),
        choices=[SelectChoice(value, label) for value, label in labels.CLOSE_REASONS.items()],
        coerce=CloseReason,
        validators=[InputRequired(_l("Choose how it ended."))],
    )


class RevealForm(BaseForm):
    reason = RadioField(
        _l("Why do you need to read the case?"),
        description=_l("Your name, the time and the reason are kept in the audit trail."),
        choices=[SelectChoice(value, label) for value, label in labels.REVEAL_REASONS.items()],
        coerce=RevealReason,
        validators=[InputRequired(_l("Choose a reason."))],
    )


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
