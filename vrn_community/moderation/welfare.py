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
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.upsert import upsert
from vrn_community.moderation.models import Appeal, Opening
from vrn_community.safeguarding import queries as safeguarding
from vrn_community.safeguarding.models import CoverRole
from vrn_community.screening.signals import SOON

#: What is covered until it is opened: what somebody wrote, or why they ask to look again.
Words = Passage | Appeal


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


class NotRead(NotAllowed):
    """Somebody decides about words that they have not opened today."""


def is_hard(words: Words) -> bool:
    """Return whether words that have to be opened may be hard to read."""
    passage = _passage_of(words)
    is_grave = words.urgency >= SOON or passage.contribution.opportunity.is_sensitive
    return is_grave and words.is_waiting


def _passage_of(words: Words) -> Passage:
    return words.passage if isinstance(words, Appeal) else words


def today(account: Account) -> Day:
    """Return how many hard texts an account has opened today: for its own eyes."""
    own = (Opening.account_id == account.id, Opening.opened_on == clock.today(), Opening.is_hard)
    return Day(db.session.scalar(select(func.count()).select_from(Opening).where(*own)) or 0)


def opened_by(account: Account, keys: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of some passages and appeals an account has opened today."""
    own = (Opening.account_id == account.id, Opening.opened_on == clock.today())
    query = select(Opening.opened_id).where(*own, Opening.opened_id.in_(keys))
    return set(db.session.scalars(query))


def refuse_unread(passage: Passage, account: Account) -> None:
    """Refuse to let others read what somebody has not read today, unless everybody can."""
    if passage.state is PassageState.CLEARED or opened_by(account, [passage.id]):
        return
    raise NotRead(
        _("Nothing is saved: you have not opened these words today. Read them, then decide.")
    )


def open_words(words: Words, *, by: Account, goes_on: bool = False) -> Day:
    """Let somebody read words as they came, once that is in the audit trail: once a day.

    Hard ones are counted besides, and past the number for a day are opened only by choice.
    """
    is_new = words.is_waiting and not opened_by(by, [words.id])
    hard = is_hard(words)
    if is_new and hard and today(by).is_full and not goes_on:
        raise NotAllowed(_("That is enough for one day, unless you choose to go on."))
    if is_new and note(words, by=by, is_hard=hard):
        kind = "appeal" if isinstance(words, Appeal) else "passage"
        audit.record(f"{kind}:read", _passage_of(words), actor=by)
    return today(by)


def note(words: Words, *, by: Account, is_hard: bool = False) -> bool:
    """Note that somebody opened words; return whether it was not noted by another press."""
    own = {"account_id": by.id, "opened_id": words.id, "opened_on": clock.today()}
    noted = upsert(Opening).values(**own, is_hard=is_hard).on_conflict_do_nothing()
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
