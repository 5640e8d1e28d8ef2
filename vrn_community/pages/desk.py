"""The first page of the desk: what waits for each role."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from vrn_community.accounts.labels import ROLES
from vrn_community.accounts.roles import permissions_of
from vrn_community.foundation.http import is_desk
from vrn_community.foundation.permissions import Permission, signed_in
from vrn_community.pages import waiting

desk = Blueprint("pages_desk", __name__, url_prefix="/desk")


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the desk's navigation."""

    label: Any
    url: str
    is_current: bool


#: Label, endpoint and permission of each entry; None means every account.
NAVIGATION: tuple[tuple[Any, str, Permission | None], ...] = (
    (_l("Start"), "pages_desk.dashboard", None),
    (_l("Opportunities"), "opportunities_desk.index", Permission.OPPORTUNITY_READ_DRAFT),
    (_l("Results"), "results_desk.index", Permission.INSIGHT_READ_DRAFT),
    (_l("Words to code"), "words_listing.closed", Permission.THEME_CODE),
    (_l("What we know"), "evidence_desk.index", Permission.INSIGHT_READ_DRAFT),
    (_l("Insights for us"), "received_desk.index", Permission.INSIGHT_RECEIVE),
    (_l("Sessions"), "sessions_desk.index", Permission.SESSION_RUN),
    (_l("Words to read"), "moderation_desk.index", Permission.PASSAGE_MODERATE),
    (_l("Concerns"), "safeguarding_desk.index", Permission.CONCERN_DECIDE),
    (_l("Concerns in figures"), "figures_desk.index", Permission.SAFEGUARDING_READ_FIGURES),
    (_l("Key of cases"), "keys_desk.index", Permission.CONCERN_DECIDE),
    (_l("Who is there"), "cover_desk.index", Permission.COVER_EDIT),
    (_l("Contacts"), "contacts_desk.index", Permission.CONTACT_CHECK),
    (_l("Screening"), "phrases_desk.index", Permission.SCREENING_EDIT),
    (_l("Exports"), "exports_desk.index", Permission.EXPORT_ASK),
    (_l("Oversight"), "oversight_desk.index", Permission.OBSERVATION_WRITE),
    (_l("Meetings"), "meetings_desk.index", Permission.MEETING_READ),
    (_l("What we look into"), "scrutiny_desk.index", Permission.MEETING_READ),
    (_l("Recommendations"), "recommendations_desk.recommendations", Permission.OBSERVATION_WRITE),
    (_l("Decisions"), "ballots_desk.index", Permission.BALLOT_READ),
    (_l("Proposals"), "proposals_desk.index", Permission.ACTIVITY_PROPOSAL_READ),
    (_l("Published texts"), "statements_desk.index", Permission.STATEMENT_WRITE),
    (_l("Replies"), "replies_desk.inbox", Permission.RECOMMENDATION_REPLY),
    (_l("Evidence asked of us"), "asked_desk.inbox", Permission.EVIDENCE_ANSWER),
    (_l("Decisions and changes"), "decisions_desk.index", Permission.DECISION_RECORD),
    (_l("All decisions"), "decisions_desk.everything", Permission.DECISION_WITHDRAW),
    (_l("All replies and debts"), "board_desk.index", Permission.ESCALATION_ANSWER),
    (_l("Members"), "members_desk.index", Permission.MEMBER_MANAGE),
    (_l("Time and expenses"), "claims_desk.claims", Permission.CLAIM_APPROVE),
    (_l("My membership"), "membership_desk.own", Permission.MEMBER_EDIT_OWN),
    (_l("Rights and complaints"), "rights_desk.index", Permission.PRIVACY_REQUEST_ANSWER),
    (_l("Enter a request"), "rights_desk.enter", Permission.PRIVACY_REQUEST_ENTER),
    (_l("Breaches"), "breaches_desk.index", Permission.BREACH_RECORD),
    (_l("Raw answers"), "raw_data_desk.index", Permission.RAW_DATA_ASK),
    (_l("Exports to approve"), "exports_desk.approvals", Permission.EXPORT_APPROVE),
    (_l("Unusual access"), "unusual_desk.index", Permission.ACCESS_REVIEW),
    (_l("Records of processing"), "records_desk.index", Permission.RECORD_EDIT),
    (_l("What is deleted"), "retention_desk.index", Permission.AUDIT_READ),
    (_l("Accounts"), "accounts_desk.accounts", Permission.ACCOUNT_MANAGE),
    (_l("Audit trail"), "accounts_desk.audit", Permission.AUDIT_READ),
    (_l("Raise a concern"), "report_desk.new", None),
    (_l("My settings"), "accounts_desk.settings", None),
)
ENTRIES = frozenset(endpoint for _label, endpoint, _permission in NAVIGATION)


def navigation() -> list[NavigationItem]:
    """Return the entries that the signed-in account may use."""
    if not current_user.is_authenticated:
        return []
    held = permissions_of(current_user.roles)
    return [
        NavigationItem(label, url_for(endpoint), _is_here(endpoint))
        for label, endpoint, permission in NAVIGATION
        if permission is None or permission in held
    ]


def _is_here(endpoint: str) -> bool:
    """Return whether the page is the one of an entry, or one below it."""
    here = request.endpoint or ""
    section, _dot, name = endpoint.rpartition(".")
    is_below = name == "index" and here.startswith(f"{section}.") and here not in ENTRIES
    return here == endpoint or is_below


@desk.get("")
@signed_in
def dashboard() -> ResponseReturnValue:
    tasks = waiting.for_account(current_user)
    return render_template("pages/desk/dashboard.html", tasks=tasks, labels=ROLES)


@desk.app_context_processor
def _navigation() -> dict[str, Any]:
    return {"desk_nav": navigation()} if is_desk() else {}
