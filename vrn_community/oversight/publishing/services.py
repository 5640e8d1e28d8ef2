"""How a text of the oversight group becomes public: cleared of personal data, then published."""

import uuid
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight import refusals
from vrn_community.oversight.ballots import queries as ballots
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.clearing import refuse_names
from vrn_community.oversight.meetings.models import Meeting
from vrn_community.oversight.publishing import clearing, queries
from vrn_community.oversight.publishing.lifecycle import STEPS, Act
from vrn_community.oversight.publishing.models import Statement, StatementKind, StatementVersion


@dataclass(frozen=True)
class Text:
    """What a text says."""

    title: str
    words: str


@dataclass(frozen=True)
class Subject:
    """What a text is about: its kind, the day, and perhaps a ballot or a meeting."""

    kind: StatementKind
    about_on: date
    ballot: Ballot | None = None
    meeting: Meeting | None = None


def begin(statement_id: uuid.UUID, subject: Subject, text: Text, *, by: Account) -> Statement:
    """Draft a text under a key chosen beforehand; asked twice, draft it once."""
    known = queries.find(statement_id)
    if known is not None:
        if known.author_id != by.id:
            raise NotAllowed(_("This was written by somebody else."))
        return known
    if not by.can(Permission.STATEMENT_WRITE):
        raise NotAllowed(_("Your roles do not allow this."))
    if subject.ballot and subject.ballot.result is None:
        raise NotAllowed(_("A ballot can be told when it is closed."))
    if subject.meeting and not subject.meeting.is_over:
        raise NotAllowed(_("The meeting has not begun yet."))
    _refuse_kept_out(subject, by)
    draft = Statement(id=statement_id, author_id=by.id, **vars(subject))
    draft.versions = [StatementVersion(number=1, author_id=by.id, **vars(text))]
    db.session.add(draft)
    db.session.flush()
    audit.record("statement:begin", draft, actor=by, kind=draft.kind)
    return draft


def _refuse_kept_out(subject: Subject, by: Account) -> None:
    """Raise NoResultFound for whoever may not read what a text is about."""
    if subject.ballot:
        ballots.ballot(subject.ballot.id, by)
    if subject.meeting:
        queries.meeting(subject.meeting.id, by)


def edit(statement: Statement, text: Text, *, by: Account) -> None:
    """Replace the words of a version of one's own that is not public."""
    statement = queries.locked(statement.id, by)
    _refuse_step(statement, Act.EDIT, by)
    newest = statement.newest
    if newest.author_id != by.id:
        raise NotAllowed(_("This was written by somebody else."))
    newest.title, newest.words = text.title, text.words
    newest.cleared_by_id = newest.cleared_on = None
    newest.clearance = ""
    _finish(statement, Act.EDIT, by)


def clear(statement: Statement, reason: str, *, by: Account, version: int) -> None:
    """Say that nobody can be recognised in a draft; a reason is owed where something was found.

    `version` is the one that the person has read: if it has changed since, it is refused.
    """
    statement = queries.locked(statement.id, by)
    newest = statement.newest
    if newest.cleared_by_id == by.id and statement.state is STEPS[Act.CLEAR].ends_in:
        return
    _refuse_step(statement, Act.CLEAR, by)
    if version != newest.version:
        raise NotAllowed(_("It was changed after you opened it. Read it again, then decide."))
    found = findings(newest)
    if found:
        refusals.refuse_empty(reason)
    newest.cleared_by_id, newest.cleared_on, newest.clearance = by.id, clock.today(), reason
    _finish(statement, Act.CLEAR, by, found=len(found))


def findings(version: StatementVersion) -> list[clearing.Finding]:
    """Return what in a version looks like personal data."""
    return clearing.findings(f"{version.title}\n{version.words}\n{version.reason}")


def publish(statement: Statement, *, by: Account) -> None:
    """Let everybody read a cleared version; published twice, it is published once."""
    statement = queries.locked(statement.id, by)
    if statement.state is STEPS[Act.PUBLISH].ends_in:
        return
    _refuse_step(statement, Act.PUBLISH, by)
    statement.newest.published_on = clock.today()
    statement.first_published_on = statement.first_published_on or clock.today()
    _finish(statement, Act.PUBLISH, by, number=statement.newest.number)


def amend(statement: Statement, reason: str, *, by: Account) -> None:
    """Begin a next version of a published text; until that is published, this one stays."""
    statement = queries.locked(statement.id, by)
    former = statement.newest
    if (former.author_id, former.reason) == (by.id, reason) and former.published_on is None:
        return
    _refuse_step(statement, Act.AMEND, by)
    refusals.refuse_empty(reason)
    text = {"title": former.title, "words": former.words, "reason": reason}
    made = StatementVersion(number=former.number + 1, author_id=by.id, **text)
    statement.versions.insert(0, made)
    _finish(statement, Act.AMEND, by, number=made.number)


def keep(statement: Statement, reason: str, *, is_checked: bool = False, by: Account) -> None:
    """Decide not to publish a text, for a reason that is written down; twice is once.

    A reason that seems to name somebody is refused, unless a person says to have looked (C4):
    everybody reads why the notes of a meeting were kept back.
    """
    statement = queries.locked(statement.id, by)
    if statement.state is STEPS[Act.KEEP].ends_in:
        return
    _refuse_step(statement, Act.KEEP, by)
    if statement.first_published_on:
        raise NotAllowed(_("It was published. Withdraw it instead."))
    _end(statement, Act.KEEP, reason, by, is_checked=is_checked)


def reopen(statement: Statement, *, by: Account) -> None:
    """Take up again a text that was not published."""
    statement = queries.locked(statement.id, by)
    if statement.state is STEPS[Act.REOPEN].ends_in:
        return
    _refuse_step(statement, Act.REOPEN, by)
    statement.reason, statement.ended_on = "", None
    _finish(statement, Act.REOPEN, by)


def withdraw(statement: Statement, reason: str, *, is_checked: bool = False, by: Account) -> None:
    """Take back a published text, with a reason that everybody reads; twice is once.

    A reason that seems to name somebody is refused, unless a person says to have looked (C4).
    """
    statement = queries.locked(statement.id, by)
    if statement.state is STEPS[Act.WITHDRAW].ends_in:
        return
    _refuse_step(statement, Act.WITHDRAW, by)
    if not statement.first_published_on:
        raise NotAllowed(_("It was never published. Keep it instead, with a reason."))
    _end(statement, Act.WITHDRAW, reason, by, is_checked=is_checked)


def _end(statement: Statement, act: Act, reason: str, by: Account, *, is_checked: bool) -> None:
    refusals.refuse_empty(reason)
    refuse_names({"reason": reason}, is_checked=is_checked)
    statement.reason, statement.ended_on = reason, clock.today()
    _finish(statement, act, by, looked=is_checked)


def _finish(statement: Statement, act: Act, by: Account, **details: int) -> None:
    statement.state = STEPS[act].ends_in
    db.session.flush()
    audit.record(f"statement:{act}", statement, actor=by, **details)


def refusal(statement: Statement, act: Act, *, by: Account) -> str:
    """Return why somebody cannot do something with a text now, or nothing."""
    step = STEPS[act]
    if statement.state not in step.begins_in:
        return str(_("That cannot be done now: things have moved on."))
    if not by.can(step.permission):
        return str(_("Your roles do not allow this."))
    return ""


def _refuse_step(statement: Statement, act: Act, by: Account) -> None:
    if why_not := refusal(statement, act, by=by):
        raise NotAllowed(why_not)
