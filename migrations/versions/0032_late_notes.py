"""Tell of notes of meetings too, and let a second round begin with its own day.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

OF_ASKING = ("reply", "commitment", "milestone", "board")
NOTES = "'notes-soon', 'notes-overdue'"
#: The first move of a day after a challenge: until now it named a day of the round before. The
#: day that counted was the one of the challenge, which nobody can change.
SECOND_ROUND = """
    UPDATE extension SET former_day = (
        SELECT challenge.reply_by FROM challenge
        WHERE challenge.recommendation_id = extension.recommendation_id
    )
    WHERE id IN (
        SELECT moved.id FROM extension AS moved
        JOIN challenge ON challenge.recommendation_id = moved.recommendation_id
        WHERE moved.created_at > challenge.created_at AND NOT EXISTS (
            SELECT 1 FROM extension AS earlier
            WHERE earlier.recommendation_id = moved.recommendation_id
            AND earlier.created_at > challenge.created_at
            AND (earlier.created_at, earlier.id) < (moved.created_at, moved.id)
        )
    )
"""


def upgrade() -> None:
    op.execute(SECOND_ROUND)
    with op.batch_alter_table("reminder") as batch:
        batch.alter_column("recommendation_id", existing_type=sa.Uuid(), nullable=True)
        batch.add_column(sa.Column("meeting_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_reminder_meeting_id"), "meeting", ["meeting_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_index(op.f("ix_reminder_meeting_id"), ["meeting_id"])
        batch.create_check_constraint(
            op.f("ck_reminder_about_one"), "(recommendation_id IS NULL) <> (meeting_id IS NULL)"
        )
        _allow(batch, f"{_of_asking()}, {NOTES}")


def _allow(batch, kinds: str) -> None:
    batch.drop_constraint(op.f("ck_reminder_reminderkind"), type_="check")
    batch.create_check_constraint(op.f("ck_reminder_reminderkind"), f"kind IN ({kinds})")


def _of_asking() -> str:
    return ", ".join(f"'{what}-{when}'" for what in OF_ASKING for when in ("soon", "overdue"))


def downgrade() -> None:
    # The former version tells of nothing but what was asked; the days stay right.
    op.execute("DELETE FROM reminder WHERE recommendation_id IS NULL")
    with op.batch_alter_table("reminder") as batch:
        _allow(batch, _of_asking())
        batch.drop_constraint(op.f("ck_reminder_about_one"), type_="check")
        batch.drop_index(op.f("ix_reminder_meeting_id"))
        batch.drop_constraint(op.f("fk_reminder_meeting_id"), type_="foreignkey")
        batch.drop_column("meeting_id")
        batch.alter_column("recommendation_id", existing_type=sa.Uuid(), nullable=False)
