"""The public page on which somebody asks to be told what changed, or no longer asks."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from vrn_community.extensions import csrf
from vrn_community.foundation import crypto, limits
from vrn_community.foundation.permissions import public
from vrn_community.foundation.text import plain
from vrn_community.opportunities import queries as opportunities
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.followers import contacts, queries, services

bp = Blueprint("followers", __name__)
csrf.exempt(bp)  # Nobody is signed in, and nothing of an answer comes along.
#: Forms from one address within a quarter of an hour; a class may share it.
TRIES = 60
ACTS = {"add": services.follow, "remove": services.unfollow}


@bp.app_template_global()
def can_follow(opportunity: Opportunity) -> bool:
    """Return whether a page offers to tell people what comes of an opportunity."""
    return queries.can_follow(opportunity)


@bp.route("/o/<code>/follow", methods=["GET", "POST"])
@public
def follow(code: str) -> ResponseReturnValue:
    """Show the form, or do what it says; the answer never tells whether a contact was known."""
    opportunity = opportunities.by_code(crypto.read_code(code))
    act, typed = request.form.get("go", ""), plain(request.form.get("contact", ""))
    is_sent = request.method == "POST" and act in ACTS
    contact = contacts.read(typed) if is_sent else ""
    is_over = bool(contact) and not limits.allows("follow", request.remote_addr or "", most=TRIES)
    if contact and not is_over:
        ACTS[act](opportunity, contact)
    answer = Response(
        render_template(
            "outcomes/followers/follow.html",
            opportunity=opportunity,
            done=act if contact and not is_over else "",
            wait=limits.WAIT if is_over else "",
            kept=act if is_sent and (is_over or not contact) else "",
            wrong=act if is_sent and not contact else "",
            typed=typed[: contacts.LONGEST],
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.status_code = 429 if is_over else 200
    return answer
