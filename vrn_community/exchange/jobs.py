"""Making the files of exports that are approved, and deleting those that nobody fetched."""

import uuid
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_, select, update

from vrn_community import jobs
from vrn_community.exchange import making, queries, services
from vrn_community.exchange.models import Export, ExportState
from vrn_community.extensions import db
from vrn_community.foundation import clock

#: Who has not finished after so long is dead, and another may begin.
SILENT = timedelta(minutes=30)


@jobs.every_minute
def make_files() -> None:
    """Make the file of each export that is approved and that nobody works on."""
    found = list(db.session.scalars(select(Export.id).where(_is_free())))
    db.session.commit()  # On SQLite reading in a job keeps others from writing.
    for export_id in found:
        if claim(export_id):
            work(export_id)


def _is_free() -> ColumnElement[bool]:
    silent = Export.begun_at < clock.now() - SILENT
    return and_(Export.state == ExportState.APPROVED, or_(Export.begun_at.is_(None), silent))


def claim(export_id: uuid.UUID) -> bool:
    """Begin with a file, and return whether nobody else has begun in the meantime."""
    free = update(Export).where(Export.id == export_id, _is_free())
    begun = db.session.execute(free.values(begun_at=clock.now(), progress=0))
    db.session.commit()
    return bool(begun.rowcount)  # type: ignore[attr-defined]


def work(export_id: uuid.UUID) -> None:
    """Read, write and store; before the end nothing is stored but how far it is."""
    export = queries.export(export_id)
    source = queries.source(export)

    def tell(percent: int) -> None:
        services.report(export_id, percent)
        db.session.commit()

    try:
        file = making.make(export, tell)
    except making.TooFew:
        services.refuse_few(export)
    else:
        services.store(export, file, source)
    db.session.commit()


@jobs.hourly
def purge() -> None:
    """Delete the files that nobody has fetched in time."""
    services.forget_expired()
