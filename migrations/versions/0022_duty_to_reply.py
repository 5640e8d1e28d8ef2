"""Let recommendations be challenged, moved and escalated, and bodies keep what they promise.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STATES = ("draft", "sent", "replied", "closed")
REMINDERS = ("reply", "commitment", "milestone", "board")


def upgrade() -> None:
    with op.batch_alter_table("recommendation") as batch:
        batch.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch.create_unique_constraint(
            op.f("uq_recommendation_opportunity_id_number"), ["opportunity_id", "number"]
        )
        _allow(batch, "recommendationstate", *STATES, "challenged")
    op.execute(
        "UPDATE recommendation SET number = (SELECT COUNT(*) FROM recommendation AS other"
        " WHERE other.opportunity_id = recommendation.opportunity_id"
        " AND (other.sent_at < recommendation.sent_at OR (other.sent_at = recommendation.sent_at"
        " AND other.id <= recommendation.id))) WHERE sent_at IS NOT NULL"
    )
    with op.batch_alter_table("reply") as batch:
        batch.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch.drop_constraint(op.f("uq_reply_recommendation_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_reply_recommendation_id_round"), ["recommendation_id", "round"]
        )
    op.execute(
        "UPDATE reply SET due_on = (SELECT reply_by FROM recommendation"
        " WHERE recommendation.id = reply.recommendation_id)"
    )
    with op.batch_alter_table("reply") as batch:
        batch.alter_column("due_on", existing_type=sa.Date(), nullable=False)
    _create_history()
    _create_commitments()


def _create_history() -> None:
    op.create_table(
        "citation",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("insight_id", sa.Uuid(), nullable=True),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.String(), nullable=False),
        *_record("citation"),
        _key("citation", "recommendation_id", "recommendation.id", "CASCADE"),
        _key("citation", "insight_id", "insight.id", "CASCADE"),
        _key("citation", "release_id", "release.id", "CASCADE"),
        sa.UniqueConstraint(
            "recommendation_id", "insight_id", name=op.f("uq_citation_recommendation_id_insight_id")
        ),
        sa.UniqueConstraint(
            "recommendation_id",
            "release_id",
            "reference",
            name=op.f("uq_citation_recommendation_id_release_id_reference"),
        ),
        sa.CheckConstraint(
            "(insight_id IS NULL) <> (release_id IS NULL)", name=op.f("ck_citation_one_source")
        ),
    )
    op.create_index(op.f("ix_citation_insight_id"), "citation", ["insight_id"])
    op.create_index(op.f("ix_citation_release_id"), "citation", ["release_id"])
    op.create_table(
        "wording",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        *_record("wording"),
        _key("wording", "recommendation_id", "recommendation.id", "CASCADE"),
    )
    op.create_index(op.f("ix_wording_recommendation_id"), "wording", ["recommendation_id"])
    op.create_table(
        "extension",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        *_moved(),
        *_record("extension"),
        _key("extension", "recommendation_id", "recommendation.id", "CASCADE"),
        _key("extension", "author_id", "account.id"),
        _key("extension", "body_id", "body.id"),
    )
    op.create_index(op.f("ix_extension_recommendation_id"), "extension", ["recommendation_id"])
    op.create_table(
        "challenge",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        *_record("challenge"),
        _key("challenge", "recommendation_id", "recommendation.id", "CASCADE"),
        _key("challenge", "author_id", "account.id"),
        sa.UniqueConstraint("recommendation_id", name=op.f("uq_challenge_recommendation_id")),
    )
    op.create_table(
        "escalation",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        *_record("escalation"),
        _key("escalation", "recommendation_id", "recommendation.id", "CASCADE"),
        _key("escalation", "author_id", "account.id"),
        _key("escalation", "answered_by_id", "account.id"),
        sa.UniqueConstraint("recommendation_id", name=op.f("uq_escalation_recommendation_id")),
    )
    op.create_index(op.f("ix_escalation_answer_by"), "escalation", ["answer_by"])


def _create_commitments() -> None:
    op.create_table(
        "commitment",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        _one_of("state", "commitmentstate", "planned", "under-way", "done", "dropped"),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("evidence_link", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        *_record("commitment"),
        _key("commitment", "recommendation_id", "recommendation.id", "CASCADE"),
        _key("commitment", "author_id", "account.id"),
    )
    for column in ("recommendation_id", "due_on", "state"):
        op.create_index(op.f(f"ix_commitment_{column}"), "commitment", [column])
    op.create_table(
        "milestone",
        sa.Column("commitment_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=True),
        *_record("milestone"),
        _key("milestone", "commitment_id", "commitment.id", "CASCADE"),
    )
    for column in ("commitment_id", "due_on"):
        op.create_index(op.f(f"ix_milestone_{column}"), "milestone", [column])
    op.create_table(
        "postponement",
        sa.Column("commitment_id", sa.Uuid(), nullable=False),
        sa.Column("milestone_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        *_moved(),
        *_record("postponement"),
        _key("postponement", "commitment_id", "commitment.id", "CASCADE"),
        _key("postponement", "milestone_id", "milestone.id", "CASCADE"),
        _key("postponement", "author_id", "account.id"),
    )
    op.create_index(op.f("ix_postponement_commitment_id"), "postponement", ["commitment_id"])
    op.create_table(
        "progress",
        sa.Column("commitment_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        *_record("progress"),
        _key("progress", "commitment_id", "commitment.id", "CASCADE"),
        _key("progress", "author_id", "account.id"),
    )
    op.create_index(op.f("ix_progress_commitment_id"), "progress", ["commitment_id"])
    kinds = [f"{what}-{when}" for what in REMINDERS for when in ("soon", "overdue")]
    op.create_table(
        "reminder",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        _one_of("kind", "reminderkind", *kinds),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        *_record("reminder"),
        _key("reminder", "recommendation_id", "recommendation.id", "CASCADE"),
        sa.UniqueConstraint(
            "subject_id", "kind", "due_on", name=op.f("uq_reminder_subject_id_kind_due_on")
        ),
    )
    op.create_index(op.f("ix_reminder_recommendation_id"), "reminder", ["recommendation_id"])


def _moved() -> tuple[sa.Column, ...]:
    return (
        sa.Column("former_day", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("came_late", sa.Boolean(), nullable=False),
    )


def _record(table: str) -> tuple[sa.Column, sa.Column, sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _key(table: str, column: str, target: str, gone: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=gone
    )


def _one_of(column: str, name: str, *values: str) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=False)


def _allow(batch, name: str, *values: str) -> None:
    """Let the state of a recommendation have some values."""
    listed = ", ".join(f"'{value}'" for value in values)
    batch.drop_constraint(op.f(f"ck_recommendation_{name}"), type_="check")
    batch.create_check_constraint(op.f(f"ck_recommendation_{name}"), f"state IN ({listed})")


def downgrade() -> None:
    tables = ("reminder", "progress", "postponement", "milestone", "commitment")
    for table in (*tables, "escalation", "challenge", "extension", "wording", "citation"):
        op.drop_table(table)
    # The former version knows one reply, and no challenge: the last one stands.
    op.execute(
        "DELETE FROM reply WHERE round < (SELECT MAX(other.round) FROM reply AS other"
        " WHERE other.recommendation_id = reply.recommendation_id)"
    )
    op.execute("UPDATE recommendation SET state = 'replied' WHERE state = 'challenged'")
    with op.batch_alter_table("reply") as batch:
        batch.drop_constraint(op.f("uq_reply_recommendation_id_round"), type_="unique")
        batch.create_unique_constraint(op.f("uq_reply_recommendation_id"), ["recommendation_id"])
        batch.drop_column("round")
        batch.drop_column("due_on")
    with op.batch_alter_table("recommendation") as batch:
        batch.drop_constraint(op.f("uq_recommendation_opportunity_id_number"), type_="unique")
        batch.drop_column("number")
        _allow(batch, "recommendationstate", *STATES)
