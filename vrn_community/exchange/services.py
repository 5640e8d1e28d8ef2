"""What is done with exports: asked for, approved or refused by somebody else, fetched once."""

import hashlib
import uuid
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select, update

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.exchange import queries
from vrn_community.exchange.making import File
from vrn_community.exchange.models import Export, ExportContent, ExportState
from vrn_community.extensions import db
from vrn_community.foundation import clock, record_keys
from vrn_community.foundation.errors import NotAllowed
from vrn_community.opportunities.models import Opportunity, Stage


def ask(
    key: uuid.UUID, opportunity: Opportunity, content: ExportContent, reason: str, *, by: Account
) -> Export:
    """Ask for an export of what has closed; sent twice, it is asked once.

    Of what is open there is none: two files would show who answered between them.
    """
    known = db.session.get(Export, key)
    if known is not None:
        return known
    if opportunity.stage is not Stage.CLOSED:
        raise NotAllowed(_("Answers can be exported only after the activity has closed."))
    made = Export(
        id=key,
        opportunity_id=opportunity.id,
        content=content,
        reason=reason,
        state=ExportState.ASKED,
        asked_by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    audit.record(
        "export:ask", made, actor=by, opportunity=str(opportunity.id), content=content.value
    )
    return made


def approve(export: Export, *, by: Account) -> None:
    """Let an export be made; nobody approves their own."""
    _decide(export, ExportState.APPROVED, "", by)
    audit.record("export:approve", export, actor=by)


def refuse(export: Export, reason: str, *, by: Account) -> None:
    """Refuse an export, with a reason."""
    _decide(export, ExportState.REFUSED, reason, by)
    audit.record("export:refuse", export, actor=by)


def _decide(export: Export, state: ExportState, reason: str, by: Account) -> None:
    export = _locked(export)
    if export.asked_by_id == by.id:
        raise NotAllowed(_("Somebody else must decide about what you asked for."))
    if export.state is not ExportState.ASKED:
        raise NotAllowed(_("This is decided already."))
    export.state, export.decision_reason, export.decided_by_id = state, reason, by.id
    db.session.flush()


def report(export_id: uuid.UUID, percent: int) -> None:
    """Keep how far the work on a file is."""
    db.session.execute(update(Export).where(Export.id == export_id).values(progress=percent))


def store(export: Export, file: File, source: str) -> None:
    """Keep a file that was made, sealed, until it is fetched or has expired."""
    export = _locked(export)
    if export.state is not ExportState.APPROVED:
        return
    Export.file.keep(export, file.content)
    export.sha256, export.rows = hashlib.sha256(file.content).hexdigest(), file.rows
    export.state, export.ready_at, export.progress = ExportState.READY, clock.now(), 100
    export.source = source
    db.session.flush()
    audit.record("export:make", export, actor=None, rows=file.rows, sha256=export.sha256)


def refuse_few(export: Export) -> None:
    """Refuse an export of which each person could be recognised."""
    export = _locked(export)
    export.state = ExportState.REFUSED
    export.decision_reason = "Too few people answered: each of them could be recognised."
    db.session.flush()
    audit.record("export:refuse", export, actor=None)


@dataclass(frozen=True)
class Fetched:
    """The file, or why there is none: it is gone, or it is being made anew."""

    content: bytes | None = None
    is_made_anew: bool = False


def fetch(export: Export, *, by: Account) -> Fetched:
    """Hand a file over, once, and delete it.

    Who took answers back since it was made must not be in it, nor what a moderator took back:
    then it is made anew.
    """
    export = _locked(export)
    if not export.is_there or export.sealed_file is None or export.asked_by_id != by.id:
        return Fetched()
    if queries.source(export) != export.source:
        export.state = ExportState.APPROVED
        export.progress, export.begun_at, export.ready_at = 0, None, None
        record_keys.empty(export)
        return Fetched(is_made_anew=True)
    content = Export.file.content(export)
    export.state = ExportState.FETCHED
    record_keys.empty(export)
    audit.record("export:fetch", export, actor=by, rows=export.rows, sha256=export.sha256)
    return Fetched(content)


def forget_expired() -> None:
    """Delete the files that nobody has fetched in time."""
    oldest = clock.now() - config.current().export_lives
    late = (Export.state == ExportState.READY) & (Export.ready_at <= oldest)
    record_keys.empty_all(Export, late)
    db.session.execute(update(Export).where(late).values(state=ExportState.EXPIRED))


def _locked(export: Export) -> Export:
    """Return an export as it stands now, which nobody else can change until the commit."""
    query = select(Export).where(Export.id == export.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
