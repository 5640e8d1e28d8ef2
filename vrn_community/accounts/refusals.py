"""That an account asked for what it may not do is kept: it can be a mistake, or a misuse."""

from flask import Flask
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from vrn_community import audit
from vrn_community.extensions import db
from vrn_community.foundation import limits
from vrn_community.foundation.db import DATABASE_SILENT

#: Refusals of one account within a quarter of an hour that are written down; more say no more.
MOST = 20


def note(endpoint: str) -> None:
    """Write down which page an account was refused.

    This is the one thing that a page which is only read can write besides the time of the
    last visit. It begins anew with a write, the count, which waits for others where that is needed.
    """
    account_id = str(current_user.id)
    db.session.rollback()
    try:
        limits.count("refusal", account_id, most=MOST)
        audit.record("account:refuse-access", None, actor=current_user, page=endpoint)
        db.session.commit()
    except (TooManyRequests, *DATABASE_SILENT):
        db.session.rollback()


def init_app(app: Flask) -> None:
    """Let guards say that they refused an account."""
    app.extensions["note_refusal"] = note
