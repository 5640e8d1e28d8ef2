"""Create members, meetings and scrutiny of the oversight group; tie observations to what is shown.

Revision ID: 0023
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

CLAIMS = ("claimed", "approved", "paid", "withdrawn")
MEETINGS = ("planned", "papers-out", "held", "approved")
EVIDENCE = ("draft", "sent", "answered", "closed")
KINDS = ("activity", "table", "theme", "passage")
ONE_SUBJECT = (
    "(CASE WHEN item_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN topic_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN opportunity_id IS NULL THEN 0 ELSE 1 END) = 1"
)
TABLES = (
    "rating",
    "evidence_request",
    "scrutiny_topic",
    "meeting_action",
    "item_note",
    "attendance",
    "opt_out",
    "interest",
    "paper",
    "agenda_item",
    "meeting",
    "time_claim",
    "member",
)


def upgrade() -> None:
    with op.batch_alter_table("account_role") as batch:
        batch.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
    _create_members()
    _create_meetings()
    _create_items()
    _create_scrutiny()
    _tie_observations()


def _create_members() -> None:
    op.create_table(
        "member",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("hourly_pence", sa.Integer(), nullable=False),
        sa.Column("training", sa.String(), nullable=False),
        sa.Column("sealed_interests", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_access_needs", sa.LargeBinary(), nullable=True),
        sa.Column("deletion_asked_on", sa.Date(), nullable=True),
        *_record("member"),
        _key("member", "account_id", "account.id", "CASCADE"),
        _key("member", "area_id", "area.id"),
        sa.UniqueConstraint("account_id", name=op.f("uq_member_account_id")),
    )
    op.create_table(
        "time_claim",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("hourly_pence", sa.Integer(), nullable=False),
        sa.Column("expenses_pence", sa.Integer(), nullable=False),
        _one_of("state", "timeclaimstate", *CLAIMS),
        *_record("time_claim"),
        _key("time_claim", "account_id", "account.id", "CASCADE"),
    )
    _index("time_claim", "account_id", "state")


def _create_meetings() -> None:
    op.create_table(
        "meeting",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("wellbeing_contact", sa.String(), nullable=False),
        sa.Column("chair_id", sa.Uuid(), nullable=False),
        _one_of("state", "meetingstate", *MEETINGS),
        *_record("meeting"),
        _key("meeting", "chair_id", "account.id"),
    )
    _index("meeting", "starts_at", "state")
    op.create_table(
        "agenda_item",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        *_record("agenda_item"),
        _key("agenda_item", "meeting_id", "meeting.id", "CASCADE"),
    )
    _index("agenda_item", "meeting_id")
    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        _one_of("presence", "presence", "came", "apologies"),
        _key("attendance", "meeting_id", "meeting.id", "CASCADE"),
        _key("attendance", "account_id", "account.id"),
        sa.PrimaryKeyConstraint("meeting_id", "account_id", name=op.f("pk_attendance")),
    )


def _create_items() -> None:
    op.create_table(
        "paper",
        *_of_item("paper"),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text_source", sa.String(), nullable=False),
        sa.Column("text_html", sa.String(), nullable=False),
        sa.Column("content_note", sa.String(), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=False),
        *_record("paper"),
        _key("paper", "author_id", "account.id"),
    )
    op.create_table(
        "interest",
        *_of_item("interest"),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("declared_by_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=False),
        *_record("interest"),
        _key("interest", "account_id", "account.id"),
        _key("interest", "declared_by_id", "account.id"),
        sa.UniqueConstraint("item_id", "account_id", name=op.f("uq_interest_item_id_account_id")),
    )
    op.create_table(
        "opt_out",
        *_of_item("opt_out"),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        _key("opt_out", "account_id", "account.id", "CASCADE"),
        sa.PrimaryKeyConstraint("item_id", "account_id", name=op.f("pk_opt_out")),
    )
    op.create_table(
        "item_note",
        *_of_item("item_note"),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        *_record("item_note"),
        _key("item_note", "author_id", "account.id"),
    )
    op.create_table(
        "meeting_action",
        *_of_item("meeting_action"),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        *_record("meeting_action"),
        _key("meeting_action", "owner_id", "account.id"),
        _key("meeting_action", "body_id", "body.id"),
        _check("meeting_action", "one_owner", "(owner_id IS NULL) != (body_id IS NULL)"),
    )
    _index("paper", "item_id")
    _index("interest", "item_id", "account_id")
    _index("item_note", "item_id")
    _index("meeting_action", "item_id", "owner_id")


def _create_scrutiny() -> None:
    op.create_table(
        "scrutiny_topic",
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        *_record("scrutiny_topic"),
        _key("scrutiny_topic", "author_id", "account.id"),
    )
    _index("scrutiny_topic", "closed_on")
    op.create_table(
        "evidence_request",
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        _one_of("state", "evidencestate", *EVIDENCE),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        *_record("evidence_request"),
        _key("evidence_request", "topic_id", "scrutiny_topic.id", "CASCADE"),
        _key("evidence_request", "body_id", "body.id"),
        _key("evidence_request", "author_id", "account.id"),
        _key("evidence_request", "answered_by_id", "account.id"),
    )
    _index("evidence_request", "topic_id", "body_id", "state")
    op.create_table(
        "rating",
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("topic_id", sa.Uuid(), nullable=True),
        sa.Column("opportunity_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        _one_of("colour", "colour", "green", "amber", "red"),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("escalated_to", sa.String(), nullable=False),
        sa.Column("feedback", sa.String(), nullable=False),
        sa.Column("feedback_by_id", sa.Uuid(), nullable=True),
        sa.Column("heard_at_id", sa.Uuid(), nullable=True),
        *_record("rating"),
        _key("rating", "item_id", "agenda_item.id", "CASCADE"),
        _key("rating", "topic_id", "scrutiny_topic.id", "CASCADE"),
        _key("rating", "opportunity_id", "opportunity.id"),
        _key("rating", "author_id", "account.id"),
        _key("rating", "feedback_by_id", "account.id"),
        _key("rating", "heard_at_id", "meeting.id", "SET NULL"),
        _check("rating", "one_subject", ONE_SUBJECT),
        _check("rating", "red_is_escalated", "colour != 'red' OR escalated_to != ''"),
    )
    _index("rating", "item_id", "topic_id", "opportunity_id")


def _tie_observations() -> None:
    """Say of what was about a question that it is about its table."""
    with op.batch_alter_table("observation") as batch:
        batch.alter_column("question_id", new_column_name="key", existing_type=sa.String())
        batch.add_column(_one_of("kind", "observationkind", *KINDS, default="activity"))
    op.execute("UPDATE observation SET kind = 'table' WHERE key != ''")
    with op.batch_alter_table("observation") as batch:
        batch.alter_column("kind", server_default=None)


def _record(table: str) -> tuple[sa.Column, sa.Column, sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _of_item(table: str) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    key = _key(table, "item_id", "agenda_item.id", "CASCADE")
    return sa.Column("item_id", sa.Uuid(), nullable=False), key


def _key(table: str, column: str, target: str, gone: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=gone
    )


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _one_of(column: str, name: str, *values: str, default: str | None = None) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=False, server_default=default)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    op.execute("UPDATE observation SET key = '' WHERE kind != 'table'")
    with op.batch_alter_table("observation") as batch:
        batch.drop_constraint(op.f("ck_observation_observationkind"), type_="check")
        batch.drop_column("kind")
        batch.alter_column("key", new_column_name="question_id", existing_type=sa.String())
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("account_role") as batch:
        batch.drop_column("ends_on")
