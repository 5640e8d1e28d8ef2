"""How people under 16 are let in: every invitation to them states its permission route (Y7)."""

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

#: Younger people need the permission of an adult, or a reason why they do not.
OWN_PERMISSION = 16
#: Younger people take part in a session with a responsible adult, not alone (Y8).
YOUNGEST_ALONE = 13


class ChildRoute(StrEnum):
    """Who gives permission for people under 16."""

    #: A responsible adult in the room holds the code of a session.
    SESSION = "session"
    #: A parent is given a slip with a code, and passes it on.
    PARENT_CODE = "parent-code"
    #: Nobody has to be asked: with a reason, which the approver has accepted.
    WAIVED = "waived"


ROUTES: dict[ChildRoute, Any] = {
    ChildRoute.SESSION: _l("In a session, with a responsible adult who has the code"),
    ChildRoute.PARENT_CODE: _l("With a code on a slip of paper that a parent has been given"),
    ChildRoute.WAIVED: _l("Without asking anybody, for a reason that the approver accepts"),
}
#: The same, said to people under 16 themselves.
TOLD: dict[ChildRoute, Any] = {
    ChildRoute.SESSION: _l(
        "If you are under 16, you take part in a session. An adult is there who has the code."
    ),
    ChildRoute.PARENT_CODE: _l(
        "If you are under 16, you need a code. A parent has been given it on a slip of paper."
    ),
    ChildRoute.WAIVED: _l("If you are under 16, you do not have to ask anybody before you answer."),
}


def told(route: ChildRoute | None, *, youngest: int | None, is_waived: bool) -> list[Any]:
    """Return what to tell people under 16 about how they are let in."""
    if route is None or (route is ChildRoute.WAIVED and not is_waived):
        return [_l("People under 16 cannot take part in this.")]
    is_for_younger = route is not ChildRoute.SESSION and (youngest or 0) < YOUNGEST_ALONE
    younger = _l("Children under 13 take part together with an adult whom they trust.")
    return [TOLD[route], *([younger] if is_for_younger else [])]


def is_let_in(route: str | None, *, is_waived: bool, in_session: bool, has_slip: bool) -> bool:
    """Return whether somebody under 16 may begin, given how they came."""
    if route == ChildRoute.WAIVED:
        return is_waived
    if route == ChildRoute.PARENT_CODE:
        return in_session or has_slip
    return route == ChildRoute.SESSION and in_session
