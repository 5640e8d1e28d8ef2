"""Keep with waiting words what they are a sign of, and what staff change in the phrase lists.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

SIGNALS = (
    "danger", "self-harm", "abuse", "threat", "weapon", "exploitation", "name", "phone", "email",
    "postcode", "handle", "plate", "ni-number", "nhs-number", "street", "school",
)  # fmt: skip


def upgrade() -> None:
    op.execute("ALTER TABLE passage ADD COLUMN signals VARCHAR DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE passage ADD COLUMN urgency INTEGER DEFAULT 0 NOT NULL")
    kind = sa.Enum(*SIGNALS, name="signal", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "phrase_change",
        sa.Column("signal", kind, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("is_exception", sa.Boolean(), nullable=False),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase_change")),
        sa.UniqueConstraint(
            "signal",
            "words",
            "is_exception",
            name=op.f("uq_phrase_change_signal_words_is_exception"),
        ),
    )


def downgrade() -> None:
    op.drop_table("phrase_change")
    op.drop_column("passage", "urgency")
    op.drop_column("passage", "signals")
