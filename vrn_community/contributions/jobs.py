"""The nightly rewriting of tables that must not tell who came when."""

from sqlalchemy import text

from vrn_community import jobs
from vrn_community.extensions import db

#: Tables of people's answers, with what writes a row anew without changing it. Long values
#: have to be made again: PostgreSQL keeps them elsewhere, under numbers that count up.
RENEWALS = {
    "contribution": "id = id",
    "passage": "sealed_words = sealed_words || ''::bytea",
    "draft": "sealed = sealed || ''::bytea",
    "response": "answers = answers::text::json, profile = profile::text::json",
}


@jobs.every_night
def shuffle() -> None:
    """Store the rows of people's answers in the order of their random keys, and no other (T14)."""
    if db.engine.dialect.name == "postgresql":
        for table in RENEWALS:
            _rewrite(table)
    else:
        _rewrite_file()


def _rewrite(table: str) -> None:
    """Let nothing of a table on PostgreSQL count up with the arrival of its rows.

    First its file takes the order of the keys, for new rows went to its end. Then all rows
    are written anew in that order, by one transaction: each says which one wrote it. Last
    the former rows are left behind. One table at a time, so that nobody waits for two.
    """
    sort = text(f"CLUSTER {table} USING pk_{table}")
    with db.engine.begin() as connection:
        connection.execute(sort)
        connection.execute(text(f"UPDATE {table} SET {RENEWALS[table]}"))  # noqa: S608
    with db.engine.begin() as connection:
        connection.execute(sort)


def _rewrite_file() -> None:
    """Let nothing in the file of SQLite lie where it does because it came at some time.

    Its tables are ordered by their keys, but new rows and long values lie in its pages as
    they came, and the log of writes has them in order.
    """
    connection = db.engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM")
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
