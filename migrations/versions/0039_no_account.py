"""Mark allegations about people who work here and have no account.

Revision ID: 0039
Revises: 0035
"""

from alembic import op

revision = "0039"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE concern ADD COLUMN is_about_helper BOOLEAN DEFAULT FALSE NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE concern DROP COLUMN is_about_helper")
