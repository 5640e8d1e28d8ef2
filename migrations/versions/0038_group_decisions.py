"""Tie recommendations to the ballots in which the group decided them.

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("recommendation") as batch:
        batch.add_column(sa.Column("ballot_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_recommendation_ballot_id"),
            "ballot",
            ["ballot_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch.create_index(op.f("ix_recommendation_ballot_id"), ["ballot_id"])


def downgrade() -> None:
    with op.batch_alter_table("recommendation") as batch:
        batch.drop_index(op.f("ix_recommendation_ballot_id"))
        batch.drop_constraint(op.f("fk_recommendation_ballot_id"), type_="foreignkey")
        batch.drop_column("ballot_id")
