"""Tie ballots to items of agendas, and published notes to meetings.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

PLACE_KINDS = ("together", "online", "both")


def upgrade() -> None:
    # Until now the column was a key that nothing checked.
    op.execute("UPDATE ballot SET item_id = NULL WHERE item_id NOT IN (SELECT id FROM agenda_item)")
    with op.batch_alter_table("ballot") as batch:
        batch.create_foreign_key(
            op.f("fk_ballot_item_id"), "agenda_item", ["item_id"], ["id"], ondelete="CASCADE"
        )
    kinds = sa.Enum(*PLACE_KINDS, name="placekind", native_enum=False, length=40)
    with op.batch_alter_table("meeting") as batch:
        batch.add_column(sa.Column("place_kind", kinds, nullable=True))
        listed = ", ".join(f"'{kind}'" for kind in PLACE_KINDS)
        batch.create_check_constraint(op.f("ck_meeting_placekind"), f"place_kind IN ({listed})")
    with op.batch_alter_table("statement") as batch:
        batch.add_column(sa.Column("meeting_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_statement_meeting_id"), "meeting", ["meeting_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_index(op.f("ix_statement_meeting_id"), ["meeting_id"])


def downgrade() -> None:
    with op.batch_alter_table("statement") as batch:
        batch.drop_index(op.f("ix_statement_meeting_id"))
        batch.drop_constraint(op.f("fk_statement_meeting_id"), type_="foreignkey")
        batch.drop_column("meeting_id")
    with op.batch_alter_table("meeting") as batch:
        batch.drop_constraint(op.f("ck_meeting_placekind"), type_="check")
        batch.drop_column("place_kind")
    with op.batch_alter_table("ballot") as batch:
        batch.drop_constraint(op.f("fk_ballot_item_id"), type_="foreignkey")
