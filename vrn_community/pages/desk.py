"""The first page of the desk: what waits for each role."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from vrn_community.accounts.labels import ROLES
from vrn_community.foundation.http import is_desk
from vrn_community.foundation.permissions import signed_in
from vrn_community.pages import menu, waiting
from vrn_community.safeguarding import checking

desk = Blueprint("pages_desk", __name__, url_prefix="/desk")


@desk.get("")
@signed_in
def dashboard() -> ResponseReturnValue:
    tasks = waiting.for_account(current_user)
    return render_template(
        "pages/desk/dashboard.html",
        tasks=tasks,
        labels=ROLES,
        is_unchecked=checking.own_due(current_user),
    )


@desk.app_context_processor
def _menu() -> dict[str, Any]:
    return {"desk_menu": menu.menu()} if is_desk() else {}
