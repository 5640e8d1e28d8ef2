"""Who may take which step with a request for evidence now."""

import uuid
from collections.abc import Collection

from flask_babel import gettext as _

from vrn_community import audit, config
from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.rules import acts_for, end_step, refuse_step
from vrn_community.oversight.scrutiny.lifecycle import STEPS, Act
from vrn_community.oversight.scrutiny.models import EvidenceRequest


def able(*, by: Account) -> set[uuid.UUID]:
    """Return the bodies that can answer for themselves, for whoever enters answers for others."""
    if not by.can(Permission.EVIDENCE_ENTER):
        return set()
    return accounts.able_bodies(Permission.EVIDENCE_ANSWER)


def acts(asked: EvidenceRequest, able: Collection[uuid.UUID], *, by: Account) -> list[Act]:
    """Return what somebody can do now, in the order of the table."""
    found = acts_for(STEPS, asked.state, by)
    return [act for act in found if not _condition(asked, act, able, by)]


def take(asked: EvidenceRequest, act: Act, by: Account, **details: str | bool) -> None:
    """Take the step of the table, and note who took it."""
    end_step(asked, STEPS[act])
    audit.record(f"evidence:{act}", asked, actor=by, **details)


def refuse(asked: EvidenceRequest, act: Act, by: Account) -> None:
    """Refuse a step that somebody cannot take now; the request waits for the commit."""
    refuse_step(asked, STEPS[act], by)
    if why_not := _condition(asked, act, able(by=by), by):
        raise NotAllowed(why_not)


def _condition(asked: EvidenceRequest, act: Act, able: Collection[uuid.UUID], by: Account) -> str:
    """Return why a step cannot be taken besides its state and permission, or nothing."""
    if act is Act.EDIT and asked.author_id != by.id:
        return str(_("This was written by somebody else."))
    if act in (Act.ANSWER, Act.MOVE_OWN) and not is_of(asked, by):
        return str(_("Only the body that was asked can answer."))
    if act is Act.MOVE_OWN and any(one.body_id for one in asked.extensions):
        return str(_("Your body has moved this day once. Only the group can move it again."))
    if act is Act.ENTER and _answers_itself(asked, able):
        return str(_("Somebody here answers for this body."))
    return _not_raised(asked) if act is Act.RAISE else ""


def _answers_itself(asked: EvidenceRequest, able: Collection[uuid.UUID]) -> bool:
    is_board = asked.raised_from_id and accounts.who_can(Permission.ESCALATION_ANSWER)
    return bool(is_board) or asked.body_id in able


def _not_raised(asked: EvidenceRequest) -> str:
    if not asked.is_overdue:
        return str(_("Only what is overdue goes to the board."))
    if asked.raised_as:
        return str(_("It is before the board already."))
    if asked.raised_from_id or asked.body.slug == config.current().escalation_body:
        return str(_("The board itself was asked. Nobody stands above it."))
    return ""


def is_of(asked: EvidenceRequest, by: Account) -> bool:
    """Return whether somebody answers for who was asked: for the body, or for the board."""
    if by.body_id is not None and by.body_id == asked.body_id:
        return True
    first, is_board = asked.raised_from, by.can(Permission.ESCALATION_ANSWER)
    return first is not None and is_board and by.body_id != first.body_id
