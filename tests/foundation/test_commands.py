"""Commands of the operator, and the folder in which everything lies."""

import stat

import pysqlite3.dbapi2
import pytest

from tests.databases import of_kind, opened
from vrn_community import config, create_app
from vrn_community.accounts import services as accounts
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db

pytestmark = pytest.mark.once


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def own(worker):
    """Return a service with a database of its own, in which somebody is invited."""
    with of_kind("sqlite", f"commands_{worker}") as found, opened(found.settings) as app:
        accounts.invite("noor@example.org", "Noor", [Role.PUBLISHER], by=None)
        db.session.commit()
        yield app


def run(app, *command):
    return app.test_cli_runner().invoke(args=[str(word) for word in command])


def emails(path):
    copy = pysqlite3.dbapi2.connect(str(path))
    try:
        return [email for (email,) in copy.execute("SELECT email FROM account")]
    finally:
        copy.close()


@pytest.mark.parametrize("before", [None, 0o755, 0o777])
def test_the_data_folder_is_for_nobody_else(tmp_path, before):
    folder = tmp_path / "var"
    if before:
        folder.mkdir()
        folder.chmod(before)

    create_app(config.for_tests(data_dir=folder))

    assert mode(folder) == 0o700


def test_a_backup_is_whole_and_for_nobody_else(own, tmp_path):
    target = tmp_path / "copy.sqlite"

    result = run(own, "backup", target)

    assert (result.exit_code, mode(target)) == (0, 0o600)
    assert emails(target) == ["noor@example.org"]


def test_a_backup_never_writes_over_another_one(own, tmp_path):
    target = tmp_path / "copy.sqlite"
    target.write_text("Yesterday's")

    result = run(own, "backup", target)

    assert result.exit_code == 1
    assert "exists already" in result.output
    assert target.read_text() == "Yesterday's"


def damage(app, *, page):
    """Overwrite a page of the database file, as a broken disk does."""
    db.session.remove()
    db.engine.dispose()
    path = app.config["SETTINGS"].data_dir / "vrn-community.sqlite"
    database = pysqlite3.dbapi2.connect(str(path))
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = database.execute("PRAGMA page_size").fetchone()[0]
    database.close()
    with path.open("r+b") as file:
        file.seek(page * size)
        file.write(b"\xff" * size)


@pytest.mark.parametrize("page", [0, 1, 7])
def test_a_damaged_database_is_refused_and_leaves_no_copy(own, tmp_path, page):
    target = tmp_path / "copy.sqlite"
    damage(own, page=page)

    result = run(own, "backup", target)

    assert result.exit_code == 1
    assert "damaged" in result.output
    assert not target.exists()


def test_the_first_administrator_gets_a_link_to_the_desk(own):
    result = run(own, "create-admin", "asha@example.org", "Asha")

    assert result.output.startswith("http://127.0.0.1:8000/desk/invitation/")
    assert run(own, "audit", "verify").output == "2 entries, all as they were written.\n"


def test_a_demonstration_is_never_loaded_in_production(own):
    own.config["SETTINGS"] = config.Settings(data_dir=own.config["SETTINGS"].data_dir)

    result = run(own, "load-demo")

    assert (result.exit_code, "never loaded in production" in result.output) == (1, True)
