"""Keep who is there for concerns and when, since when each waits, and who was told.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cover",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        _one_of("role", "coverrole", "lead", "deputy"),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        *_record("cover"),
        _key("cover", "account_id", "account.id", "CASCADE"),
        sa.CheckConstraint("begins_on <= ends_on", name=op.f("ck_cover_begins_before_it_ends")),
    )
    op.create_index(op.f("ix_cover_account_id"), "cover", ["account_id"])
    op.create_index(op.f("ix_cover_ends_on"), "cover", ["ends_on"])
    op.create_table(
        "alert",
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        _one_of("kind", "alertkind", "raised", "overdue"),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        *_record("alert"),
        _key("alert", "concern_id", "concern.id", "CASCADE"),
        _key("alert", "account_id", "account.id", "SET NULL"),
        sa.UniqueConstraint(
            "concern_id", "kind", "due_at", name=op.f("uq_alert_concern_id_kind_due_at")
        ),
    )
    op.create_index(op.f("ix_alert_account_id"), "alert", ["account_id"])
    with op.batch_alter_table("concern") as batch:
        batch.add_column(sa.Column("waits_since", sa.DateTime(), nullable=True))
    op.execute("UPDATE concern SET waits_since = created_at")
    with op.batch_alter_table("concern") as batch:
        batch.alter_column("waits_since", existing_type=sa.DateTime(), nullable=False)


def _record(table: str) -> tuple[sa.Column, sa.Column, sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _key(table: str, column: str, target: str, gone: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=gone
    )


def _one_of(column: str, name: str, *values: str) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("concern") as batch:
        batch.drop_column("waits_since")
    op.drop_table("alert")
    op.drop_table("cover")
