from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.accounts.signing_in import SECRET
from tests.conftest import PASSWORD, make_account
from vrn_community.accounts import passwords, proving, queries
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock

HASH = passwords.hash_password(PASSWORD)


@pytest.fixture
def stored(arrange) -> Callable[..., Account]:
    """Return a function that stores an account which can sign in with the known password."""

    def make(*roles, **options) -> Account:
        with arrange():
            account = make_account(*roles, **options)
            account.password_hash = HASH
            if account.must_prove:
                proving.set_up(account, SECRET)
        return account

    return make


@pytest.fixture
def later(monkeypatch) -> Callable[..., None]:
    """Return a function that lets time pass, counted from the beginning of the test."""
    began = clock.now()

    def move(**time: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: began + timedelta(**time))

    return move


@pytest.fixture
def administrator(sign_in_as):
    return sign_in_as(Role.ADMINISTRATOR, email="admin@example.org")


@pytest.fixture
def reload(arrange):
    """Return a function that reads an account anew."""

    def read(account):
        with arrange():
            return queries.account(account.id)

    return read
