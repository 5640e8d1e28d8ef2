"""What is unusual about how accounts looked at what is sealed, from the audit trail; pure.

Nothing here says that somebody did wrong: it says where the officer should ask.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from uuid import UUID

from vrn_community.foundation import clock
from vrn_community.foundation.working_days import is_working_day

#: Acts by which somebody reads what is sealed, or takes it away: what stands behind the colon.
LOOKING = ("reveal", "read", "fetch", "list", "let-in", "recover")
#: Acts that are told of in any case, by the reason.
ROLES = ("account:give-roles", "account:invite", "account:reset-factor", "account:enable")
REFUSED = "account:refuse-access"
FAILED = ("account:refuse-code", "account:refuse-sign-in")
MORNING, EVENING = time(7), time(20)
#: The weeks before, from which it follows what is usual.
WEEKS_BEFORE = 8
#: Fewer looks than this are never many; and many are more than so many times the usual.
LEAST_LOOKS, TIMES = 5, 2
LEAST_FAILED = 3


class Kind(StrEnum):
    """Why the officer should look."""

    MORE_THAN_USUAL = "more-than-usual"
    AT_ODD_HOURS = "at-odd-hours"
    REFUSED = "refused"
    FAILED = "failed"
    ROLES = "roles"


@dataclass(frozen=True)
class Act:
    """One entry of the audit trail: who did what, when; of a failed sign-in, whose account."""

    action: str
    account_id: UUID | None
    at: datetime
    #: Why, in the words of a list; nothing where nothing was chosen.
    reason: str = ""


@dataclass(frozen=True)
class Finding:
    """Something unusual: how often an account did it, and how often it does so in a week."""

    kind: Kind
    account_id: UUID | None
    action: str
    count: int
    usual: float = 0.0
    #: How often each reason was chosen for it in the week.
    reasons: tuple[tuple[str, int], ...] = ()


def is_looking(action: str) -> bool:
    """Return whether an act shows somebody what is sealed."""
    return action.rpartition(":")[2] in LOOKING


def is_odd_hour(moment: datetime) -> bool:
    """Return whether a moment is at night, on a weekend or on a bank holiday, in London."""
    there = clock.in_london(moment)
    return not is_working_day(there.date()) or not MORNING <= there.time() < EVENING


def findings(
    acts: Iterable[Act], before: Mapping[tuple[str, UUID | None], int]
) -> Iterator[Finding]:
    """Go through what is unusual in the acts of one week.

    `before` says how often each account did each thing in the eight weeks before.
    """
    acts = list(acts)
    why = _reasons(acts)
    looks = _count(acts, lambda act: is_looking(act.action))
    for (action, account), count in looks.items():
        usual = before.get((action, account), 0) / WEEKS_BEFORE
        if count >= LEAST_LOOKS and count > TIMES * usual:
            reasons = why.get((action, account), ())
            yield Finding(Kind.MORE_THAN_USUAL, account, action, count, usual, reasons)
    at_night = [act for act in acts if is_looking(act.action) and is_odd_hour(act.at)]
    odd, why = _count(at_night, lambda _act: True), _reasons(at_night)
    for (action, account), count in odd.items():
        reasons = why.get((action, account), ())
        yield Finding(Kind.AT_ODD_HOURS, account, action, count, reasons=reasons)
    for kind, names, least in (
        (Kind.REFUSED, (REFUSED,), LEAST_FAILED),
        (Kind.FAILED, FAILED, LEAST_FAILED),
        (Kind.ROLES, ROLES, 1),
    ):
        for (action, account), count in _count(acts, _named(names)).items():
            if count >= least:
                yield Finding(kind, account, action, count)


def _reasons(acts: Iterable[Act]) -> dict[tuple[str, UUID | None], tuple[tuple[str, int], ...]]:
    """Return how often each account chose which reason for what it did, the most frequent first."""
    found: dict[tuple[str, UUID | None], Counter[str]] = defaultdict(Counter)
    for act in acts:
        if act.reason:
            found[act.action, act.account_id][act.reason] += 1
    return {did: tuple(counted.most_common()) for did, counted in found.items()}


def _named(names: Iterable[str]) -> Callable[[Act], bool]:
    return lambda act: act.action in names


def _count(
    acts: Iterable[Act], wanted: Callable[[Act], bool]
) -> Mapping[tuple[str, UUID | None], int]:
    return Counter((act.action, act.account_id) for act in acts if wanted(act))
