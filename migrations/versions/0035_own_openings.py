"""Let the reason of an appeal be opened for itself.

What is opened is known by its own key, so it is no longer tied to a passage. Openings are of one
day: whoever had opened an appeal opens its reason once more.

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_anew("passage_id", "opened_id")


def downgrade() -> None:
    op.execute("DELETE FROM opening WHERE opened_id NOT IN (SELECT id FROM passage)")
    passage = sa.ForeignKeyConstraint(
        ["passage_id"], ["passage.id"], name=op.f("fk_opening_passage_id"), ondelete="CASCADE"
    )
    _make_anew("opened_id", "passage_id", passage)


def _make_anew(before: str, after: str, *keys: sa.ForeignKeyConstraint) -> None:
    """Make the table with another key; it holds no more than the openings of a day."""
    keys_of = [sa.column(name, sa.Uuid()) for name in ("account_id", before)]
    day, is_hard = sa.column("opened_on", sa.Date()), sa.column("is_hard", sa.Boolean())
    query = sa.select(*keys_of, day, is_hard).select_from(sa.table("opening"))
    rows = op.get_bind().execute(query).all()
    op.drop_table("opening")
    names = ("account_id", after, "opened_on", "is_hard")
    made = op.create_table(
        "opening",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(after, sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("is_hard", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_opening_account_id"), ondelete="CASCADE"
        ),
        *keys,
        sa.PrimaryKeyConstraint("account_id", after, "opened_on", name=op.f("pk_opening")),
    )
    if rows:
        op.bulk_insert(made, [dict(zip(names, row, strict=True)) for row in rows])
