"""The nightly rewriting of tables that must not tell who came when."""

from sqlalchemy import text

from vrn_community import jobs
from vrn_community.extensions import db

#: Tables of what people told us, each with a column, its type, and what computes it anew unchanged.
RENEWALS = {
    "contribution": ("language", "varchar", "language || ''"),
    "passage": ("sealed_words", "bytea", "sealed_words || ''::bytea"),
    "record_key": ("wrapped_key", "bytea", "wrapped_key || ''::bytea"),
    "draft": ("sealed", "bytea", "sealed || ''::bytea"),
    "appeal": ("sealed_reason", "bytea", "sealed_reason || ''::bytea"),
    "follower": ("sealed_contact", "bytea", "sealed_contact || ''::bytea"),
    "privacy_request": ("sealed_words", "bytea", "sealed_words || ''::bytea"),
    "reach": ("sealed_words", "bytea", "sealed_words || ''::bytea"),
    "concern": ("state", "varchar(40)", "state || ''"),
    # Secret ballots of the oversight group: nothing of a former box is left to compare.
    "ballot_box": ("sealed_votes", "bytea", "sealed_votes || ''::bytea"),
    "minority_view": ("words", "varchar", "words || ''"),
    "voter": ("has_voted", "boolean", "has_voted AND true"),
    "case_entry": ("locked_text", "bytea", "locked_text || ''::bytea"),
    "alert": ("kind", "varchar(40)", "kind || ''"),
    # What staff write about people: nothing of what was deleted is left, not even sealed.
    "breach_entry": ("sealed_words", "bytea", "sealed_words || ''::bytea"),
    "export": ("sealed_file", "bytea", "sealed_file || ''::bytea"),
    "member": ("sealed_interests", "bytea", "sealed_interests || ''::bytea"),
    "progress_note": ("sealed_words", "bytea", "sealed_words || ''::bytea"),
    "raw_data_request": ("sealed_wanted", "bytea", "sealed_wanted || ''::bytea"),
    "response": ("answers", "json", "answers::text::json"),
    # Its quotes are copies of words, and are emptied when the words go.
    "release": ("quotes", "json", "quotes::text::json"),
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

    First its file takes the order of the keys, for new rows went to its end. Then a change
    of type that changes nothing makes a new file in that order: each row says which
    transaction wrote it, and long values lie elsewhere under numbers that count up. Sorting
    alone keeps those numbers, and former rows too while somebody, a backup say, could still
    read them; a change of type keeps neither. One table at a time: nobody waits for two.
    """
    column, kind, anew = RENEWALS[table]
    change = f"ALTER TABLE {table} ALTER {column} TYPE {kind} USING {anew}"
    with db.engine.begin() as connection:
        connection.execute(text(f"CLUSTER {table} USING pk_{table}"))  # nosemgrep: sql
        connection.execute(text(change))


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
