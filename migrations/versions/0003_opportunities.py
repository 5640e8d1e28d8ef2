"""Create opportunities and their tags.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opportunity",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "inform",
                "consult",
                "collaborate",
                "empower",
                name="participationlevel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "approved",
                "published",
                "paused",
                "closed",
                "withdrawn",
                name="opportunitystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("description_source", sa.String(), nullable=False),
        sa.Column("description_html", sa.String(), nullable=False),
        sa.Column("asking_body_id", sa.Uuid(), nullable=True),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=True),
        sa.Column("max_age", sa.Integer(), nullable=True),
        sa.Column("time_needed", sa.String(), nullable=False),
        sa.Column("payment", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("decider", sa.String(), nullable=False),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.Column("can_change", sa.String(), nullable=False),
        sa.Column("cannot_change", sa.String(), nullable=False),
        sa.Column("is_undecided", sa.Boolean(), nullable=False),
        sa.Column("duties", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("approver_id", sa.Uuid(), nullable=True),
        sa.Column("writer_ids", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("results_frozen_on", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("last_act", sa.String(), nullable=False),
        sa.Column("state_reason", sa.String(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("min_age <= max_age", name=op.f("ck_opportunity_ages_in_order")),
        sa.CheckConstraint(
            "opens_on <= closes_on", name=op.f("ck_opportunity_opens_before_it_closes")
        ),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["account.id"], name=op.f("fk_opportunity_approver_id")
        ),
        sa.ForeignKeyConstraint(
            ["asking_body_id"], ["body.id"], name=op.f("fk_opportunity_asking_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_opportunity_author_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity")),
        sa.UniqueConstraint("code", name=op.f("uq_opportunity_code")),
    )
    op.create_index(
        op.f("ix_opportunity_asking_body_id"), "opportunity", ["asking_body_id"], unique=False
    )
    op.create_index(op.f("ix_opportunity_author_id"), "opportunity", ["author_id"], unique=False)
    op.create_index(op.f("ix_opportunity_closes_on"), "opportunity", ["closes_on"], unique=False)
    op.create_index(op.f("ix_opportunity_level"), "opportunity", ["level"], unique=False)
    op.create_index(op.f("ix_opportunity_opens_on"), "opportunity", ["opens_on"], unique=False)
    op.create_index(op.f("ix_opportunity_state"), "opportunity", ["state"], unique=False)
    op.create_table(
        "opportunity_area",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_opportunity_area_area_id")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_opportunity_area_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("opportunity_id", "area_id", name=op.f("pk_opportunity_area")),
    )
    op.create_index(
        op.f("ix_opportunity_area_area_id"), "opportunity_area", ["area_id"], unique=False
    )
    op.create_table(
        "opportunity_beneficiary_group",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("beneficiary_group_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_group_id"],
            ["beneficiary_group.id"],
            name=op.f("fk_opportunity_beneficiary_group_beneficiary_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_opportunity_beneficiary_group_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "opportunity_id", "beneficiary_group_id", name=op.f("pk_opportunity_beneficiary_group")
        ),
    )
    op.create_index(
        op.f("ix_opportunity_beneficiary_group_beneficiary_group_id"),
        "opportunity_beneficiary_group",
        ["beneficiary_group_id"],
        unique=False,
    )
    op.create_table(
        "opportunity_local_issue",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("local_issue_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["local_issue_id"],
            ["local_issue.id"],
            name=op.f("fk_opportunity_local_issue_local_issue_id"),
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_opportunity_local_issue_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "opportunity_id", "local_issue_id", name=op.f("pk_opportunity_local_issue")
        ),
    )
    op.create_index(
        op.f("ix_opportunity_local_issue_local_issue_id"),
        "opportunity_local_issue",
        ["local_issue_id"],
        unique=False,
    )
    op.create_table(
        "opportunity_prevention",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "primary",
                "secondary",
                "tertiary",
                name="preventionlevel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_opportunity_prevention_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("opportunity_id", "level", name=op.f("pk_opportunity_prevention")),
    )
    op.create_table(
        "opportunity_priority",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("priority_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunity.id"],
            name=op.f("fk_opportunity_priority_opportunity_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"], ["priority.id"], name=op.f("fk_opportunity_priority_priority_id")
        ),
        sa.PrimaryKeyConstraint(
            "opportunity_id", "priority_id", name=op.f("pk_opportunity_priority")
        ),
    )
    op.create_index(
        op.f("ix_opportunity_priority_priority_id"),
        "opportunity_priority",
        ["priority_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_opportunity_priority_priority_id"), table_name="opportunity_priority")
    op.drop_table("opportunity_priority")
    op.drop_table("opportunity_prevention")
    op.drop_index(
        op.f("ix_opportunity_local_issue_local_issue_id"), table_name="opportunity_local_issue"
    )
    op.drop_table("opportunity_local_issue")
    op.drop_index(
        op.f("ix_opportunity_beneficiary_group_beneficiary_group_id"),
        table_name="opportunity_beneficiary_group",
    )
    op.drop_table("opportunity_beneficiary_group")
    op.drop_index(op.f("ix_opportunity_area_area_id"), table_name="opportunity_area")
    op.drop_table("opportunity_area")
    op.drop_index(op.f("ix_opportunity_state"), table_name="opportunity")
    op.drop_index(op.f("ix_opportunity_opens_on"), table_name="opportunity")
    op.drop_index(op.f("ix_opportunity_level"), table_name="opportunity")
    op.drop_index(op.f("ix_opportunity_closes_on"), table_name="opportunity")
    op.drop_index(op.f("ix_opportunity_author_id"), table_name="opportunity")
    op.drop_index(op.f("ix_opportunity_asking_body_id"), table_name="opportunity")
    op.drop_table("opportunity")
