"""Migrations lose nothing, on both databases, in both directions."""

import multiprocessing
import uuid
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import delete, inspect, select, text
from sqlalchemy.exc import DatabaseError

from tests.conftest import make_account
from tests.databases import Database, migrate, of_kind, opened
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import WORDS, make_passage
from tests.factories.records import make_record
from tests.insights.evidence.conftest import content
from vrn_community import audit
from vrn_community.accounts import proving
from vrn_community.accounts.models import Account, AuthenticatorApp
from vrn_community.accounts.roles import Role
from vrn_community.config import PROJECT_ROOT, Settings
from vrn_community.contributions.models import Contribution
from vrn_community.exchange.models import Export, ExportContent
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.record_keys import RecordKey
from vrn_community.insights.evidence import services as insights
from vrn_community.insights.evidence.models import Routing
from vrn_community.notifications.models import Mail, MailKind
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership import loader
from vrn_community.partnership import queries as partnership
from vrn_community.privacy.models import DeletionRecord
from vrn_community.rights import breaches, raw_data
from vrn_community.rights import services as rights
from vrn_community.rights.models import LegalBasis, RequestKind
from vrn_community.safeguarding import entries
from vrn_community.safeguarding import services as concerns
from vrn_community.safeguarding.kinds import Outcome
from vrn_community.safeguarding.models import CaseEntry, Concern, Urgency

KINDS = ("sqlite", "postgresql")
SCRIPTS = ScriptDirectory(str(PROJECT_ROOT / "migrations"))
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]
OF_CONTRIBUTIONS = next(
    s.revision for s in SCRIPTS.walk_revisions() if "keys_of_contributions" in s.path
)
OF_RECORDS = next(s.revision for s in SCRIPTS.walk_revisions() if "keys_of_records" in s.path)
BEFORE_KEYS = next(s.down_revision for s in SCRIPTS.walk_revisions() if "record_keys" in s.path)


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, worker: str) -> Any:
    with of_kind(request.param, f"migrations_{worker}", migrated=False) as found:
        yield found


def fill(settings: Settings) -> None:
    with opened(settings):
        loader.load()
        author = make_account(Role.PUBLISHER)
        opportunity = make_opportunity(author)
        record = make_record(opportunity)
        db.session.add(DeletionRecord(kind="words", opportunity=record.opportunity, count=12))
        ask_about_rights(author, opportunity)
        audit.record("opportunity:begin", author, actor=author)
        withdrawn = insights.begin(uuid.uuid4(), content(), by=make_account(Role.ANALYST))
        insights.withdraw(withdrawn, "It was wrong.", by=withdrawn.author)
        body = partnership.body("charnwood-csp")
        db.session.add(Routing(insight=withdrawn, body=body, sent_by_id=author.id))
        concern = concerns.raise_concern(
            make_passage(opportunity), Urgency.ROUTINE, "Axolotlreed", by=author
        )
        concerns.decide(concern, Outcome.NO_ACTION, {"reasons": "Rang."}, by=author)
        db.session.add(Mail(id=uuid.uuid4(), account=author, kind=MailKind.TODAY))
        proving.set_up(author, "JBSWY3DPEHPK3PXP")
        db.session.commit()


def told(settings: Settings) -> list[Any]:
    """Return all sealed words, opened; those of a case as paragraphs."""
    with opened(settings):
        concern = db.session.scalars(select(Concern)).one()
        app = db.session.scalars(select(AuthenticatorApp)).one()
        texts = [text for told in entries.read(concern, None) for text in told.texts.values()]
        return [concern.passage.unseal(), {*"\n\n".join(texts).split("\n\n")}, app.secret]


def ask_about_rights(by: Account, opportunity: Opportunity) -> None:
    """Store what people ask, what went wrong, and what is to leave the service."""
    asked = rights.receive(rights.Asking("token", RequestKind.ERASURE, "Please.", "by post"))
    rights.note(uuid.uuid4(), asked, "Done.", by=by)
    breaches.begin(uuid.uuid4(), clock.now(), "It was lost.", by=by)
    raw_data.ask(uuid.uuid4(), raw_data.Wish("All", "Why", LegalBasis.CRIME, "A paper"), by=by)
    wanted = {"content": ExportContent.WORDS, "reason": "Why", "asked_by_id": by.id}
    db.session.add(Export(opportunity_id=opportunity.id, **wanted))


def rows(settings: Settings) -> dict[str, int]:
    with opened(settings):
        return counted()


def counted() -> dict[str, int]:
    with db.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
        count = 'SELECT count(*) FROM "{}"'
        return {table: connection.scalar(text(count.format(table))) or 0 for table in tables}


def test_upgrade_downgrade_and_upgrade_again_match_the_models(empty: Database) -> None:
    migrate(empty.settings)
    fill(empty.settings)

    migrate(empty.settings, "base", down=True)
    assert set(rows(empty.settings)) == set()
    migrate(empty.settings)

    with opened(empty.settings), db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


def test_every_revision_goes_down_and_up_without_losing_other_rows(empty: Database) -> None:
    migrate(empty.settings)
    fill(empty.settings)
    before = rows(empty.settings)

    with opened(empty.settings):
        for revision in reversed(REVISIONS[1:]):
            flask_migrate.downgrade(revision="-1")
            kept = counted()
            if revision == OF_RECORDS:  # Before, contributions and their words had keys alone.
                before["record_key"] = before["contribution"] + before["passage"]
            if revision == OF_CONTRIBUTIONS:  # On the way up they come again.
                before["record_key"] -= before["contribution"]
            assert kept == {table: before[table] for table in kept}, revision
        flask_migrate.upgrade()
        assert set(counted()) == set(before)


def test_sealed_words_open_after_going_back_to_before_they_had_keys(empty: Database) -> None:
    migrate(empty.settings)
    fill(empty.settings)

    migrate(empty.settings, BEFORE_KEYS, down=True)
    migrate(empty.settings)

    assert told(empty.settings) == [WORDS, {"Axolotlreed", WORDS, "Rang."}, "JBSWY3DPEHPK3PXP"]
    with opened(empty.settings):
        db.session.execute(delete(Contribution))
        left = set(db.session.scalars(select(RecordKey.record_id)))
        assert left == set(db.session.scalars(select(CaseEntry.id)))


def test_a_rebuilt_parent_keeps_its_children_and_triggers(empty: Database) -> None:
    """Rebuilding a table on SQLite must not cascade into the rows that point at it."""
    migrate(empty.settings)
    fill(empty.settings)
    before = rows(empty.settings)
    with opened(empty.settings):
        rebuild(("account", "audit_entry", "opportunity", "area"))

    assert rows(empty.settings) == before
    with opened(empty.settings), pytest.raises(DatabaseError, match="never changed"):
        db.session.execute(text("UPDATE audit_entry SET action = 'nothing'"))


def rebuild(tables: tuple[str, ...]) -> None:
    """Alter tables as a migration does, through the project's own environment."""
    import sqlalchemy as sa
    from alembic import op
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext

    again = "always" if db.engine.dialect.name == "sqlite" else "never"

    def alter(_revision: Any, context: Any) -> list[Any]:
        with op.Operations.context(context):
            for table in tables:
                with op.batch_alter_table(table, recreate=again) as batch:
                    batch.add_column(sa.Column("scratch", sa.String(), nullable=True))
                with op.batch_alter_table(table, recreate=again) as batch:
                    batch.drop_column("scratch")
        return []

    config = Config(str(PROJECT_ROOT / "migrations" / "alembic.ini"))
    config.set_main_option("script_location", str(PROJECT_ROOT / "migrations"))
    with EnvironmentContext(config, SCRIPTS, fn=alter):
        SCRIPTS.run_env()


def test_constraints_hold_on_both_databases(empty: Database) -> None:
    migrate(empty.settings)
    wrong = (
        "INSERT INTO opportunity_prevention (opportunity_id, level) VALUES "
        "('00000000-0000-0000-0000-000000000000', 'quaternary')"
    )
    with opened(empty.settings), pytest.raises(DatabaseError):
        db.session.execute(text(wrong))


def upgrade_quietly(settings: Settings) -> None:
    migrate(settings)


def test_of_two_migrators_at_once_one_works_and_both_end_cleanly(empty: Database) -> None:
    spawn = multiprocessing.get_context("spawn")
    migrators = [spawn.Process(target=upgrade_quietly, args=(empty.settings,)) for _ in range(2)]

    for migrator in migrators:
        migrator.start()
    for migrator in migrators:
        migrator.join(60)

    assert [migrator.exitcode for migrator in migrators] == [0, 0]
    with opened(empty.settings):
        assert db.session.scalars(text("SELECT version_num FROM alembic_version")).all() == [
            REVISIONS[-1]
        ]


def test_revisions_are_numbered_in_the_order_of_time() -> None:
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS
