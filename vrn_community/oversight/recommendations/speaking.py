"""Who speaks for a body: its own people, or the team for one that nobody answers for here."""

import uuid

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, or_

from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.recommendations.models import Recommendation

#: What somebody may do who writes down for a body what it sent.
OF_TEAM = Permission.OUTCOME_EDIT


def speakers(body_id: uuid.UUID) -> list[Account]:
    """Return who answers for a body: its own people, or the team if nobody does."""
    own = accounts.who_can(Permission.RECOMMENDATION_REPLY, body_id=body_id)
    return own or accounts.who_can(OF_TEAM)


def is_of_team(by: Account) -> bool:
    """Return whether somebody may write down what a body without accounts sent."""
    return by.can(OF_TEAM)


def enters(body_id: uuid.UUID, by: Account) -> bool:
    """Return whether somebody would write down what a body sent, not speak for their own."""
    return is_of_team(by) and by.body_id != body_id


def silence(body_id: uuid.UUID, by: Account) -> str:
    """Return why somebody cannot speak for a body, or nothing."""
    if by.body_id == body_id:
        return ""
    if not is_of_team(by):
        return str(_("Only the body that was asked can answer."))
    if accounts.has_who_can(Permission.RECOMMENDATION_REPLY, body_id):
        return str(_("This body has accounts of its own, so it says this itself."))
    return ""


def is_asked_of(body_id: uuid.UUID | None, *, with_silent: bool) -> ColumnElement[bool]:
    """Return the condition that a body was asked, or perhaps one that nobody answers for."""
    own = Recommendation.body_id == body_id
    heard = accounts.bodies_that_can(Permission.RECOMMENDATION_REPLY)
    return or_(own, Recommendation.body_id.not_in(heard)) if with_silent else own


def source(body_id: uuid.UUID, sent_in: str, by: Account) -> str:
    """Return from whom the team has the words of a body; nothing where the body says them."""
    if not enters(body_id, by):
        return ""
    if not sent_in.strip():
        raise NotAllowed(_("Say from whom it came, and how."))
    return sent_in


def noted(sent_in: str) -> dict[str, bool]:
    """Return what the audit trail holds of it: that it was entered, not from whom."""
    return {"entered": True} if sent_in else {}
