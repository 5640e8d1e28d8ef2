"""Mark questions about offences, what paused by itself, and openings of hard words.

Revision ID: 0034
Revises: 0033
"""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

COLUMNS = {"opportunity": "is_offence_related", "opening": "is_hard"}


def upgrade() -> None:
    for table, column in COLUMNS.items():
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} BOOLEAN DEFAULT FALSE NOT NULL")
    op.execute("ALTER TABLE opportunity ADD COLUMN cover_lost_on DATE")
    op.execute("UPDATE opening SET is_hard = TRUE")  # Nothing else was covered before.


def downgrade() -> None:
    op.execute("ALTER TABLE opportunity DROP COLUMN cover_lost_on")
    for table, column in COLUMNS.items():
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
