"""Run migrations: one migrator at a time, on SQLite without losing child rows or triggers."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Engine, text

from migrations.triggers import recreate_triggers
from vrn_community import config
from vrn_community.extensions import db
from vrn_community.foundation.db import UtcDateTime

#: PostgreSQL advisory lock held while migrating.
MIGRATION_LOCK = 5_271_000


def run() -> None:
    """Apply what was asked for to the application's database."""
    engine = db.engine
    with one_at_a_time(engine), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            migrate_sqlite(connection)
        else:
            migrate(connection)
            connection.commit()


@contextmanager
def one_at_a_time(engine: Engine) -> Iterator[None]:
    """Wait until no other migrator is at work on this database.

    On SQLite that comes before the first connection, which may change the kind of its journal.
    """
    if engine.dialect.name == "sqlite":
        with (config.current().data_dir / "migrations.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as own:
        own.execute(text(f"SELECT pg_advisory_lock({MIGRATION_LOCK})"))
        try:
            yield
        finally:
            own.execute(text(f"SELECT pg_advisory_unlock({MIGRATION_LOCK})"))


def migrate_sqlite(connection: Connection) -> None:
    """Migrate with foreign keys off, or rebuilding a table would delete its child rows."""
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        migrate(connection)
        broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
        if broken:
            connection.rollback()
            raise RuntimeError(
                f"The migration would leave {len(broken)} rows without their parent."
            )
        connection.commit()
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def migrate(connection: Connection) -> None:
    """Run the migrations in one transaction, and put back triggers that a rebuild dropped."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=render_item,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
        recreate_triggers(connection)


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column types as plain ones, so that a migration never changes with the code."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


run()
