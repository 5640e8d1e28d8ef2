"""Forms of the desk for telling people what changed."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from vrn_community import audit
from vrn_community.foundation.forms import BaseForm
from vrn_community.outcomes.followers.services import ListReason

LIST_REASONS: dict[ListReason, Any] = {
    ListReason.TELL: _l("To tell people what changed"),
    ListReason.LOST: _l("The list from before was lost"),
}
audit.name_reasons("follower:list", LIST_REASONS)


class ListForm(BaseForm):
    reason = RadioField(
        _l("Why do you open the list?"),
        description=_l("Your name, the time and the reason are kept in the audit trail."),
        choices=[SelectChoice(reason, label) for reason, label in LIST_REASONS.items()],
        coerce=ListReason,
        validators=[InputRequired(_l("Choose a reason."))],
    )
