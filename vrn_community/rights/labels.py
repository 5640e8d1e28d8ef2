"""What people read instead of the names of kinds, ways, results and reasons."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community import audit
from vrn_community.rights.models import (
    BreachEntryKind,
    LegalBasis,
    RawDataDecision,
    RequestKind,
    RequestWay,
    Result,
)
from vrn_community.rights.reasons import ReadReason
from vrn_community.rights.unusual import Kind

#: What somebody can ask for on the public page, in their own voice.
ASKED: dict[RequestKind, Any] = {
    RequestKind.ACCESS: _l("Show me what you have about me"),
    RequestKind.CORRECTION: _l("Correct something about me"),
    RequestKind.ERASURE: _l("Delete what you have about me"),
    RequestKind.OBJECTION: _l("Stop using what you have about me"),
    RequestKind.OTHER: _l("Something else, such as a copy that I can take elsewhere"),
}
KINDS: dict[RequestKind, Any] = {
    RequestKind.ACCESS: _l("To see information"),
    RequestKind.CORRECTION: _l("To correct information"),
    RequestKind.ERASURE: _l("To delete information"),
    RequestKind.OBJECTION: _l("To stop using information"),
    RequestKind.OTHER: _l("Another request"),
    RequestKind.COMPLAINT: _l("A complaint"),
}
WAYS: dict[RequestWay, Any] = {
    RequestWay.FORM: _l("On this website"),
    RequestWay.PHONE: _l("By phone"),
    RequestWay.POST: _l("By post"),
    RequestWay.EMAIL: _l("By e-mail"),
    RequestWay.IN_PERSON: _l("In person"),
}
RESULTS: dict[Result, Any] = {
    Result.GRANTED: _l("Yes"),
    Result.PARTLY: _l("In part"),
    Result.REFUSED: _l("No"),
    Result.NOTHING_FOUND: _l("We have nothing that we can find"),
}
READ_REASONS: dict[ReadReason, Any] = {
    ReadReason.ANSWER: _l("To answer it"),
    ReadReason.LETTER: _l("To print the letter"),
    ReadReason.REVIEW: _l("To check an answer"),
    ReadReason.ICO: _l("Because the ICO asks"),
}
audit.name_reasons("privacy-request:reveal", READ_REASONS)
ENTRY_KINDS: dict[BreachEntryKind, Any] = {
    BreachEntryKind.HAPPENED: _l("What happened"),
    BreachEntryKind.MEASURE: _l("What was done"),
    BreachEntryKind.ICO_TOLD: _l("The ICO was told"),
    BreachEntryKind.ICO_NOT_TOLD: _l("The ICO need not be told, and why"),
    BreachEntryKind.PEOPLE_TOLD: _l("The people were told"),
    BreachEntryKind.PEOPLE_NOT_TOLD: _l("The people were not told, and why"),
    BreachEntryKind.CLOSED: _l("Closed, with what was learned"),
}
BASES: dict[LegalBasis, Any] = {
    LegalBasis.COURT_ORDER: _l("A court order"),
    LegalBasis.CRIME: _l("To prevent or solve a crime"),
    LegalBasis.SAFEGUARDING: _l("To protect somebody"),
    LegalBasis.RESEARCH: _l("Research or statistics"),
    LegalBasis.FREEDOM_OF_INFORMATION: _l("Freedom of information"),
    LegalBasis.OTHER: _l("Another ground"),
}
DECISIONS: dict[RawDataDecision, Any] = {
    RawDataDecision.GIVEN: _l("Given"),
    RawDataDecision.RESULTS_INSTEAD: _l("Protected results were given instead"),
    RawDataDecision.REFUSED: _l("Refused"),
}
UNUSUAL: dict[Kind, Any] = {
    Kind.MORE_THAN_USUAL: _l("Read more than usual"),
    Kind.AT_ODD_HOURS: _l("Read at night, on a weekend or on a bank holiday"),
    Kind.REFUSED: _l("Asked for pages that the roles do not open"),
    Kind.FAILED: _l("Wrong passwords or codes"),
    Kind.ROLES: _l("Roles and access were changed"),
}
