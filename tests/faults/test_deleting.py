"""After the night nothing of what was taken back is left: no key, no sealed words (T6, T16)."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select

from tests import databases
from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version, send
from vrn_community.accounts.roles import Role
from vrn_community.contributions import jobs, queries, services
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.foundation.record_keys import RecordKey

KINDS = ("sqlite", "postgresql")
#: Long enough to lie outside the row on either database.
WORDS = "".join(chr(0x4E00 + number * 7 % 20_000) for number in range(2_500))
FILES = """
    SELECT pg_relation_filepath(c.oid), pg_relation_filepath(nullif(c.reltoastrelid, 0))
    FROM pg_class c WHERE c.relname IN ('passage', 'record_key')"""


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_taken_back_is_in_no_page_and_no_log(kind: str, worker: str) -> None:
    with databases.of_kind(kind, f"deleting_{worker}") as found, databases.opened(found.settings):
        version = make_version(make_opportunity(make_account(Role.PUBLISHER), is_public=True))
        kept = send(version, {"feel": "unsafe"}, {"why": "Here to stay."})
        codes = [send(version, {"feel": "unsafe"}, {"why": f"{n} {WORDS}"}) for n in range(20)]
        db.session.commit()
        keys, sealed = _stored(kept)
        assert _found(found, [*keys, *sealed]) == 60  # Of 20 people and their words; the words.

        for code in codes:
            services.withdraw(queries.by_receipt(code))
            db.session.commit()
        jobs.shuffle()

        assert _found(found, [*keys, *sealed]) == 0
        assert [p.unseal() for p in db.session.scalars(select(Passage))] == ["Here to stay."]


def _stored(kept: str) -> tuple[list[bytes], list[bytes]]:
    """Return a piece of each key and of the words, except what stays."""
    sent = queries.by_receipt(kept)
    stays = {sent.id, *(passage.id for passage in queries.passages_of(sent))}
    keys = db.session.scalars(select(RecordKey).where(RecordKey.record_id.not_in(stays)))
    words = db.session.scalars(select(Passage).where(Passage.id.not_in(stays)))
    pieces = [bytes(key.wrapped_key)[4:36] for key in keys], [p.sealed_words[:32] for p in words]
    db.session.rollback()
    return pieces


def _found(database: databases.Database, pieces: list[bytes]) -> int:
    """Return how many pieces are somewhere in the files of the database."""
    db.session.rollback()
    contents = _of_postgresql(database) if database.kind == "postgresql" else _of_sqlite(database)
    return sum(any(piece in content for content in contents) for piece in pieces)


def _of_sqlite(database: databases.Database) -> list[bytes]:
    folder: Path = database.settings.data_dir
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def _of_postgresql(database: databases.Database) -> list[bytes]:
    address = database.settings.database_url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        paths = [path for row in connection.execute(FILES) for path in row if path]
        reading = "SELECT pg_read_binary_file(%s)"
        return [connection.execute(reading, (path,)).fetchone()[0] for path in paths]
