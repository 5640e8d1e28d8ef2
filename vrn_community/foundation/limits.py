"""Limits on how often something is tried, without storing who tried it."""

import os
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import TooManyRequests

from vrn_community import config
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.foundation.db import Base

WINDOW = timedelta(minutes=15)


class RateLimit(Base):
    """How often one subject tried one thing since the window began; the subject is hashed."""

    __tablename__ = "rate_limit"

    key: Mapped[str] = mapped_column(primary_key=True)
    tries: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


def count(purpose: str, subject: str, *, most: int) -> None:
    """Count one try; TooManyRequests if there were more than `most` in a quarter of an hour."""
    moment = clock.now()
    key = crypto.keyed_hash(f"limit:{purpose}", subject, key=_salt_of_the_day())
    db.session.execute(
        delete(RateLimit).where(RateLimit.key == key, RateLimit.expires_at <= moment)
    )
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(RateLimit).values(key=key, tries=1, expires_at=moment + WINDOW)
    tries = db.session.scalar(
        insert.on_conflict_do_update(
            index_elements=[RateLimit.key], set_={"tries": RateLimit.tries + 1}
        ).returning(RateLimit.tries)
    )
    if tries is not None and tries > most:
        raise TooManyRequests


def forget(purpose: str, subject: str) -> None:
    """Start counting anew, as after a success."""
    key = crypto.keyed_hash(f"limit:{purpose}", subject, key=_salt_of_the_day())
    db.session.execute(delete(RateLimit).where(RateLimit.key == key))


def purge() -> int:
    """Delete counts whose window has passed, and return how many there were."""
    gone = db.session.execute(delete(RateLimit).where(RateLimit.expires_at <= clock.now()))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _salt_of_the_day() -> str:
    """Return a random key that lives one day in a file only we can read.

    When the day is over nobody can work out an address from a hash, not even
    with all the keys of the service.
    """
    folder = config.current().data_dir
    path = folder / f"limits-{clock.today():%Y-%m-%d}.salt"
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        return _new_salt(path)


def _new_salt(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob("limits-*.salt"):
        if old.name < path.name:
            old.unlink(missing_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_hex(32), "ascii")
    with suppress(FileExistsError):  # Another process may have been first: then its salt counts.
        os.link(draft, path)
    draft.unlink()
    return path.read_text("ascii")
