"""The second step of signing in: an authenticator app, recovery codes, and what they prove.

Passkeys, the other way, are in `passkeys`.
"""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from vrn_community import audit, config
from vrn_community.accounts import codes, queries, services
from vrn_community.accounts.models import (
    Account,
    AuthenticatorApp,
    DeskSession,
    Passkey,
    RecoveryCode,
)
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto, limits
from vrn_community.foundation.errors import NotAllowed

NEEDED = _l("Your roles need a second step. You can set up another app instead.")
RECOVERY_CODES = 8
RECOVERY_CODE_LENGTH = 10


def set_up(account: Account, secret: str, *, step: int = 0) -> list[str]:
    """Let an app with a secret sign an account in, and return its new recovery codes.

    An app from before stops working. `step` is the step of the code that was shown as proof.
    """
    db.session.execute(delete(AuthenticatorApp).where(AuthenticatorApp.account_id == account.id))
    db.session.add(AuthenticatorApp(account_id=account.id, secret=secret, last_step=step))
    account.factor_reset_at = None
    audit.record("account:add-factor", account, actor=account, factor="app")
    made = make_recovery_codes(account)
    db.session.expire(account, ["app"])
    return made


def renew_recovery_codes(account: Account) -> list[str]:
    """Return new recovery codes; those from before stop working."""
    audit.record("account:renew-recovery-codes", account, actor=account)
    return make_recovery_codes(account)


def make_recovery_codes(account: Account) -> list[str]:
    """Return new recovery codes in place of those from before."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    made = [crypto.new_code(RECOVERY_CODE_LENGTH) for _number in range(RECOVERY_CODES)]
    db.session.add_all(
        RecoveryCode(account_id=account.id, code_hash=_recovery_hash(account, code))
        for code in made
    )
    db.session.flush()
    return made


def _recovery_hash(account: Account, code: str) -> str:
    return crypto.keyed_hash("recovery-code", f"{account.id}|{code}")


def current_code(account: Account) -> str:
    """Return the next code of an account's app that was not used: for demonstrations alone."""
    if account.app is None:
        return ""
    step = max(codes.step_at(clock.now()), account.app.last_step + 1)
    return codes.code_of(account.app.secret, step)


def prove(account: Account, typed: str) -> bool:
    """Return whether a typed code is right: one of the app or a recovery code, each used once.

    Tries count for the account alone. They are committed, whatever becomes of the request.
    """
    return counted(account, lambda: _is_of_app(account, typed) or _is_recovery_code(account, typed))


def counted(account: Account, is_right: Callable[[], bool]) -> bool:
    """Return whether a proof is right, and count the try, whatever becomes of the request."""
    limits.count("second-factor", str(account.id), most=config.current().second_factor_tries)
    db.session.commit()
    fits = is_right()
    if fits:
        limits.forget("second-factor", str(account.id))
    else:
        audit.record("account:refuse-code", account, actor=None)
    db.session.commit()
    return fits


def _is_of_app(account: Account, typed: str) -> bool:
    app = account.app
    step = codes.matching_step(app.secret, typed, clock.now()) if app else None
    if app is None or step is None:
        return False
    unused = (AuthenticatorApp.id == app.id, AuthenticatorApp.last_step < step)
    used_up = update(AuthenticatorApp).where(*unused).values(last_step=step)
    return db.session.scalar(used_up.returning(AuthenticatorApp.id)) is not None


def _is_recovery_code(account: Account, typed: str) -> bool:
    digest = _recovery_hash(account, crypto.read_code(typed))
    own = (RecoveryCode.account_id == account.id, RecoveryCode.code_hash == digest)
    if db.session.scalar(delete(RecoveryCode).where(*own).returning(RecoveryCode.id)) is None:
        return False
    left = queries.recovery_codes_left(account)
    audit.record("account:use-recovery-code", account, actor=account, left=left)
    return True


def complete_sign_in(account: Account, token: str) -> str:
    """Return the new token of a session that has passed the second step; the old one is over."""
    new = crypto.new_token()
    values = {"token_hash": crypto.token_hash(new), "proved_at": clock.now()}
    _change_session(token, **values)
    audit.record("account:sign-in", account, actor=account)
    return new


def note_proof(token: str) -> None:
    """Note that whoever has a session has just shown the second factor again."""
    _change_session(token, proved_at=clock.now())


def _change_session(token: str, **values: object) -> None:
    own = DeskSession.token_hash == crypto.token_hash(token)
    quick = {"synchronize_session": False}
    db.session.execute(update(DeskSession).where(own).values(**values), execution_options=quick)


def remove_app(account: Account, *, by: Account) -> None:
    """Take the app from one's own account, and leave the passkeys."""
    if not account.passkeys:
        return remove(account, by=by)
    db.session.execute(delete(AuthenticatorApp).where(AuthenticatorApp.account_id == account.id))
    db.session.expire(account, ["app"])
    audit.record("account:remove-factor", account, actor=by, factor="app")
    return None


def remove(account: Account, *, by: Account) -> None:
    """Take the second factor from one's own account, where the roles do not ask for it."""
    if account.must_prove:
        raise NotAllowed(str(NEEDED))
    forget(account)
    audit.record("account:remove-factor", account, actor=by, factor="all")


def reset(account: Account, *, by: Account) -> None:
    """Take the second factor from somebody who lost it; the person is told at the next sign-in."""
    if account.id == by.id:
        raise NotAllowed(_("Another administrator can do this for you."))
    forget(account)
    services.end_sessions(account)
    account.factor_reset_at = clock.now()
    audit.record("account:reset-factor", account, actor=by)


def forget(account: Account) -> None:
    """Forget every second factor of an account, and its recovery codes."""
    for model in (AuthenticatorApp, Passkey, RecoveryCode):
        db.session.execute(delete(model).where(model.account_id == account.id))
    db.session.expire(account, ["app", "passkeys"])


def end_session(account: Account, digest: str) -> None:
    """End one session of one's own, named by the hash of its token."""
    own = (DeskSession.account_id == account.id, DeskSession.token_hash == digest)
    if db.session.scalar(delete(DeskSession).where(*own).returning(DeskSession.token_hash)):
        audit.record("account:end-session", account, actor=account, ended=1)


def end_other_sessions(account: Account, token: str) -> None:
    """End every session of one's own but the one in which this is asked."""
    others = DeskSession.token_hash != crypto.token_hash(token)
    gone = db.session.execute(
        delete(DeskSession).where(DeskSession.account_id == account.id, others)
    )
    if ended := gone.rowcount:  # type: ignore[attr-defined]
        audit.record("account:end-session", account, actor=account, ended=ended)


def end_all_sessions(account: Account, *, by: Account) -> None:
    """End every session of somebody."""
    services.end_sessions(account)
    audit.record("account:end-session", account, actor=by)
