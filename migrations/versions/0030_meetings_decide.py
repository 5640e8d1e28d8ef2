"""Tie ballots to the items of agendas to which they belong.

Revision ID: 0030
Revises: 0026
"""

from alembic import op

revision = "0030"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Until now the column was a key that nothing checked.
    op.execute("UPDATE ballot SET item_id = NULL WHERE item_id NOT IN (SELECT id FROM agenda_item)")
    with op.batch_alter_table("ballot") as batch:
        batch.create_foreign_key(
            op.f("fk_ballot_item_id"), "agenda_item", ["item_id"], ["id"], ondelete="CASCADE"
        )


def downgrade() -> None:
    with op.batch_alter_table("ballot") as batch:
        batch.drop_constraint(op.f("fk_ballot_item_id"), type_="foreignkey")
