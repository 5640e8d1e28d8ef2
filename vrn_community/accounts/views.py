"""Pages of the desk for signing in and for administrators."""

from collections.abc import Iterable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import NotFound

from vrn_community import config
from vrn_community.accounts import forms, passwords, proving, queries, services
from vrn_community.accounts.desk import begin_second_step, lead_on
from vrn_community.accounts.labels import ROLES, STATES
from vrn_community.accounts.models import Account, AccountState
from vrn_community.accounts.sessions import own_path
from vrn_community.audit import queries as audit_queries
from vrn_community.audit import reasons
from vrn_community.audit.models import AuditEntry
from vrn_community.foundation import text
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, fresh, public, requires, signed_in

desk = Blueprint("accounts_desk", __name__, url_prefix="/desk")


@desk.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(own_path(request.args.get("next")), 303)
    form = forms.SignInForm()
    if form.validate_on_submit():
        found = services.sign_in(
            form.email.data, form.password.data, address=request.remote_addr or ""
        )
        if found:
            account, token = found
            session.renew(token)  # type: ignore[attr-defined]
            needs_more = account.must_prove or account.has_factor
            return begin_second_step(account) if needs_more else lead_on(account)
        form.add_error("password", _("The e-mail address and the password do not fit."))
    return render_template(
        "accounts/desk/sign_in.html",
        form=form,
        demo_accounts=_demo_accounts(),
        demo_password=passwords.DEMO_PASSWORD,
        labels=ROLES,
    )


def _demo_accounts() -> list[Account]:
    return queries.demo_accounts() if config.current().mode is config.Mode.DEMO else []


@desk.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    services.sign_out(session.token, account=current_user)  # type: ignore[attr-defined]
    session.renew()  # type: ignore[attr-defined]
    answer = redirect(url_for(".sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@desk.route("/invitation/<token>", methods=["GET", "POST"])
@public
def join(token: str) -> ResponseReturnValue:
    invitation = queries.open_invitation(token)
    if invitation is None:
        return render_template("accounts/desk/invitation_over.html"), 410
    form = forms.JoinForm(email=invitation.account.email)
    if form.validate_on_submit():
        services.join(invitation, form.password.data)
        flash(_("Your password is set. Sign in with it now."))
        return redirect(url_for(".sign_in"), 303)
    return render_template("accounts/desk/join.html", form=form, account=invitation.account)


@desk.route("/settings", methods=["GET", "POST"])
@signed_in
def settings() -> ResponseReturnValue:
    form = forms.SettingsForm.of(current_user)
    if form.validate_on_submit():
        services.choose_language(current_user, form.language.data)
        with force_locale(form.language.data):
            flash(_("Your settings are saved."))
        return redirect(url_for(".settings"), 303)
    return render_template("accounts/desk/settings.html", form=form, labels=ROLES)


@desk.get("/accounts")
@requires(Permission.ACCOUNT_MANAGE)
def accounts() -> ResponseReturnValue:
    wanted = request.args.get("state", "")
    state = AccountState(wanted) if wanted in set(AccountState) else None
    page = queries.page(page_number(request.args.get("page")), state=state)
    return render_template(
        "accounts/desk/accounts.html", page=page, state=state, labels=ROLES, states=STATES
    )


@desk.route("/accounts/invite", methods=["GET", "POST"])
@fresh
@requires(Permission.ACCOUNT_MANAGE)
def invite() -> ResponseReturnValue:
    form = forms.InviteForm()
    if form.validate_on_submit():
        known = queries.by_email(form.email.data)
        if known is None or known.state is AccountState.INVITED:
            account, token = services.invite(
                form.email.data,
                form.display_name.data,
                form.held.data,
                by=current_user,
                body=form.chosen_body,
            )
            return _show_link(account, token)
        form.add_error("email", _("There is already an account with this e-mail address."))
    return render_template("accounts/desk/invite.html", form=form)


def _show_link(account: Account, token: str) -> ResponseReturnValue:
    link = config.current().desk_url + url_for(".join", token=token)
    return render_template("accounts/desk/link.html", account=account, link=link)


@desk.get("/accounts/<uuid:account_id>")
@requires(Permission.ACCOUNT_MANAGE)
def account(account_id: UUID) -> ResponseReturnValue:
    found = queries.account(account_id)
    return _show_account(found, forms.RolesForm(found))


def _show_account(found: Account, form: forms.RolesForm) -> ResponseReturnValue:
    history = audit_queries.of_subject(found.id)
    return render_template(
        "accounts/desk/account.html",
        account=found,
        form=form,
        history=history,
        names=_names(history),
        labels=ROLES,
        states=STATES,
    )


def _names(entries: Iterable[AuditEntry]) -> dict[UUID, str]:
    """Return the names of the accounts that acted, or were acted on."""
    ids = {key for entry in entries for key in (entry.actor_id, entry.subject_id) if key}
    return queries.names(ids)


@desk.post("/accounts/<uuid:account_id>/roles")
@fresh
@requires(Permission.ACCOUNT_MANAGE)
def give_roles(account_id: UUID) -> ResponseReturnValue:
    found = queries.account(account_id)
    form = forms.RolesForm()
    if not form.validate_on_submit():
        return _show_account(found, form)
    services.give_roles(found, form.held.data, by=current_user, body=form.chosen_body)
    flash(_("The roles are saved."))
    return redirect(url_for(".account", account_id=account_id), 303)


ACTS = {
    "disable": services.disable,
    "enable": services.enable,
    "reset": proving.reset,
    "end": proving.end_all_sessions,
}


@desk.post("/accounts/<uuid:account_id>/<any(disable, enable, link, reset, end):act>")
@fresh
@requires(Permission.ACCOUNT_MANAGE)
def change(account_id: UUID, act: str) -> ResponseReturnValue:
    found = queries.account(account_id)
    if act == "link":
        return _show_link(found, services.renew_link(found, by=current_user))
    ACTS[act](found, by=current_user)
    flash(_("The account is changed."))
    return redirect(url_for(".account", account_id=account_id), 303)


@desk.get("/audit")
@requires(Permission.AUDIT_READ)
def audit() -> ResponseReturnValue:
    action = text.plain(request.args.get("action", ""))[:80]
    page = audit_queries.page(
        page_number(request.args.get("page")), to=current_user.id, action=action
    )
    if action and not page.total:
        raise NotFound
    return render_template(
        "accounts/desk/audit.html",
        page=page,
        names=_names(page),
        action=action,
        reason_of=reasons.of,
    )
