"""Mark allegations about people who work here without an account, and urgent requests told of.

Revision ID: 0039
Revises: 0038
"""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE concern ADD COLUMN is_about_helper BOOLEAN DEFAULT FALSE NOT NULL")
    op.execute("ALTER TABLE privacy_request ADD COLUMN urgent_told_on DATE")


def downgrade() -> None:
    op.execute("ALTER TABLE privacy_request DROP COLUMN urgent_told_on")
    op.execute("ALTER TABLE concern DROP COLUMN is_about_helper")
