"""When the time is over, no word is left in any file of the database, on both kinds of it (T16)."""

import psycopg
import pytest
from sqlalchemy import select, text

from tests import databases
from tests.conftest import make_account
from tests.insights.conftest import quotable
from tests.privacy.test_retention import CANARY, Told
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.partnership import loader

pytestmark = pytest.mark.once
TABLES = ("passage", "release", "contribution", "response")


def arranged() -> list[bytes]:
    """Let people answer, and return what must not be found: words, and the same words sealed."""
    loader.load()
    told = Told(make_account(Role.PUBLISHER, Role.APPROVER))
    quotable(told.opportunity, CANARY)
    db.session.commit()
    sealed = db.session.scalars(select(Passage.sealed_words)).all()
    db.session.remove()
    return [CANARY.encode(), *map(bytes, sealed)]


def files(settings) -> dict[str, bytes]:
    """Return what each file holds where the database keeps its rows."""
    if settings.uses_sqlite:
        found = settings.data_dir.glob("vrn-community.sqlite*")
        return {path.name: path.read_bytes() for path in found}
    address = settings.database_url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("CHECKPOINT")
        query = "SELECT pg_read_binary_file(pg_relation_filepath(%s))"
        return {table: server.execute(query, [table]).fetchone()[0] for table in TABLES}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_word_is_left_in_any_file(kind, worker, later) -> None:
    with databases.of_kind(kind, f"retention_{worker}") as database:
        with databases.opened(database.settings) as app:
            wanted = arranged()
            before = b"".join(files(database.settings).values())
            assert all(found in before for found in wanted)
            later(months=36)

            said = app.test_cli_runner().invoke(args=["apply-retention"]).output

            assert "What is over is deleted." in said
            left = files(database.settings)
        assert left
        for name, content in left.items():
            assert not [found for found in wanted if found in content], name


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
