"""Create questionnaires, contributions, words, concerns and decisions.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contribution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("receipt_hash", sa.String(), nullable=False),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_contribution_opportunity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_contribution_receipt_hash")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_contribution_opportunity_id"), "contribution", ["opportunity_id"], unique=False
    )
    op.create_table(
        "questionnaire_version",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "retired",
                name="versionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_questionnaire_version_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_version")),
        sa.UniqueConstraint(
            "opportunity_id", "number", name=op.f("uq_questionnaire_version_opportunity_id_number")
        ),
    )
    op.create_index(
        op.f("ix_questionnaire_version_state"), "questionnaire_version", ["state"], unique=False
    )
    op.create_table(
        "withdrawal_count",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_withdrawal_count_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("opportunity_id", "withdrawn_on", name=op.f("pk_withdrawal_count")),
    )
    op.create_table(
        "passage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "held",
                "cleared",
                "redacted",
                "withheld",
                name="passagestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=False),
        sa.Column("cleared_words", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_passage_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_passage_contribution_id"), "passage", ["contribution_id"], unique=False
    )
    op.create_index(op.f("ix_passage_state"), "passage", ["state"], unique=False)
    op.create_table(
        "response",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_response_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_version.id"], name=op.f("fk_response_version_id")
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_response")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_response_version_id"), "response", ["version_id"], unique=False)
    op.create_table(
        "concern",
        sa.Column("passage_id", sa.Uuid(), nullable=True),
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "decided",
                "closed",
                name="concernstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "urgency",
            sa.Enum(
                "immediate",
                "today",
                "routine",
                name="urgency",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_decision", sa.LargeBinary(), nullable=True),
        sa.Column("raised_by_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_concern_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunity.id"], name=op.f("fk_concern_opportunity_id")
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_concern_passage_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["raised_by_id"], ["account.id"], name=op.f("fk_concern_raised_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("passage_id", name=op.f("uq_concern_passage_id")),
    )
    op.create_index(op.f("ix_concern_opportunity_id"), "concern", ["opportunity_id"], unique=False)
    op.create_index(op.f("ix_concern_state"), "concern", ["state"], unique=False)
    op.create_table(
        "decision",
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "clear",
                "redact",
                "hold",
                "withhold",
                name="decisionoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("moderator_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["moderator_id"], ["account.id"], name=op.f("fk_decision_moderator_id")
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_decision_passage_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_passage_id"), "decision", ["passage_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_decision_passage_id"), table_name="decision")
    op.drop_table("decision")
    op.drop_index(op.f("ix_concern_state"), table_name="concern")
    op.drop_index(op.f("ix_concern_opportunity_id"), table_name="concern")
    op.drop_table("concern")
    op.drop_index(op.f("ix_response_version_id"), table_name="response")
    op.drop_table("response")
    op.drop_index(op.f("ix_passage_state"), table_name="passage")
    op.drop_index(op.f("ix_passage_contribution_id"), table_name="passage")
    op.drop_table("passage")
    op.drop_table("withdrawal_count")
    op.drop_index(op.f("ix_questionnaire_version_state"), table_name="questionnaire_version")
    op.drop_table("questionnaire_version")
    op.drop_index(op.f("ix_contribution_opportunity_id"), table_name="contribution")
    op.drop_table("contribution")
