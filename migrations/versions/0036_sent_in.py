"""Keep from whom the team has what it enters for a body, and which days the group moved.

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

SOURCES = (
    ("reply", "sent_in"),
    ("extension", "sent_in"),
    ("commitment", "sent_in"),
    ("commitment", "begun_sent_in"),
    ("commitment", "end_sent_in"),
    ("milestone", "sent_in"),
    ("postponement", "sent_in"),
    ("progress", "sent_in"),
)


def upgrade() -> None:
    for table, name in SOURCES:
        op.add_column(table, sa.Column(name, sa.String(), server_default="", nullable=False))
    by_group = sa.Column("by_group", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("postponement", by_group)


def downgrade() -> None:
    op.drop_column("postponement", "by_group")
    for table, name in reversed(SOURCES):
        op.drop_column(table, name)
