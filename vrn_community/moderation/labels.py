"""What people read instead of the names of states, decisions and reasons."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community import audit
from vrn_community.contributions.models import PassageState
from vrn_community.moderation.models import AppealOutcome, DecisionOutcome
from vrn_community.moderation.reasons import RedactionReason, RevealReason, WithholdReason

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
WITHHOLD_REASONS: dict[WithholdReason, Any] = {
    WithholdReason.RECOGNISABLE: _l("Somebody could be recognised, whatever is taken out"),
    WithholdReason.ACCUSES: _l("It accuses somebody of something"),
    WithholdReason.THREATENS: _l("It insults or threatens somebody"),
    WithholdReason.NO_ANSWER: _l("It has nothing to do with the question"),
    WithholdReason.OTHER: _l("Something else"),
}
#: What was chosen, in words, whichever decision it belongs to.
REASONS: dict[Any, Any] = {**REDACTION_REASONS, **WITHHOLD_REASONS}
APPEALS: dict[AppealOutcome, Any] = {
    AppealOutcome.KEPT: _l("The decision stayed"),
    AppealOutcome.REOPENED: _l("The decision was taken back"),
}
REVEAL_REASONS: dict[RevealReason, Any] = {
    RevealReason.CHECK: _l("To check the decision"),
    RevealReason.ASKED: _l("Somebody asked us to look at it again"),
    RevealReason.REDACT: _l("To choose other words to take out"),
}
audit.name_reasons("passage:reveal", REVEAL_REASONS)
