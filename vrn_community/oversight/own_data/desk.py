"""The file in which members take their own data along."""

import json

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_login import current_user

from vrn_community import audit
from vrn_community.foundation import downloads
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.oversight.own_data import queries

desk = Blueprint("own_data_desk", __name__, url_prefix="/desk/membership")


@desk.post("/export")
@requires(Permission.MEMBER_EDIT_OWN)
def export() -> ResponseReturnValue:
    audit.record("member:export", current_user, actor=current_user)
    body = json.dumps(queries.own_data(current_user), ensure_ascii=False, indent=1, default=str)
    return downloads.file(body, "my-data.json", "application/json")
