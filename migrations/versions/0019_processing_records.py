"""Keep a record of processing for each activity, and of what was deleted when its time was over.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "processing_record",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("holds_from", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        _one_of("mode", "mode", "anonymous", "confidential"),
        _one_of(
            "lawful_basis", "lawfulbasis",
            "public-task", "legal-obligation", "legitimate-interests", "consent",
        ),
        _one_of(
            "special_category", "specialcategory",
            "not-asked", "equality-monitoring", "research", "public-interest", "consent",
        ),
        _one_of("offence_data", "offencedata", "not-collected", "safeguarding", "preventing-crime"),
        sa.Column("joint_controllers", sa.String(), nullable=False),
        sa.Column("processors", sa.String(), nullable=False),
        sa.Column("policy_url", sa.String(), nullable=False),
        sa.Column("dpia_reference", sa.String(), nullable=False),
        sa.Column("dpia_on", sa.Date(), nullable=True),
        sa.Column("equality_note", sa.String(), nullable=False),
        sa.Column("reach_gaps", sa.String(), nullable=False),
        sa.Column("equality_effect", sa.String(), nullable=False),
        sa.Column("words_months", sa.Integer(), nullable=False),
        sa.Column("cleared_months", sa.Integer(), nullable=False),
        sa.Column("answers_months", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processing_record")),
        _of_opportunity("processing_record"),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_processing_record_written_by_id")
        ),
        sa.UniqueConstraint(
            "opportunity_id",
            "holds_from",
            name=op.f("uq_processing_record_opportunity_id_holds_from"),
        ),
        sa.CheckConstraint(
            "words_months <= cleared_months", name=op.f("ck_processing_record_words_go_first")
        ),
        sa.CheckConstraint(
            "cleared_months <= answers_months", name=op.f("ck_processing_record_answers_go_last")
        ),
    )  # fmt: skip
    op.create_table(
        "deletion_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("opportunity_id", sa.Uuid(), nullable=True),
        sa.Column("deleted_on", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletion_record")),
        _of_opportunity("deletion_record"),
    )
    for column in ("opportunity_id", "deleted_on"):
        op.create_index(op.f(f"ix_deletion_record_{column}"), "deletion_record", [column])


def _of_opportunity(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["opportunity_id"],
        ["opportunity.id"],
        name=op.f(f"fk_{table}_opportunity_id"),
        ondelete="CASCADE",
    )


def _one_of(column: str, name: str, *values: str) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=False)


def downgrade() -> None:
    op.drop_table("deletion_record")
    op.drop_table("processing_record")
