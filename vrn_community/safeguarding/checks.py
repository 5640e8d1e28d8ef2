"""What safeguarding wants before an opportunity is published: somebody is there, with the key."""

from collections.abc import Iterable
from datetime import date

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community import config
from vrn_community.foundation import clock
from vrn_community.opportunities import activities
from vrn_community.opportunities.gates import Gap
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity
from vrn_community.safeguarding import asking, contacts, queries
from vrn_community.safeguarding.cover import Span
from vrn_community.safeguarding.models import CoverRole

NOBODY = {
    CoverRole.LEAD: _l("Nobody is named as safeguarding lead: %(days)s."),
    CoverRole.DEPUTY: _l("Nobody is named as safeguarding deputy: %(days)s."),
}


@activities.publish_check
def cover_gaps(opportunity: Opportunity) -> list[Gap]:
    """Return the days on which nobody would be there; they close the gate of what is sensitive."""
    if opportunity.level is ParticipationLevel.INFORM:
        return []
    found = queries.cover_gaps(*open_days(opportunity))
    return [
        Gap("is_sensitive", str(NOBODY[role]) % {"days": say(spans)}, not opportunity.is_sensitive)
        for role, spans in found.items()
        if spans
    ]


@activities.publish_check
def key_gaps(opportunity: Opportunity) -> list[Gap]:
    """Want a lead who holds the key of cases before anything sensitive is asked."""
    if not opportunity.is_sensitive or opportunity.level is ParticipationLevel.INFORM:
        return []
    if asking.is_possible():
        return []
    return [Gap("is_sensitive", _("No safeguarding lead holds the key of cases yet."))]


@activities.publish_check
def contact_gaps(opportunity: Opportunity) -> list[Gap]:
    """Want every number that its people are shown to be looked at first, where it is sensitive.

    Outside production that is only said.
    """
    if not opportunity.is_sensitive or opportunity.level is ParticipationLevel.INFORM:
        return []
    found = contacts.unchecked_for(opportunity)
    message = ngettext(
        "%(num)s number that people in trouble ring was not looked at this month: see Contacts.",
        "%(num)s numbers that people in trouble ring were not looked at this month: see Contacts.",
        len(found),
    )
    is_trial = config.current().mode is not config.Mode.PRODUCTION
    return [Gap("is_sensitive", message, is_trial)] if found else []


def open_days(opportunity: Opportunity) -> Span:
    """Return the first and the last day that somebody must be there for, from today on."""
    begins = max(clock.today(), opportunity.opens_on or clock.today())
    ends = opportunity.closes_on or begins + config.current().cover_ahead
    return begins, max(begins, ends)


def say(spans: Iterable[Span]) -> str:
    """Return spans of days in words."""
    return ", ".join(
        str(_("%(first)s to %(last)s", first=_day(first), last=_day(last))) for first, last in spans
    )


def _day(day: date) -> str:
    return str(format_date(day, "d MMM yyyy"))
