"""What the oversight group does with ballots; the chair runs them, members vote."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask_babel import gettext as _

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight import refusals
from vrn_community.oversight.ballots import box, queries
from vrn_community.oversight.ballots.counting import Method
from vrn_community.oversight.ballots.lifecycle import STEPS, Act
from vrn_community.oversight.ballots.models import Ballot, BallotBox, MinorityView, Voter
from vrn_community.oversight.meetings import items


@dataclass(frozen=True)
class Question:
    """What a ballot asks, how it decides, and until when one can vote."""

    question: str
    method: Method
    opens_on: date
    closes_on: date
    background: str = ""
    options: list[str] = field(default_factory=list)
    is_secret: bool = False
    #: The item of an agenda to which it belongs.
    item_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Rules:
    """How many must take part, and who is kept out because of a declared interest."""

    quorum: int
    excluded: Collection[uuid.UUID] = ()


def begin(ballot_id: uuid.UUID, question: Question, *, by: Account) -> Ballot:
    """Draft a ballot under a key chosen beforehand; asked twice, draft it once."""
    known = queries.find(ballot_id)
    if known is not None:
        refusals.refuse_others(known.author_id, by)
        return known
    refusals.refuse_without(Permission.BALLOT_PREPARE, by)
    _refuse_kept_out(question, by)
    return _draft(Ballot(id=ballot_id, author_id=by.id, **vars(question)), by)


def _refuse_kept_out(question: Question, by: Account) -> None:
    if question.item_id:
        items.refuse_kept_out(question.item_id, by)


def _draft(draft: Ballot, by: Account) -> Ballot:
    db.session.add(draft)
    db.session.flush()
    audit.record("ballot:begin", draft, actor=by, method=draft.method)
    return draft


def edit(ballot: Ballot, question: Question, *, by: Account) -> None:
    """Replace the words of a draft of one's own."""
    refusals.refuse_others(ballot.author_id, by)
    refuse_step(ballot, Act.EDIT, by)
    _refuse_kept_out(question, by)
    if turns_vote(ballot, question.method, question.options):
        raise NotAllowed(stays_words())
    for name, value in vars(question).items():
        setattr(ballot, name, value)
    db.session.flush()
    audit.record("ballot:edit", ballot, actor=by)


def turns_vote(ballot: Ballot, method: Method, options: list[str]) -> bool:
    """Return whether a change would turn a vote on what was objected to into another one."""
    is_other = (ballot.method, ballot.options) != (method, options)
    return ballot.follows_id is not None and is_other


def stays_words() -> str:
    """Return what somebody reads who would turn a vote on what was objected to."""
    return str(_("Somebody objected to this. It stays a vote between the same options."))


def open_ballot(ballot: Ballot, rules: Rules, *, by: Account, version: int | None = None) -> None:
    """Let the members of today vote; from now on neither the question nor the rules change.

    `version` is the one that the person has read: if it has changed since, it is refused.
    """
    ballot = queries.locked(ballot.id, by)
    if ballot.opened_by_id == by.id and ballot.state is STEPS[Act.OPEN].ends_in:
        return
    refuse_step(ballot, Act.OPEN, by)
    if version is not None and version != ballot.version:
        raise NotAllowed(_("It was changed after you opened it. Read it again, then decide."))
    if ballot.closes_on < clock.today():
        raise NotAllowed(_("Its last day has passed. Choose a later one first."))
    members = [member.id for member in queries.members()]
    excluded = {*rules.excluded, *queries.declared(ballot)}.intersection(members)
    most = len(members) - len(excluded)
    if by.id in excluded:
        raise NotAllowed(_("Whoever declared an interest cannot run the ballot."))
    _refuse_quorum(rules.quorum, fewest_of(ballot), most)
    for key in members:
        db.session.add(Voter(ballot_id=ballot.id, account_id=key, is_excluded=key in excluded))
    ballot.quorum, ballot.opened_by_id = rules.quorum, by.id
    _finish(ballot, Act.OPEN, by, kept_out=len(excluded), quorum=rules.quorum)
    if ballot.is_secret:
        made = BallotBox(id=ballot.id)
        made.votes = box.packed([], most)
        db.session.add(made)
        db.session.flush()


def _refuse_quorum(quorum: int, fewest: int, most: int) -> None:
    if most < fewest:
        raise NotAllowed(_("Too few members can vote for that."))
    if not fewest <= quorum <= most:
        raise NotAllowed(_("Choose a number from %(few)s to %(many)s.", few=fewest, many=most))


def fewest_of(ballot: Ballot) -> int:
    """Return how many must take part in a ballot whatever the chair says."""
    return config.current().smallest_secret_ballot if ballot.is_secret else 1


def quorum_of(ballot: Ballot, turnout: queries.Turnout) -> int:
    """Return how many must take part now: never more than may, for who is kept out is not owed."""
    return max(fewest_of(ballot), min(ballot.quorum, turnout.may))


def close(ballot: Ballot, *, by: Account) -> None:
    """Count a ballot: on its last day or later, or when everybody has voted; twice is once.

    Of a secret one in which too few took part nothing is counted, and nobody ever reads it.
    """
    ballot = queries.locked(ballot.id, by)
    if ballot.state is STEPS[Act.CLOSE].ends_in:
        return
    refuse_step(ballot, Act.CLOSE, by)
    turnout = queries.turnout(ballot.id)
    if clock.today() < ballot.closes_on and turnout.did < turnout.may:
        raise NotAllowed(_("It can be closed on its last day, or when everybody has voted."))
    ballot.quorum = quorum_of(ballot, turnout)
    if ballot.is_secret:
        votes = empty(ballot)
        is_enough = len(votes) >= ballot.quorum
        ballot.counted = [list(vote) for vote in votes] if is_enough else []
    ballot.closed_on = clock.today()
    _finish(ballot, Act.CLOSE, by, took_part=turnout.did)


def empty(ballot: Ballot) -> list[box.CastVote]:
    """Return what lies in the sealed box of a locked ballot, and delete the box with its key."""
    found = queries.box(ballot.id)
    if found is None:
        raise NotAllowed(_("Its votes are lost. Withdraw it and begin a new one."))
    votes = box.unpacked(found.votes)
    db.session.delete(found)
    db.session.flush()
    return votes


def resolve(ballot: Ballot, words: str, *, by: Account) -> None:
    """Say how objections were met, so that what was proposed is decided; said twice, it stays."""
    ballot = queries.locked(ballot.id, by)
    if ballot.resolution == words:
        return
    _refuse_unblocked(ballot, Act.RESOLVE, by)
    if queries.following(ballot.id):
        raise NotAllowed(_("It was put to a vote. The vote decides."))
    refusals.refuse_empty(words)
    ballot.resolution = words
    _finish(ballot, Act.RESOLVE, by)


def put_to_vote(ballot: Ballot, options: tuple[str, str], *, by: Account) -> Ballot:
    """Draft a vote on what somebody objected to, between yes and no; asked twice, draft it once."""
    ballot = queries.locked(ballot.id, by)
    if known := queries.following(ballot.id):
        return known
    _refuse_unblocked(ballot, Act.PUT_TO_VOTE, by)
    days = {"opens_on": clock.today(), "closes_on": usual_last_day()}
    asked = {"question": ballot.question, "background": ballot.background}
    draft = Ballot(follows_id=ballot.id, author_id=by.id, item_id=ballot.item_id, **days, **asked)
    draft.method, draft.is_secret = Method.VOTE, ballot.is_secret
    draft.options = list(options)
    return _draft(draft, by)


def dissent(view_id: uuid.UUID, ballot: Ballot, words: str, *, by: Account) -> MinorityView:
    """Keep a minority view beside a decision, under a key chosen beforehand; twice is once.

    In an open ballot whoever voted otherwise writes it, with their name. In a secret one any
    member who could vote may: it has no name, and the audit trail says nothing of it.
    """
    ballot = queries.locked(ballot.id, by)
    if known := db.session.get(MinorityView, view_id):
        return known
    refuse_step(ballot, Act.DISSENT, by)
    refusals.refuse_empty(words)
    if not may_dissent(ballot, by=by):
        raise NotAllowed(_("Only whoever voted otherwise can write a minority view."))
    author = None if ballot.is_secret else by.id
    view = MinorityView(id=view_id, ballot_id=ballot.id, author_id=author, words=words)
    ballot.views.append(view)
    db.session.flush()
    if not ballot.is_secret:
        audit.record("ballot:dissent", ballot, actor=by)
    return view


def may_dissent(ballot: Ballot, *, by: Account) -> bool:
    """Return whether somebody can still write a minority view."""
    voter = queries.voter(ballot.id, by)
    if voter is None or refusal(ballot, Act.DISSENT, by=by):
        return False
    if ballot.is_secret:
        return len(ballot.views) < queries.turnout(ballot.id).may
    if by.id in {view.author_id for view in ballot.views}:
        return False
    return any(v.account_id == by.id and v.choice not in ballot.prevailing for v in ballot.votes)


def withdraw(ballot: Ballot, reason: str, *, by: Account) -> None:
    """End a ballot that decides nothing, with a reason; what was cast is deleted uncounted."""
    ballot = queries.locked(ballot.id, by)
    if ballot.state is STEPS[Act.WITHDRAW].ends_in:
        return
    refuse_step(ballot, Act.WITHDRAW, by)
    refusals.refuse_empty(reason)
    if found := queries.box(ballot.id):
        db.session.delete(found)
    for vote in ballot.votes:
        db.session.delete(vote)
    ballot.resolution = reason
    _finish(ballot, Act.WITHDRAW, by)


def usual_last_day() -> date:
    """Return the last day of a ballot if nobody names another one."""
    return clock.today() + timedelta(days=config.current().ballot_days)


def _finish(ballot: Ballot, act: Act, by: Account, **details: int) -> None:
    ballot.state = STEPS[act].ends_in
    db.session.flush()
    audit.record(f"ballot:{act}", ballot, actor=by, **details)


def refusal(ballot: Ballot, act: Act, *, by: Account) -> str:
    """Return why somebody cannot do something with a ballot now, or nothing."""
    step = STEPS[act]
    if ballot.state not in step.begins_in:
        return str(_("That cannot be done now: things have moved on."))
    if not by.can(step.permission):
        return str(_("Your roles do not allow this."))
    return ""


def refuse_step(ballot: Ballot, act: Act, by: Account) -> None:
    """Raise NotAllowed if somebody cannot do something with a ballot now."""
    if why_not := refusal(ballot, act, by=by):
        raise NotAllowed(why_not)


def _refuse_unblocked(ballot: Ballot, act: Act, by: Account) -> None:
    refuse_step(ballot, act, by)
    if not ballot.is_blocked:
        raise NotAllowed(_("Nobody objected, or it is settled already."))
