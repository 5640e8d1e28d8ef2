"""The application, its database, and who is signed in."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Any

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from tests.databases import Database, of_kind, opened
from vrn_community import config, create_app
from vrn_community.accounts import passwords
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account, AccountRole, AccountState
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock, kept
from vrn_community.partnership import loader
from vrn_community.responses import drafts
from vrn_community.safeguarding import keys

# A loaded machine is slow at making examples, and that is no fault of theirs.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")
#: The browser and the running service, the mail server, and somebody of each role, for tests of
#: several folders.
pytest_plugins = [
    "tests.browser.fixtures",
    "tests.notifications.fixtures",
    "tests.moderation.visitors",
]
PASSWORD = "four quiet green tractors"
Arrange = Callable[[], AbstractContextManager[scoped_session[Session]]]
gc.set_threshold(50_000)  # Looking for rubbish took an eighth of the tests' time.


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


@pytest.fixture(scope="session")
def worker() -> str:
    """Return a name for what this process alone uses, also beside another run of the tests."""
    return f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"


@pytest.fixture(scope="session", autouse=True)
def _cheap_tries() -> Iterator[None]:
    """Make passwords and phrases cheap to try: what a try costs is tested where they are made."""
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", cheap)
        patch.setattr(passwords, "_nobody", cheap.hash("nobody has this password"))
        patch.setattr(keys, "MEMORY", 64)
        patch.setitem(drafts.COST, "memory_cost", 64)
        yield


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest, worker: str) -> Iterator[Database]:
    """Return a database of the kind asked for, migrated, for this process alone.

    The place and its bodies are in it: to load them for each test took a fifth of the tests' time.
    """
    with of_kind(request.config.getoption("--database"), worker) as found:
        with opened(found.settings):
            loader.load()
            db.session.commit()
        yield found


@pytest.fixture(scope="session")
def application(database: Database) -> Iterator[Flask]:
    app = create_app(database.settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """Return the application; whatever a test writes is rolled back after it."""
    with application.app_context():
        engines = dict(db.engines)
    connection = engines[None].connect()
    outer = connection.begin()
    connection.connect = lambda: nullcontext(connection)  # It stands for an engine.
    connection.begin_nested()  # Sessions on a savepoint make savepoints of their own.
    db._app_engines[application] = {None: connection}
    kept.forget()
    application.extensions.pop("memory", None)
    yield application
    db._app_engines[application] = engines
    outer.rollback()
    connection.close()


@pytest.fixture
def arrange(app: Flask) -> Arrange:
    """Return a block that writes rows for a test and lets them be read afterwards."""

    @contextmanager
    def block() -> Iterator[scoped_session[Session]]:
        with app.app_context():
            db.session().expire_on_commit = False
            yield db.session
            db.session.commit()

    return block


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Session]]:
    """Return the session of an open application context: not for tests that use a client."""
    with app.test_request_context():
        yield db.session


@pytest.fixture
def partnership(app: Flask) -> None:
    """Say that a test needs the place and its bodies, which the database has."""


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Return a function that sets the clock to a moment."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def make_account(*roles: Role, name: str = "Sam Okafor", email: str = "") -> Account:
    """Return an active account without a password; the caller commits.

    It may hold roles that the service keeps apart, so that one client can open every page.
    """
    address = email or f"{'-'.join(roles) or 'nobody'}@example.org"
    held = [AccountRole(role=role) for role in roles]
    account = Account(email=address, display_name=name, state=AccountState.ACTIVE, held_roles=held)
    db.session.add(account)
    db.session.flush()
    return account


@pytest.fixture
def sign_in_as(app: Flask, arrange: Arrange) -> Callable[..., FlaskClient]:
    """Return a function that makes an account with roles and a client signed in with it."""

    def sign_in(*roles: Role, **options: Any) -> FlaskClient:
        with arrange():
            account = make_account(*roles, **options)
            token = accounts.begin_session(account, is_proved=True)
        client = app.test_client()
        client.account_id = account.id  # type: ignore[attr-defined]
        client.set_cookie("desk", token, path="/desk")
        return client

    return sign_in


@pytest.fixture
def policy(app: Flask) -> Iterator[Callable[..., None]]:
    """Return a function that changes settings for one test."""
    from dataclasses import replace

    before: config.Settings = app.config["SETTINGS"]

    def change(**values: Any) -> None:
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], **values)

    yield change
    app.config["SETTINGS"] = before


def pytest_collection_finish() -> None:
    """Let what is there before the first test never be looked through for rubbish again."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run once, not on each database, what is about pages or asks for no database."""
    for item in items:
        is_about_pages = {"architecture", "browser", "faults", "journeys"} & set(item.path.parts)
        if is_about_pages or "database" not in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.once)
