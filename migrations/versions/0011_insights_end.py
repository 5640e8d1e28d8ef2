"""Let insights be corrected and withdrawn, and let the team say how a body got one.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BEFORE = ("draft", "published")
AFTER = (*BEFORE, "corrected", "withdrawn")
WAYS = ("phone", "letter", "email")
#: SQLite names it without the table where it was made together with the table.
CHECK = "ck_insight_insightstate"


def upgrade() -> None:
    with op.batch_alter_table("insight") as batch:
        batch.add_column(sa.Column("family_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("reason", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("end_reason", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE insight SET family_id = id")
    _set_states(AFTER)
    with op.batch_alter_table("insight") as batch:
        batch.alter_column("family_id", existing_type=sa.Uuid(), nullable=False)
        batch.create_unique_constraint(op.f("uq_insight_family_id_number"), ["family_id", "number"])
    with op.batch_alter_table("routing") as batch:
        batch.add_column(sa.Column("received_way", sa.String(40), nullable=True))
        batch.add_column(sa.Column("received_from", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("knows_on", sa.Date(), nullable=True))
        batch.create_check_constraint(op.f("ck_routing_receiptway"), _in("received_way", WAYS))


def downgrade() -> None:
    with op.batch_alter_table("routing") as batch:
        batch.drop_constraint(op.f("ck_routing_receiptway"), type_="check")
        batch.drop_column("knows_on")
        batch.drop_column("received_from")
        batch.drop_column("received_way")
    # What ended must not be shown to bodies again.
    op.execute("UPDATE insight SET state = 'draft' WHERE state IN ('corrected', 'withdrawn')")
    _set_states(BEFORE)
    with op.batch_alter_table("insight") as batch:
        batch.drop_constraint(op.f("uq_insight_family_id_number"), type_="unique")
        for column in ("end_reason", "ended_on", "reason", "number", "family_id"):
            batch.drop_column(column)


def _set_states(values: tuple[str, ...]) -> None:
    with op.batch_alter_table("insight") as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.create_check_constraint(op.f(CHECK), _in("state", values))


def _in(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
