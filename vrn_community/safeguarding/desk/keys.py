"""The key of cases: made, given on, changed; for the safeguarding lead and deputies alone."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.accounts import queries as accounts
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.forms import BaseForm
from vrn_community.foundation.permissions import Permission, fresh, requires
from vrn_community.safeguarding import forms, holding, queries
from vrn_community.safeguarding.keys import mark

keys = Blueprint("keys_desk", __name__, url_prefix="/desk/case-key")
FORMS: dict[str, type[BaseForm]] = {
    "new": forms.NewForm,
    "let_in": forms.OpenForm,
    "recover": forms.RecoverForm,
    "change": forms.ChangeForm,
    "renew": forms.OpenForm,
}


@keys.get("")
@requires(Permission.CONCERN_DECIDE)
def index() -> ResponseReturnValue:
    return _index()


def _index(name: str = "", sent: BaseForm | None = None) -> ResponseReturnValue:
    shown: dict[str, Any] = {
        own: sent if sent and own == name else kind(formdata=None, prefix=own)
        for own, kind in FORMS.items()
    }
    return render_template(
        "safeguarding/desk/keys.html",
        team=queries.team_key(),
        own=queries.holder(current_user.id),
        rows=queries.holders(),
        opening={row.account_id for row in queries.who_opens()},
        mark=mark,
        forms=shown,
        sent=sent,
        sent_name=name,
    )


def _do(name: str, field: str, act: Callable[[Any], Any]) -> tuple[Any, ResponseReturnValue | None]:
    """Do an act with a form that is in order; else return the page that says what is wrong."""
    form: Any = FORMS[name](prefix=name)
    if not form.validate_on_submit():
        return None, _index(name, form)
    try:
        return act(form), None
    except NotAllowed as refused:
        form.add_error(field, str(refused))
        return None, _index(name, form)


@keys.post("/make")
@fresh
@requires(Permission.CONCERN_DECIDE)
def make() -> ResponseReturnValue:
    if queries.team_key() is not None:
        abort(409)
    recovery, refused = _do(
        "new", "passphrase", lambda form: holding.set_up(current_user, form.passphrase.data)
    )
    return refused or _on_paper(recovery)


def _on_paper(recovery: str) -> ResponseReturnValue:
    """Show the recovery key, this once."""
    groups = [recovery[start : start + 4] for start in range(0, len(recovery), 4)]
    return render_template("safeguarding/desk/recovery_key.html", recovery=" ".join(groups))


@keys.post("/ask")
@fresh
@requires(Permission.CONCERN_DECIDE)
def ask() -> ResponseReturnValue:
    _held, refused = _do(
        "new", "passphrase", lambda form: holding.ask_in(current_user, form.passphrase.data)
    )
    return refused or _done(_("Now ask somebody who holds the key to let you in."))


@keys.post("/recover")
@fresh
@requires(Permission.CONCERN_DECIDE)
def recover() -> ResponseReturnValue:
    _none, refused = _do(
        "recover",
        "recovery",
        lambda form: holding.recover(current_user, form.recovery.data, form.passphrase.data),
    )
    return refused or _done(_("You hold the key of cases now."))


@keys.post("/change")
@fresh
@requires(Permission.CONCERN_DECIDE)
def change() -> ResponseReturnValue:
    _none, refused = _do(
        "change",
        "before",
        lambda form: holding.change_passphrase(
            current_user, form.before.data, form.passphrase.data
        ),
    )
    return refused or _done(_("Your passphrase is changed."))


@keys.post("/renew")
@fresh
@requires(Permission.CONCERN_DECIDE)
def renew() -> ResponseReturnValue:
    recovery, refused = _do(
        "renew", "passphrase", lambda form: holding.renew(form.passphrase.data, by=current_user)
    )
    return refused or _on_paper(recovery)


@keys.post("/<uuid:account_id>/let-in")
@fresh
@requires(Permission.CONCERN_DECIDE)
def let_in(account_id: UUID) -> ResponseReturnValue:
    newcomer = queries.holder(accounts.account(account_id).id)
    if newcomer is None:
        abort(404)
    _none, refused = _do(
        "let_in",
        "passphrase",
        lambda form: holding.let_in(newcomer, form.passphrase.data, by=current_user),
    )
    return refused or _done(_("This person holds the key of cases now."))


def _done(message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for(".index"), 303)
