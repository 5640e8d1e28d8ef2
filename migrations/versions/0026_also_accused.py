"""Let an allegation be about several accounts, and hide it from each.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "also_accused",
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_id"],
            ["concern.id"],
            name=op.f("fk_also_accused_concern_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_also_accused_account_id")
        ),
        sa.PrimaryKeyConstraint("concern_id", "account_id", name=op.f("pk_also_accused")),
    )
    op.create_index(op.f("ix_also_accused_account_id"), "also_accused", ["account_id"])


def downgrade() -> None:
    op.drop_table("also_accused")
