"""Mark activities that ask about offences.

Revision ID: 0033
Revises: 0031
"""

from alembic import op

revision = "0033"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    added = "is_offence_related BOOLEAN DEFAULT FALSE NOT NULL"
    op.execute(f"ALTER TABLE opportunity ADD COLUMN {added}")


def downgrade() -> None:
    op.execute("ALTER TABLE opportunity DROP COLUMN is_offence_related")
