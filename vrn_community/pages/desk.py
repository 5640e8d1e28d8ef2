"""The first page of the desk: what waits for each role."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from vrn_community.accounts.labels import ROLES
from vrn_community.foundation.http import is_desk
from vrn_community.foundation.permissions import Permission, signed_in
from vrn_community.opportunities import queries as opportunities
from vrn_community.opportunities.labels import STATES

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
    (_l("Accounts"), "accounts_desk.accounts", Permission.ACCOUNT_MANAGE),
    (_l("Audit trail"), "accounts_desk.audit", Permission.AUDIT_READ),
    (_l("My settings"), "accounts_desk.settings", None),
)


def navigation() -> list[NavigationItem]:
    """Return the entries that the signed-in account may use."""
    if not current_user.is_authenticated:
        return []
    return [
        NavigationItem(label, url_for(endpoint), request.endpoint == endpoint)
        for label, endpoint, permission in NAVIGATION
        if permission is None or current_user.can(permission)
    ]


@desk.get("")
@signed_in
def dashboard() -> ResponseReturnValue:
    account = current_user
    waiting = {
        "approval": opportunities.awaiting_approval(account.id)
        if account.can(Permission.OPPORTUNITY_APPROVE)
        else [],
        "publication": opportunities.awaiting_publication()
        if account.can(Permission.OPPORTUNITY_PUBLISH)
        else [],
        "drafts": opportunities.returned_to(account.id)
        if account.can(Permission.OPPORTUNITY_EDIT)
        else [],
    }
    return render_template(
        "pages/desk/dashboard.html", waiting=waiting, states=STATES, labels=ROLES
    )


@desk.app_context_processor
def _navigation() -> dict[str, Any]:
    return {"desk_nav": navigation()} if is_desk() else {}
