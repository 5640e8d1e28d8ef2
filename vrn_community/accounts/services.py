"""What happens to accounts: invited, joined, signed in, given roles, disabled."""

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import delete

from vrn_community import audit, config
from vrn_community.accounts import passwords, queries, roles
from vrn_community.accounts.models import (
    Account,
    AccountRole,
    AccountState,
    DeskSession,
    Invitation,
)
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto, limits
from vrn_community.foundation.errors import NotAllowed


def invite(
    email: str, display_name: str, held: Iterable[Role], *, by: Account | None
) -> tuple[Account, str]:
    """Make an account and the token of its single-use link; the same again for the same address."""
    account = queries.by_email(email)
    if account and account.state is not AccountState.INVITED:
        raise NotAllowed(_("There is already an account with this e-mail address."))
    if account is None:
        account = Account(email=email.lower(), display_name=display_name)
        db.session.add(account)
    _set_roles(account, held)
    db.session.flush()
    audit.record("account:invite", account, actor=by, roles=sorted(account.roles))
    return account, _new_link(account)


def renew_link(account: Account, *, by: Account | None) -> str:
    """Return a new single-use link token; an older link stops working."""
    if account.state is AccountState.DISABLED:
        raise NotAllowed(_("A disabled account cannot have a new link."))
    audit.record("account:renew-link", account, actor=by)
    return _new_link(account)


def _new_link(account: Account) -> str:
    db.session.execute(delete(Invitation).where(Invitation.account_id == account.id))
    token = crypto.new_token()
    expires_at = clock.now() + config.current().invitation_lifetime
    db.session.add(
        Invitation(
            account_id=account.id, token_hash=crypto.token_hash(token), expires_at=expires_at
        )
    )
    db.session.flush()
    return token


def join(invitation: Invitation, password: str) -> Account:
    """Set the password of an invited account; the link is used up, older sessions end."""
    account = invitation.account
    account.password_hash = passwords.hash_password(password)
    account.state = AccountState.ACTIVE
    db.session.delete(invitation)
    end_sessions(account)
    audit.record("account:join", account, actor=account)
    return account


def sign_in(email: str, password: str, *, address: str) -> tuple[Account, str] | None:
    """Return the account and the token of a new session, or None if the two do not fit.

    Counts tries by account and by address; neither is stored. An unknown account
    costs as much time and counts as much as a known one.
    """
    settings = config.current()
    limits.count("sign-in-address", address, most=settings.sign_in_tries_per_address)
    limits.count("sign-in", email.lower(), most=settings.sign_in_tries)
    account = queries.by_email(email)
    fits = passwords.is_right(password, account.password_hash if account else None)
    if account is None or not fits or not account.is_active:
        audit.record("account:refuse-sign-in", account, actor=None)
        return None
    limits.forget("sign-in", email.lower())
    audit.record("account:sign-in", account, actor=account)
    return account, begin_session(account)


def begin_session(account: Account) -> str:
    """Return the token of a new session."""
    token = crypto.new_token()
    db.session.add(DeskSession(token_hash=crypto.token_hash(token), account_id=account.id))
    db.session.flush()
    return token


def sign_out(token: str, *, account: Account) -> None:
    """End one session."""
    digest = crypto.token_hash(token)
    db.session.execute(delete(DeskSession).where(DeskSession.token_hash == digest))
    audit.record("account:sign-out", account, actor=account)


def end_sessions(account: Account) -> None:
    """End every session of an account."""
    db.session.execute(delete(DeskSession).where(DeskSession.account_id == account.id))


def give_roles(account: Account, held: Iterable[Role], *, by: Account) -> None:
    """Replace the roles of an account; its sessions end, so that rights change at once."""
    wanted = sorted(set(held))
    if wanted == sorted(account.roles):
        return
    if account.id == by.id:
        raise NotAllowed(_("You cannot change your own roles."))
    _set_roles(account, wanted)
    end_sessions(account)
    audit.record("account:give-roles", account, actor=by, roles=wanted)


def _set_roles(account: Account, held: Iterable[Role]) -> None:
    wanted = set(held)
    if not roles.are_compatible(wanted):
        raise NotAllowed(
            _("A partner or board member cannot also see the words or details of people.")
        )
    kept = [role for role in account.held_roles if role.role in wanted]
    added = wanted - {role.role for role in kept}
    account.held_roles = [*kept, *(AccountRole(role=role) for role in sorted(added))]


def disable(account: Account, *, by: Account) -> None:
    """Close an account at once: its sessions and links stop working."""
    if account.id == by.id:
        raise NotAllowed(_("You cannot disable your own account."))
    if account.state is AccountState.DISABLED:
        return
    account.state = AccountState.DISABLED
    end_sessions(account)
    db.session.execute(delete(Invitation).where(Invitation.account_id == account.id))
    audit.record("account:disable", account, actor=by)


def enable(account: Account, *, by: Account) -> None:
    """Open a disabled account again; it needs a new link before it can sign in."""
    if account.state is not AccountState.DISABLED:
        return
    account.state = AccountState.INVITED
    account.password_hash = None
    audit.record("account:enable", account, actor=by)


def choose_language(account: Account, language: str) -> None:
    """Show the desk to an account in another language."""
    account.language = language
    audit.record("account:choose-language", account, actor=account, language=language)
