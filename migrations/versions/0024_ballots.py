"""Let the oversight group decide, residents propose activities, and scrutiny be published.

Revision ID: 0024
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

from migrations.triggers import drop_key_trigger

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

CHECK = "ck_account_role_role"
ROLES = (
    "administrator",
    "publisher",
    "approver",
    "moderator",
    "safeguarding-lead",
    "safeguarding-deputy",
    "analyst",
    "data-protection-officer",
    "oversight-member",
    "oversight-chair",
    "secretariat",
    "partner",
    "board-member",
    "facilitator",
    "peer-analyst",
)
LEVELS = ("inform", "consult", "collaborate", "empower")


def upgrade() -> None:
    _allow(*ROLES, "youth-panel")
    _ballots()
    _proposals()
    _statements()


def _ballots() -> None:
    op.create_table(
        "ballot",
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("background", sa.String(), nullable=False),
        _one_of("method", "method", "consent", "vote"),
        sa.Column("is_secret", sa.Boolean(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        _one_of("state", "ballotstate", "draft", "open", "closed", "withdrawn"),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=True),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_record("ballot"),
        _key("ballot", "author_id", "account.id"),
        _key("ballot", "opened_by_id", "account.id"),
        _key("ballot", "follows_id", "ballot.id"),
    )
    for column in ("author_id", "closes_on", "follows_id", "item_id", "state"):
        op.create_index(op.f(f"ix_ballot_{column}"), "ballot", [column])
    op.create_table(
        "voter",
        *_of_member("voter"),
        sa.Column("is_excluded", sa.Boolean(), nullable=False),
        sa.Column("has_voted", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vote",
        *_of_member("vote"),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballot_box",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sealed_votes", sa.LargeBinary(), nullable=False),
        _key("ballot_box", "id", "ballot.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_box")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "minority_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        _key("minority_view", "ballot_id", "ballot.id", "CASCADE"),
        _key("minority_view", "author_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minority_view")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_minority_view_ballot_id"), "minority_view", ["ballot_id"])


def _proposals() -> None:
    op.create_table(
        "activity_proposal",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        _one_of("level", "participationlevel", *LEVELS),
        _one_of("power", "power", "budget", "decision", "criteria", "delivery", is_optional=True),
        sa.Column("power_words", sa.String(), nullable=False),
        _one_of("state", "proposalstate", "proposed", "taken-up", "declined", "withdrawn"),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("opportunity_id", sa.Uuid(), nullable=True),
        *_record("activity_proposal"),
        _key("activity_proposal", "author_id", "account.id"),
        _key("activity_proposal", "answered_by_id", "account.id"),
        _key("activity_proposal", "opportunity_id", "opportunity.id", "CASCADE"),
    )
    for column in ("author_id", "due_on", "opportunity_id", "state"):
        op.create_index(op.f(f"ix_activity_proposal_{column}"), "activity_proposal", [column])
    op.create_table(
        "suggested_wording",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        *_record("suggested_wording"),
        _key("suggested_wording", "proposal_id", "activity_proposal.id", "CASCADE"),
        _key("suggested_wording", "author_id", "account.id"),
        _key("suggested_wording", "decided_by_id", "account.id"),
    )
    op.create_index(op.f("ix_suggested_wording_proposal_id"), "suggested_wording", ["proposal_id"])


def _statements() -> None:
    op.create_table(
        "statement",
        _one_of("kind", "statementkind", "decision", "notes", "report"),
        _one_of("state", "statementstate", "draft", "cleared", "published", "kept", "withdrawn"),
        sa.Column("about_on", sa.Date(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("first_published_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        *_record("statement"),
        _key("statement", "ballot_id", "ballot.id", "CASCADE"),
        _key("statement", "author_id", "account.id"),
    )
    for column in ("author_id", "ballot_id", "first_published_on", "state"):
        op.create_index(op.f(f"ix_statement_{column}"), "statement", [column])
    op.create_table(
        "statement_version",
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("cleared_by_id", sa.Uuid(), nullable=True),
        sa.Column("cleared_on", sa.Date(), nullable=True),
        sa.Column("clearance", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_record("statement_version"),
        _key("statement_version", "statement_id", "statement.id", "CASCADE"),
        _key("statement_version", "author_id", "account.id"),
        _key("statement_version", "cleared_by_id", "account.id"),
        sa.UniqueConstraint(
            "statement_id", "number", name=op.f("uq_statement_version_statement_id_number")
        ),
    )


def _of_member(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        _key(table, "ballot_id", "ballot.id", "CASCADE"),
        _key(table, "account_id", "account.id"),
        sa.PrimaryKeyConstraint("ballot_id", "account_id", name=op.f(f"pk_{table}")),
    )


def _record(table: str) -> tuple[sa.Column, sa.Column, sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _key(table: str, column: str, target: str, gone: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=gone
    )


def _one_of(column: str, name: str, *values: str, is_optional: bool = False) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=is_optional)


def _allow(*roles: str) -> None:
    names = ", ".join(f"'{role}'" for role in roles)
    with op.batch_alter_table("account_role") as table:
        if op.get_bind().dialect.name == "postgresql":
            table.drop_constraint(op.f(CHECK), type_="check")
        table.create_check_constraint(op.f(CHECK), f"role IN ({names})")


def downgrade() -> None:
    drop_key_trigger(op.get_bind(), "ballot_box")
    op.execute("DELETE FROM record_key WHERE record_id IN (SELECT id FROM ballot_box)")
    for table in (
        *("statement_version", "statement", "suggested_wording", "activity_proposal"),
        *("minority_view", "ballot_box", "vote", "voter", "ballot"),
    ):
        op.drop_table(table)
    op.execute("DELETE FROM account_role WHERE role = 'youth-panel'")
    _allow(*ROLES)
