"""Triggers that both databases carry: what is written to the audit trail stays as it is."""

from sqlalchemy import Connection, inspect, text

#: Tables whose rows are never changed or deleted.
APPEND_ONLY = ("audit_entry",)

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'rows of this table are never changed'; END
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


def _sqlite(connection: Connection, table: str) -> None:
    for act in ("UPDATE", "DELETE"):
        name = f"{table}_refuses_{act.lower()}"
        connection.execute(
            text(
                f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {act} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'rows of this table are never changed'); END"
            )
        )


def _postgresql(connection: Connection, table: str) -> None:
    connection.execute(text(POSTGRESQL_FUNCTION))
    name = f"{table}_refuses_change"
    connection.execute(text(f"DROP TRIGGER IF EXISTS {name} ON {table}"))
    connection.execute(
        text(
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    )
