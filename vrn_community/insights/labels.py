"""What people read instead of the names of reasons and states."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.insights.disclosure import Reason
from vrn_community.insights.models import ReleaseState

REASONS: dict[Reason, Any] = {
    Reason.FEW_PEOPLE: _l("Too few people answered it, so somebody might be recognised."),
    Reason.SMALL_ANSWERS: _l(
        "So few people, or nearly all, gave one of the answers that somebody might be recognised."
    ),
    Reason.HIDDEN_BEFORE: _l(
        "It was asked only after some answers to an earlier question. Together, the two "
        "results would show how many people gave an answer that few gave."
    ),
    Reason.TOO_CLOSE: _l(
        "Too few people were added since an earlier release. Whoever compares the two would "
        "see what they answered."
    ),
}
STATES: dict[ReleaseState, Any] = {
    ReleaseState.DRAFT: _l("Draft"),
    ReleaseState.FROZEN: _l("Frozen"),
    ReleaseState.SUPERSEDED: _l("Replaced by a newer one"),
}
