"""Who is there for concerns: named for some days, and taken out again; and what if nobody is.

What is sensitive and open pauses by itself on a day without a lead or a deputy. That is a step in
its life and not worked out anew on each page: so it stands in the trail and in every list, people
read the same everywhere, and only a person who has seen that somebody is there opens it again.
"""

import uuid
from datetime import date, timedelta

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.i18n import local_date
from vrn_community.foundation.permissions import Permission
from vrn_community.notifications import MailKind, notify
from vrn_community.opportunities import queries as coming
from vrn_community.opportunities import services as opportunities
from vrn_community.safeguarding import checking, checks, queries
from vrn_community.safeguarding.cover import Span
from vrn_community.safeguarding.models import Cover, CoverRole

#: So long before a day without anybody those who can name somebody are told by mail.
TOLD_AHEAD = timedelta(days=7)


class NotChecked(NotAllowed):
    """Somebody cannot be named: they were not trained and checked, or too long ago."""


def name_cover(
    key: uuid.UUID, account_id: uuid.UUID, role: CoverRole, days: tuple[date, date], *, by: Account
) -> Cover:
    """Say that an account has a role on some days; sent twice, it is said once."""
    known = db.session.get(Cover, key)
    if known is not None:
        return known
    _refuse_unchecked(account_id, max(days[0], clock.today()))
    if queries.has_other_role(account_id, role, *days):
        raise NotAllowed(_("Nobody can be the lead and the deputy on the same day."))
    made = Cover(id=key, account_id=account_id, role=role, begins_on=days[0], ends_on=days[1])
    db.session.add(made)
    db.session.flush()
    audit.record("cover:name", made, actor=by, role=role, account=str(account_id))
    return made


def _refuse_unchecked(account_id: uuid.UUID, day: date) -> None:
    """Refuse to name somebody who is not trained and checked on a day (G14)."""
    check = checking.of(account_id)
    if check is None:
        raise NotChecked(
            _("They have not yet said when they were trained and checked, so they cannot be named.")
        )
    if check.trained_until < day:
        until = local_date(check.trained_until)
        raise NotChecked(_("Their safeguarding training was good until %(date)s.", date=until))
    if check.checked_until < day:
        until = local_date(check.checked_until)
        raise NotChecked(_("Their DBS check was good until %(date)s.", date=until))


def remove_cover(cover: Cover, *, by: Account) -> None:
    """Take days of cover back, unless something sensitive that is published needs them.

    Days without anybody that were there before are no reason to keep these.
    """
    needed = queries.sensitive_ahead()
    before = [checks.cover_gaps(needs) for needs in needed]
    db.session.delete(cover)
    db.session.flush()
    if [checks.cover_gaps(needs) for needs in needed] != before:
        raise NotAllowed(
            _("Something sensitive is open on these days. Name somebody else for them first.")
        )
    audit.record("cover:remove", cover, actor=by, role=cover.role)


def pause_uncovered() -> None:
    """Pause what is sensitive and open on a day without a lead or a deputy, and tell who can act.

    The days before, they are told that it will come to that.
    """
    today = clock.today()
    for opportunity in queries.sensitive_ahead() if _gaps(today, today) else ():
        if opportunity.is_invitation and opportunity.is_open:
            opportunities.pause_without_cover(opportunity)
            _tell(f"cover-lost|{opportunity.id}|{today}", MailKind.NOW)
    last = coming.sensitive_until(today + TOLD_AHEAD)
    if last and (spans := _gaps(today, last)):
        _tell(f"cover-ends|{min(first for first, _last in spans)}", MailKind.TODAY)


def _gaps(begins: date, ends: date) -> list[Span]:
    return [span for spans in queries.cover_gaps(begins, ends).values() for span in spans]


def _tell(about: str, kind: MailKind) -> None:
    for account in accounts.who_can(Permission.COVER_EDIT):
        notify(account.id, kind, about)
