"""What happens to members and their claims; nobody approves a claim of their own."""

import uuid
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock, record_keys
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.members import queries
from vrn_community.oversight.members.lifecycle import STEPS, Act
from vrn_community.oversight.members.models import Member, TimeClaim
from vrn_community.oversight.refusals import refuse_others, refuse_without
from vrn_community.oversight.rules import end_step, refuse_step
from vrn_community.partnership.models import Area


@dataclass(frozen=True)
class Term:
    """What the secretariat says of a member."""

    starts_on: date
    ends_on: date | None = None
    area: Area | None = None
    hourly_pence: int = 0
    training: str = ""


@dataclass(frozen=True)
class Own:
    """What members say of themselves."""

    name: str
    interests: str = ""
    access_needs: str = ""


@dataclass(frozen=True)
class Spent:
    """What a member did, and what it cost."""

    done_on: date
    activity: str
    minutes: int
    expenses_pence: int = 0


def begin(member_id: uuid.UUID, account: Account, term: Term, *, by: Account) -> Member:
    """Make the record of a member, under a key chosen beforehand; asked twice, make it once."""
    known = queries.of_account(account.id)
    if known is not None:
        return known
    made = Member(id=member_id, account=account, starts_on=term.starts_on)
    db.session.add(made)
    set_term(made, term, by=by)
    return made


def set_term(member: Member, term: Term, *, by: Account) -> None:
    """Say when a term begins and ends; from the day of its end on, the roles of the group are over.

    Nobody sets a term, or what is paid for it, of their own.
    """
    refuse_without(Permission.MEMBER_MANAGE, by)
    if member.account_id == by.id or member.account is by:
        raise NotAllowed(_("Somebody else must do this for you."))
    for name, value in vars(term).items():
        setattr(member, name, value)
    db.session.flush()
    accounts.end_roles(member.account, queries.ROLES, term.ends_on)
    audit.record("member:set-term", member, actor=by, account=str(member.account_id))


def edit_own(account: Account, own: Own) -> None:
    """Change one's own name or alias, standing interests and access needs."""
    refuse_without(Permission.MEMBER_EDIT_OWN, account)
    accounts.rename(account, own.name)
    if member := queries.of_account(account.id):
        member.interests, member.access_needs = own.interests or None, own.access_needs or None
        db.session.flush()
        if not (own.interests or own.access_needs):
            record_keys.empty(member)
        audit.record("member:edit-own", member, actor=account)


def ask_deletion(account: Account) -> None:
    """Ask that one's own record is deleted; asked twice, the first day counts."""
    refuse_without(Permission.MEMBER_EDIT_OWN, account)
    member = queries.of_account(account.id)
    if member and member.deletion_asked_on is None:
        member.deletion_asked_on = clock.today()
        db.session.flush()
        audit.record("member:ask-deletion", member, actor=account)


def forget(member: Member, *, by: Account) -> None:
    """Delete the record of a member who asked for it; what they wrote stays under the alias.

    Claims stay for the books. An account with other roles goes on without those of the group.
    """
    refuse_without(Permission.MEMBER_MANAGE, by)
    if member.deletion_asked_on is None:
        raise NotAllowed(_("The member has not asked for it."))
    account = member.account
    audit.record("member:forget", member, actor=by, account=str(account.id))
    db.session.delete(member)
    accounts.end_roles(account, queries.ROLES, clock.today())
    if not account.roles:
        accounts.forget(account, by=by)


def claim(claim_id: uuid.UUID, spent: Spent, *, by: Account) -> TimeClaim:
    """Claim time and expenses under a key chosen beforehand; asked twice, claim them once."""
    known = db.session.get(TimeClaim, claim_id)
    if known is not None:
        refuse_others(known.account_id, by)
        return known
    refuse_without(Permission.MEMBER_EDIT_OWN, by)
    member = queries.of_account(by.id)
    if member is None:
        raise NotAllowed(_("You have no record as a member yet. Ask the secretariat."))
    made = TimeClaim(id=claim_id, account_id=by.id, hourly_pence=member.hourly_pence, **vars(spent))
    db.session.add(made)
    db.session.flush()
    audit.record("claim:make", made, actor=by)
    return made


def withdraw(claim: TimeClaim, *, by: Account) -> None:
    """Take back one's own claim while nobody has approved it."""
    refuse_others(claim.account_id, by)
    _move(claim, Act.WITHDRAW, by)


def approve(claim: TimeClaim, *, by: Account) -> None:
    """Agree to a claim of somebody else."""
    if claim.account_id == by.id:
        raise NotAllowed(_("Somebody else must do this for you."))
    _move(claim, Act.APPROVE, by)


def pay(claim: TimeClaim, *, by: Account) -> None:
    """Note that an approved claim was paid."""
    if claim.account_id == by.id:
        raise NotAllowed(_("Somebody else must do this for you."))
    _move(claim, Act.PAY, by)


def _move(claim: TimeClaim, act: Act, by: Account) -> None:
    if claim.state is STEPS[act].ends_in:
        return
    refuse_step(claim, STEPS[act], by)
    end_step(claim, STEPS[act])
    audit.record(f"claim:{act}", claim, actor=by)


def note_export(span: tuple[date, date], *, by: Account) -> list[TimeClaim]:
    """Return the claims of a span of days for finance, and note who fetched them."""
    refuse_without(Permission.MEMBER_MANAGE, by)
    audit.record("claim:export", None, actor=by, days=[str(day) for day in span])
    return queries.claims_between(*span)
