"""Where a code is typed: of a session in a room, or of a slip of paper; it is in no address."""

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from vrn_community import config
from vrn_community.extensions import csrf
from vrn_community.foundation import limits, sealed
from vrn_community.foundation.permissions import public
from vrn_community.foundation.text import plain
from vrn_community.opportunities import queries as opportunities
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.responses import pages, sessions, slips
from vrn_community.responses.models import GroupSession
from vrn_community.responses.views import NO_STORE

bp = Blueprint("entrance", __name__)
csrf.exempt(bp)  # Whoever knows a code may use it; there is no session of a browser.
LONGEST_CODE = 40


@bp.route("/session", methods=["GET", "POST"])
@public
def enter() -> ResponseReturnValue:
    """Ask for a code, and begin for whoever has one."""
    response = _let_in() if request.method == "POST" else _ask()
    response.headers["Cache-Control"] = NO_STORE
    return response


def _let_in() -> Response:
    if "next" in request.form:
        return _next_person()
    typed = plain(request.form.get("code", ""))[:LONGEST_CODE]
    if session := sessions.by_code(typed):
        return _of_session(session)
    slip = slips.hash_of(typed)
    if opportunity_id := slips.opportunity_of(slip):
        opportunity = opportunities.opportunity(opportunity_id)
        return pages.start(opportunity, questionnaires.published(opportunity_id), slip=slip)
    # Only wrong codes count: a class of thirty behind one address is never refused.
    limits.count("session", request.remote_addr or "", most=config.current().wrong_codes)
    return _ask(typed=typed, is_wrong=True)


def _next_person() -> Response:
    """Begin anew on a shared device: what the last person typed is on no page any more."""
    try:
        key = sealed.open_state(request.form["next"], pages.NEXT_PERSON)["session"]
    except sealed.StateRefused:
        return _ask()
    session = sessions.by_key(key)
    return _of_session(session) if session else _ask()


def _of_session(session: GroupSession) -> Response:
    if not session.is_running:
        return _ask(is_over=True)
    version = questionnaires.published(session.opportunity_id)
    return pages.start(session.opportunity, version, session=session.id.hex)


def _ask(*, typed: str = "", is_wrong: bool = False, is_over: bool = False) -> Response:
    shown = {"typed": typed, "is_wrong": is_wrong, "is_over": is_over}
    return make_response(render_template("responses/enter_code.html", **shown))
