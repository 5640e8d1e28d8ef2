"""Create themes of people's words, who coded what, and suggestions.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = (
    "coding",
    "reading",
    "theme",
    "suggested_passage",
    "suggestion",
    "theme_run",
    "code_frame",
)


def upgrade() -> None:
    op.create_table(
        "code_frame",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        *_record("code_frame"),
        _key("code_frame", "opportunity_id", "opportunity.id", "CASCADE"),
        sa.UniqueConstraint(
            "opportunity_id", "question_id", name=op.f("uq_code_frame_opportunity_id_question_id")
        ),
    )
    op.create_table(
        "theme_run",
        sa.Column("frame_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        _states("state", "runstate", "waiting", "done", "superseded"),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=True),
        sa.Column("notes", sa.JSON(), nullable=False),
        *_record("theme_run"),
        _key("theme_run", "frame_id", "code_frame.id", "CASCADE"),
        _key("theme_run", "asked_by_id", "account.id"),
    )
    _index("theme_run", "frame_id")
    _index("theme_run", "state")
    op.create_table(
        "suggestion",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        _states("state", "suggestionstate", "open", "accepted", "dismissed"),
        *_record("suggestion"),
        _key("suggestion", "run_id", "theme_run.id", "CASCADE"),
    )
    _index("suggestion", "run_id")
    op.create_table(
        "suggested_passage",
        sa.Column("suggestion_id", sa.Uuid(), nullable=False),
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        sa.Column("is_near", sa.Boolean(), nullable=False),
        _key("suggested_passage", "suggestion_id", "suggestion.id", "CASCADE"),
        _key("suggested_passage", "passage_id", "passage.id", "CASCADE"),
        sa.PrimaryKeyConstraint("suggestion_id", "passage_id", name=op.f("pk_suggested_passage")),
    )
    _index("suggested_passage", "passage_id")
    op.create_table(
        "theme",
        sa.Column("frame_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.Column("former", sa.JSON(), nullable=False),
        *_record("theme"),
        _key("theme", "frame_id", "code_frame.id", "CASCADE"),
        _key("theme", "suggestion_id", "suggestion.id", "SET NULL"),
        _key("theme", "merged_into_id", "theme.id", "SET NULL"),
        sa.UniqueConstraint("suggestion_id", name=op.f("uq_theme_suggestion_id")),
    )
    _index("theme", "frame_id")
    op.create_table(
        "reading",
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        sa.Column("coder_id", sa.Uuid(), nullable=False),
        _key("reading", "passage_id", "passage.id", "CASCADE"),
        _key("reading", "coder_id", "account.id"),
        sa.PrimaryKeyConstraint("passage_id", "coder_id", name=op.f("pk_reading")),
    )
    op.create_table(
        "coding",
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        sa.Column("coder_id", sa.Uuid(), nullable=False),
        _key("coding", "theme_id", "theme.id", "CASCADE"),
        _key("coding", "passage_id", "passage.id", "CASCADE"),
        _key("coding", "coder_id", "account.id"),
        sa.PrimaryKeyConstraint("theme_id", "passage_id", "coder_id", name=op.f("pk_coding")),
    )
    _index("coding", "passage_id")


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


def _states(column: str, name: str, *values: str) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=False)


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
