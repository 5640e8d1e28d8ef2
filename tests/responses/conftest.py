from typing import Any

import pytest
from sqlalchemy import func, select

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Contribution, Passage
from vrn_community.extensions import db
from vrn_community.responses.models import Response


@pytest.fixture
def world(arrange, partnership) -> dict[str, Any]:
    with arrange():
        opportunity = make_opportunity(make_account(Role.PUBLISHER), is_public=True, min_age=13)
        version = make_version(opportunity, equality_block="2026-1")
    return {"opportunity": opportunity, "version": version}


@pytest.fixture
def url(world) -> str:
    return f"/o/{world['opportunity'].code}/answer"


@pytest.fixture
def stored(app):
    """Return a function that counts what is stored."""

    def count() -> tuple[int, int, int]:
        with app.app_context():
            models = (Contribution, Response, Passage)
            return tuple(db.session.scalar(select(func.count()).select_from(m)) for m in models)

    return count
