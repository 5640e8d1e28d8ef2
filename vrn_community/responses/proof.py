"""What is asked before *Send* while many answers arrive: a sum for the device, or a short wait.

The sum hangs on two things in the sealed state: the token of these answers, which are
stored once however often they are sent, and the moment at which it was asked. So nobody
can make one up, keep one for later, or use one for other answers. Whoever cannot do sums,
for want of JavaScript, waits a little instead; nobody is refused.
"""

import hashlib
import math
from collections.abc import Hashable
from dataclasses import dataclass, replace

from flask import current_app

from vrn_community import config
from vrn_community.foundation import clock, crypto
from vrn_community.responses.flow import Walk
from vrn_community.responses.rates import Rate

#: With a number behind it, the text fits into one block of SHA-256.
CHALLENGE_LENGTH, LONGEST_SOLUTION = 32, 15


@dataclass(frozen=True)
class Sum:
    """The number to find: with the challenge before it, its hash begins with so many zero bits."""

    challenge: str
    bits: int
    #: How many seconds until answers are taken without it.
    wait: int


def count(opportunity: Hashable, walk: Walk) -> None:
    """Count that somebody sends answers, or tries to, unless they are known."""
    if not _is_known(walk):
        _rate().count(opportunity, clock.now().timestamp())


def asked(opportunity: Hashable, walk: Walk) -> Walk:
    """Return the walk with the moment since which it is asked, or 0 in quiet times."""
    now = clock.now().timestamp()
    is_calm = _rate().lately(opportunity, now) <= config.current().calm_rate
    if is_calm or _is_known(walk):
        return replace(walk, asked=0) if walk.asked else walk
    return walk if _is_fresh(walk) else replace(walk, asked=int(now))


def is_enough(walk: Walk, typed: str) -> bool:
    """Return whether somebody who was asked has found the number, or has waited."""
    return _is_fresh(walk) and (_is_solved(walk, typed) or of(walk).wait == 0)


def of(walk: Walk) -> Sum:
    """Return what a walk is asked."""
    settings = config.current()
    patient = walk.asked + settings.proof_wait.total_seconds()
    wait = max(0, math.ceil(patient - clock.now().timestamp()))
    named = crypto.keyed_hash("proof", f"{walk.submission} {walk.asked}")
    return Sum(named[:CHALLENGE_LENGTH], settings.proof_bits, wait)


def _is_known(walk: Walk) -> bool:
    """Return whether somebody was let in by a code, or corrects: they are never asked."""
    return bool(walk.session or walk.slip or walk.receipt)


def _is_solved(walk: Walk, typed: str) -> bool:
    if not typed.isdecimal() or len(typed) > LONGEST_SOLUTION:
        return False
    found = of(walk)
    digest = hashlib.sha256(f"{found.challenge}{typed}".encode()).digest()
    return int.from_bytes(digest, "big") >> (len(digest) * 8 - found.bits) == 0


def _is_fresh(walk: Walk) -> bool:
    age = clock.now().timestamp() - walk.asked
    return age < config.current().proof_lives.total_seconds()


def _rate() -> Rate:
    rate: Rate = current_app.extensions.setdefault("answers-lately", Rate())
    return rate
