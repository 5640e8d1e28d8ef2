"""Public pages of the service itself."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from vrn_community import config
from vrn_community.contributions import services as contributions
from vrn_community.extensions import csrf, db
from vrn_community.foundation import limits
from vrn_community.foundation.permissions import public
from vrn_community.foundation.text import plain
from vrn_community.moderation import appeals, figures
from vrn_community.moderation.labels import APPEALS, REASONS
from vrn_community.opportunities import levels
from vrn_community.opportunities import queries as opportunities
from vrn_community.opportunities.labels import STAGES
from vrn_community.pages import chart_samples, receipts
from vrn_community.pages import style_guide as samples
from vrn_community.partnership import queries as partnership
from vrn_community.rights import labels
from vrn_community.rights import queries as rights

bp = Blueprint("pages", __name__)
csrf.exempt(bp)  # Nobody is signed in here; a receipt code is what opens anything.
LONGEST_CODE = 60
#: Tries of receipt codes from one address within a quarter of an hour; a class may share it.
CODE_TRIES = 60
ON_HOME = 6


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    body = render_template(
        "pages/home.html",
        opportunities=opportunities.open_now(ON_HOME),
        levels=levels.WORDS,
        stages=STAGES,
        priorities=partnership.priority_names(),
    )
    answer = Response(body)
    answer.vary.update(["Accept-Language", "Sec-Fetch-Site", "Referer"])
    return answer


@bp.route("/code", methods=["GET", "POST"])
@public
def use_code() -> ResponseReturnValue:
    typed = _typed_code()
    is_sent = request.method == "POST"
    if is_sent:
        _count_try()
    # Both are looked up whatever the code, so that no time tells what it is a code of.
    asked = rights.by_code(typed) if is_sent else None
    found = receipts.find(typed) if is_sent else None
    if asked:
        body = render_template(
            "rights/status.html", asked=asked, kinds=labels.KINDS, results=labels.RESULTS
        )
    else:
        body = render_template("pages/use_code.html", **_of_answers(found, typed, is_sent=is_sent))
    answer = Response(body)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _of_answers(found: receipts.Found | None, typed: str, *, is_sent: bool) -> dict[str, Any]:
    """Return what is shown of answers under a code, once somebody asked to look again."""
    shown: dict[str, Any] = {"typed": typed, "is_wrong": is_sent and found is None}
    if found and "again" in request.form:
        shown |= _look_again(found)
        found = receipts.find(typed)
    return shown | {"found": found, "reasons": REASONS, "longest": appeals.LONGEST_REASON}


def _look_again(found: receipts.Found) -> dict[str, str]:
    """Ask to look again at own words; return what was typed where it is too long."""
    key, reason = request.form.get("again", ""), plain(request.form.get("reason", ""))
    if len(reason) > appeals.LONGEST_REASON:
        return {"too_long": key, "typed_reason": reason}
    if passage := found.passage(key):
        appeals.ask(passage, reason)
    return {}


@bp.post("/code/withdraw")
@public
def withdraw() -> ResponseReturnValue:
    found = _find(_typed_code())
    if found:
        contributions.withdraw(found.contribution)
    answer = Response(render_template("pages/withdrawn.html"))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _typed_code() -> str:
    return plain(request.form.get("code", ""))[:LONGEST_CODE]


def _find(typed: str) -> receipts.Found | None:
    """Count the try, whatever it is for, and look the code up."""
    _count_try()
    return receipts.find(typed)


def _count_try() -> None:
    limits.count("receipt", request.remote_addr or "", most=CODE_TRIES)


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("pages/privacy.html")


@bp.get("/words")
@public
def words() -> ResponseReturnValue:
    """Show in figures what becomes of people's words before others read them."""
    return render_template(
        "pages/words.html", years=figures.by_year(), reasons=REASONS, appeals=APPEALS
    )


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("pages/accessibility.html")


@bp.get("/safety-online")
@public
def safety_online() -> ResponseReturnValue:
    return render_template("pages/safety_online.html")


@bp.get("/leave")
@public
def leave() -> ResponseReturnValue:
    answer = redirect(config.current().exit_url, 303)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@bp.get("/style-guide")
@public
def style_guide() -> ResponseReturnValue:
    if config.current().mode is config.Mode.PRODUCTION:
        abort(404)
    charts = chart_samples.samples(("ordinary",))
    return render_template("style_guide/style_guide.html", charts=charts, **samples.context())


@bp.get("/style-guide/charts")
@public
def style_guide_charts() -> ResponseReturnValue:
    if config.current().mode is config.Mode.PRODUCTION:
        abort(404)
    return render_template("style_guide/charts.html", samples=chart_samples.samples())


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    lines = ["User-agent: *", "Disallow: /desk", "Disallow: /leave"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.get("/favicon.ico")
@public
def favicon() -> ResponseReturnValue:
    return redirect(current_app.extensions["assets"].url("img/mark.svg"), 301)


@bp.get("/healthz")
@public
def health() -> ResponseReturnValue:
    db.session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")
