"""Pages of the desk for the second step of signing in, and for one's own sessions."""

from typing import Any

import segno
from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from markupsafe import Markup

from vrn_community import config
from vrn_community.accounts import codes, forms, passkeys, proving, queries, services
from vrn_community.accounts.models import Account
from vrn_community.accounts.sessions import Session, own_path
from vrn_community.extensions import csrf
from vrn_community.foundation import clock, crypto, sealed, typed
from vrn_community.foundation.http import SAFE_METHODS
from vrn_community.foundation.permissions import fresh, public, signed_in

desk = Blueprint("sign_in_desk", __name__, url_prefix="/desk")


def opened() -> Session:
    """Return the session of the request."""
    found: Session = session._get_current_object()  # type: ignore[attr-defined]
    return found


def lead_on(account: Account) -> ResponseReturnValue:
    """Lead somebody who has just signed in to the page that they wanted."""
    if account.factor_reset_at:
        flash(_("An administrator took the second step from your account. You can set it up anew."))
        account.factor_reset_at = None
    return redirect(own_path(request.args.get("next")), 303)


def begin_second_step(account: Account) -> ResponseReturnValue:
    """Lead somebody who has given the password to what comes next."""
    page = ".code" if account.has_factor else ".set_up"
    return redirect(url_for(f"sign_in_desk{page}", next=request.args.get("next") or None), 303)


@desk.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    account = opened().waiting
    if account is None:
        return redirect(url_for("accounts_desk.sign_in"), 303)
    if not account.has_factor:
        return begin_second_step(account)
    form = forms.CodeForm()
    if form.validate_on_submit() and _is_proved(account, form):
        opened().renew(proving.complete_sign_in(account, opened().token))
        return lead_on(account)
    return _ask_for_code(account, form, title=_("The second step"))


def _is_proved(account: Account, form: forms.CodeForm) -> bool:
    """Return whether the code is right; otherwise say beside the field that it is not."""
    if form.proof_passkey.data:
        return _is_signed(account, form)
    left = queries.recovery_codes_left(account)
    if not proving.prove(account, form.proof_code.data):
        form.add_error(
            "proof_code",
            _("This code does not fit, or was used before. Wait for the next one and try again."),
        )
        return False
    if (now_left := queries.recovery_codes_left(account)) < left:
        flash(
            ngettext(
                "You used a recovery code. You have %(num)s left.",
                "You used a recovery code. You have %(num)s left.",
                now_left,
            )
        )
    return True


def _is_signed(account: Account, form: forms.CodeForm) -> bool:
    if passkeys.prove(account, form.proof_passkey.data, _asked("prove", account)):
        return True
    form.add_error("proof_code", _("This passkey did not work. Try again, or use a code."))
    return False


def _asked(purpose: str, account: Account) -> bytes:
    """Return what a device has to sign in this session now."""
    return passkeys.challenge(purpose, account, opened().token, opened().proved_at)


def _ask_for_code(
    account: Account, form: forms.CodeForm, *, title: str, carried: Any = ()
) -> ResponseReturnValue:
    is_trial = account.is_demo and config.current().mode is config.Mode.DEMO
    return render_template(
        "accounts/desk/code.html",
        title=title,
        form=form,
        carried=carried,
        passkey=_passkey_options(account),
        demo_code=proving.current_code(account) if is_trial else "",
    )


def _passkey_options(account: Account) -> str:
    can_sign = account.passkeys and passkeys.are_possible()
    return passkeys.options_to_prove(account, _asked("prove", account)) if can_sign else ""


@desk.route("/prove", methods=["GET", "POST"])
@signed_in
def prove() -> ResponseReturnValue:
    form = forms.CodeForm()
    if not current_user.has_factor:
        return redirect(url_for(".set_up"), 303)
    if form.validate_on_submit() and _is_proved(current_user, form):
        proving.note_proof(opened().token)
        return redirect(own_path(request.args.get("next")), 303)
    return _ask_for_code(current_user, form, title=_("Show that it is you"))


def ask_to_prove() -> ResponseReturnValue | None:
    """Ask for the second factor again unless it was shown lately.

    What a form holds goes along with the question, so that one press gives the code
    and sends the form as it was, with its anti-forgery token.
    """
    if opened().is_fresh:
        return None
    if request.method in SAFE_METHODS or not current_user.has_factor:
        return redirect(url_for("sign_in_desk.prove", next=request.full_path.rstrip("?")), 303)
    csrf.protect()  # Before what a form holds is shown again: it could be somebody else's.
    is_sent = any(name in request.form for name in ("proof_code", "proof_passkey"))
    form = forms.CodeForm() if is_sent else forms.CodeForm(formdata=None)
    if is_sent and form.validate() and _is_proved(current_user, form):
        proving.note_proof(opened().token)
        return None
    sent = request.form.items(multi=True)
    carried = [(name, text) for name, text in sent if not _is_own(name)]
    return _ask_for_code(current_user, form, title=_("Show that it is you"), carried=carried)


def _is_own(name: str) -> bool:
    """Return whether the page has its own, or must not hold what was sent."""
    return name == "csrf_token" or typed.is_secret(name)


def setting_up() -> Account | ResponseReturnValue:
    """Return whose second factor is set up, or what has to come first."""
    account = opened().waiting or opened().account
    if account is None:
        return redirect(url_for("accounts_desk.sign_in"), 303)
    if not account.has_factor:
        return account
    return (begin_second_step(account) if opened().waiting else ask_to_prove()) or account


def asks_password(account: Account) -> bool:
    """Return whether a first factor is set up by somebody who gave the password long ago."""
    return opened().waiting is None and not account.has_factor


def knows_password(account: Account, form: forms.FactorForm) -> bool:
    """Return whether a password that is asked for is right; otherwise say so beside the field."""
    if form.password is None or services.knows_password(account, form.password.data):
        return True
    form.add_error("password", _("This is not your password."))
    return False


@desk.route("/second-step", methods=["GET", "POST"])
@public
def set_up() -> ResponseReturnValue:
    account = setting_up()
    if not isinstance(account, Account):
        return account
    form = forms.AppForm(asks_password=asks_password(account))
    secret = _offered(account, form.state.data) or codes.new_secret()
    if form.validate_on_submit():
        step = codes.matching_step(secret, form.code.data, clock.now())
        if step is None:
            form.add_error(
                "code", _("This code does not fit. Wait for the next one and try again.")
            )
        elif knows_password(account, form):
            return _set_up(account, secret, step)
    form.state.data = sealed.seal_state({"secret": secret}, "new-app", str(account.id))
    return render_template(
        "accounts/desk/set_up.html",
        form=form,
        account=account,
        square=_square(account, secret),
        secret=codes.in_groups(secret),
        offers_passkey=passkeys.are_possible(),
    )


def _offered(account: Account, state: str | None) -> str:
    try:
        content = sealed.open_state(state or "", "new-app", str(account.id))
    except sealed.StateRefused:
        return ""
    return str(content["secret"])


def _square(account: Account, secret: str) -> Markup:
    text = codes.address(secret, account=account.email, service=config.current().service_name)
    drawn = segno.make(text, error="m").svg_inline(omitsize=True, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704 - made of squares alone. nosemgrep: markup


def _set_up(account: Account, secret: str, step: int) -> ResponseReturnValue:
    made = proving.set_up(account, secret, step=step)
    opened().renew(proving.complete_sign_in(account, opened().token))
    return show_recovery_codes(made)


def show_recovery_codes(made: list[str]) -> ResponseReturnValue:
    going_on = own_path(request.args.get("next"))
    return render_template("accounts/desk/recovery_codes.html", codes=made, going_on=going_on)


@desk.get("/my-sign-in")
@signed_in
def mine() -> ResponseReturnValue:
    return render_template(
        "accounts/desk/my_sign_in.html",
        sessions=queries.sessions_of(current_user),
        own=crypto.token_hash(opened().token),
        codes_left=queries.recovery_codes_left(current_user),
        rename=forms.RenameForm(formdata=None),
        offers_passkey=passkeys.are_possible(),
    )


@desk.route("/my-sign-in/password", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    form = forms.PasswordForm(email=current_user.email)
    if form.validate_on_submit():
        if services.knows_password(current_user, form.before.data):
            services.change_password(current_user, form.password.data, token=opened().token)
            flash(_("Your password is changed. Everywhere else you are signed out."))
            return redirect(url_for(".mine"), 303)
        form.add_error("before", _("This is not your password."))
    return render_template("accounts/desk/password.html", form=form)


@desk.post("/my-sign-in/recovery-codes")
@fresh
@signed_in
def renew_recovery_codes() -> ResponseReturnValue:
    if not current_user.has_factor:
        return redirect(url_for(".set_up"), 303)
    return show_recovery_codes(proving.renew_recovery_codes(current_user))


@desk.post("/my-sign-in/remove")
@fresh
@signed_in
def remove() -> ResponseReturnValue:
    proving.remove(current_user, by=current_user)
    flash(_("The second step is removed. You sign in with your password alone."))
    return redirect(url_for(".mine"), 303)


@desk.post("/my-sign-in/remove-app")
@fresh
@signed_in
def remove_app() -> ResponseReturnValue:
    proving.remove_app(current_user, by=current_user)
    flash(_("The app is removed."))
    return redirect(url_for(".mine"), 303)


@desk.post("/my-sign-in/end")
@signed_in
def end_sessions() -> ResponseReturnValue:
    """End the session that the form names, or all but this one if it names none."""
    if named := request.form.get("session"):
        proving.end_session(current_user, named)
    else:
        proving.end_other_sessions(current_user, opened().token)
    flash(_("Signed out there."))
    return redirect(url_for(".mine"), 303)


def init_app(app: Flask) -> None:
    """Let guards ask for the second factor again."""
    app.extensions["ask_to_prove"] = ask_to_prove
