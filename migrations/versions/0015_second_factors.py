"""Create authenticator apps and recovery codes, and note when a session showed one.

Whoever is signed in during the upgrade signs in again, with the second step.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("factor_reset_at", sa.DateTime(), nullable=True))
    op.add_column("desk_session", sa.Column("proved_at", sa.DateTime(), nullable=True))
    op.create_table(
        "authenticator_app",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        *_record("authenticator_app"),
        sa.UniqueConstraint("account_id", name=op.f("uq_authenticator_app_account_id")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        *_record("recovery_code"),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])


def _record(
    table: str,
) -> tuple[sa.Column, sa.Column, sa.PrimaryKeyConstraint, sa.ForeignKeyConstraint]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f(f"fk_{table}_account_id"),
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    op.drop_table("recovery_code")
    op.drop_table("authenticator_app")
    op.drop_column("desk_session", "proved_at")
    op.drop_column("account", "factor_reset_at")
