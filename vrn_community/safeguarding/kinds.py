"""What is chosen about a concern, never typed."""

import uuid
from enum import StrEnum


class Source(StrEnum):
    """How a worry came here."""

    PASSAGE = "passage"
    PHONE = "phone"
    LETTER = "letter"
    SESSION = "session"
    CONTACT_FORM = "contact-form"
    #: Somebody left a way to be reached, for help only.
    ASKED_FOR_HELP = "asked-for-help"


class Helper(StrEnum):
    """Somebody who works or volunteers here, where no account is theirs."""

    WITHOUT_ACCOUNT = "without-account"


#: Whom an allegation is about.
Accused = uuid.UUID | Helper


class AgeBand(StrEnum):
    """How old the person is about whom somebody worries, where it is known."""

    UNDER_13 = "under-13"
    FROM_13_TO_15 = "13-15"
    FROM_16_TO_17 = "16-17"
    ADULT = "adult"


class EntryKind(StrEnum):
    """What an entry of a case tells."""

    RAISED = "raised"
    #: What somebody noticed later.
    ADDED = "added"
    #: What became known about the person.
    FACTS = "facts"
    DECISION = "decision"
    #: How somebody who asked for help can be reached.
    HELP = "help"


class Outcome(StrEnum):
    """What was decided about a concern."""

    REFERRED = "referred"
    POLICE = "police"
    EMERGENCY = "emergency"
    SUPPORT = "support"
    NO_ACTION = "no-action"
    #: Nobody can be found; a pattern (a place, a time) may still be passed on.
    CANNOT_IDENTIFY = "cannot-identify"


class DbsLevel(StrEnum):
    """How thorough a check by the Disclosure and Barring Service was."""

    BASIC = "basic"
    STANDARD = "standard"
    ENHANCED = "enhanced"
    ENHANCED_BARRED = "enhanced-barred"
