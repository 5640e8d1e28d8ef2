"""What people read instead of the names of states."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.oversight.meetings.models import MeetingState, PlaceKind, Presence

STATES: dict[MeetingState, Any] = {
    MeetingState.PLANNED: _l("Planned"),
    MeetingState.PAPERS_OUT: _l("Papers are out"),
    MeetingState.HELD: _l("It took place"),
    MeetingState.APPROVED: _l("Notes approved"),
}
PLACE_KINDS: dict[PlaceKind, Any] = {
    PlaceKind.TOGETHER: _l("In a room"),
    PlaceKind.ONLINE: _l("Online"),
    PlaceKind.BOTH: _l("In a room and online"),
}
PRESENCES: dict[Presence, Any] = {
    Presence.CAME: _l("Came"),
    Presence.APOLOGIES: _l("Sent apologies"),
}
