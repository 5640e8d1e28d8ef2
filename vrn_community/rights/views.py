"""Public pages: ask about your information, complain, and who asked for raw data."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from vrn_community import config
from vrn_community.contributions import receipts
from vrn_community.extensions import csrf
from vrn_community.foundation import limits
from vrn_community.foundation.permissions import public
from vrn_community.partnership import queries as partnership
from vrn_community.rights import forms, labels, queries, services

bp = Blueprint("rights", __name__, url_prefix="/privacy")
csrf.exempt(bp)  # The sealed state protects these forms; there is no session.


@bp.route("/ask", methods=["GET", "POST"])
@public
def ask() -> ResponseReturnValue:
    return _form("rights/ask.html", forms.AskForm())


@bp.route("/complain", methods=["GET", "POST"])
@public
def complain() -> ResponseReturnValue:
    return _form("rights/complain.html", forms.ComplainForm())


def _form(template: str, form: forms.AskForm | forms.ComplainForm) -> ResponseReturnValue:
    is_whole = request.method == "POST" and form.validate()
    most = config.current().request_tries
    if is_whole and limits.allows("privacy-request", request.remote_addr or "", most=most):
        return received(form)
    if is_whole:
        form.form_errors.append(limits.WAIT)
    form.renew()
    lines = partnership.help_lines()
    answer = not_kept(render_template(template, form=form, lines=lines))
    answer.status_code = 429 if is_whole else 200
    return answer


def received(form: forms.AskForm | forms.ComplainForm) -> ResponseReturnValue:
    asking = form.asking(form.kind)
    stored = services.receive(asking)
    body = render_template(
        "rights/received.html",
        asked=stored,
        code=receipts.grouped(asking.code),
        lines=partnership.help_lines(),
    )
    return not_kept(body)


def not_kept(body: str) -> Response:
    """Return a page that nobody keeps: each has a token of its own."""
    answer = Response(body)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/data-requests")
@public
def data_requests() -> ResponseReturnValue:
    return render_template(
        "rights/data_requests.html", years=queries.years(), decisions=labels.DECISIONS
    )
