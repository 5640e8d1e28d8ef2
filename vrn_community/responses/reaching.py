"""The page on which somebody leaves a way to be reached, beside any questions."""

import uuid
from datetime import date

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from vrn_community import config
from vrn_community.extensions import csrf
from vrn_community.foundation import clock, crypto, limits, sealed
from vrn_community.foundation.permissions import public
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.responses import pages, support
from vrn_community.responses.views import NO_STORE
from vrn_community.safeguarding import asking, working_time
from vrn_community.safeguarding.forms import HelpForm

bp = Blueprint("reaching", __name__)
csrf.exempt(bp)  # The sealed state protects its form; there is no session.
PURPOSE = "reach"


@bp.route("/o/<code>/reach", methods=["GET", "POST"])
@public
def ask(code: str) -> ResponseReturnValue:
    """Ask how somebody can be reached, or keep what they say, where somebody can open it."""
    opportunity, _version = questionnaires.asked(crypto.read_code(code))
    is_sent = request.method == "POST"
    can_ask = opportunity.is_sensitive or asking.is_possible()
    if not can_ask or not (is_sent or opportunity.is_open or opportunity.lets_finish):
        abort(404)
    response = _keep(opportunity) if is_sent else _form(opportunity, HelpForm(formdata=None))
    response.headers["Cache-Control"] = NO_STORE
    return response


def _form(opportunity: Opportunity, form: HelpForm, *, is_old: bool = False) -> Response:
    """Show the form; its state holds the key of what will be kept, which is about nobody."""
    state = sealed.seal_state({"key": uuid.uuid4().hex}, PURPOSE, opportunity.code)
    return _page("reach", opportunity, form=form, state=state, is_old=is_old)


def _keep(opportunity: Opportunity) -> Response:
    form = HelpForm()
    try:
        state = sealed.open_state(request.form.get("state", ""), PURPOSE, opportunity.code)
    except sealed.StateRefused:
        return _form(opportunity, form, is_old=True)
    if not form.validate():
        return _form(opportunity, form)
    if not limits.allows("reach", request.remote_addr or "", most=config.current().help_tries):
        form.form_errors.append(limits.WAIT)
        busy = _form(opportunity, form)
        busy.status_code = 429
        return busy
    asking.ask_for_help(uuid.UUID(state["key"]), form.texts, area_id=form.area.data)
    return _page("reached", opportunity)


def _page(name: str, opportunity: Opportunity, **shown: object) -> Response:
    """Return a page that says when somebody reads, and who can be rung until then."""
    return pages.page(
        name,
        opportunity=opportunity,
        hours=_hours(),
        support=lambda: support.near(opportunity),
        **shown,
    )


def _hours() -> tuple[date, str, str]:
    """Return the day on which somebody reads next, and from when until when."""
    begins, ends = map(clock.in_london, working_time.next_hours(clock.now()))
    return begins.date(), f"{begins:%H:%M}", f"{ends:%H:%M}"
