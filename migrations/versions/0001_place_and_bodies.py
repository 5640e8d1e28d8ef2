"""Create the place: areas, bodies, priorities, help lines, figures.

Revision ID: 0001
Revises: none
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "district",
                "unitary-authority",
                name="areakind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("upper_tier_code", sa.String(), nullable=False),
        sa.Column("upper_tier_name", sa.String(), nullable=False),
        sa.Column("population_2021", sa.Integer(), nullable=False),
        sa.Column("tile_column", sa.Integer(), nullable=False),
        sa.Column("tile_row", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("code", name=op.f("uq_area_code")),
    )
    op.create_table(
        "beneficiary_group",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beneficiary_group")),
        sa.UniqueConstraint("slug", name=op.f("uq_beneficiary_group_slug")),
    )
    op.create_table(
        "body",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "board",
                "community-safety-partnership",
                "core-member",
                "oversight-group",
                "team",
                name="bodykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("slug", name=op.f("uq_body_slug")),
    )
    op.create_index(op.f("ix_body_kind"), "body", ["kind"], unique=False)
    op.create_table(
        "local_issue",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("official", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_issue")),
        sa.UniqueConstraint("slug", name=op.f("uq_local_issue_slug")),
    )
    op.create_table(
        "support_service",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "emergency",
                "helpline",
                "front-door",
                "reporting",
                name="supportkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("phone_out_of_hours", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=True),
        sa.Column("max_age", sa.Integer(), nullable=True),
        sa.Column("is_always_open", sa.Boolean(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=True),
        sa.Column("closes", sa.Time(), nullable=True),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("source_url", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_service")),
        sa.UniqueConstraint("slug", name=op.f("uq_support_service_slug")),
    )
    op.create_table(
        "body_area",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_body_area_area_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_body_area_body_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("body_id", "area_id", name=op.f("pk_body_area")),
    )
    op.create_index(op.f("ix_body_area_area_id"), "body_area", ["area_id"], unique=False)
    op.create_table(
        "population_figure",
        sa.Column(
            "census_table",
            sa.Enum(
                "age-band",
                "age-year",
                "disability",
                "english-proficiency",
                "ethnic-group",
                "gender-identity",
                "main-language",
                "religion",
                "sex",
                "sex-by-age-band",
                "sexual-orientation",
                name="populationtable",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_population_figure_area_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population_figure")),
        sa.UniqueConstraint(
            "census_table",
            "area_id",
            "category",
            "detail",
            name=op.f("uq_population_figure_census_table_area_id_category_detail"),
        ),
    )
    op.create_table(
        "postcode_sector",
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("share", sa.Numeric(precision=4, scale=3, asdecimal=False), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_postcode_sector_area_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postcode_sector")),
        sa.UniqueConstraint("sector", "area_id", name=op.f("uq_postcode_sector_sector_area_id")),
    )
    op.create_table(
        "priority",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("short_title", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("oversight_body_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["oversight_body_id"],
            ["body.id"],
            name=op.f("fk_priority_oversight_body_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
        sa.UniqueConstraint("number", name=op.f("uq_priority_number")),
    )
    op.create_index(
        op.f("ix_priority_oversight_body_id"), "priority", ["oversight_body_id"], unique=False
    )
    op.create_table(
        "support_service_area",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"],
            ["area.id"],
            name=op.f("fk_support_service_area_area_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["support_service.id"],
            name=op.f("fk_support_service_area_service_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("service_id", "area_id", name=op.f("pk_support_service_area")),
    )
    op.create_index(
        op.f("ix_support_service_area_area_id"), "support_service_area", ["area_id"], unique=False
    )
    op.create_table(
        "focus_area",
        sa.Column("priority_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["priority_id"],
            ["priority.id"],
            name=op.f("fk_focus_area_priority_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focus_area")),
        sa.UniqueConstraint(
            "priority_id", "position", name=op.f("uq_focus_area_priority_id_position")
        ),
    )


def downgrade() -> None:
    op.drop_table("focus_area")
    op.drop_index(op.f("ix_support_service_area_area_id"), table_name="support_service_area")
    op.drop_table("support_service_area")
    op.drop_index(op.f("ix_priority_oversight_body_id"), table_name="priority")
    op.drop_table("priority")
    op.drop_table("postcode_sector")
    op.drop_table("population_figure")
    op.drop_index(op.f("ix_body_area_area_id"), table_name="body_area")
    op.drop_table("body_area")
    op.drop_table("support_service")
    op.drop_table("local_issue")
    op.drop_index(op.f("ix_body_kind"), table_name="body")
    op.drop_table("body")
    op.drop_table("beneficiary_group")
    op.drop_table("area")
