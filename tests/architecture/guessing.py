"""Doors at which a stranger may guess: something that exists, and something that never did.

Neither opens for the stranger, so neither answer may say which of the two it was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import PASSWORD, make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version, send
from vrn_community.accounts import passwords
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account, Invitation
from vrn_community.accounts.roles import Role
from vrn_community.contributions import queries, receipts
from vrn_community.contributions import services as contributions
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses import drafts
from vrn_community.responses.flow import Walk

Knock = Callable[[FlaskClient, str], TestResponse]


@dataclass(frozen=True)
class Door:
    """Where somebody guesses, what exists there, and what does not; both equally long."""

    name: str
    known: str
    unknown: str
    knock: Knock


def store() -> list[Door]:
    """Store what exists, and return the doors; the partnership is there."""
    author = make_account(Role.PUBLISHER, email="known-one@example.org")
    author.password_hash = passwords.hash_password(PASSWORD)
    opened, elsewhere = (make_opportunity(author, is_public=True) for _ in range(2))
    make_version(opened)
    version = make_version(elsewhere)
    never, late = (crypto.new_code(receipts.CHARACTERS) for _ in range(2))
    return [
        Door("account", author.email, "never-one@example.org", _sign_in),
        Door("receipt", _sent(version), never, _correct(opened)),
        Door("receipt taken back", _taken_back(version), late, _use_code),
        Door("draft", _kept(version), "acorn acorn acorn acorn", _come_back_to(opened)),
        Door("invitation", _invited_long_ago(author), crypto.new_token(), _join),
    ]


def _sent(version: QuestionnaireVersion) -> str:
    return send(version, {"feel": "safe"})


def _taken_back(version: QuestionnaireVersion) -> str:
    code = _sent(version)
    found = queries.by_receipt(code)
    assert found
    contributions.withdraw(found)
    return code


def _kept(version: QuestionnaireVersion) -> str:
    words, _walk = drafts.keep(version.opportunity, str(version.id), Walk("x", "start"))
    return words


def _invited_long_ago(by: Account) -> str:
    invited, token = accounts.invite("late@example.org", "Too Late", [Role.ANALYST], by=by)
    found = db.session.scalars(db.select(Invitation).filter_by(account_id=invited.id)).one()
    found.expires_at = clock.now() - timedelta(days=1)
    return token


def _sign_in(client: FlaskClient, email: str) -> TestResponse:
    return client.post("/desk/sign-in", data={"email": email, "password": "not the right one"})


def _use_code(client: FlaskClient, code: str) -> TestResponse:
    return client.post("/code", data={"code": code})


def _come_back_to(opportunity: Opportunity) -> Knock:
    path = f"/o/{opportunity.code}/answer"
    return lambda client, words: client.post(path, data={"go": "resume", "words": words})


def _correct(opportunity: Opportunity) -> Knock:
    path = f"/o/{opportunity.code}/answer"
    return lambda client, code: client.post(path, data={"go": "correct", "code": code})


def _join(client: FlaskClient, token: str) -> TestResponse:
    return client.get(f"/desk/invitation/{token}")
