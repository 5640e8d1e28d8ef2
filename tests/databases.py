"""Databases for tests: a file of SQLite, or a database of PostgreSQL that is dropped again."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import psycopg
import pytest
from flask import Flask

from vrn_community import config, create_app
from vrn_community.extensions import db

SERVER = os.environ.get("VRN_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")


@dataclass(frozen=True)
class Database:
    """A database and the settings with which an application opens it."""

    kind: str
    settings: config.Settings


@contextmanager
def of_kind(kind: str, name: str, *, migrated: bool = True) -> Iterator[Database]:
    """Give a fresh database of a kind."""
    folder = Path(tempfile.mkdtemp(prefix=f"vrn-test-{name}-"))
    address = ""
    if kind == "postgresql":
        require_postgresql()
        address = _create(f"vrn_test_{name}")
    settings = config.for_tests(data_dir=folder, database_url=address)
    if migrated:
        migrate(settings)
    yield Database(kind, settings)
    if kind == "postgresql":
        _drop(f"vrn_test_{name}")
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def opened(settings: config.Settings) -> Iterator[Flask]:
    """Give an application with an open context, and close its connections afterwards."""
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def migrate(settings: config.Settings, revision: str = "head", *, down: bool = False) -> None:
    """Migrate a database up or down to a revision."""
    with opened(settings):
        (flask_migrate.downgrade if down else flask_migrate.upgrade)(revision=revision)


def has_postgresql() -> bool:
    """Return whether a PostgreSQL server answers."""
    try:
        psycopg.connect(f"{SERVER}/postgres", connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def require_postgresql() -> None:
    """Skip where there is no PostgreSQL; fail where there must be one."""
    if not has_postgresql():
        message = "PostgreSQL does not answer: tests on it are left out."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)


def _create(name: str) -> str:
    _drop(name)
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    return f"{SERVER.replace('postgresql://', 'postgresql+psycopg://')}/{name}"


def _drop(name: str) -> None:
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


if __name__ == "__main__":
    # Whether the tests on PostgreSQL can run; where they must (CI), they run and fail.
    if not has_postgresql():
        print("PostgreSQL does not answer: its tests are left out.")
        raise SystemExit(0 if os.environ.get("CI") == "true" else 1)
