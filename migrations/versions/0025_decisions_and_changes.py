"""Let bodies say what they decided and what changed, and outcomes speak to the young.

Revision ID: 0025
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

STATES = ("published", "corrected", "withdrawn")
#: What sorts the lists of the public register, its feed, and what is owed.
SORTED = (
    ("opportunity", "published_at"),
    ("outcome", "published_at"),
    ("recommendation", "sent_at"),
    ("recommendation", "reply_by"),
    ("reply", "created_at"),
)


def upgrade() -> None:
    _extend_outcomes()
    op.create_table(
        "success_measure",
        sa.Column("slug", sa.String(), nullable=False),
        _one_of("kind", "measurekind", "duty", "partnership", "outcome"),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("official", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        *_record("success_measure"),
        sa.UniqueConstraint("slug", name=op.f("uq_success_measure_slug")),
    )
    _create_versioned(
        "body_decision",
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("not_done", sa.String(), nullable=False),
    )
    _create_versioned(
        "change",
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("recommendation_id", sa.Uuid(), nullable=True),
        sa.Column("commitment_id", sa.Uuid(), nullable=True),
        _key("change", "decision_id", "body_decision.id"),
        _key("change", "recommendation_id", "recommendation.id"),
        _key("change", "commitment_id", "commitment.id"),
    )
    _index("change", "decision_id", "recommendation_id", "commitment_id")
    _tie("body_decision", "insight")
    _tie("body_decision", "recommendation")
    _tie("change", "success_measure")
    for table, column in SORTED:
        _index(table, column)


def _extend_outcomes() -> None:
    with op.batch_alter_table("outcome") as batch:
        for name in ("young_summary", "easy_read", "kept_words"):
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch.add_column(_one_of("kept", "kept", "kept", "partly", "not-kept", is_optional=True))


def _create_versioned(table: str, *own: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        _one_of("state", "saidstate", *STATES),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *own,
        *_record(table),
        _key(table, "body_id", "body.id"),
        _key(table, "author_id", "account.id"),
        sa.UniqueConstraint("family_id", "number", name=op.f(f"uq_{table}_family_id_number")),
    )
    _index(table, "state", "body_id", "author_id", "created_at")


def _tie(owner: str, kind: str) -> None:
    table = f"{owner}_{kind}"
    op.create_table(
        table,
        sa.Column(f"{owner}_id", sa.Uuid(), nullable=False),
        sa.Column(f"{kind}_id", sa.Uuid(), nullable=False),
        _key(table, f"{owner}_id", f"{owner}.id", "CASCADE"),
        _key(table, f"{kind}_id", f"{kind}.id"),
        sa.PrimaryKeyConstraint(f"{owner}_id", f"{kind}_id", name=op.f(f"pk_{table}")),
    )
    _index(table, f"{kind}_id")


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


def _one_of(column: str, name: str, *values: str, is_optional: bool = False) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=is_optional)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table, column in SORTED:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
    for table in (
        "change_success_measure",
        "body_decision_recommendation",
        "body_decision_insight",
        "change",
        "body_decision",
        "success_measure",
    ):
        op.drop_table(table)
    with op.batch_alter_table("outcome") as batch:
        batch.drop_constraint(op.f("ck_outcome_kept"), type_="check")
        for name in ("kept", "kept_words", "easy_read", "young_summary"):
            batch.drop_column(name)
