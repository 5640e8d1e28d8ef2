"""What waits for the oversight group, its secretariat, and bodies that it asks."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.accounts import queries as accounts
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
from vrn_community.oversight.scrutiny.models import EvidenceRequest, Rating
from vrn_community.pages.tasks import Item, Task


def _at_desk(meeting: Meeting) -> Item:
    url = url_for("meetings_desk.show", meeting_id=meeting.id)
    return Item(meeting.title, url, str(local_date(meeting.held_on)))


def _red(account: Account) -> list[Item]:
    return [
        Item(
            row.title,
            url_for("scrutiny_desk.feedback", rating_id=row.id),
            str(_l("The body has answered")) if row.answer else _by(row) or row.escalated_to,
        )
        for row in scrutiny.ratings(1, account, is_waiting=True)
    ]


def _by(row: EvidenceRequest | Rating) -> str:
    """Return by when something is owed, or that it is overdue; nothing if it has no day."""
    if row.is_overdue:
        return str(_l("Overdue"))
    day = row.answer_by
    return str(_("due by %(date)s", date=local_date(day))) if day else ""


def _owed_evidence(_account: Account) -> list[Item]:
    return [
        Item(
            row.text,
            url_for("scrutiny_desk.topic", topic_id=row.topic_id, _anchor=f"evidence-{row.id}"),
            _by(row),
        )
        for row in scrutiny.owed()
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


def _late_papers(account: Account) -> list[Item]:
    return [
        Item(row.title, url_for("papers_desk.show", paper_id=row.id), row.item.meeting.title)
        for row in meetings.late_papers(account)
    ]


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
    rated = [
        Item(row.title_outside, url_for("asked_desk.answer_rating", rating_id=row.id), _by(row))
        for row in scrutiny.red_owed_by(account)
    ]
    asked = [
        Item(row.text, url_for("asked_desk.answer", asked_id=row.id), _by(row))
        for row in scrutiny.owed_by(account)
    ]
    return [*rated, *asked]


def _to_enter(account: Account) -> list[Item]:
    able = accounts.able_bodies(P.EVIDENCE_ANSWER)
    rated = [
        Item(row.title_outside, url_for("asked_desk.enter_rating", rating_id=row.id), _by(row))
        for row in scrutiny.red_owed_but_by(able, account)
    ]
    asked = [
        Item(row.text, url_for("asked_desk.enter", asked_id=row.id), _by(row))
        for row in scrutiny.owed_but_by(able)
    ]
    return [*rated, *asked]


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
    Task(
        P.MEETING_READ,
        _l("Evidence that the group waits for"),
        _l("The group waits for no evidence."),
        _owed_evidence,
    ),
    Task(
        P.EVIDENCE_ENTER,
        _l("Asked of bodies for which nobody signs in here"),
        _l("No such body has to answer the group."),
        _to_enter,
    ),
    Task(P.MEETING_READ, _l("Coming meetings"), _l("No meeting is planned."), _coming),
    Task(
        P.MEMBER_EDIT_OWN,
        _l("Papers that came late"),
        _l("No paper came late."),
        _late_papers,
    ),
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
