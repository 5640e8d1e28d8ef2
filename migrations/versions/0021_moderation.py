"""Let two moderators agree, appeals be answered, passkeys sign in, and people be told outcomes.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OUTCOMES = ("clear", "redact", "hold", "withhold")


def upgrade() -> None:
    with op.batch_alter_table("decision") as batch:
        batch.add_column(sa.Column("second_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_decision_second_id"), "account", ["second_id"], ["id"])
    op.create_table(
        "proposal",
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        _one_of("outcome", "decisionoutcome", *OUTCOMES),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("moderator_id", sa.Uuid(), nullable=False),
        *_record("proposal"),
        _key("proposal", "passage_id", "passage.id", "CASCADE"),
        _key("proposal", "moderator_id", "account.id"),
        sa.UniqueConstraint("passage_id", name=op.f("uq_proposal_passage_id")),
    )
    op.create_table(
        "appeal",
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("signals", sa.String(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        _one_of("outcome", "appealoutcome", "kept", "reopened", is_optional=True),
        sa.Column("moderator_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        _key("appeal", "passage_id", "passage.id", "CASCADE"),
        _key("appeal", "moderator_id", "account.id"),
        sa.PrimaryKeyConstraint("passage_id", name=op.f("pk_appeal")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "opening",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        _key("opening", "account_id", "account.id", "CASCADE"),
        _key("opening", "passage_id", "passage.id", "CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "passage_id", "opened_on", name=op.f("pk_opening")),
    )
    op.create_table(
        "passkey",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        *_record("passkey"),
        _key("passkey", "account_id", "account.id", "CASCADE"),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_account_id"), "passkey", ["account_id"])
    op.create_table(
        "follower",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("contact_hash", sa.String(), nullable=False),
        sa.Column("sealed_contact", sa.LargeBinary(), nullable=False),
        _key("follower", "opportunity_id", "opportunity.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower")),
        sa.UniqueConstraint("contact_hash", name=op.f("uq_follower_contact_hash")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_follower_opportunity_id"), "follower", ["opportunity_id"])
    op.create_table(
        "telling",
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        *_record("telling"),
        _key("telling", "outcome_id", "outcome.id", "CASCADE"),
        _key("telling", "account_id", "account.id"),
        sa.UniqueConstraint("outcome_id", name=op.f("uq_telling_outcome_id")),
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


def downgrade() -> None:
    for table in ("telling", "follower", "passkey", "opening", "appeal", "proposal"):
        op.drop_table(table)
    with op.batch_alter_table("decision") as batch:
        batch.drop_constraint(op.f("fk_decision_second_id"), type_="foreignkey")
        batch.drop_column("second_id")
