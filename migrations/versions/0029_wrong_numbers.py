"""Note which numbers are known to be wrong.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("support_service", sa.Column("wrong_since", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("support_service", "wrong_since")
