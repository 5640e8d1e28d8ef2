"""What waits for the oversight group, its secretariat, and bodies that it asks."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.i18n import local_date
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.meetings import queries as meetings
from vrn_community.oversight.meetings.models import Meeting
from vrn_community.oversight.members import queries as members
from vrn_community.oversight.members.models import TimeClaimState
from vrn_community.oversight.publishing import queries as statements
from vrn_community.oversight.scrutiny import queries as scrutiny
from vrn_community.pages.tasks import Item, Task


def _at_desk(meeting: Meeting) -> Item:
    url = url_for("meetings_desk.show", meeting_id=meeting.id)
    return Item(meeting.title, url, str(local_date(meeting.held_on)))


def _red(account: Account) -> list[Item]:
    return [
        Item(
            row.title,
            url_for("scrutiny_desk.feedback", rating_id=row.id),
            row.escalated_to,
        )
        for row in scrutiny.ratings(1, account, is_waiting=True)
    ]


def _notes(_account: Account) -> list[Item]:
    return [_at_desk(meeting) for meeting in meetings.to_approve()]


def _owed_notes(account: Account) -> list[Item]:
    return [
        Item(
            meeting.title,
            url_for("statements_desk.show", statement_id=draft.id)
            if draft
            else url_for("statements_desk.notes", meeting_id=meeting.id),
            str(_l("Overdue"))
            if meeting.notes_due_on < clock.today()
            else str(_("due by %(date)s", date=local_date(meeting.notes_due_on))),
        )
        for meeting, draft in statements.owed_notes(account)
    ]


def _coming(_account: Account) -> list[Item]:
    return [_at_desk(meeting) for meeting in meetings.coming()]


def _actions(account: Account) -> list[Item]:
    return [
        Item(
            row.text,
            url_for("items_desk.show", item_id=row.item_id),
            str(_l("Overdue")) if row.is_overdue else "",
        )
        for row in meetings.own_actions(account)
    ]


def _claims(_account: Account) -> list[Item]:
    number = members.claims(1, state=TimeClaimState.CLAIMED).total
    words = str(_l("Claims of members wait"))
    return [Item(words, url_for("claims_desk.claims"), str(number))] if number else []


def _evidence(account: Account) -> list[Item]:
    if account.body_id is None:
        return []
    return [
        Item(
            row.text,
            url_for("asked_desk.answer", asked_id=row.id),
            str(_l("Overdue")) if row.is_overdue else "",
        )
        for row in scrutiny.waiting_for(account.body_id, 1)
        if not row.answer
    ]


P = Permission
TASKS: tuple[Task, ...] = (
    Task(
        P.MEETING_CHAIR,
        _l("Red ratings that wait for feedback"),
        _l("No red rating waits for feedback."),
        _red,
    ),
    Task(P.MEETING_CHAIR, _l("Notes to approve"), _l("No notes wait for you."), _notes),
    Task(
        P.STATEMENT_WRITE,
        _l("Meetings that owe the public notes"),
        _l("No meeting owes the public notes."),
        _owed_notes,
    ),
    Task(P.MEETING_READ, _l("Coming meetings"), _l("No meeting is planned."), _coming),
    Task(
        P.MEMBER_EDIT_OWN,
        _l("What you agreed to do"),
        _l("There is nothing that you agreed to do."),
        _actions,
    ),
    Task(P.CLAIM_APPROVE, _l("Time and expenses of members"), _l("No claim waits."), _claims),
    Task(
        P.EVIDENCE_ANSWER,
        _l("What the residents’ group wants to know"),
        _l("Nothing waits for your answer."),
        _evidence,
    ),
)
