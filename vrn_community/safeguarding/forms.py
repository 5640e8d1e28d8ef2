"""Forms about concerns."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from vrn_community.foundation.forms import BaseForm, Lines
from vrn_community.safeguarding import labels
from vrn_community.safeguarding.models import Urgency
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
        _l("Why do you need to read the words?"),
        description=_l("Your name, the time and the reason are kept in the audit trail."),
        choices=[SelectChoice(value, label) for value, label in labels.REVEAL_REASONS.items()],
        coerce=RevealReason,
        validators=[InputRequired(_l("Choose a reason."))],
    )
