"""Mark activities that ask about offences, and openings of words that are hard to read.

Revision ID: 0033
Revises: 0031
"""

from alembic import op

revision = "0033"
down_revision = "0031"
branch_labels = None
depends_on = None

COLUMNS = {"opportunity": "is_offence_related", "opening": "is_hard"}


def upgrade() -> None:
    for table, column in COLUMNS.items():
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} BOOLEAN DEFAULT FALSE NOT NULL")
    op.execute("UPDATE opening SET is_hard = TRUE")  # Nothing else was covered before.


def downgrade() -> None:
    for table, column in COLUMNS.items():
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
