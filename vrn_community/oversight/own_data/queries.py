"""What is held about a member, and all that they wrote, decided or took on (C12).

Nobody else's words are in it: of an interest that the chair wrote down, and of what was agreed
about an item from which the member is kept out, there is only that it is there.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.oversight import reading
from vrn_community.oversight.ballots.models import Ballot, MinorityView, Vote
from vrn_community.oversight.meetings.models import (
    AgendaItem,
    Attendance,
    Interest,
    Meeting,
    MeetingAction,
)
from vrn_community.oversight.members import queries as members
from vrn_community.oversight.members import sheets
from vrn_community.oversight.models import Observation
from vrn_community.oversight.proposals.models import ActivityProposal, SuggestedWording
from vrn_community.oversight.scrutiny.models import Rating

Rows = list[dict[str, Any]]


def own_data(account: Account) -> dict[str, Any]:
    """Return what the group holds about a member, and what the member wrote, as a document."""
    claims = sheets.rows(members.all_claims(account.id))
    interests = _interests(account)
    return {
        "name": account.display_name,
        "email": account.email,
        **_record(account),
        "claims": [dict(zip(sheets.HEADINGS, row, strict=True)) for row in claims],
        "observations": _observations(account),
        "ratings": _ratings(account),
        "declared interests": [
            {
                "item": title,
                "on": each.created_at.date(),
                "words": each.words if each.declared_by_id == account.id else None,
            }
            for each, title in interests
        ],
        "actions": _actions(account, {each.item_id for each, _title in interests}),
        "attendance": _attendance(account),
        "votes with your name": _votes(account),
        "minority views with your name": _minority_views(account),
        "proposals": _proposals(account),
        "suggested wording": _suggested(account),
    }


def _all(query: Select[Any]) -> Sequence[Any]:
    return db.session.scalars(query).all()


def _record(account: Account) -> dict[str, Any]:
    member = members.of_account(account.id)
    if member is None:
        return {}
    return {
        "area": member.area.name if member.area else None,
        "term": [member.starts_on, member.ends_on],
        "interests": member.interests,
        "access needs": member.access_needs,
        "training": member.training,
    }


def _observations(account: Account) -> Rows:
    written = select(Observation).where(Observation.author_id == account.id)
    found = _all(written.order_by(Observation.created_at))
    return [{"on": one.created_at.date(), "text": one.text} for one in reading.with_words(found)]


def _ratings(account: Account) -> Rows:
    subjects = [joinedload(getattr(Rating, name)) for name in ("item", "topic", "opportunity")]
    written = select(Rating).where(Rating.author_id == account.id).options(*subjects)
    return [
        {
            "about": (one.item or one.topic or one.opportunity).title,
            "on": one.created_at.date(),
            "colour": one.colour,
            "reasons": one.reasons,
            "post": one.escalated_to,
        }
        for one in _all(written.order_by(Rating.created_at))
    ]


def _interests(account: Account) -> list[tuple[Interest, str]]:
    query = select(Interest, AgendaItem.title).join(AgendaItem, AgendaItem.id == Interest.item_id)
    mine = query.where(Interest.account_id == account.id).order_by(Interest.created_at)
    return [(interest, title) for interest, title in db.session.execute(mine)]


def _actions(account: Account, kept_out: set[Any]) -> Rows:
    mine = select(MeetingAction).where(MeetingAction.owner_id == account.id)
    return [
        {
            "text": None if one.item_id in kept_out else one.text,
            "due on": one.due_on,
            "done on": one.done_on,
        }
        for one in _all(mine.order_by(MeetingAction.due_on, MeetingAction.id))
    ]


def _attendance(account: Account) -> Rows:
    query = select(Meeting, Attendance.presence).join(Attendance)
    mine = query.where(Attendance.account_id == account.id).order_by(Meeting.starts_at)
    return [
        {"meeting": meeting.title, "on": meeting.held_on, "presence": presence}
        for meeting, presence in db.session.execute(mine)
    ]


def _votes(account: Account) -> Rows:
    query = select(Ballot.question, Vote.choice, Vote.reason).join(Vote)
    mine = query.where(Vote.account_id == account.id).order_by(Ballot.created_at)
    return [dict(row) for row in db.session.execute(mine).mappings()]


def _minority_views(account: Account) -> Rows:
    query = select(Ballot.question, MinorityView.words).join(MinorityView)
    mine = query.where(MinorityView.author_id == account.id).order_by(Ballot.created_at)
    return [dict(row) for row in db.session.execute(mine).mappings()]


def _proposals(account: Account) -> Rows:
    mine = select(ActivityProposal).where(ActivityProposal.author_id == account.id)
    return [
        {
            "on": one.proposed_on,
            "title": one.title,
            "why": one.why,
            "audience": one.audience,
            "level": one.level,
            "power": one.power_words,
        }
        for one in _all(mine.order_by(ActivityProposal.proposed_on, ActivityProposal.id))
    ]


def _suggested(account: Account) -> Rows:
    mine = select(SuggestedWording).where(SuggestedWording.author_id == account.id)
    return [
        {
            "on": one.created_at.date(),
            "part": one.field,
            "words": one.words,
            "comment": one.comment,
        }
        for one in _all(mine.order_by(SuggestedWording.created_at))
    ]
