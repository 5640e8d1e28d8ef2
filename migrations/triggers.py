"""Triggers that both databases carry.

Some histories stay as they were written, and the key of a record goes with the record.
"""

from sqlalchemy import Connection, inspect, text

#: Tables whose rows are never changed, and deleted only when they are old, by the clock of the
#: database itself; each with the column of its moment. What is sealed can be sealed by another key.
APPEND_ONLY = {"audit_entry": "at", "breach": "created_at", "breach_entry": "created_at"}
YEARS_KEPT = 6

#: Tables whose rows have a key of their own: models that inherit from `HasRecordKey`.
KEYED = (
    "appeal", "ballot_box", "breach_entry", "case_entry", "contribution", "export", "follower",
    "member", "passage", "privacy_request", "progress_note", "raw_data_request", "reach",
)  # fmt: skip

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'rows of this table are never changed'; END
$$ LANGUAGE plpgsql
"""
POSTGRESQL_TAKES_KEY = """
CREATE OR REPLACE FUNCTION take_record_key() RETURNS trigger AS $$
BEGIN DELETE FROM record_key WHERE record_id = OLD.id; RETURN NULL; END
$$ LANGUAGE plpgsql
"""


def recreate_triggers(connection: Connection) -> None:
    """Create the triggers of every table that exists; safe to run again."""
    tables = set(inspect(connection).get_table_names())
    for table in tables.intersection(APPEND_ONLY):
        if connection.dialect.name == "sqlite":
            _sqlite(connection, table)
        else:
            _postgresql(connection, table)
    for table in tables.intersection(KEYED):
        drop_key_trigger(connection, table)
        if "record_key" in tables and _has_id(connection, table):
            _take_key(connection, table)


def drop_key_trigger(connection: Connection, table: str) -> None:
    """Let rows of a table be deleted without their keys: before the table of keys goes."""
    on_table = "" if connection.dialect.name == "sqlite" else f" ON {table}"
    connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_takes_its_key{on_table}"))


def _has_id(connection: Connection, table: str) -> bool:
    """Return whether rows of a table have an id: appeals of former versions had none."""
    return "id" in {column["name"] for column in inspect(connection).get_columns(table)}


def _take_key(connection: Connection, table: str) -> None:
    """Delete the key of a row with it, in the same transaction, however it is deleted."""
    act = "BEGIN DELETE FROM record_key WHERE record_id = OLD.id; END"
    if connection.dialect.name == "postgresql":
        connection.execute(text(POSTGRESQL_TAKES_KEY))
        act = "EXECUTE FUNCTION take_record_key()"
    connection.execute(
        text(f"CREATE TRIGGER {table}_takes_its_key AFTER DELETE ON {table} FOR EACH ROW {act}")
    )


def _sqlite(connection: Connection, table: str) -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, 'rows of this table are never changed'); END"
    young = f"OLD.{APPEND_ONLY[table]} >= datetime('now', '-{YEARS_KEPT} years')"
    update = f"UPDATE OF {_unsealed(connection, table)}"
    for name, act in (("update", update), ("delete", "DELETE")):
        connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_refuses_{name}"))
        when = f"WHEN {young} " if act == "DELETE" else ""
        connection.execute(
            text(f"CREATE TRIGGER {table}_refuses_{name} BEFORE {act} ON {table} {when}{refuse}")
        )


def _postgresql(connection: Connection, table: str) -> None:
    connection.execute(text(POSTGRESQL_FUNCTION))
    young = f"OLD.{APPEND_ONLY[table]} >= now() AT TIME ZONE 'UTC' - interval '{YEARS_KEPT} years'"
    change = f"UPDATE OF {_unsealed(connection, table)} OR TRUNCATE ON {table} FOR EACH STATEMENT"
    triggers = {"change": change, "delete": f"DELETE ON {table} FOR EACH ROW WHEN ({young})"}
    for name, act in triggers.items():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_refuses_{name} ON {table}"))
        connection.execute(
            text(
                f"CREATE TRIGGER {table}_refuses_{name} BEFORE {act} "
                "EXECUTE FUNCTION refuse_change()"
            )
        )


def _unsealed(connection: Connection, table: str) -> str:
    names = [column["name"] for column in inspect(connection).get_columns(table)]
    return ", ".join(f'"{name}"' for name in names if not name.startswith("sealed_"))
