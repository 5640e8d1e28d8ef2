"""Let an account be a peer analyst.

Revision ID: 0013
Revises: 0012
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

CHECK = "ck_account_role_role"
BEFORE = (
    "administrator",
    "publisher",
    "approver",
    "moderator",
    "safeguarding-lead",
    "safeguarding-deputy",
    "analyst",
    "data-protection-officer",
    "oversight-member",
    "oversight-chair",
    "secretariat",
    "partner",
    "board-member",
    "facilitator",
)


def upgrade() -> None:
    _allow(*BEFORE, "peer-analyst")


def downgrade() -> None:
    op.execute("DELETE FROM account_role WHERE role = 'peer-analyst'")
    _allow(*BEFORE)


def _allow(*roles: str) -> None:
    names = ", ".join(f"'{role}'" for role in roles)
    with op.batch_alter_table("account_role") as table:
        if op.get_bind().dialect.name == "postgresql":
            table.drop_constraint(op.f(CHECK), type_="check")
        table.create_check_constraint(op.f(CHECK), f"role IN ({names})")
