"""Words are read by opening them, which the audit trail keeps (D9); what hard ones do to readers.

Those are counted for oneself alone, with breaks (G12): nobody else sees the numbers, nothing is
ranked, and they are gone the next night.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from vrn_community import audit, config
from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.upsert import upsert
from vrn_community.moderation.models import Appeal, Opening
from vrn_community.safeguarding import queries as safeguarding
from vrn_community.safeguarding.models import CoverRole
from vrn_community.screening.signals import SOON


@dataclass(frozen=True)
class Day:
    """How many hard texts somebody has opened today, and what that asks for."""

    opened: int

    @property
    def is_full(self) -> bool:
        """Whether more can be opened only by choice."""
        return self.opened >= config.current().hard_words_a_day

    @property
    def is_time_for_a_break(self) -> bool:
        """Whether so many were opened since the last break that it is time for one."""
        return self.opened > 0 and self.opened % config.current().hard_words_break == 0


def has_to_be_opened(passage: Passage, appeal: Appeal | None = None) -> bool:
    """Return whether words that nobody has decided about are covered until somebody opens them."""
    return passage.is_waiting or (appeal is not None and appeal.outcome is None)


def is_hard(passage: Passage, appeal: Appeal | None = None) -> bool:
    """Return whether words that have to be opened may be hard to read."""
    urgency = passage.urgency if passage.is_waiting else appeal.urgency if appeal else 0
    is_grave = urgency >= SOON or passage.contribution.opportunity.is_sensitive
    return is_grave and has_to_be_opened(passage, appeal)


def today(account: Account) -> Day:
    """Return how many hard texts an account has opened today: for its own eyes."""
    own = (Opening.account_id == account.id, Opening.opened_on == clock.today(), Opening.is_hard)
    return Day(db.session.scalar(select(func.count()).select_from(Opening).where(*own)) or 0)


def opened_by(account: Account, passage_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of some passages an account has opened today."""
    own = (Opening.account_id == account.id, Opening.opened_on == clock.today())
    query = select(Opening.passage_id).where(*own, Opening.passage_id.in_(passage_ids))
    return set(db.session.scalars(query))


def open_words(
    passage: Passage, appeal: Appeal | None = None, *, by: Account, goes_on: bool = False
) -> Day:
    """Let somebody read words as they came, once that is in the audit trail: once a day.

    Hard ones are counted besides, and past the number for a day are opened only by choice.
    """
    is_new = has_to_be_opened(passage, appeal) and not opened_by(by, [passage.id])
    hard = is_hard(passage, appeal)
    if is_new and hard and today(by).is_full and not goes_on:
        raise NotAllowed(_("That is enough for one day, unless you choose to go on."))
    if is_new and _note(passage, by, hard):
        audit.record("passage:read", passage, actor=by)
    return today(by)


def _note(passage: Passage, by: Account, hard: bool) -> bool:
    """Note that somebody opened words; return whether it was not noted by another press."""
    own = {"account_id": by.id, "passage_id": passage.id, "opened_on": clock.today()}
    noted = upsert(Opening).values(**own, is_hard=hard).on_conflict_do_nothing()
    return bool(db.session.execute(noted).rowcount)  # type: ignore[attr-defined]


def to_talk_to() -> list[str]:
    """Return the names of colleagues who are there today for whoever read something hard."""
    day = clock.today()
    keys = [key for role in CoverRole for key in safeguarding.on_cover(role, day)]
    names = accounts.names(set(keys))
    return list(dict.fromkeys(names[key] for key in keys))


def forget() -> None:
    """Forget what was opened before today."""
    db.session.execute(delete(Opening).where(Opening.opened_on < clock.today()))
