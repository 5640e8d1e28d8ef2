"""What people read instead of the names of standings."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.outcomes.models import Kept
from vrn_community.outcomes.queries import Standing

STANDINGS: dict[Standing, Any] = {
    Standing.PLANNED: _l("Opening soon"),
    Standing.OPEN: _l("Open now"),
    Standing.PAUSED: _l("Paused"),
    Standing.ANALYSING: _l("Closed, answers being read"),
    Standing.DECISION_DUE: _l("Results out, decision to come"),
    Standing.OVERDUE: _l("Overdue"),
    Standing.ANSWERED: _l("Answered"),
    Standing.BEING_CHANGED: _l("Being changed"),
    Standing.WITHDRAWN: _l("Taken down"),
}
MEANINGS: dict[Standing, Any] = {
    Standing.PLANNED: _l("You can take part from the day it opens."),
    Standing.OPEN: _l("You can take part now."),
    Standing.PAUSED: _l("It has stopped for a while. Its page says why."),
    Standing.ANALYSING: _l("It has closed. We are reading what people said."),
    Standing.DECISION_DUE: _l(
        "You can read what people said. Nobody has told you yet what follows."
    ),
    Standing.OVERDUE: _l(
        "We promised an answer by a certain day. That day is over, and there is none."
    ),
    Standing.ANSWERED: _l("You can read what changed, what did not, and why."),
    Standing.BEING_CHANGED: _l(
        "It was public and is being rewritten. It comes back when it is approved."
    ),
    Standing.WITHDRAWN: _l("It was public and we took it down. It stays on this list."),
}
KEPT: dict[Kept, Any] = {
    Kept.KEPT: _l("Kept"),
    Kept.PARTLY: _l("Kept in part"),
    Kept.NOT_KEPT: _l("Not kept"),
}
