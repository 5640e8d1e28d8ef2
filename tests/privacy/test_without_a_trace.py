"""When the time is over, no word is left in any file, log or backup, on both databases (T16)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from migrations.triggers import KEYED
from tests import databases
from tests.conftest import make_account
from tests.databases import Database, of_kind, opened
from tests.foundation.test_backups import dump, path, restored, run, shell, url
from tests.insights.conftest import quotable
from tests.privacy import canaries
from tests.privacy.test_retention import CANARY, Told
from vrn_community.accounts.roles import Role
from vrn_community.exchange import services as exports
from vrn_community.extensions import db
from vrn_community.foundation import record_keys
from vrn_community.partnership import loader

pytestmark = pytest.mark.once
TABLES = (*KEYED, "record_key", "draft", "release", "response")
CONTENTS = """
    SELECT relname, pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class
    WHERE relkind = 'r' AND relname = ANY(%s)"""
LOG_BEGINS = "SELECT pg_current_wal_lsn()"
#: What PostgreSQL wrote to its log of writes since a place in it.
LOG_OF_WRITES = """
    SELECT pg_read_binary_file('pg_wal/' || name) FROM pg_ls_waldir()
    WHERE name BETWEEN pg_walfile_name(%s) AND pg_walfile_name(pg_current_wal_lsn())"""
LASTS = timedelta(days=365)


def arranged() -> canaries.Aviary:
    """Let people tell us all that is ever sealed, and what others may read besides."""
    loader.load()
    told = Told(make_account(Role.PUBLISHER, Role.APPROVER))
    quotable(told.opportunity, CANARY)
    made = canaries.plant()
    db.session.commit()
    return made


def asked(database: Database, question: str, *values: Any) -> list[Any]:
    """Return what PostgreSQL answers, once it has written its files."""
    with psycopg.connect(url(database), autocommit=True) as server:
        server.execute("CHECKPOINT")
        return server.execute(question, values).fetchall()


def files(database: Database) -> dict[str, bytes]:
    """Return what each file holds where the service keeps anything."""
    folder = database.settings.data_dir
    found = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    if database.kind == "postgresql":
        tables = dict(asked(database, CONTENTS, list(TABLES)))
        assert set(tables) == set(TABLES)
        found |= tables
    return found


def back_up(app: Any, database: Database, folder: Path, name: str) -> None:
    """Take a backup, and the keys apart, as the README says."""
    if database.kind == "sqlite":
        run(app, "backup", folder / name)
        return
    dump(database, name, "--exclude-table-data=record_key")
    dump(database, f"{name}-keys", "--data-only", "--table=record_key")
    for part in (name, f"{name}-keys"):
        Path(path(database, part)).rename(folder / part)


@contextmanager
def brought_back(database: Database, folder: Path, name: str, keys: str) -> Iterator[Any]:
    """Open what a backup gives back with the keys of another."""
    if database.kind == "sqlite":
        target = folder / f"{name}-with-{keys}"
        with opened(restored(folder / name, folder / f"{keys}.record-keys", target)) as app:
            yield app
        return
    with of_kind("postgresql", f"back_{folder.name}", migrated=False) as again:
        for part in (name, f"{keys}-keys"):
            shell("pg_restore", "--exit-on-error", f"--dbname={url(again)}", str(folder / part))
        with opened(again.settings) as app:
            yield app


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_word_is_left_in_any_file_nor_opens_in_a_backup(
    kind, worker, later, tmp_path, caplog
) -> None:
    with of_kind(kind, f"retention_{worker}") as made:
        database = Database(kind, replace(made.settings, cases_kept=LASTS))
        begin = asked(database, LOG_BEGINS) if kind == "postgresql" else []
        with opened(database.settings) as app:
            found, sealed = arranged(), [CANARY.encode(), *canaries.sealed()]
            everything_is_there_and_sealed(database, found, sealed)
            back_up(app, database, tmp_path, "old")
            later(months=48)

            exports.forget_expired()  # As every hour.
            db.session.commit()

            said = run(app, "apply-retention").output

            assert "What is over is deleted." in said
            later()  # Or the copies of keys would be old, and be deleted.
            back_up(app, database, tmp_path, "new")
            left = files(database)
        for name, content in left.items():
            assert not [word for word in (*clear(found), *sealed) if word in content], name
        copies = [file.read_bytes() for file in tmp_path.iterdir()]
        written = [*copies, caplog.text.encode()]
        written += [log for (log,) in asked(database, LOG_OF_WRITES, *begin[0])] if begin else []
        assert not [word for word in clear(found) for content in written if word in content]
        with brought_back(database, tmp_path, "old", keys="new") as app:
            the_keys_that_are_left_open_nothing(app, found)
        if kind == "sqlite":
            with brought_back(database, tmp_path, "old", keys="old"):
                assert found.read() == kept_for_us(found)


def clear(found: canaries.Aviary) -> list[bytes]:
    return [word.encode() for word in found.words]


def everything_is_there_and_sealed(database, found: canaries.Aviary, sealed: list[bytes]) -> None:
    """Every column that a key of a record seals has a canary, which stands nowhere in clear."""
    assert len(found.words) == len(set(found.words)) > 20
    assert found.read() == kept_for_us(found)
    db.session.rollback()
    before = b"".join(files(database).values())
    assert [piece for piece in sealed if piece not in before] == []
    assert [word for word in clear(found) if word in before] == []


def kept_for_us(found: canaries.Aviary) -> set[str]:
    """Return what the service can open: a draft only its owner can."""
    return {word for word in found.words if "draft" not in word}


def the_keys_that_are_left_open_nothing(app, found: canaries.Aviary) -> None:
    assert found.read() == set()
    assert len(record_keys.missing()) == len(record_keys.models()) - 1  # No ballot is open.

    run(app, "keys", "settle", "--yes")

    assert record_keys.missing() == {}
    assert canaries.sealed_texts() == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_nightly_job_leaves_the_same_as_the_command(kind, worker, later) -> None:
    with (
        databases.of_kind(kind, f"nightly_{worker}") as database,
        databases.opened(database.settings) as app,
    ):
        arranged()
        later(months=36)

        for task in app.extensions["jobs"]._registry.periodic_tasks:
            task.execute()

        for table in ("contribution", "passage", "response"):
            assert db.session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
