"""The search for themes: it may be killed, run twice, and be overtaken by what people withdraw."""

import uuid
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_, select, update

from vrn_community import config, jobs
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights.words import queries, services
from vrn_community.insights.words.models import RunState, ThemeRun

#: Who has said nothing for so long is dead, and another may begin.
SILENT = timedelta(minutes=10)


class Superseded(Exception):  # noqa: N818 - a fact, not a fault.
    """Nobody waits for these suggestions any more."""


@jobs.every_minute
def suggest() -> None:
    """Suggest themes for each run that waits and that nobody works on."""
    for run_id in due():
        if claim(run_id):
            work(run_id)


def due() -> list[uuid.UUID]:
    """Return the runs that wait, the oldest first, without those that are being worked on."""
    query = select(ThemeRun.id).where(_is_free()).order_by(ThemeRun.created_at)
    found = list(db.session.scalars(query))
    db.session.commit()  # On SQLite reading in a job keeps others from writing.
    return found


def _is_free() -> ColumnElement[bool]:
    silent = ThemeRun.begun_at < clock.now() - SILENT
    return and_(ThemeRun.state == RunState.WAITING, or_(ThemeRun.begun_at.is_(None), silent))


def claim(run_id: uuid.UUID) -> bool:
    """Begin with a run, and return whether nobody else has begun in the meantime."""
    free = update(ThemeRun).where(ThemeRun.id == run_id, _is_free())
    begun = db.session.execute(free.values(begun_at=clock.now(), progress=0))
    db.session.commit()
    return bool(begun.rowcount)  # type: ignore[attr-defined]


def work(run_id: uuid.UUID) -> None:
    """Read, group, and store in one transaction at the end; before it nothing is stored."""
    # Only here, because loading the libraries would take every web process time and memory.
    from vrn_community.insights import themes

    frame = db.session.get_one(ThemeRun, run_id).frame
    texts = queries.texts(frame)
    db.session.commit()

    def tell(percent: int) -> None:
        is_wanted = services.report(run_id, percent)
        db.session.commit()
        if not is_wanted:
            raise Superseded

    try:
        found = themes.suggest(
            [text.words for text in texts],
            [text.language for text in texts],
            smallest=config.current().disclosure_threshold,
            tell=tell,
        )
    except Superseded:
        return
    services.store(run_id, found, texts)
    db.session.commit()
