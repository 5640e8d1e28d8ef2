"""What happens to accounts: invited, joined, signed in, given roles, disabled."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete

from vrn_community import audit, config
from vrn_community.accounts import labels, passwords, queries, roles
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
from vrn_community.partnership.models import Body


def invite(
    email: str,
    display_name: str,
    held: Iterable[Role],
    *,
    by: Account | None,
    body: Body | None = None,
) -> tuple[Account, str]:
    """Make an account and the token of its single-use link; the same again for the same address."""
    account = queries.by_email(email)
    if account and account.state is not AccountState.INVITED:
        raise NotAllowed(_("There is already an account with this e-mail address."))
    if account is None:
        account = Account(email=email.lower(), display_name=display_name)
        db.session.add(account)
    _set_roles(account, held, body)
    db.session.flush()
    audit.record("account:invite", account, actor=by, **_rights(account))
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
    hashed = passwords.hash_password(password)
    account = invitation.account
    db.session.refresh(account, with_for_update=True)
    used_up = delete(Invitation).where(Invitation.id == invitation.id).returning(Invitation.id)
    if account.state is AccountState.DISABLED or db.session.scalar(used_up) is None:
        raise NotAllowed(_("This link was used already, or does not work any more."))
    db.session.expunge(invitation)
    account.password_hash = hashed
    account.state = AccountState.ACTIVE
    end_sessions(account)
    audit.record("account:join", account, actor=account)
    return account


def sign_in(email: str, password: str, *, address: str) -> tuple[Account, str] | None:
    """Return the account and the token of a new session, or None if the two do not fit.

    Where a second factor is needed, the session waits for it and opens nothing else.

    Counts tries by account and by address; neither is stored. An unknown account
    costs as much time and counts as much as a known one. A stranger elsewhere can
    not easily lock somebody out: the strict limit is for one account and address.
    """
    settings = config.current()
    own = f"{email.lower()}|{address}"
    limits.count("sign-in-address", address, most=settings.sign_in_tries_per_address)
    limits.count("sign-in-account", email.lower(), most=settings.sign_in_tries_per_account)
    limits.count("sign-in", own, most=settings.sign_in_tries)
    db.session.commit()  # Hashing takes long: the lock on writing is not held meanwhile.
    account = queries.by_email(email)
    fits = passwords.is_right(password, account.password_hash if account else None)
    if account is None or not fits or not account.is_active:
        # Of an unknown account too: otherwise the time of the answer would tell which are known.
        audit.record("account:refuse-sign-in", account, actor=None)
        return None
    limits.forget("sign-in", own)
    if not (account.must_prove or account.has_factor):
        audit.record("account:sign-in", account, actor=account)
    return account, begin_session(account)


def knows_password(account: Account, password: str) -> bool:
    """Return whether somebody who is signed in gave the password again; tries are counted."""
    limits.count("password-again", str(account.id), most=config.current().sign_in_tries)
    db.session.commit()  # Hashing takes long: the lock on writing is not held meanwhile.
    fits = passwords.is_right(password, account.password_hash)
    if fits:
        limits.forget("password-again", str(account.id))
    else:
        audit.record("account:refuse-password", account, actor=account)
    return fits


def change_password(account: Account, password: str, *, token: str) -> None:
    """Give an account another password; its sessions end, but the one in which this is asked."""
    if account.is_demo:
        raise NotAllowed(_("The password of a made-up account stays as it is."))
    account.password_hash = passwords.hash_password(password)
    others = DeskSession.token_hash != crypto.token_hash(token)
    db.session.execute(delete(DeskSession).where(DeskSession.account_id == account.id, others))
    audit.record("account:change-password", account, actor=account)


def begin_session(account: Account, *, is_proved: bool = False) -> str:
    """Return the token of a new session, perhaps one that has passed the second step."""
    token = crypto.new_token()
    proved_at = clock.now() if is_proved else None
    digest = crypto.token_hash(token)
    db.session.add(DeskSession(token_hash=digest, account_id=account.id, proved_at=proved_at))
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


def give_roles(
    account: Account, held: Iterable[Role], *, by: Account, body: Body | None = None
) -> None:
    """Replace the roles of an account, and the body that it answers for.

    Its sessions end, so that rights change at once.
    """
    wanted = sorted(set(held))
    if wanted == sorted(account.roles) and _body_id(wanted, body) == account.body_id:
        return
    if account.id == by.id:
        raise NotAllowed(_("You cannot change your own roles."))
    _set_roles(account, wanted, body)
    end_sessions(account)
    audit.record("account:give-roles", account, actor=by, **_rights(account))


def _set_roles(account: Account, held: Iterable[Role], body: Body | None) -> None:
    wanted = set(held)
    if not roles.are_compatible(wanted):
        raise NotAllowed(str(labels.NOT_TOGETHER))
    kept = [role for role in account.held_roles if role.role in wanted]
    for role in kept:
        if not role.is_in_force:
            role.ends_on = None
    added = wanted - {role.role for role in kept}
    account.held_roles = [*kept, *(AccountRole(role=role) for role in sorted(added))]
    account.body_id = _body_id(wanted, body)


def _body_id(held: Iterable[Role], body: Body | None) -> uuid.UUID | None:
    """Return the key of the body that roles speak for: only partners and board members have one."""
    return body.id if body and roles.OUTSIDE.intersection(held) else None


def _rights(account: Account) -> dict[str, Any]:
    """Return what the audit trail keeps of the rights of an account."""
    body = {"body": str(account.body_id)} if account.body_id else {}
    return {"roles": sorted(account.roles), **body}


def end_roles(account: Account, held: Iterable[Role], on: date | None) -> None:
    """Let some roles of an account give nothing from a day on, or last if there is none."""
    ending = set(held)
    for role in account.held_roles:
        if role.role in ending:
            role.ends_on = on
    db.session.flush()


def rename(account: Account, display_name: str) -> None:
    """Show another name of one's own, which may be an alias, wherever an account has acted."""
    if account.display_name == display_name:
        return
    account.display_name = display_name
    db.session.flush()
    audit.record("account:rename", account, actor=account)


def forget(account: Account, *, by: Account) -> None:
    """Close an account for good: the name stays at what it wrote, and nothing leads to a person."""
    disable(account, by=by)
    account.email, account.password_hash = f"{account.id}@gone.invalid", None
    db.session.flush()
    audit.record("account:forget", account, actor=by)


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
