"""Keep how groups that may be affected more counted in a decision.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = sa.Column("equality_effect", sa.String(), server_default="", nullable=False)
    op.add_column("outcome", words)


def downgrade() -> None:
    op.drop_column("outcome", "equality_effect")
