"""Why somebody may not: shared by all that the oversight group does."""

import uuid
from datetime import date, timedelta

from flask_babel import gettext as _

from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight import queries


def refuse_others(author_id: uuid.UUID | None, by: Account) -> None:
    """Refuse everybody but the author: nobody edits another's words."""
    if author_id != by.id:
        raise NotAllowed(_("This was written by somebody else."))


def refuse_without(permission: Permission, by: Account) -> None:
    """Refuse whoever has no role for it."""
    if not by.can(permission):
        raise NotAllowed(_("Your roles do not allow this."))


def refuse_open(opportunity: Opportunity) -> None:
    """Refuse what is about an activity that people can still answer."""
    if not queries.is_over(opportunity):
        raise NotAllowed(_("Its results can be read when it has closed."))


def refuse_empty(reason: str) -> None:
    """Refuse what needs a reason and has none."""
    if not reason.strip():
        raise NotAllowed(_("Give a reason."))


def refuse_day(day: date, former: date) -> None:
    """Refuse a day that is no later than the former one, or too far from now."""
    last = max(former, clock.today())
    if day <= last:
        raise NotAllowed(_("Choose a day after the former one, and after today."))
    longest = config.current().longest_extension_days
    if day > last + timedelta(days=longest):
        raise NotAllowed(_("A day moves by %(days)s days at most at one time.", days=longest))
