"""The registry of activities: ways to take part, which later stages add to an opportunity."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vrn_community.opportunities.gates import Gap
from vrn_community.opportunities.models import Opportunity


@dataclass(frozen=True)
class Activity:
    """One way to take part in one opportunity, as its page offers it."""

    label: Any
    url: str
    is_open: bool


Finder = Callable[[Opportunity], Activity | None]
Check = Callable[[Opportunity], list[Gap]]
_finders: list[Finder] = []
_checks: list[Check] = []


def register(finder: Finder) -> Finder:
    """Let a later stage offer its kind of activity on the pages of opportunities."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def publish_check(check: Check) -> Check:
    """Let a later stage say what keeps an opportunity from being published."""
    if check not in _checks:
        _checks.append(check)
    return check


def of(opportunity: Opportunity) -> list[Activity]:
    """Return the ways to take part in an opportunity."""
    return [found for finder in _finders if (found := finder(opportunity))]


def gaps(opportunity: Opportunity) -> list[Gap]:
    """Return what later stages want before an opportunity is published."""
    return [gap for check in _checks for gap in check(opportunity)]
