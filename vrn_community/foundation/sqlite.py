"""SQLite set up so that an answer once acknowledged is never lost, and nothing stays behind."""

import sqlite3
from typing import Any

import pysqlite3.dbapi2
from flask import g, has_app_context, has_request_context, request
from sqlalchemy import Connection, Engine, event

from vrn_community.foundation import folding

#: Versions before this one can corrupt a WAL file when several processes write ("WAL-reset bug").
FIRST_SAFE_WAL = (3, 51, 3)
READ_ONLY = frozenset({"GET", "HEAD", "OPTIONS"})
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=10000",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "mmap_size=0",
)


class UnsafeSQLiteError(RuntimeError):
    """The SQLite library at hand can lose committed answers."""


def refuse_unsafe_wal(version: tuple[int, ...] | None = None) -> None:
    """Refuse to run WAL on an SQLite library with the WAL-reset bug."""
    found = version or tuple(pysqlite3.dbapi2.sqlite_version_info)
    if found < FIRST_SAFE_WAL:
        raise UnsafeSQLiteError(
            f"SQLite {'.'.join(map(str, found))} can lose committed answers in WAL mode. "
            f"Install pysqlite3 with SQLite {'.'.join(map(str, FIRST_SAFE_WAL))} or later."
        )


def engine_options() -> dict[str, Any]:
    """Return the SQLAlchemy engine options for SQLite: the safe library instead of the system's."""
    refuse_unsafe_wal()
    return {"module": pysqlite3.dbapi2, "connect_args": {"check_same_thread": False}}


def listen(engine: Engine) -> None:
    """Set up each connection, and begin transactions so that writers wait instead of failing."""
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions itself, see _begin.
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")  # nosemgrep: sql
    cursor.close()
    connection.create_function("fold", 1, folding.fold, deterministic=True)


def _begin(connection: Connection) -> None:
    """Take the write lock at once unless the request, the job or the connection only reads.

    `g.only_reads` and the option `only_reads` of a connection say so.

    A transaction that reads first and writes later fails without waiting when
    another one wrote in between; the busy timeout does not apply to it.
    """
    is_get = has_request_context() and request.method in READ_ONLY
    reads = is_get or (has_app_context() and g.get("only_reads"))
    reads = reads or connection.get_execution_options().get("only_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
