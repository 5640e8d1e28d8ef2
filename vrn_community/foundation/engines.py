"""How the database is opened: the same care on SQLite and on PostgreSQL."""

from typing import Any

from vrn_community import config
from vrn_community.foundation import sqlite

#: Connections of one process: as many as it may have threads.
CONNECTIONS = 32
#: A stuck transaction gives way in milliseconds: locks, and waiting in the middle of one.
PATIENCE = "-c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"


def options(settings: config.Settings) -> dict[str, Any]:
    """Return the SQLAlchemy engine options; no log ever shows what people wrote."""
    common = {"hide_parameters": True}
    if settings.uses_sqlite:
        return {**common, **sqlite.engine_options()}
    pool = {"pool_pre_ping": True, "pool_size": CONNECTIONS // 2, "max_overflow": CONNECTIONS // 2}
    return {**common, **pool, "connect_args": {"options": PATIENCE}}
