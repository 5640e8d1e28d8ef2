"""What people read instead of the names of states, decisions and reasons."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.contributions.models import PassageState
from vrn_community.moderation.models import DecisionOutcome
from vrn_community.moderation.reasons import RedactionReason, RevealReason

STATES: dict[PassageState, Any] = {
    PassageState.PENDING: _l("New"),
    PassageState.HELD: _l("Held"),
    PassageState.CLEARED: _l("Cleared"),
    PassageState.REDACTED: _l("Words taken out"),
    PassageState.WITHHELD: _l("Withheld"),
}
OUTCOMES: dict[DecisionOutcome, Any] = {
    DecisionOutcome.CLEAR: _l("Cleared"),
    DecisionOutcome.REDACT: _l("Words taken out"),
    DecisionOutcome.HOLD: _l("Held"),
    DecisionOutcome.WITHHOLD: _l("Withheld"),
}
REDACTION_REASONS: dict[RedactionReason, Any] = {
    RedactionReason.NAMES_SOMEBODY: _l("It names a person"),
    RedactionReason.PLACE: _l("It says where somebody lives or goes"),
    RedactionReason.CONTACT: _l("It gives contact details"),
    RedactionReason.HEALTH: _l("It is about somebody’s health"),
    RedactionReason.OTHER: _l("Something else"),
}
REVEAL_REASONS: dict[RevealReason, Any] = {
    RevealReason.CHECK: _l("To check the decision"),
    RevealReason.ASKED: _l("Somebody asked us to look at it again"),
    RevealReason.REDACT: _l("To choose other words to take out"),
}
