"""The queue of jobs: packages declare jobs, `init_app` gives them to Huey."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, current_app, g
from huey import Huey, RedisHuey, SqliteHuey, crontab

from vrn_community import config
from vrn_community.extensions import db

Work = Callable[..., Any]
NIGHTLY_HOUR_UTC = "2"


@dataclass(frozen=True)
class Job:
    """A declared job and, if it runs by itself, when."""

    name: str
    work: Work
    when: Callable[..., bool] | None = None


_declared: dict[str, Job] = {}


def job(work: Work) -> Work:
    """Declare a function that `enqueue` can run later."""
    return _declare(work, None)


def every_minute(work: Work) -> Work:
    """Declare a function that runs every minute: it looks for rows on which work is due."""
    return _declare(work, crontab())


def every_quarter(work: Work) -> Work:
    """Declare a function that runs every quarter of an hour."""
    return _declare(work, crontab(minute="*/15"))


def hourly(work: Work) -> Work:
    """Declare a function that runs every hour."""
    return _declare(work, crontab(minute="7"))


def every_night(work: Work) -> Work:
    """Declare a function that runs every night."""
    return _declare(work, crontab(minute="23", hour=NIGHTLY_HOUR_UTC))


def _declare(work: Work, when: Callable[..., bool] | None) -> Work:
    name = f"{work.__module__}.{work.__name__}"
    _declared[name] = Job(name, work, when)
    return work


def enqueue(work: Work, *ids: str) -> None:
    """Ask for a job to run soon; call it after the rows that it reads are flushed."""
    tasks = current_app.extensions["jobs"].vrn_tasks
    tasks[f"{work.__module__}.{work.__name__}"](*ids)


@contextmanager
def reading() -> Iterator[None]:
    """Only read in a block, for as long as it takes: writers need not wait for it.

    What the job did before is committed.
    """
    db.session.commit()
    g.only_reads = True
    try:
        yield
    finally:
        db.session.rollback()
        g.only_reads = False


def make_huey(settings: config.Settings) -> Huey:
    """Return the queue: Redis if there is one, else a file; at once and in memory in tests."""
    if settings.mode is config.Mode.TEST:
        return SqliteHuey("vrn", filename=":memory:", immediate=True)
    if settings.redis_url:
        return RedisHuey("vrn", url=settings.redis_url)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    path = str(settings.data_dir / "jobs.sqlite")
    # The queue uses the system's SQLite: no WAL, because of its WAL-reset bug.
    return SqliteHuey("vrn", filename=path, journal_mode="delete", fsync=True)


def init_app(app: Flask) -> None:
    """Register every declared job with the queue of this application."""
    huey = make_huey(app.config["SETTINGS"])
    huey.vrn_tasks = {}
    for declared in _declared.values():
        work = _in_app(app, declared.work)
        if declared.when:
            huey.periodic_task(declared.when, name=declared.name)(work)
        else:
            huey.vrn_tasks[declared.name] = huey.task(name=declared.name)(work)
    app.extensions["jobs"] = huey


def _in_app(app: Flask, work: Work) -> Work:
    @wraps(work)
    def run(*ids: str) -> None:
        with app.app_context():
            work(*ids)
            db.session.commit()

    return run
