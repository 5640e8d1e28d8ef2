"""What people read instead of the names of contents and states of exports."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.exchange.models import ExportContent, ExportState

CONTENTS: dict[ExportContent, Any] = {
    ExportContent.ANSWERS: _l("Closed answers, one person a row"),
    ExportContent.WORDS: _l("Cleared words, one passage a row"),
}
STATES: dict[ExportState, Any] = {
    ExportState.ASKED: _l("Waiting for approval"),
    ExportState.REFUSED: _l("Refused"),
    ExportState.APPROVED: _l("Being made"),
    ExportState.READY: _l("Ready to fetch"),
    ExportState.FETCHED: _l("Fetched, and deleted here"),
    ExportState.EXPIRED: _l("Not fetched in time, and deleted"),
}
