"""What waits for those who keep people safe: concerns, days without anybody, and wrong numbers."""

from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.i18n import local_date
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities import queries as opportunities
from vrn_community.pages.tasks import Item, Task
from vrn_community.rights import queries as rights
from vrn_community.safeguarding import checking, checks, contacts
from vrn_community.safeguarding import queries as safeguarding
from vrn_community.safeguarding.labels import ALERTS

#: So far ahead the first page looks for days on which nobody would be there.
AHEAD = timedelta(days=14)


def _concerns(account: Account) -> list[Item]:
    number = safeguarding.waiting(account)
    words = ngettext("%(num)s concern is open", "%(num)s concerns are open", number)
    if not number:
        return []
    return [Item(words, url_for("safeguarding_desk.index")), *_alerts(account)]


def _urgent_requests(_account: Account) -> list[Item]:
    number = rights.number_urgent()
    words = ngettext(
        "%(num)s urgent request: speak with the data protection officer today",
        "%(num)s urgent requests: speak with the data protection officer today",
        number,
    )
    return [Item(words, url_for("report_desk.new"))] if number else []


def _alerts(account: Account) -> list[Item]:
    return [
        Item(
            str(ALERTS[row.kind]),
            url_for("safeguarding_desk.show", concern_id=row.concern_id),
            str(_l("Overdue")) if row.concern.is_overdue else "",
        )
        for row in safeguarding.alerts_for(account)
    ]


def _contacts(_account: Account) -> list[Item]:
    number = contacts.overdue()
    words = ngettext("%(num)s number to look at", "%(num)s numbers to look at", number)
    return [Item(words, url_for("contacts_desk.index"))] if number else []


def _gaps(_account: Account) -> list[Item]:
    """Return the coming days without a lead or deputy while something sensitive is open."""
    today = clock.today()
    last = opportunities.sensitive_until(today + AHEAD)
    if last is None:
        return []
    found = safeguarding.cover_gaps(today, last)
    return [
        Item(str(checks.NOBODY[role]) % {"days": checks.say(spans)}, url_for("cover_desk.index"))
        for role, spans in found.items()
        if spans
    ]


def _unchecked(_account: Account) -> list[Item]:
    return [
        Item(
            row.account.display_name,
            url_for("cover_desk.index"),
            _told(row.check.good_until) if row.check else str(_("Missing")),
        )
        for row in checking.due()
    ]


def _told(until: date) -> str:
    if until < clock.today():
        return str(_("Too long ago"))
    return str(_("Ends on %(date)s", date=local_date(until)))


def _paused(_account: Account) -> list[Item]:
    return [
        Item(
            row.title,
            url_for("opportunities_desk.show", opportunity_id=row.id),
            str(_("Paused on %(date)s", date=local_date(since))),
        )
        for row in opportunities.waiting_for_cover()
        if (since := row.cover_lost_on)
    ]


def _wrong_numbers(_account: Account) -> list[Item]:
    return [
        Item(row.name, row.source_url, str(_("Wrong since %(date)s", date=local_date(since))))
        for row in contacts.wrong()
        if (since := row.wrong_since)
    ]


def _unseen(account: Account) -> list[Item]:
    words = _("Name somebody else as safeguarding lead, or ring the designated officer")
    return (
        [Item(str(words), url_for("report_desk.ring"))] if safeguarding.unseen(by=account) else []
    )


P = Permission
TASKS: tuple[Task, ...] = (
    Task(
        P.CONCERN_DECIDE,
        _l("Somebody may be in danger"),
        _l("No concern is open."),
        _concerns,
    ),
    Task(
        P.CONCERN_DECIDE,
        _l("Requests about information in which somebody needs help soon"),
        _l("No such request waits."),
        _urgent_requests,
    ),
    Task(
        P.COVER_EDIT,
        _l("Who is there while sensitive questions are open"),
        _l("Somebody is there on each day."),
        _gaps,
    ),
    Task(
        P.COVER_EDIT,
        _l("Training and checks that are missing or end soon"),
        _l("No training or check is missing or ends soon."),
        _unchecked,
    ),
    Task(
        P.OPPORTUNITY_PUBLISH,
        _l("Paused, for nobody was there for concerns"),
        _l("Nothing has paused by itself."),
        _paused,
    ),
    Task(
        P.CONTACT_CHECK,
        _l("Numbers that people ring"),
        _l("No number has to be looked at."),
        _contacts,
    ),
    Task(
        P.ACCOUNT_MANAGE,
        _l("Concerns that nobody here can decide about"),
        _l("Somebody can decide about each concern."),
        _unseen,
    ),
    Task(
        P.ACCOUNT_MANAGE,
        _l("Numbers to mend: they are hidden from everyone"),
        _l("No number is known to be wrong."),
        _wrong_numbers,
    ),
)
