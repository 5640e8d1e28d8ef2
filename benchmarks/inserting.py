"""The second yardstick: the smallest form that Flask can answer with one safe row of SQLite."""

import os
import threading
from pathlib import Path

import pysqlite3.dbapi2
from flask import Flask, request

app = Flask(__name__)
PATH = Path(os.environ["VRN_DATA_DIR"]) / "yardstick.sqlite"
_own = threading.local()


def _connection() -> pysqlite3.dbapi2.Connection:
    if not hasattr(_own, "connection"):
        _own.connection = pysqlite3.dbapi2.connect(PATH, isolation_level=None, timeout=10)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            _own.connection.execute(f"PRAGMA {pragma}")
        _own.connection.execute("CREATE TABLE IF NOT EXISTS answer (words TEXT)")
    return _own.connection


@app.route("/", methods=["GET", "POST"])
def insert() -> str:
    """Store what was sent in one transaction, and say so."""
    connection = _connection()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO answer VALUES (?)", (request.form.get("words", ""),))
    connection.execute("COMMIT")
    return "<!doctype html><title>Thank you</title><h1>Thank you</h1>"
