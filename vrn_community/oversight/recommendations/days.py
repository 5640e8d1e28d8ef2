"""The days of a recommendation: the usual ones, and how far each may move."""

from datetime import date, timedelta

from flask_babel import gettext as _

from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.foundation import clock, i18n, working_days
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.recommendations.models import Recommendation


def usual_reply_by() -> date:
    """Return the day by which a body replies if nobody names another one (C3)."""
    return working_days.in_days(config.current().reply_due_days)


def usual_answer_by() -> date:
    """Return the day by which the board says something if nobody names another one."""
    return working_days.in_days(config.current().escalation_due_days)


def last_for_board() -> date:
    """Return the last day by which the board can be asked to say something."""
    return clock.today() + timedelta(days=config.current().escalation_longest_days)


def unfit_for_board(day: date) -> str:
    """Return why the board cannot be asked to say something by a day, or nothing."""
    if day <= clock.today():
        return str(_("Choose a day after today."))
    return "" if day <= last_for_board() else beyond(last_for_board())


def latest(recommendation: Recommendation, *, by: Account) -> date:
    """Return the last day that somebody can name for an answer.

    A body moves the day that was set first in a round; the group any day, again and again.
    """
    longest = timedelta(days=config.current().longest_extension_days)
    if by.can(Permission.RECOMMENDATION_SEND):
        return max(recommendation.promised_by, clock.today()) + longest
    return recommendation.first_day + longest


def stuck(recommendation: Recommendation, *, by: Account) -> str:
    """Return why a body cannot move its day any more in this round, or nothing."""
    if any(not moved.by_group for moved in recommendation.moves):
        return str(_("The body has moved the day once already. The group can allow more time."))
    last = latest(recommendation, by=by)
    if max(recommendation.promised_by, clock.today()) < last:
        return ""
    day = i18n.local_date(last)
    return str(_("The body could move it to %(day)s at most. The group can allow more.", day=day))


def beyond(last: date) -> str:
    """Say that a day is too far away."""
    return str(_("The latest possible day is %(day)s.", day=i18n.local_date(last)))
