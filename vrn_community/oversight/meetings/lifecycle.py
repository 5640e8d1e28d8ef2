"""The life of a meeting: every legal change of state, in one table."""

from enum import StrEnum

from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.meetings.models import MeetingState
from vrn_community.oversight.rules import Step


class Act(StrEnum):
    """What somebody can do with a meeting."""

    EDIT = "edit"
    FILE_PAPER = "file-paper"
    SEND_PAPERS = "send-papers"
    APOLOGISE = "apologise"
    HOLD = "hold"
    NOTE = "note"
    AGREE_ACTION = "agree-action"
    APPROVE_NOTES = "approve-notes"


S = MeetingState
COMING = frozenset({S.PLANNED, S.PAPERS_OUT})
#: A note that is written after the chair approved the others waits to be approved again.
STEPS: dict[Act, Step[MeetingState]] = {
    Act.EDIT: Step(COMING, None, Permission.MEETING_PREPARE),
    Act.FILE_PAPER: Step(COMING, None, Permission.MEETING_PREPARE),
    Act.SEND_PAPERS: Step(frozenset({S.PLANNED}), S.PAPERS_OUT, Permission.MEETING_PREPARE),
    Act.APOLOGISE: Step(COMING, None, Permission.MEMBER_EDIT_OWN),
    Act.HOLD: Step(frozenset({S.PAPERS_OUT, S.HELD}), S.HELD, Permission.MEETING_PREPARE),
    Act.NOTE: Step(frozenset({S.HELD, S.APPROVED}), S.HELD, Permission.MEETING_PREPARE),
    Act.AGREE_ACTION: Step(frozenset({S.HELD, S.APPROVED}), None, Permission.MEETING_PREPARE),
    Act.APPROVE_NOTES: Step(frozenset({S.HELD}), S.APPROVED, Permission.MEETING_CHAIR),
}
