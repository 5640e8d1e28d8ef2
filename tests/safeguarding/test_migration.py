"""Concerns that were written down before cases had entries keep every word, there and back."""

import json
import uuid

import flask_migrate
import pytest
from sqlalchemy import JSON, text

from tests.databases import migrate, of_kind, opened
from vrn_community.extensions import db
from vrn_community.foundation import crypto

BEFORE, CASES = "0017", "0018"
NOTE, DECISION = "He waits alone.", "Rang the front door."
pytestmark = pytest.mark.once


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, worker):
    with of_kind(request.param, f"cases_{worker}", migrated=False) as found:
        migrate(found.settings, BEFORE)
        yield found


def store():
    """Store a decided and an open concern as they were stored before."""
    made = [uuid.uuid4(), uuid.uuid4()]
    account, opportunity = uuid.uuid4(), uuid.uuid4()
    run(
        "INSERT INTO account (id, created_at, email, display_name, language, state, is_demo)"
        " VALUES (:id, '2026-01-05', 'a@x.org', 'Ann', 'en', 'active', :no)",
        id=account, no=False,
    )  # fmt: skip
    columns = {c["name"]: c for c in db.inspect(db.session.connection()).get_columns("opportunity")}
    needed = {n: empty(c) for n, c in columns.items() if not c["nullable"]}
    needed |= {"id": opportunity, "author_id": account, "level": "consult", "state": "draft"}
    names = ", ".join(needed)
    run(f"INSERT INTO opportunity ({names}) VALUES (:{', :'.join(needed)})", **needed)
    for key, decision in zip(made, (DECISION, None), strict=True):
        place = ("concern", str(key))
        run(
            "INSERT INTO concern (id, created_at, waits_since, opportunity_id, state, urgency,"
            " sealed_note, sealed_decision, raised_by_id, decided_by_id, decided_at)"
            " VALUES (:id, '2026-01-05 10:00', '2026-01-05 10:00', :of, 'open', 'today',"
            " :note, :decision, :by, :decider, :at)",
            id=key, of=opportunity, by=account,
            note=sealed(NOTE, *place, "sealed_note"),
            decision=sealed(decision, *place, "sealed_decision") if decision else None,
            decider=account if decision else None, at="2026-01-05 11:00" if decision else None,
        )  # fmt: skip
    db.session.commit()
    return made


def sealed(words, *place):
    return crypto.seal_bytes(words.encode(), *place)


def unsealed(found, *place):
    return crypto.unseal_bytes(bytes(found), *place).decode()


def empty(column):
    if isinstance(column["type"], JSON):
        return "[]"
    kind = column["type"].python_type
    return {bool: False, int: 0, str: "x", uuid.UUID: uuid.uuid4()}.get(kind, "2026-01-05")


def run(statement, **values):
    is_sqlite = db.engine.dialect.name == "sqlite"
    plain = {n: v.hex if is_sqlite and isinstance(v, uuid.UUID) else v for n, v in values.items()}
    return db.session.execute(text(statement), plain)


def test_every_word_is_there_after_the_change_and_after_going_back(database):
    with opened(database.settings):
        first, second = store()

    migrate(database.settings, CASES)
    with opened(database.settings):
        rows = run("SELECT id, concern_id, kind, sealed_text FROM case_entry").all()
        told = {(uuid.UUID(str(row.concern_id)), row.kind): row for row in rows}
        assert set(told) == {(first, "raised"), (first, "decision"), (second, "raised")}
        texts = {key: json.loads(opened_text(row)) for key, row in told.items()}
        assert texts[second, "raised"] == {"noticed": NOTE}
        assert texts[first, "decision"] == {"reasons": DECISION}
        assert run("SELECT source, received_on FROM concern").first()[0] == "passage"

    migrate(database.settings, BEFORE, down=True)
    with opened(database.settings):
        row = run("SELECT * FROM concern WHERE id = :id", id=first).one()
        note = unsealed(row.sealed_note, "concern", str(first), "sealed_note")
        decision = unsealed(row.sealed_decision, "concern", str(first), "sealed_decision")
        assert (note, decision) == (NOTE, DECISION)


def opened_text(row):
    return unsealed(row.sealed_text, "case_entry", str(uuid.UUID(str(row.id))), "sealed_text")


def test_going_back_is_refused_where_it_would_lose_a_case(database):
    with opened(database.settings):
        store()
    migrate(database.settings, CASES)
    with opened(database.settings):
        run("UPDATE case_entry SET locked_text = sealed_text, sealed_text = NULL")
        db.session.commit()

    with opened(database.settings), pytest.raises(SystemExit):
        flask_migrate.downgrade(revision=BEFORE)

    with opened(database.settings):
        assert run("SELECT count(*) FROM case_entry").scalar() == 3


def test_the_tables_tell_no_order_of_rows(database):
    migrate(database.settings, CASES)
    if database.kind == "sqlite":
        with opened(database.settings):
            for table in ("concern", "case_entry", "alert"):
                made = run("SELECT sql FROM sqlite_master WHERE name = :name", name=table).scalar()
                assert "WITHOUT ROWID" in made, table
