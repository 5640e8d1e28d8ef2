"""Telling data protection officers by mail: of last week, and of days that are near or past.

Of a request in which somebody needs help soon the officer and the safeguarding lead of the day are
told once, at the next of a few hours of the day: no mail tells when it came more exactly.

Of a day each is told once: while it is near, and again when it has passed. Who was told stands in
the mail alone, which goes after a week, so a day that passed longer ago is told of no more.
"""

from datetime import date

from vrn_community.accounts import queries as accounts
from vrn_community.foundation import clock
from vrn_community.foundation.permissions import Permission
from vrn_community.notifications import MailKind, notify
from vrn_community.rights import queries, weeks
from vrn_community.safeguarding import alerts, working_time

#: So many days before a day it is near, and so many after it it counts as just past.
NEAR, PAST = 2, 6


def tell() -> None:
    """Store a mail for each officer and each thing that is due to be told."""
    if week := weeks.unread():
        _tell(Permission.ACCESS_REVIEW, f"week|{week.monday}")
    for breach in queries.undecided_breaches():
        day = clock.in_london(breach.decide_by).date()
        if stage := _stage(day, is_past=breach.is_overdue):
            _tell(Permission.BREACH_RECORD, f"breach|{breach.id}|{stage}", MailKind.NOW)
    for request in queries.open_requests():
        days = {"answer": request.due_on}
        if request.acknowledge_by and not request.acknowledged_on:
            days["acknowledge"] = request.acknowledge_by
        for what, day in days.items():
            if stage := _stage(day, is_past=day < clock.today()):
                _tell(Permission.PRIVACY_REQUEST_ANSWER, f"request|{request.id}|{what}|{stage}")


def tell_urgent() -> None:
    """Store a mail for the officers and the lead of the day about each urgent request, once."""
    if not working_time.is_time_to_tell():
        return
    for request in queries.urgent_untold():
        about = f"urgent-request|{request.id}"
        _tell(Permission.PRIVACY_REQUEST_ANSWER, about, MailKind.NOW)
        alerts.ask_who_is_there(about)
        request.urgent_told_on = clock.today()


def _stage(day: date, *, is_past: bool) -> str:
    """Return the day and whether it is near or past; nothing if it is neither just now."""
    if not -PAST <= (day - clock.today()).days <= NEAR:
        return ""
    return f"{day}|{'past' if is_past else 'near'}"


def _tell(permission: Permission, about: str, kind: MailKind = MailKind.TODAY) -> None:
    for account in accounts.who_can(permission):
        notify(account.id, kind, about)
