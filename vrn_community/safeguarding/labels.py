"""What people read instead of the names of urgencies, states and reasons."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community import audit
from vrn_community.safeguarding.kinds import AgeBand, DbsLevel, EntryKind, Outcome, Source
from vrn_community.safeguarding.models import AlertKind, ConcernState, CoverRole, Urgency
from vrn_community.safeguarding.reasons import CloseReason, RevealReason

URGENCIES: dict[Urgency, Any] = {
    Urgency.IMMEDIATE: _l("Somebody may be in danger now"),
    Urgency.TODAY: _l("Somebody should act today"),
    Urgency.ROUTINE: _l("Somebody should look at it in the next days"),
}
STATES: dict[ConcernState, Any] = {
    ConcernState.OPEN: _l("Waiting for a decision"),
    ConcernState.DECIDED: _l("Decided"),
    ConcernState.CLOSED: _l("Closed"),
}
CLOSE_REASONS: dict[CloseReason, Any] = {
    CloseReason.PASSED_ON: _l("It was passed on to somebody who can act"),
    CloseReason.NO_RISK: _l("Nobody was at risk"),
    CloseReason.NOT_IDENTIFIABLE: _l("Nobody could be found from the words"),
    CloseReason.RAISED_BY_MISTAKE: _l("It was raised by mistake"),
}
REVEAL_REASONS: dict[RevealReason, Any] = {
    RevealReason.DECIDE: _l("To decide about the concern"),
    RevealReason.HAND_OVER: _l("To pass the words on to somebody who can act"),
    RevealReason.REVIEW: _l("To check a decision"),
}
audit.name_reasons("concern:reveal", REVEAL_REASONS)
audit.name_reasons("concern:close", CLOSE_REASONS)
COVER_ROLES: dict[CoverRole, Any] = {
    CoverRole.LEAD: _l("Safeguarding lead"),
    CoverRole.DEPUTY: _l("Safeguarding deputy"),
}
#: Neutral on purpose: what it is about stands behind the link.
ALERTS: dict[AlertKind, Any] = {
    AlertKind.RAISED: _l("Something waits for you at the desk"),
    AlertKind.OVERDUE: _l("Something waits longer than it should"),
}
SOURCES: dict[Source, Any] = {
    Source.PASSAGE: _l("Something that was written in an answer"),
    Source.PHONE: _l("A phone call"),
    Source.LETTER: _l("A letter"),
    Source.SESSION: _l("A session or a meeting"),
    Source.CONTACT_FORM: _l("An e-mail or a message to the team"),
    Source.ASKED_FOR_HELP: _l("Somebody asked for help"),
}
AGE_BANDS: dict[AgeBand, Any] = {
    AgeBand.UNDER_13: _l("Under 13"),
    AgeBand.FROM_13_TO_15: _l("13 to 15"),
    AgeBand.FROM_16_TO_17: _l("16 or 17"),
    AgeBand.ADULT: _l("18 or over"),
}
OUTCOMES: dict[Outcome, Any] = {
    Outcome.REFERRED: _l("Referred to the local authority"),
    Outcome.POLICE: _l("Police told"),
    Outcome.EMERGENCY: _l("Emergency services called"),
    Outcome.SUPPORT: _l("Support offered"),
    Outcome.NO_ACTION: _l("No further action"),
    Outcome.CANNOT_IDENTIFY: _l("Cannot identify anybody"),
}
ENTRIES: dict[EntryKind, Any] = {
    EntryKind.RAISED: _l("Raised"),
    EntryKind.ADDED: _l("Noticed later"),
    EntryKind.FACTS: _l("Became known"),
    EntryKind.DECISION: _l("Decided"),
    EntryKind.HELP: _l("Asked for help"),
}
DBS_LEVELS: dict[DbsLevel, Any] = {
    DbsLevel.BASIC: _l("Basic"),
    DbsLevel.STANDARD: _l("Standard"),
    DbsLevel.ENHANCED: _l("Enhanced"),
    DbsLevel.ENHANCED_BARRED: _l("Enhanced, with barred lists"),
}
#: The texts of entries, in the order in which they are shown.
TEXTS: dict[str, Any] = {
    "noticed": _l("What was noticed"),
    "words": _l("The exact words"),
    "identity": _l("What is known about who it is"),
    "also_about": _l("An allegation about"),
    "area": _l("Area"),
    "age_band": _l("Age"),
    "name": _l("Name"),
    "reach": _l("How to reach them safely"),
    "best_time": _l("Best time"),
    "reasons": _l("Why"),
    "pattern": _l("What was passed on without a person"),
    "shared": _l("What was passed on"),
    "told": _l("Who was told"),
    "told_when": _l("When"),
    "told_how": _l("How"),
    "reference": _l("Their reference"),
    "person_told": _l("Was the person told?"),
    "not_told_why": _l("Why the person was not told"),
    "duty": _l("Was the duty to report considered?"),
    "duty_told": _l("Whom we notified"),
    "duty_when": _l("When we notified them"),
    "duty_delay": _l("Reason for a delay"),
}
PERSON_TOLD: dict[str, Any] = {
    "yes": _l("Yes"),
    "no": _l("No"),
    "not-known": _l("We do not know who it is"),
}
DUTY: dict[str, Any] = {
    "yes": _l("Yes, and it applies"),
    "not-this": _l("Yes, and it does not apply"),
    "no": _l("No"),
}
#: Texts that were chosen from a list.
CHOSEN: dict[str, dict[str, Any]] = {"person_told": PERSON_TOLD, "duty": DUTY}
#: Figures of a year.
NONE_YET, NOT_KNOWN = _l("Not decided"), _l("Not known")
TOO_EARLY = _l("The year is not over, or its last concerns may still be decided.")
TIMES: dict[str, Any] = {
    "one-day": _l("Within a day"),
    "one-week": _l("Within a week"),
    "longer": _l("Later"),
}
FIGURES: dict[str, Any] = {
    "outcome": _l("What was decided"),
    "urgency": _l("How soon somebody had to act"),
    "area": _l("Where"),
    "time": _l("How long the first decision took"),
}
