"""What the group and bodies wrote goes down and up again, with rows in every new table."""

import uuid
from datetime import timedelta
from typing import Any

import flask_migrate
import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from tests.architecture.test_migrations import REVISIONS, SCRIPTS, counted, empty
from tests.databases import Database, migrate, opened
from vrn_community import demo
from vrn_community.accounts.models import Account
from vrn_community.config import Settings
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.notifications.models import Mail, MailKind
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.commitments.models import Commitment, Postponement
from vrn_community.oversight.meetings.models import AgendaItem, OptOut
from vrn_community.oversight.recommendations.models import (
    Challenge,
    Extension,
    Recommendation,
    Wording,
)
from vrn_community.oversight.reminders.models import Reminder, ReminderKind
from vrn_community.oversight.scrutiny.models import (
    Colour,
    EvidenceExtension,
    EvidenceRequest,
    Rating,
)
from vrn_community.partnership import loader
from vrn_community.rights.models import PrivacyRequest, Reach
from vrn_community.safeguarding.models import AlsoAccused, Concern

__all__ = ["empty"]
#: The last revision before the group met, decided and asked.
BEFORE = next(s.down_revision for s in SCRIPTS.walk_revisions() if "duty_to_reply" in s.path)
BEFORE_ITEMS = next(
    s.down_revision for s in SCRIPTS.walk_revisions() if "meetings_decide" in s.path
)
BEFORE_NOTES = next(s.down_revision for s in SCRIPTS.walk_revisions() if "late_notes" in s.path)
BEFORE_BODIES = next(s.down_revision for s in SCRIPTS.walk_revisions() if "red_and" in s.path)
#: What a former version has no place for: second replies, the role of a panel, sealed boxes, and
#: that notes are owed.
FORGOTTEN = {"account_role", "record_key", "reply", "reminder"}


@pytest.fixture
def full(empty: Database) -> Database:
    """Return a database in which every table of the group has rows."""
    migrate(empty.settings)
    with opened(empty.settings):
        loader.load()
        demo.load()
        db.session.flush()
        add_what_the_demonstration_lacks()
        db.session.commit()
    return empty


def add_what_the_demonstration_lacks() -> None:
    account, recommendation, commitment, item, concern, asked, evidence = (
        db.session.scalars(select(model)).first()
        for model in (
            *(Account, Recommendation, Commitment, AgendaItem, Concern, PrivacyRequest),
            EvidenceRequest,
        )
    )
    by, today = account.id, clock.today()
    moved: dict[str, Any] = {"former_day": today, "day": today + timedelta(days=9), "author_id": by}
    moved |= {"reason": "Snow.", "came_late": False}
    of_it = {"recommendation_id": recommendation.id}
    db.session.add_all(
        [
            Extension(**of_it, **moved),
            Postponement(commitment_id=commitment.id, **moved),
            Wording(**of_it, text="Was.", reasons="Then.", why="Clearer."),
            EvidenceExtension(evidence_request_id=evidence.id, **moved),
            Reminder(**of_it, subject_id=uuid.uuid4(), kind=list(ReminderKind)[0], due_on=today),
            OptOut(item_id=item.id, account_id=by),
            AlsoAccused(concern_id=concern.id, account_id=by),
            Mail(id=uuid.uuid4(), account_id=by, kind=MailKind.TODAY),
            Reach(id=uuid.uuid4(), request_id=asked.id, words="by post"),
        ]
    )


def test_every_step_down_keeps_what_the_former_version_knows(full: Database) -> None:
    with opened(full.settings):
        before = counted()
        for revision in reversed(REVISIONS[REVISIONS.index(BEFORE) + 1 :]):
            flask_migrate.downgrade(revision="-1")
            left = counted()
            kept = {table: n for table, n in left.items() if table not in FORGOTTEN}
            assert kept == {table: before[table] for table in kept}, revision
        new = {table: n for table, n in before.items() if table not in left}
        assert [table for table, number in new.items() if not number] == []
        assert len(new) > 30
        flask_migrate.upgrade()
        assert set(counted()) == set(before)


def test_a_ballot_keeps_its_item_and_loses_one_that_never_was(full: Database) -> None:
    migrate(full.settings, BEFORE_ITEMS, down=True)
    known = tied(full.settings)
    assert any(known.values())
    lost = next(key for key, item in known.items() if not item)
    with opened(full.settings):
        changed = update(Ballot).where(Ballot.id == lost).values(item_id=uuid.uuid4())
        db.session.execute(changed)
        db.session.commit()

    migrate(full.settings)

    assert tied(full.settings) == known
    with opened(full.settings), pytest.raises(DatabaseError):
        db.session.execute(update(Ballot).values(item_id=uuid.uuid4()))
    with opened(full.settings), pytest.raises(DatabaseError):
        db.session.execute(text("UPDATE ballot SET state = 'nonsense'"))


def test_the_first_move_of_a_second_round_begins_with_the_day_of_the_challenge(
    full: Database,
) -> None:
    challenged, now, first = clock.today() + timedelta(days=30), clock.now(), clock.today()
    days = [first + timedelta(days=number) for number in (0, 5, 40, 50)]
    with opened(full.settings):
        asked = db.session.scalars(select(Recommendation)).first()
        db.session.execute(delete(Extension))
        db.session.execute(delete(Challenge).where(Challenge.recommendation_id == asked.id))
        of_it = {"recommendation_id": asked.id, "author_id": asked.author_id, "reasons": "Thin."}
        begun = {"reply_by": challenged, "created_at": now - timedelta(hours=9)}
        db.session.add(Challenge(**of_it, **begun))
        # Before the challenge, then two after it: the first of these named a day before it.
        for hours, former, day in zip((12, 6, 3), days, days[1:], strict=False):
            made = {"former_day": former, "day": day, "created_at": now - timedelta(hours=hours)}
            move = {"recommendation_id": asked.id, "author_id": asked.author_id}
            db.session.add(Extension(**move, **made, reason="Snow.", came_late=False))
        db.session.commit()
    migrate(full.settings, BEFORE_NOTES, down=True)

    migrate(full.settings)

    with opened(full.settings):
        moves = select(Extension.former_day).order_by(Extension.created_at)
        assert list(db.session.scalars(moves)) == [days[0], challenged, days[2]]


def test_a_red_rating_keeps_its_post_and_what_a_body_said_of_it(full: Database) -> None:
    with opened(full.settings):
        red = update(Rating).where(Rating.colour == Colour.RED)
        db.session.execute(red.values(answer="Ten.", answered_at=clock.now()))
        db.session.commit()
    migrate(full.settings, BEFORE_BODIES, down=True)

    migrate(full.settings)

    with opened(full.settings):
        (kept,) = db.session.scalars(select(Rating).where(Rating.colour == Colour.RED))
        assert (kept.escalated_to, kept.feedback) == ("Head of support", "Ten.")
        assert (kept.body_id, kept.answer_by, kept.answer) == (None, None, "")


def tied(settings: Settings) -> dict[uuid.UUID, uuid.UUID | None]:
    """Return the item of each ballot, by the key of the ballot."""
    with opened(settings):
        return dict(db.session.execute(select(Ballot.id, Ballot.item_id)).all())
