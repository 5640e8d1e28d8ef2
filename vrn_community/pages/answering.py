"""What waits for those who answer for a body, and for the team where nobody does."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement

from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.foundation import clock, i18n, working_days
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.commitments import queries as commitments
from vrn_community.oversight.recommendations import queries as recommendations
from vrn_community.oversight.recommendations import speaking
from vrn_community.oversight.recommendations.models import Recommendation
from vrn_community.oversight.reminders import queries as reminders
from vrn_community.oversight.reminders.labels import KINDS
from vrn_community.oversight.reminders.models import Reminder
from vrn_community.pages.tasks import Item, Task


def _replies(account: Account) -> list[Item]:
    return [
        Item(
            row.text,
            url_for("replies_desk.reply", recommendation_id=row.id),
            _whose(row, account, str(_l("Overdue")) if row.is_overdue else ""),
        )
        for row in recommendations.owed_by(_asked(account))
    ]


def _asked(account: Account) -> ColumnElement[bool]:
    """Return what an account answers for: its body, the team also bodies without accounts."""
    return speaking.is_asked_of(account.body_id, with_silent=speaking.is_of_team(account))


def _whose(asked: Recommendation, account: Account, note: str) -> str:
    """Say of which body something is asked, unless it is one's own, and what is urgent."""
    name = asked.body.name if speaking.enters(asked.body_id, account) else ""
    return ". ".join(filter(None, (name, note)))


def _days(account: Account) -> list[Item]:
    found = reminders.for_body(account.body_id) if account.body_id else []
    near = [told(row, "replies_desk.reply") for row in found]
    return [*near, *_promised(account)] if speaking.is_of_team(account) else near


def _promised(account: Account) -> list[Item]:
    """Return what bodies without accounts promised and owe now: nobody there is reminded."""
    soon = working_days.within(clock.today(), config.current().notice_working_days)
    return [
        Item(
            row.text,
            url_for("commitments_desk.show", commitment_id=row.id),
            _whose(row.recommendation, account, str(_l("Overdue")) if row.is_overdue else ""),
        )
        for row in commitments.due_of(_asked(account), soon)
        if speaking.enters(row.recommendation.body_id, account)
    ]


def told(row: Reminder, endpoint: str) -> Item:
    """Return what somebody is reminded of, with its day."""
    url = url_for(endpoint, recommendation_id=row.recommendation_id)
    note = _("%(date)s: %(what)s", date=i18n.local_date(row.due_on), what=KINDS[row.kind])
    return Item(row.recommendation.text if row.recommendation else "", url, note)


TASKS: tuple[Task, ...] = (
    Task(
        Permission.RECOMMENDATION_REPLY,
        _l("Waiting for your reply"),
        _l("Nothing waits for your reply."),
        _replies,
    ),
    Task(
        Permission.RECOMMENDATION_REPLY,
        _l("Days that are near or past"),
        _l("No day is near or past."),
        _days,
    ),
)
