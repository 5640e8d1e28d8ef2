"""Storing mail once, and how far each one is."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, Update, and_, case, update

from vrn_community import config
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.foundation.upsert import upsert
from vrn_community.notifications import queries
from vrn_community.notifications.models import Mail, MailKind, MailState

#: How long a mail waits after each try; after the last ones always as long. The first is longer
#: than a try can take, so that nobody else tries meanwhile.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 10, 20, 30))
DAY = timedelta(days=1)
#: What would tell, of mail that needs nothing more, when it was stored.
FORGOTTEN = {"tries": 0, "try_at": None}


def notify(account_id: uuid.UUID, kind: MailKind, about: str) -> None:
    """Store that an account is told that something waits, once for what it is about.

    Without a mail server nothing is stored. Never call it in a request of the public: the moment
    at which a mail goes out would tell when somebody was here.
    """
    if not config.current().smtp_url:
        return
    key = uuid.UUID(crypto.keyed_hash("mail", f"{account_id}|{about}")[:32])
    row = {
        "id": key,
        "account_id": account_id,
        "kind": kind,
        "state": MailState.WAITING,
        "stored_on": clock.today(),
        "tries": 0,
        "try_at": clock.now(),
    }
    db.session.execute(upsert(Mail).values(row).on_conflict_do_nothing())


def claim(keys: Sequence[uuid.UUID]) -> int:
    """Begin a try of mail that is due, by setting the next one; return how many nobody else had."""
    now = clock.now()
    steps = {number: now + pause for number, pause in enumerate(PAUSES)}
    next_try = case(steps, value=Mail.tries, else_=now + PAUSES[-1])
    due = update(Mail).where(Mail.id.in_(keys), queries.is_due())
    return _run(due.values(tries=Mail.tries + 1, try_at=next_try))


def note_done(mail_id: uuid.UUID) -> None:
    """Write down that a mail needs nothing more; when that was is forgotten."""
    _run(update(Mail).where(Mail.id == mail_id).values(state=MailState.DONE, **FORGOTTEN))


def give_up() -> int:
    """Give up what was tried often, and all of the next day too; return how many.

    While no job runs nothing is tried, and nothing is given up for that.
    """
    old = and_(Mail.stored_on < clock.today() - DAY, Mail.tries > len(PAUSES))
    waiting = update(Mail).where(Mail.state == MailState.WAITING, old)
    return _run(waiting.values(state=MailState.GIVEN_UP, **FORGOTTEN))


def are_over() -> ColumnElement[bool]:
    """Return the condition of mail that is deleted."""
    return Mail.stored_on < clock.today() - config.current().mail_kept


def _run(statement: Update) -> int:
    found = db.session.execute(statement, execution_options={"synchronize_session": False})
    return int(found.rowcount)  # type: ignore[attr-defined]
