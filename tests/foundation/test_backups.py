"""A backup without its keys is closed: what was deleted since opens in none."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2
import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.databases import Database, of_kind, opened
from tests.factories import deciding
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version, send
from vrn_community import config
from vrn_community.accounts.roles import Role
from vrn_community.contributions import queries, services
from vrn_community.contributions.models import Contribution, Passage
from vrn_community.extensions import db
from vrn_community.foundation import record_keys
from vrn_community.foundation.record_keys import KeyGoneError, RecordKey
from vrn_community.questionnaires.models import QuestionnaireVersion

pytestmark = pytest.mark.once
GONE, KEPT = "Taken back tomorrow.", "Here to stay."


@pytest.fixture
def service(worker) -> Iterator[Any]:
    """Return a service with what two people wrote; one will take it back."""
    with of_kind("sqlite", f"backups_{worker}") as found, opened(found.settings) as app:
        app.code = answered()
        yield app


def answered() -> str:
    opportunity = make_opportunity(make_account(Role.PUBLISHER), is_public=True)
    version = make_version(opportunity)
    send(version, {"feel": "unsafe"}, {"why": KEPT})
    code = send(version, {"feel": "unsafe"}, {"why": GONE})
    db.session.commit()
    return code


def take_back(code: str) -> None:
    services.withdraw(queries.by_receipt(code))
    db.session.commit()


def run(app, *command: object):
    return app.test_cli_runner().invoke(args=[str(word) for word in command])


def words() -> dict[str, str]:
    """Return what can be opened, and a question mark for what cannot."""
    db.session.expire_all()
    found = {}
    for passage in db.session.scalars(select(Passage)):
        try:
            found[passage.unseal()] = passage.question_id
        except KeyGoneError:
            found["?"] = passage.question_id
    return found


def sealed_keys() -> list[bytes]:
    return [bytes(key) for key in db.session.scalars(select(RecordKey.wrapped_key))]


def test_a_backup_holds_no_keys_and_its_keys_are_for_nobody_else(service, tmp_path) -> None:
    target, keys = tmp_path / "copy", tmp_path / "copy.record-keys"

    assert run(service, "backup", target).exit_code == 0

    wrapped = sealed_keys()
    assert len(wrapped) == 4  # Of two contributions, and of the words of each.
    assert all(key in keys.read_bytes() for key in wrapped)
    assert not any(key in target.read_bytes() for key in wrapped)
    assert {path.name for path in tmp_path.iterdir()} == {target.name, keys.name}
    assert keys.stat().st_mode & 0o777 == 0o600
    with closing(pysqlite3.dbapi2.connect(str(target))) as copy:
        assert copy.execute("SELECT count(*) FROM passage").fetchone() == (2,)
        assert copy.execute("SELECT count(*) FROM record_key").fetchone() == (0,)


def test_keys_can_go_to_a_place_of_their_own(service, tmp_path) -> None:
    (tmp_path / "elsewhere").mkdir()
    keys = tmp_path / "elsewhere" / "keys"

    assert run(service, "backup", tmp_path / "copy", "--keys", keys).exit_code == 0

    assert keys.exists()
    assert not (tmp_path / "copy.record-keys").exists()


def test_old_copies_of_keys_are_deleted_and_nothing_else(service, tmp_path) -> None:
    keep = service.config["SETTINGS"].keep_key_copies
    for name, age in (
        ("old.record-keys", keep + timedelta(hours=1)),
        ("new.record-keys", keep - timedelta(hours=1)),
        ("old", keep + timedelta(hours=1)),
    ):
        (tmp_path / name).touch()
        moment = time.time() - age.total_seconds()
        os.utime(tmp_path / name, (moment, moment))

    result = run(service, "backup", tmp_path / "copy")

    assert "Deleted 1 copies of keys that were older than 35 days." in result.output
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"new.record-keys", "old", "copy", "copy.record-keys"}


def test_no_backup_is_begun_where_either_file_is_there(service, tmp_path) -> None:
    (tmp_path / "copy.record-keys").write_text("Yesterday's")

    result = run(service, "backup", tmp_path / "copy")

    assert result.exit_code == 1
    assert "copy.record-keys exists already" in result.output
    assert {path.name for path in tmp_path.iterdir()} == {"copy.record-keys"}


def restored(source: Path, keys: Path, folder: Path) -> config.Settings:
    settings = config.for_tests(data_dir=folder)
    with opened(settings) as app:
        assert run(app, "restore", source, "--keys", keys).exit_code == 0
    return settings


def test_an_old_backup_opens_with_its_keys_and_without_what_was_deleted_with_newer_ones(
    service, tmp_path
) -> None:
    run(service, "backup", tmp_path / "old")
    take_back(service.code)
    run(service, "backup", tmp_path / "new")
    (old, new) = (tmp_path / f"{name}.record-keys" for name in ("old", "new"))

    # While the old keys are kept, all of it can be had back.
    with opened(restored(tmp_path / "old", old, tmp_path / "soon")):
        assert set(words()) == {KEPT, GONE}
    old.unlink()  # Their time is over.
    with opened(restored(tmp_path / "old", new, tmp_path / "late")) as app:
        assert set(words()) == {KEPT, "?"}
        assert "1 of Passage have no key." in run(app, "keys", "status").output

        result = run(app, "keys", "settle", "--yes")

        assert "1 contributions, 1 other rows and 0 keys" in result.output
        assert set(words()) == {KEPT}
        assert len(db.session.scalars(select(Contribution)).all()) == 1
        assert run(app, "keys", "status").exit_code == 0
        assert run(app, "audit", "verify").exit_code == 0


def test_answers_without_words_that_were_taken_back_are_deleted_again(service, tmp_path) -> None:
    version = db.session.scalars(select(QuestionnaireVersion)).one()
    code = send(version, {"feel": "safe"})
    db.session.commit()
    run(service, "backup", tmp_path / "old")
    take_back(code)
    run(service, "backup", tmp_path / "new")

    with opened(restored(tmp_path / "old", tmp_path / "new.record-keys", tmp_path / "late")) as app:
        assert queries.by_receipt(code)

        result = run(app, "keys", "settle", "--yes")

        assert "1 contributions, 0 other rows and 0 keys" in result.output
        assert queries.by_receipt(code) is None
        assert set(words()) == {KEPT, GONE}


def test_words_whose_time_is_over_do_not_take_their_answers_along(service, tmp_path) -> None:
    """Their keys are gone as those of what was taken back are, but the rest stays longer."""
    moderator, (passage, waiting) = (
        make_account(Role.MODERATOR),
        db.session.scalars(select(Passage)),
    )
    deciding.clear(passage, moderator=moderator)
    cleared, number = passage.cleared_words, len(words())
    db.session.commit()
    run(service, "backup", tmp_path / "old")
    services.forget_originals(Passage.id.in_([passage.id, waiting.id]))
    db.session.commit()
    assert run(service, "keys", "status").exit_code == 0
    run(service, "backup", tmp_path / "new")

    with opened(restored(tmp_path / "old", tmp_path / "new.record-keys", tmp_path / "late")) as app:
        assert "2 of Passage have no key." in run(app, "keys", "status").output

        result = run(app, "keys", "settle", "--yes")

        assert "0 contributions, 2 other rows and 0 keys" in result.output
        assert queries.count_all() == number == 2
        (left,) = db.session.scalars(select(Passage))
        assert (left.is_forgotten, left.cleared_words) == (True, cleared)
        assert run(app, "keys", "status").exit_code == 0


def test_settling_asks_before_it_deletes(service) -> None:
    (key, _other) = db.session.scalars(select(Contribution.id))
    db.session.delete(db.session.get_one(RecordKey, key))
    db.session.commit()

    result = run(service, "keys", "settle")

    assert result.exit_code == 1
    assert "1 of 2 contributions and 0 other rows have no key" in result.output
    assert len(db.session.scalars(select(Contribution)).all()) == 2


def test_nothing_is_restored_over_a_database(service, tmp_path) -> None:
    run(service, "backup", tmp_path / "copy")

    result = run(service, "restore", tmp_path / "copy", "--keys", tmp_path / "copy.record-keys")

    assert result.exit_code == 1
    assert "exists already" in result.output


def test_what_is_no_backup_is_refused_and_leaves_nothing(service, tmp_path) -> None:
    (tmp_path / "copy").write_text("Not a database, but some text that is long enough." * 50)
    (tmp_path / "keys").write_bytes(b"")
    folder = tmp_path / "empty"

    with opened(config.for_tests(data_dir=folder)) as app:
        result = run(app, "restore", tmp_path / "copy", "--keys", tmp_path / "keys")

    assert result.exit_code == 1
    assert "damaged" in result.output
    assert list(folder.iterdir()) == []


def test_on_postgresql_two_dumps_do_the_same(worker, tmp_path) -> None:
    """The two commands of the README, and how they are restored."""
    with of_kind("postgresql", f"dumped_{worker}") as found, opened(found.settings):
        code = answered()
        dump(found, "old", "--exclude-table-data=record_key")
        old_keys = sealed_keys()
        take_back(code)
        dump(found, "keys", "--data-only", "--table=record_key")
        assert not any(key.hex().encode() in text_of(found, "old") for key in old_keys)
        with of_kind("postgresql", f"restored_{worker}", migrated=False) as again:
            for name in ("old", "keys"):
                shell("pg_restore", "--exit-on-error", f"--dbname={url(again)}", path(found, name))
            with opened(again.settings) as app:
                assert set(words()) == {KEPT, "?"}
                run(app, "keys", "settle", "--yes")
                assert set(words()) == {KEPT}
                assert record_keys.missing() == {}


def url(database: Database) -> str:
    return database.settings.database_url.replace("+psycopg", "")


def path(database: Database, name: str) -> str:
    return str(database.settings.data_dir / f"{name}.dump")


def dump(database: Database, name: str, *options: str) -> None:
    shell("pg_dump", "--format=custom", *options, f"--file={path(database, name)}", url(database))


def text_of(database: Database, name: str) -> bytes:
    """Return a dump in plain text, where bytes stand in hexadecimal."""
    return shell("pg_restore", "--file=-", path(database, name))


def shell(*command: str) -> bytes:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed.")
    return subprocess.run(command, check=True, capture_output=True).stdout
