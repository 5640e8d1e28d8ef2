"""After six years the oldest entries go, and what is left is still a whole chain (D5, T22)."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from vrn_community import audit
from vrn_community.audit import services
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.privacy import running
from vrn_community.privacy.models import DeletionRecord

NOW = clock.now()
OLD, YOUNG = 5, 3


@pytest.fixture
def at(session, monkeypatch):
    """Return a function that sets the clock so many months back; the database keeps its own."""

    def go(months: int) -> None:
        moment = clock.months_after(NOW, -months)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return go


@pytest.fixture
def trail(at):
    """Return the hash of the last entry that is over six years old, among younger ones."""
    at(74)
    old = [audit.record("test:act", None, actor=None, number=number) for number in range(OLD)]
    at(71)
    for number in range(YOUNG):
        audit.record("test:act", None, actor=None, number=number)
    at(0)
    db.session.commit()
    return services.head_of(old[-1])


def run() -> int:
    return sum(number for kind, number in running.run() if kind.name == "audit")


def numbers() -> list[int]:
    return list(db.session.scalars(select(AuditEntry.number).order_by(AuditEntry.number)))


def test_what_is_over_goes_and_the_rest_is_a_whole_chain(trail) -> None:
    assert run() == OLD

    assert numbers() == [6, 7, 8, 9]
    cut = db.session.get_one(AuditEntry, 9)
    assert (cut.action, cut.details["first"]) == ("audit:cut", OLD + 1)
    assert services.check_chain() == services.ChainCheck(YOUNG + 1, None)
    noted = select(func.sum(DeletionRecord.count)).where(DeletionRecord.kind == "audit")
    assert db.session.scalar(noted) == OLD
    assert run() == 0  # And no act every night.


def test_a_trail_that_is_all_over_begins_with_its_cut(at) -> None:
    at(80)
    for number in range(OLD):
        audit.record("test:act", None, actor=None, number=number)
    at(0)

    assert run() == OLD

    assert numbers() == [OLD + 1]
    assert services.check_chain() == services.ChainCheck(1, None)


def test_the_database_goes_by_its_own_clock(trail, at) -> None:
    at(-12)

    with pytest.raises(DBAPIError, match="never changed"), db.session.begin_nested():
        audit.cut([OLD + YOUNG])
    assert services.check_chain() == services.ChainCheck(OLD + YOUNG, None)


def test_it_is_cut_again_and_again(at) -> None:
    for month in (90, 80):
        at(month)
        audit.record("test:act", None, actor=None, month=month)
    at(0)
    db.session.commit()
    audit.cut([1])
    assert services.check_chain() == services.ChainCheck(2, None)

    audit.cut([2])

    assert numbers() == [3, 4]
    assert services.check_chain() == services.ChainCheck(2, None)


def test_entries_that_somebody_took_away_without_a_cut_are_noticed(trail) -> None:
    db.session.execute(delete(AuditEntry).where(AuditEntry.number <= 2))
    db.session.commit()

    assert services.check_chain().first_wrong == 1


@pytest.mark.parametrize("place", [{"first": 3}, {"first": 7}, {"previous": "0" * 64}])
def test_a_cut_that_somebody_made_up_is_noticed(trail, place) -> None:
    last = services.queries.last()
    details = {"first": 6, "previous": trail.partition(":")[2], **place}
    forged = AuditEntry(
        number=last.number + 1, action=services.CUT, actor_id=None, subject_type="",
        subject_id=None, details=details, previous_hash=last.hash, hash="f" * 64,
    )  # fmt: skip
    db.session.add(forged)
    db.session.execute(delete(AuditEntry).where(AuditEntry.number < details["first"] - 1))
    db.session.flush()

    assert not services.check_chain().is_sound


def test_the_database_lets_nobody_take_or_change_young_entries(trail) -> None:
    for act in (
        delete(AuditEntry),
        delete(AuditEntry).where(AuditEntry.number == OLD + 1),
        update(AuditEntry).values(action="x"),
        update(AuditEntry).values(at=NOW - timedelta(days=3_000)),
    ):
        with pytest.raises(DBAPIError, match="never changed"), db.session.begin_nested():
            db.session.execute(act)
    assert len(numbers()) == OLD + YOUNG


def test_a_head_from_before_is_said_to_be_gone_since_then(app, trail) -> None:
    run()

    result = app.test_cli_runner().invoke(args=["audit", "verify", "--head", trail])

    assert result.exit_code == 1
    assert "Entries before 6 were taken away after six years." in result.output
