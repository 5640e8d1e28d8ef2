"""Create rights requests, breaches, requests for raw data, and exports.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KINDS = ("access", "correction", "erasure", "objection", "other", "complaint")
WAYS = ("form", "phone", "post", "email", "in-person")
RESULTS = ("granted", "partly", "refused", "nothing-found")
ENTRIES = (
    "happened", "measure", "ico-told", "ico-not-told", "people-told", "people-not-told", "closed",
)  # fmt: skip
BASES = ("court-order", "crime", "safeguarding", "research", "freedom-of-information", "other")
DECISIONS = ("given", "results-instead", "refused")
STATES = ("asked", "refused", "approved", "ready", "fetched", "expired")


def upgrade() -> None:
    _create_requests()
    _create_breaches()
    _create_raw_data()
    _create_exports()
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"])


def _create_requests() -> None:
    op.create_table(
        "privacy_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        _one_of("kind", "requestkind", *KINDS),
        _one_of("way", "requestway", *WAYS),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("receipt_hash", sa.String(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_reach", sa.LargeBinary(), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("sealed_extension", sa.LargeBinary(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        _one_of("result", "result", *RESULTS, nullable=True),
        sa.Column("sealed_answer", sa.LargeBinary(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_privacy_request_receipt_hash")),
        sqlite_with_rowid=False,
    )
    _index("privacy_request", "received_on", "answered_on")
    op.create_table(
        "progress_note",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=False),
        *_record("progress_note"),
        _key("progress_note", "request_id", "privacy_request.id", "CASCADE"),
    )
    _index("progress_note", "request_id")


def _create_breaches() -> None:
    op.create_table(
        "breach",
        sa.Column("noticed_at", sa.DateTime(), nullable=False),
        *_record("breach"),
    )
    op.create_table(
        "breach_entry",
        sa.Column("breach_id", sa.Uuid(), nullable=False),
        _one_of("kind", "breachentrykind", *ENTRIES),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        *_record("breach_entry"),
        _key("breach_entry", "breach_id", "breach.id"),
    )
    _index("breach_entry", "breach_id")


def _create_raw_data() -> None:
    op.create_table(
        "raw_data_request",
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        _one_of("basis", "legalbasis", *BASES),
        sa.Column("sealed_wanted", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_purpose", sa.LargeBinary(), nullable=False),
        _one_of("decision", "rawdatadecision", *DECISIONS, nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_reasons", sa.LargeBinary(), nullable=True),
        *_record("raw_data_request"),
        _key("raw_data_request", "asked_by_id", "account.id"),
        _key("raw_data_request", "body_id", "body.id"),
        _key("raw_data_request", "decided_by_id", "account.id"),
    )
    _index("raw_data_request", "asked_by_id", "asked_on", "decided_on")


def _create_exports() -> None:
    op.create_table(
        "export",
        sa.Column("opportunity_id", sa.Uuid(), nullable=False),
        _one_of("content", "exportcontent", "answers", "words"),
        sa.Column("reason", sa.String(), nullable=False),
        _one_of("state", "exportstate", *STATES),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decision_reason", sa.String(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=True),
        sa.Column("ready_at", sa.DateTime(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("sealed_file", sa.LargeBinary(), nullable=True),
        *_record("export"),
        _key("export", "opportunity_id", "opportunity.id", "CASCADE"),
        _key("export", "asked_by_id", "account.id"),
        _key("export", "decided_by_id", "account.id"),
    )
    _index("export", "opportunity_id", "asked_by_id", "state")


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


def _one_of(column: str, name: str, *values: str, nullable: bool = False) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=nullable)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_entry_at"), "audit_entry")
    for table in (
        "export",
        "raw_data_request",
        "breach_entry",
        "breach",
        "progress_note",
        "privacy_request",
    ):
        op.drop_table(table)
