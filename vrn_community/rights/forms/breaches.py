"""Forms for writing down what happened to people's information."""

from datetime import UTC, date, datetime, time

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from vrn_community.foundation import clock
from vrn_community.foundation.forms import BaseForm, Lines, NewId, SplitDateField
from vrn_community.rights import labels
from vrn_community.rights.forms.fields import TOO_LONG, choices
from vrn_community.rights.models import BreachEntryKind


class BreachForm(BaseForm):
    id = NewId()
    noticed_on = SplitDateField(
        _l("The day on which somebody noticed it"),
        validators=[DataRequired(_l("Give the day on which it was noticed."))],
    )
    noticed_at = StringField(
        _l("The time, such as 14:30"),
        description=_l("The clock of 72 hours runs from this moment, at night and weekends too."),
        validators=[DataRequired(_l("Give the time, such as 14:30."))],
    )
    happened = Lines(
        _l("What happened"),
        description=_l("Which information, of about how many people, and what could follow."),
        validators=[DataRequired(_l("Say what happened.")), TOO_LONG],
    )

    def validate_noticed_at(self, field: StringField) -> None:
        try:
            moment = self.moment
        except ValueError as error:
            raise ValidationError(
                _l("Give the time as hours and minutes, such as 14:30.")
            ) from error
        if moment and moment > clock.now():
            raise ValidationError(_l("This moment has not come yet."))

    @property
    def moment(self) -> datetime | None:
        """When it was noticed; ValueError if the time cannot be read."""
        day: date | None = self.noticed_on.data
        clock_time = time.fromisoformat((self.noticed_at.data or "").strip().zfill(5))
        if day is None:
            return None
        return datetime.combine(day, clock_time, clock.LONDON).astimezone(UTC)


class BreachEntryForm(BaseForm):
    id = NewId()
    kind = RadioField(
        _l("What you add"),
        choices=choices(labels.ENTRY_KINDS),
        coerce=BreachEntryKind,
        validators=[InputRequired(_l("Choose what you add."))],
    )
    words = Lines(
        _l("Details and reasons"),
        description=_l("If the ICO is told after 72 hours, say why so late."),
        validators=[DataRequired(_l("Give details or reasons.")), TOO_LONG],
    )
