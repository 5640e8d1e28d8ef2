"""Send red ratings to a body with a day, and let evidence be put off, entered and brought up.

Ratings from before keep what stood in them as the senior post. They go to no body: nobody chose
one, and their reasons were written for the group alone.

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

OF_ASKING = ("reply", "commitment", "milestone", "board", "notes")
OF_SCRUTINY = ("evidence", "rating")
FORMER = "(recommendation_id IS NULL) <> (meeting_id IS NULL)"
ABOUT_ONE = " + ".join(
    f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)"
    for name in ("recommendation_id", "meeting_id", "evidence_request_id", "rating_id")
)
OF_RATING = {
    "only_red_is_addressed": "colour = 'red' OR body_id IS NULL",
    "addressed_with_a_day": "(body_id IS NULL) = (answer_by IS NULL)",
}
#: What bodies said is kept as what came back, without a meeting that heard it.
KEPT_AS_FEEDBACK = """
    UPDATE rating SET feedback = answer, feedback_by_id = answered_by_id
    WHERE answer != '' AND feedback = ''
"""


def upgrade() -> None:
    _address_ratings()
    _let_evidence_move()
    _tell_of_both()


def _address_ratings() -> None:
    with op.batch_alter_table("rating") as batch:
        batch.add_column(sa.Column("body_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("answer_by", sa.Date(), nullable=True))
        batch.add_column(sa.Column("answer", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("answered_at", sa.DateTime(), nullable=True))
        batch.add_column(sa.Column("answered_by_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("answer_source", sa.String(), server_default="", nullable=False))
        batch.create_foreign_key(op.f("fk_rating_body_id"), "body", ["body_id"], ["id"])
        batch.create_foreign_key(
            op.f("fk_rating_answered_by_id"), "account", ["answered_by_id"], ["id"]
        )
        batch.create_index(op.f("ix_rating_body_id"), ["body_id"])
        for name, rule in OF_RATING.items():
            batch.create_check_constraint(op.f(f"ck_rating_{name}"), rule)
    _without_default("rating", "answer", "answer_source")


def _let_evidence_move() -> None:
    with op.batch_alter_table("evidence_request") as batch:
        batch.add_column(sa.Column("answer_source", sa.String(), server_default="", nullable=False))
        batch.add_column(sa.Column("raised_from_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_evidence_request_raised_from_id"),
            "evidence_request",
            ["raised_from_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch.create_unique_constraint(
            op.f("uq_evidence_request_raised_from_id"), ["raised_from_id"]
        )
    _without_default("evidence_request", "answer_source")
    op.create_table(
        "evidence_extension",
        sa.Column("evidence_request_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("former_day", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("came_late", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_extension")),
        sa.ForeignKeyConstraint(
            ["evidence_request_id"],
            ["evidence_request.id"],
            name=op.f("fk_evidence_extension_evidence_request_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_evidence_extension_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_evidence_extension_body_id")
        ),
    )
    name = op.f("ix_evidence_extension_evidence_request_id")
    op.create_index(name, "evidence_extension", ["evidence_request_id"])


def _without_default(table: str, *columns: str) -> None:
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.alter_column(column, server_default=None)


def _tell_of_both() -> None:
    with op.batch_alter_table("reminder") as batch:
        for table in ("evidence_request", "rating"):
            batch.add_column(sa.Column(f"{table}_id", sa.Uuid(), nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_reminder_{table}_id"), table, [f"{table}_id"], ["id"], ondelete="CASCADE"
            )
            batch.create_index(op.f(f"ix_reminder_{table}_id"), [f"{table}_id"])
        _allow(batch, f"{ABOUT_ONE} = 1", *OF_ASKING, *OF_SCRUTINY)


def _allow(batch, about_one: str, *kinds: str) -> None:
    batch.drop_constraint(op.f("ck_reminder_about_one"), type_="check")
    batch.create_check_constraint(op.f("ck_reminder_about_one"), about_one)
    batch.drop_constraint(op.f("ck_reminder_reminderkind"), type_="check")
    told = ", ".join(f"'{what}-{when}'" for what in kinds for when in ("soon", "overdue"))
    batch.create_check_constraint(op.f("ck_reminder_reminderkind"), f"kind IN ({told})")


def downgrade() -> None:
    # The former version tells of nothing but what was asked, and of notes.
    op.execute("DELETE FROM reminder WHERE recommendation_id IS NULL AND meeting_id IS NULL")
    with op.batch_alter_table("reminder") as batch:
        _allow(batch, FORMER, *OF_ASKING)
        for table in ("evidence_request", "rating"):
            batch.drop_index(op.f(f"ix_reminder_{table}_id"))
            batch.drop_constraint(op.f(f"fk_reminder_{table}_id"), type_="foreignkey")
            batch.drop_column(f"{table}_id")
    op.drop_table("evidence_extension")
    with op.batch_alter_table("evidence_request") as batch:
        batch.drop_constraint(op.f("uq_evidence_request_raised_from_id"), type_="unique")
        batch.drop_constraint(op.f("fk_evidence_request_raised_from_id"), type_="foreignkey")
        batch.drop_column("raised_from_id")
        batch.drop_column("answer_source")
    _forget_addresses()


def _forget_addresses() -> None:
    op.execute(KEPT_AS_FEEDBACK)
    with op.batch_alter_table("rating") as batch:
        for name in OF_RATING:
            batch.drop_constraint(op.f(f"ck_rating_{name}"), type_="check")
        batch.drop_index(op.f("ix_rating_body_id"))
        for name in ("body_id", "answered_by_id"):
            batch.drop_constraint(op.f(f"fk_rating_{name}"), type_="foreignkey")
        for name in ("body_id", "answer_by", "answer", "answered_at", "answered_by_id"):
            batch.drop_column(name)
        batch.drop_column("answer_source")
