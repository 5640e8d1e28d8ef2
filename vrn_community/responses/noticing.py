"""What the check page says about somebody's own words: who can help, and what can be left out.

It is worked out in memory for that page alone: it blocks nothing, and nothing of it is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from vrn_community.partnership import queries as partnership
from vrn_community.partnership.help_lines import HelpLine
from vrn_community.responses import ages, support
from vrn_community.responses.flow import Walk
from vrn_community.safeguarding import asking
from vrn_community.screening import queries as screening
from vrn_community.screening.signals import NEEDS_HELP, PERSONAL, Signal

MOST_LINES = 6


@dataclass(frozen=True)
class Noticed:
    """Whom somebody could call, if it sounds as if they need help, and what tells who they are."""

    lines: Sequence[HelpLine]
    personal: Sequence[Signal]
    #: Whether they can also ask somebody here to get in touch.
    can_ask: bool


def of(walk: Walk) -> Noticed:
    """Return what the words of a walk give a reason to say."""
    found = frozenset[Signal]().union(*map(screening.signals_of, walk.words.values()))
    lines = _lines(walk) if found & NEEDS_HELP else ()
    personal = [signal for signal in Signal if signal in found & PERSONAL]
    return Noticed(lines, personal, bool(lines) and asking.is_possible())


def _lines(walk: Walk) -> Sequence[HelpLine]:
    """Return who helps people of that age there; where it is unknown, who helps everywhere."""
    band, code = support.said_by(walk)
    age = ages.YEARS[band][0] if band in ages.YEARS else None
    here = next((area for area in partnership.areas() if area.code == code), None)
    services = partnership.support_services(here, age)
    near = [service for service in services if here or not service.areas]
    found = [HelpLine(service.name, service.phone, service.hours) for service in near]
    return found[:MOST_LINES] or partnership.help_lines()
