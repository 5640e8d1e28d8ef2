"""What tests of all routes need: something behind each address."""

from typing import Any

import pytest
from flask import Flask

from tests.conftest import Arrange, make_account
from tests.factories.opportunities import make_opportunity
from vrn_community.accounts.roles import Role


@pytest.fixture
def world(app: Flask, arrange: Arrange, partnership: None) -> dict[str, Any]:
    with arrange():
        author = make_account(Role.PUBLISHER, email="author@example.org")
        other = make_account(email="other@example.org")
        opportunity = make_opportunity(author, is_public=True)
    return {"opportunity": opportunity, "account": other}
