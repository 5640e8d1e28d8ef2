"""Create insights, what they rest on, to whom they were sent, and what they were used for.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TAGS = ("area", "priority", "local_issue", "beneficiary_group")
TABLES = (
    "use",
    "routing",
    "evidence",
    "insight_prevention",
    *(f"insight_{kind}" for kind in TAGS),
    "insight",
)


def upgrade() -> None:
    op.create_table(
        "insight",
        sa.Column("statement", sa.String(), nullable=False),
        _one_of("state", "insightstate", "draft", "published"),
        _one_of("certainty", "certainty", "one-source", "several-agree", "disputed"),
        sa.Column("from_whom", sa.String(), nullable=False),
        sa.Column("who_is_missing", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("publisher_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_record("insight"),
        _key("insight", "author_id", "account.id"),
        _key("insight", "publisher_id", "account.id"),
    )
    _index("insight", "state", "expires_on", "author_id")
    for kind in TAGS:
        _tag_table(kind)
    op.create_table(
        "insight_prevention",
        sa.Column("insight_id", sa.Uuid(), nullable=False),
        _one_of("level", "preventionlevel", "primary", "secondary", "tertiary"),
        _key("insight_prevention", "insight_id", "insight.id", "CASCADE"),
        sa.PrimaryKeyConstraint("insight_id", "level", name=op.f("pk_insight_prevention")),
    )
    op.create_table(
        "evidence",
        sa.Column("insight_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        _one_of("kind", "evidencekind", "table", "cross", "quote", "theme"),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        *_record("evidence"),
        _key("evidence", "insight_id", "insight.id", "CASCADE"),
        _key("evidence", "release_id", "release.id"),
        _key("evidence", "theme_id", "theme.id", "CASCADE"),
        sa.UniqueConstraint(
            "insight_id",
            "release_id",
            "kind",
            "key",
            name=op.f("uq_evidence_insight_id_release_id_kind_key"),
        ),
    )
    _index("evidence", "release_id", "theme_id")
    op.create_table(
        "routing",
        sa.Column("insight_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by_id", sa.Uuid(), nullable=True),
        *_record("routing"),
        _key("routing", "insight_id", "insight.id", "CASCADE"),
        _key("routing", "body_id", "body.id"),
        _key("routing", "sent_by_id", "account.id"),
        _key("routing", "received_by_id", "account.id"),
        sa.UniqueConstraint("insight_id", "body_id", name=op.f("uq_routing_insight_id_body_id")),
    )
    _index("routing", "body_id")
    op.create_table(
        "use",
        sa.Column("routing_id", sa.Uuid(), nullable=False),
        _one_of(
            "purpose", "purpose", "needs-assessment", "strategy-review", "commissioning-decision"
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        *_record("use"),
        _key("use", "routing_id", "routing.id", "CASCADE"),
        _key("use", "author_id", "account.id"),
    )
    _index("use", "routing_id")


def _tag_table(kind: str) -> None:
    table, column = f"insight_{kind}", f"{kind}_id"
    op.create_table(
        table,
        sa.Column("insight_id", sa.Uuid(), nullable=False),
        sa.Column(column, sa.Uuid(), nullable=False),
        _key(table, "insight_id", "insight.id", "CASCADE"),
        _key(table, column, f"{kind}.id"),
        sa.PrimaryKeyConstraint("insight_id", column, name=op.f(f"pk_{table}")),
    )
    _index(table, column)


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


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
