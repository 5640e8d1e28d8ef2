"""What people read instead of the names of kinds."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.oversight.reminders.models import ReminderKind

K = ReminderKind
KINDS: dict[ReminderKind, Any] = {
    K.REPLY_SOON: _l("A reply is due soon"),
    K.REPLY_OVERDUE: _l("A reply is overdue"),
    K.COMMITMENT_SOON: _l("Something that was promised is due soon"),
    K.COMMITMENT_OVERDUE: _l("Something that was promised is overdue"),
    K.MILESTONE_SOON: _l("A step of what was promised is due soon"),
    K.MILESTONE_OVERDUE: _l("A step of what was promised is overdue"),
    K.BOARD_SOON: _l("The words of the board are due soon"),
    K.BOARD_OVERDUE: _l("The words of the board are overdue"),
    K.NOTES_SOON: _l("The notes of a meeting are due soon"),
    K.NOTES_OVERDUE: _l("The notes of a meeting are overdue"),
    K.EVIDENCE_SOON: _l("Evidence for the group is due soon"),
    K.EVIDENCE_OVERDUE: _l("Evidence for the group is overdue"),
    K.RATING_SOON: _l("An answer to a red rating is due soon"),
    K.RATING_OVERDUE: _l("An answer to a red rating is overdue"),
}
