"""Keep closed answers of past days as columns, and tables of one item by another in releases.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_columns",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("build", sa.Uuid(), nullable=False),
        sa.Column("columns", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_day_columns_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("opportunity_id", "received_on", name=op.f("pk_day_columns")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_contribution_opportunity_id_received_on"),
        "contribution",
        ["opportunity_id", "received_on"],
        unique=False,
    )
    op.drop_index(op.f("ix_contribution_opportunity_id"), table_name="contribution")
    op.execute("ALTER TABLE release ADD COLUMN crosses JSON DEFAULT '[]' NOT NULL")


def downgrade() -> None:
    op.drop_column("release", "crosses")
    op.create_index(
        op.f("ix_contribution_opportunity_id"), "contribution", ["opportunity_id"], unique=False
    )
    op.drop_index(op.f("ix_contribution_opportunity_id_received_on"), table_name="contribution")
    op.drop_table("day_columns")
