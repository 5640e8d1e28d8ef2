"""Mark sensitive local issues; create sign-offs, and the counts of how people are at the end.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FEELINGS = ("good", "mixed", "upset")
KINDS = ("safeguarding", "data-protection")


def upgrade() -> None:
    op.execute("ALTER TABLE local_issue ADD COLUMN is_sensitive BOOLEAN DEFAULT FALSE NOT NULL")
    op.create_table(
        "sign_off",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        _one_of("kind", "signoffkind", *KINDS),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _key("sign_off", "account_id", "account.id"),
        _key("sign_off", "opportunity_id", "opportunity.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
        sa.UniqueConstraint("opportunity_id", "kind", name=op.f("uq_sign_off_opportunity_id_kind")),
    )
    op.create_table(
        "check_in",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        _one_of("feeling", "feeling", *FEELINGS),
        _key("check_in", "opportunity_id", "opportunity.id", "CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_check_in")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_check_in_opportunity_id"), "check_in", ["opportunity_id"])
    op.create_table(
        "feeling_count",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        _one_of("feeling", "feeling", *FEELINGS),
        sa.Column("count", sa.Integer(), nullable=False),
        _key("feeling_count", "opportunity_id", "opportunity.id", "CASCADE"),
        sa.PrimaryKeyConstraint("opportunity_id", "feeling", name=op.f("pk_feeling_count")),
        sqlite_with_rowid=False,
    )


def _key(table: str, column: str, target: str, gone: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=gone
    )


def _one_of(column: str, name: str, *values: str) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=False)


def downgrade() -> None:
    for table in ("feeling_count", "check_in", "sign_off"):
        op.drop_table(table)
    op.execute("ALTER TABLE local_issue DROP COLUMN is_sensitive")
