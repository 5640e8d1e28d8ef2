"""The audit trail shows by command that it is as it was written (T22)."""

import pytest
from sqlalchemy import delete, select, text

from migrations.triggers import recreate_triggers
from vrn_community import audit
from vrn_community.audit.models import AuditEntry
from vrn_community.audit.services import entry_hash
from vrn_community.extensions import db


@pytest.fixture
def run(app, session):
    """Return a function that runs a command; four acts are in the trail."""
    for number in range(4):
        audit.record("test:act", None, actor=None, number=number)
    db.session.commit()

    def command(*words: str):
        return app.test_cli_runner().invoke(args=["audit", *words])

    return command


@pytest.fixture
def tamper(app):
    """Return a function that changes entries as somebody does who owns the database."""

    def change(statement) -> None:
        connection = db.session.connection()
        for act in ("update", "delete", "change"):
            on_table = "" if connection.dialect.name == "sqlite" else " ON audit_entry"
            connection.execute(text(f"DROP TRIGGER IF EXISTS audit_entry_refuses_{act}{on_table}"))
        db.session.execute(statement)
        recreate_triggers(connection)
        db.session.commit()
        db.session.expire_all()

    return change


def test_a_sound_trail_is_said_to_be_sound(run) -> None:
    head = run("head").output.strip()

    assert head.startswith("4:")
    result = run("verify", "--head", head)
    assert (result.exit_code, result.output) == (0, "4 entries, all as they were written.\n")


def test_a_head_from_before_is_still_there_when_more_was_done(run) -> None:
    head = run("head").output.strip()
    audit.record("test:act", None, actor=None)
    db.session.commit()

    assert run("verify", "--head", head).exit_code == 0


def test_an_entry_that_was_cut_out_is_noticed(run, tamper) -> None:
    tamper(delete(AuditEntry).where(AuditEntry.number == 2))

    result = run("verify")

    assert result.exit_code == 1
    assert "Entry 2 is not as it was written." in result.output


def test_an_end_that_was_cut_off_is_noticed_by_who_kept_the_head(run, tamper) -> None:
    head = run("head").output.strip()
    tamper(delete(AuditEntry).where(AuditEntry.number > 2))

    assert run("verify").exit_code == 0  # What is left is a whole chain.
    result = run("verify", "--head", head)
    assert result.exit_code == 1
    assert "is not there" in result.output


def test_a_trail_written_anew_with_the_pepper_is_noticed_by_who_kept_the_head(run, tamper) -> None:
    head = run("head").output.strip()
    last = db.session.scalars(select(AuditEntry).where(AuditEntry.number == 4)).one()
    values = {"action": "test:lie", "hash": _hash_of(last, action="test:lie")}
    tamper(db.update(AuditEntry).where(AuditEntry.number == 4).values(values))

    assert run("verify").exit_code == 0
    assert run("verify", "--head", head).exit_code == 1


def _hash_of(entry: AuditEntry, *, action: str) -> str:
    names = ("number", "at", "actor_id", "subject_type", "subject_id", "details", "previous_hash")
    return entry_hash(AuditEntry(action=action, **{name: getattr(entry, name) for name in names}))


@pytest.mark.parametrize("head", ["", "x", "4", "4:", "99:abc", "-1:abc", "²:abc", "9" * 30 + ":a"])
def test_what_was_never_a_head_is_not_found(run, head) -> None:
    assert run("verify", "--head", head).exit_code == (1 if head else 0)


def test_an_act_that_failed_leaves_no_entry(run) -> None:
    before = run("head").output
    audit.record("test:act", None, actor=None)
    db.session.rollback()

    assert run("head").output == before
