"""Limits on how often something is tried, without storing who tried it."""

import os
import secrets
import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import TooManyRequests

from vrn_community import config
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.foundation.db import Base
from vrn_community.foundation.upsert import upsert

WINDOW = timedelta(minutes=15)


class RateLimit(Base):
    """How often one subject tried one thing since the window began; the subject is hashed."""

    __tablename__ = "rate_limit"

    key: Mapped[str] = mapped_column(primary_key=True)
    tries: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


#: What a form says that is sent once more than is allowed: it keeps what was typed.
WAIT = _l(
    "Many were sent from this place just now, so nothing is sent yet. "
    "What you typed is still here. Wait 15 minutes, then press the button again."
)


def count(purpose: str, subject: str, *, most: int) -> None:
    """Count one try; TooManyRequests if there were more than `most` in a quarter of an hour."""
    if not allows(purpose, subject, most=most):
        raise TooManyRequests


def allows(purpose: str, subject: str, *, most: int) -> bool:
    """Count one try, and return whether there were at most `most` in a quarter of an hour."""
    moment = clock.now()
    key = crypto.keyed_hash(f"limit:{purpose}", subject, key=_salt_of_the_day())
    db.session.execute(
        delete(RateLimit).where(RateLimit.key == key, RateLimit.expires_at <= moment)
    )
    first = upsert(RateLimit).values(key=key, tries=1, expires_at=moment + WINDOW)
    tries = db.session.scalar(
        first.on_conflict_do_update(
            index_elements=[RateLimit.key], set_={"tries": RateLimit.tries + 1}
        ).returning(RateLimit.tries)
    )
    return tries is None or tries <= most


def forget(purpose: str, subject: str) -> None:
    """Start counting anew, as after a success."""
    key = crypto.keyed_hash(f"limit:{purpose}", subject, key=_salt_of_the_day())
    db.session.execute(delete(RateLimit).where(RateLimit.key == key))


def purge() -> int:
    """Delete counts whose window has passed, and return how many there were."""
    _forget_old_salts(_salt_file())
    gone = db.session.execute(delete(RateLimit).where(RateLimit.expires_at <= clock.now()))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _salt_of_the_day() -> str:
    """Return a random key that lives one day in a file only we can read.

    When the day is over nobody can work out an address from a hash, not even
    with all the keys of the service.
    """
    path = _salt_file()
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        return _new_salt(path)


def _salt_file() -> Path:
    return config.current().data_dir / f"limits-{clock.today():%Y-%m-%d}.salt"


def _new_salt(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    _forget_old_salts(path)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # Readable by nobody else.
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    with suppress(FileExistsError):  # Somebody else may have been first: then their salt counts.
        os.link(draft, path)
    os.unlink(draft)
    return path.read_text("ascii")


def _forget_old_salts(today: Path) -> None:
    for old in today.parent.glob("limits-*.salt"):
        if old.name < today.name:
            old.unlink(missing_ok=True)
