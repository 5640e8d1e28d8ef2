"""Pages of the desk for one's own passkeys; making one needs JavaScript, by its nature."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.accounts import desk as sign_in
from vrn_community.accounts import forms, passkeys, proving
from vrn_community.accounts.models import Account
from vrn_community.foundation.permissions import fresh, public, signed_in

desk = Blueprint("passkeys_desk", __name__, url_prefix="/desk")


@desk.route("/second-step/passkey", methods=["GET", "POST"])
@public
def add() -> ResponseReturnValue:
    """Let the device make a passkey, and keep it; the page for an app stands beside."""
    account = sign_in.setting_up()
    if not isinstance(account, Account):
        return account
    if not passkeys.are_possible():
        return redirect(url_for("sign_in_desk.set_up"), 303)
    session = sign_in.opened()
    asked = passkeys.challenge("add", account, session.token, session.proved_at)
    form = forms.PasskeyForm(asks_password=sign_in.asks_password(account))
    if form.validate_on_submit() and sign_in.knows_password(account, form):
        codes = passkeys.add(account, form.name.data, form.signed.data or "", asked)
        if codes is not None:
            return _added(account, codes)
        form.add_error("name", _("This did not work. Try again, or use an app."))
    form.signed.data = ""
    options = passkeys.options_to_add(account, asked)
    return render_template("accounts/desk/add_passkey.html", form=form, options=options)


def _added(account: Account, codes: list[str]) -> ResponseReturnValue:
    session = sign_in.opened()
    session.renew(proving.complete_sign_in(account, session.token))
    if codes:
        return sign_in.show_recovery_codes(codes)
    flash(_("The passkey is added."))
    return redirect(url_for("sign_in_desk.mine"), 303)


@desk.post("/my-sign-in/passkeys/<uuid:passkey_id>/rename")
@fresh
@signed_in
def rename(passkey_id: UUID) -> ResponseReturnValue:
    """Call one of one's own passkeys by another name."""
    form = forms.RenameForm()
    key = passkeys.own(current_user, passkey_id)
    if form.validate_on_submit():
        passkeys.rename(key, form.name.data, by=current_user)
        flash(_("Saved."))
    else:
        flash(" ".join(str(error) for error in form.name.errors))
    return redirect(url_for("sign_in_desk.mine"), 303)


@desk.post("/my-sign-in/passkeys/<uuid:passkey_id>/remove")
@fresh
@signed_in
def remove(passkey_id: UUID) -> ResponseReturnValue:
    """Take one of one's own passkeys away."""
    passkeys.remove(passkeys.own(current_user, passkey_id), by=current_user)
    flash(_("The passkey is removed."))
    return redirect(url_for("sign_in_desk.mine"), 303)
