"""What waits for the data protection officer, and for who asked for an export."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.accounts.models import Account
from vrn_community.exchange import queries as exports
from vrn_community.exchange.labels import CONTENTS
from vrn_community.exchange.models import Export
from vrn_community.foundation.i18n import local_date, local_datetime
from vrn_community.foundation.permissions import Permission
from vrn_community.pages.tasks import Item, Task
from vrn_community.rights import queries as rights
from vrn_community.rights import weeks
from vrn_community.rights.labels import KINDS
from vrn_community.rights.models import PrivacyRequest


def _requests(_account: Account) -> list[Item]:
    return [
        Item(str(KINDS[row.kind]), url_for("rights_desk.show", request_id=row.id), _note(row))
        for row in rights.waiting()
    ]


def _note(row: PrivacyRequest) -> str:
    if row.is_overdue:
        return str(_l("Overdue"))
    if row.is_urgent:
        return str(_l("Needs help soon"))
    return str(_("Due by %(date)s", date=local_date(row.next_due_on)))


def _breaches(_account: Account) -> list[Item]:
    return [
        Item(
            str(_("Noticed %(moment)s", moment=local_datetime(row.noticed_at))),
            url_for("breaches_desk.show", breach_id=row.id),
            str(_l("Overdue")) if row.is_overdue else "",
        )
        for row in rights.open_breaches()
    ]


def _raw_data(_account: Account) -> list[Item]:
    return [
        Item(row.asker or str(_l("Not named")), url_for("raw_data_desk.show", raw_id=row.id))
        for row in rights.undecided()
    ]


def _approvals(account: Account) -> list[Item]:
    found = exports.to_approve(account)
    return [_export(row, url_for("exports_desk.show", export_id=row.id)) for row in found]


def _files(account: Account) -> list[Item]:
    return [_export(row, url_for("exports_desk.index")) for row in exports.to_fetch(account)]


def _export(row: Export, url: str) -> Item:
    return Item(row.opportunity.title, url, str(CONTENTS[row.content]))


def _weeks(_account: Account) -> list[Item]:
    week = weeks.unread()
    if week is None:
        return []
    monday = local_date(week.monday)
    url = url_for("unusual_desk.index", week=week.monday.isoformat())
    return [Item(str(_("The week from %(date)s", date=monday)), url)]


P = Permission
TASKS: tuple[Task, ...] = (
    Task(P.BREACH_RECORD, _l("Breaches"), _l("No breach is open."), _breaches),
    Task(
        P.PRIVACY_REQUEST_ANSWER,
        _l("Rights and complaints"),
        _l("Nobody waits for an answer."),
        _requests,
    ),
    Task(
        P.RAW_DATA_DECIDE,
        _l("Requests for raw answers"),
        _l("No request waits for a decision."),
        _raw_data,
    ),
    Task(
        P.EXPORT_APPROVE, _l("Exports to approve"), _l("No export waits for approval."), _approvals
    ),
    Task(P.ACCESS_REVIEW, _l("Unusual access"), _l("You have read about last week."), _weeks),
    Task(P.EXPORT_ASK, _l("Files to fetch"), _l("No file waits for you."), _files),
)
