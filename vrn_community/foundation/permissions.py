"""Who may call a view: every view declares it, and what declares nothing is refused."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from vrn_community.foundation import typed
from vrn_community.foundation.http import SAFE_METHODS

View = TypeVar("View", bound=Callable[..., Any])


class Permission(StrEnum):
    """What an account may do, as `resource:action`, in alphabetical order."""

    ACCESS_REVIEW = "access:review"
    ACCOUNT_MANAGE = "account:manage"
    ACTIVITY_PROPOSAL_ANSWER = "activity-proposal:answer"
    ACTIVITY_PROPOSAL_READ = "activity-proposal:read"
    ACTIVITY_PROPOSAL_WRITE = "activity-proposal:write"
    ALLEGATION_DECIDE = "allegation:decide"
    AUDIT_READ = "audit:read"
    BALLOT_PREPARE = "ballot:prepare"
    BALLOT_READ = "ballot:read"
    BALLOT_RUN = "ballot:run"
    BALLOT_VOTE = "ballot:vote"
    BREACH_RECORD = "breach:record"
    CLAIM_APPROVE = "claim:approve"
    CONCERN_DECIDE = "concern:decide"
    CONCERN_RAISE = "concern:raise"
    CONTACT_CHECK = "contact:check"
    COVER_EDIT = "cover:edit"
    DATA_PROTECTION_SIGN_OFF = "data-protection:sign-off"
    DECISION_RECORD = "decision:record"
    DECISION_WITHDRAW = "decision:withdraw"
    ESCALATION_ANSWER = "escalation:answer"
    EVIDENCE_ANSWER = "evidence:answer"
    EVIDENCE_ENTER = "evidence:enter"
    EXPORT_APPROVE = "export:approve"
    EXPORT_ASK = "export:ask"
    FOLLOWER_TELL = "follower:tell"
    INSIGHT_EDIT = "insight:edit"
    INSIGHT_PUBLISH = "insight:publish"
    INSIGHT_READ_DRAFT = "insight:read-draft"
    INSIGHT_RECEIVE = "insight:receive"
    INSIGHT_WITHDRAW = "insight:withdraw"
    MEETING_CHAIR = "meeting:chair"
    MEETING_PREPARE = "meeting:prepare"
    MEETING_READ = "meeting:read"
    MEMBER_EDIT_OWN = "member:edit-own"
    MEMBER_MANAGE = "member:manage"
    OBSERVATION_WRITE = "observation:write"
    OPPORTUNITY_APPROVE = "opportunity:approve"
    OPPORTUNITY_EDIT = "opportunity:edit"
    OPPORTUNITY_PUBLISH = "opportunity:publish"
    OPPORTUNITY_READ_DRAFT = "opportunity:read-draft"
    OUTCOME_EDIT = "outcome:edit"
    PASSAGE_MODERATE = "passage:moderate"
    PRIVACY_REQUEST_ANSWER = "privacy-request:answer"
    PRIVACY_REQUEST_ENTER = "privacy-request:enter"
    QUESTIONNAIRE_EDIT = "questionnaire:edit"
    RATING_WRITE = "rating:write"
    RAW_DATA_ASK = "raw-data:ask"
    RAW_DATA_DECIDE = "raw-data:decide"
    RECOMMENDATION_REPLY = "recommendation:reply"
    RECOMMENDATION_SEND = "recommendation:send"
    RECORD_EDIT = "record:edit"
    RELEASE_FREEZE = "release:freeze"
    SAFEGUARDING_READ_FIGURES = "safeguarding:read-figures"
    SAFEGUARDING_SIGN_OFF = "safeguarding:sign-off"
    SCREENING_EDIT = "screening:edit"
    SCRUTINY_EDIT = "scrutiny:edit"
    SESSION_RUN = "session:run"
    STATEMENT_PUBLISH = "statement:publish"
    STATEMENT_WRITE = "statement:write"
    THEME_CODE = "theme:code"
    THEME_EDIT = "theme:edit"


class Holder(Protocol):
    """Whoever is asked for a permission."""

    is_authenticated: bool

    def can(self, permission: Permission) -> bool:
        """Return whether one of their roles gives the permission."""
        ...


@dataclass(frozen=True)
class Guard:
    """What a view asks of its caller: nothing, an account, or a permission."""

    needs_account: bool = True
    permission: Permission | None = None
    is_fresh: bool = False


def public(view: View) -> View:
    """Let anyone call the view."""
    return _guard(view, Guard(needs_account=False))


def signed_in(view: View) -> View:
    """Let every active account call the view."""
    return _guard(view, Guard())


def requires(permission: Permission) -> Callable[[View], View]:
    """Let accounts call the view whose roles give the permission."""
    return lambda view: _guard(view, Guard(permission=permission))


def fresh(view: View) -> View:
    """Ask, on top of a guard, that the second factor was shown a short while ago."""
    declared = guard_of(view)
    if declared is None or not declared.needs_account:
        raise TypeError(f"{view.__name__} must ask for an account first.")
    view.guard = replace(declared, is_fresh=True)  # type: ignore[attr-defined]
    return view


def guard_of(view: Callable[..., Any]) -> Guard | None:
    """Return what a view declared, or None if it declared nothing."""
    return getattr(view, "guard", None)


def _guard(view: View, guard: Guard) -> View:
    if guard_of(view):
        raise TypeError(f"{view.__name__} declares two guards.")
    view.guard = guard  # type: ignore[attr-defined]
    return view


def enforce() -> ResponseReturnValue | None:
    """Refuse a request whose view declares no guard, or asks for more than the caller has."""
    if request.endpoint is None:
        return None
    guard = guard_of(current_app.view_functions[request.endpoint])
    if guard is None:
        current_app.logger.error("The view %s declares no guard.", request.endpoint)
        abort(403)
    if not guard.needs_account:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if guard.permission and not current_user.can(guard.permission):
        current_app.extensions["note_refusal"](request.endpoint)
        abort(403)
    return _ask_to_prove() if guard.is_fresh else None


def _ask_to_prove() -> ResponseReturnValue | None:
    """Let the accounts ask for the second factor again; None if it was shown lately."""
    ask: Callable[[], ResponseReturnValue | None] = current_app.extensions["ask_to_prove"]
    return ask()


def _ask_to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page, and afterwards back; give back what a form held."""
    sign_in: str = current_app.login_manager.login_view  # type: ignore[attr-defined]
    if request.method in SAFE_METHODS:
        return redirect(url_for(sign_in, next=request.full_path.rstrip("?")), 303)
    written = typed.written(request.form)
    page = render_template("errors/signed_out.html", written=written, sign_in=url_for(sign_in))
    return page, 401


def init_app(app: Flask) -> None:
    """Check the guard of every request and let desk templates ask `can("resource:action")`."""
    app.before_request(enforce)
    app.jinja_env.globals["can"] = lambda name: (
        current_user.is_authenticated and current_user.can(Permission(name))
    )
