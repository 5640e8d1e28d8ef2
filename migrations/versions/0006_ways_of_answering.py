"""Create what lets people answer together or once, and note how each response came.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: Columns with their checks beside them: so neither database makes the table anew, which
#: would take all answers in their order through the log of writes.
COLUMNS = {
    "opportunity": {
        "child_route": "VARCHAR(40) CONSTRAINT ck_opportunity_childroute"
        " CHECK (child_route IN ('session', 'parent-code', 'waived'))",
        "waiver_reason": "VARCHAR DEFAULT '' NOT NULL",
        "waived_on": "DATE",
        "is_sensitive": "BOOLEAN DEFAULT FALSE NOT NULL",
        "needs_code": "BOOLEAN DEFAULT FALSE NOT NULL",
    },
    "response": {
        "seed": "INTEGER",
        "way": "VARCHAR(40) DEFAULT 'online' NOT NULL CONSTRAINT ck_response_way"
        " CHECK (way IN ('online', 'session', 'slip', 'paper', 'entry'))",
        "is_partial": "BOOLEAN DEFAULT FALSE NOT NULL",
        "minutes": "VARCHAR(40) CONSTRAINT ck_response_minutes"
        " CHECK (minutes IN ('under-2', '2-5', '5-15', 'over-15'))",
        "flags": "JSON DEFAULT '[]' NOT NULL",
    },
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    op.create_table(
        "group_session",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("facilitator_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("sealed_code", sa.LargeBinary(), nullable=False),
        sa.Column("setting", sa.String(), nullable=False),
        sa.Column("responsible_adult", sa.String(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["account.id"], name=op.f("fk_group_session_facilitator_id")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_group_session_opportunity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_session")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_group_session_code_hash")),
    )
    for column in ("facilitator_id", "opportunity_id"):
        op.create_index(op.f(f"ix_group_session_{column}"), "group_session", [column], unique=False)
    op.create_table(
        "slip",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_slip_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_slip")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_slip_opportunity_id"), "slip", ["opportunity_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_draft_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_draft")),
        sqlite_with_rowid=False,
    )
    for column in ("kept_on", "opportunity_id"):
        op.create_index(op.f(f"ix_draft_{column}"), "draft", [column], unique=False)


def downgrade() -> None:
    op.drop_table("draft")
    op.drop_table("slip")
    op.drop_table("group_session")
    for table, columns in COLUMNS.items():
        for name in columns:
            op.drop_column(table, name)
