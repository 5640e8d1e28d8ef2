"""What hard words do to those who read them: counted for oneself alone, with breaks (G12).

Nobody else sees the numbers, nothing is ranked, and they are gone the next night.
"""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from vrn_community import config
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


def is_hard(passage: Passage, appeal: Appeal | None = None) -> bool:
    """Return whether words that wait are covered until somebody opens them."""
    waits = passage.is_waiting
    urgency = passage.urgency if waits else appeal.urgency if appeal else 0
    is_read = waits or (appeal is not None and appeal.outcome is None)
    return is_read and (urgency >= SOON or passage.contribution.opportunity.is_sensitive)


def today(account: Account) -> Day:
    """Return what an account has opened today: for its own eyes."""
    own = (Opening.account_id == account.id, Opening.opened_on == clock.today())
    return Day(db.session.scalar(select(func.count()).select_from(Opening).where(*own)) or 0)


def has_opened(passage: Passage, account: Account) -> bool:
    """Return whether an account has opened a passage today."""
    return db.session.get(Opening, (account.id, passage.id, clock.today())) is not None


def open_words(passage: Passage, *, by: Account, goes_on: bool = False) -> Day:
    """Count that somebody opens covered words; past the number for a day only by choice."""
    if has_opened(passage, by):
        return today(by)
    if today(by).is_full and not goes_on:
        raise NotAllowed(_("That is enough for one day, unless you choose to go on."))
    own = {"account_id": by.id, "passage_id": passage.id, "opened_on": clock.today()}
    db.session.execute(upsert(Opening).values(own).on_conflict_do_nothing())
    db.session.flush()
    return today(by)


def to_talk_to() -> list[str]:
    """Return the names of colleagues who are there today for whoever read something hard."""
    day = clock.today()
    keys = [key for role in CoverRole for key in safeguarding.on_cover(role, day)]
    names = accounts.names(set(keys))
    return list(dict.fromkeys(names[key] for key in keys))


def forget() -> None:
    """Forget what was opened before today."""
    db.session.execute(delete(Opening).where(Opening.opened_on < clock.today()))
