"""Keep what is written about concerns as sealed entries, the keys that open them, and more facts.

What was written before becomes entries that are sealed with the data key, until a lead makes the
team's key. Going back is refused where that would lose something: entries that only the team's
key opens, and concerns that did not come from a passage.

Revision ID: 0018
Revises: 0017
"""

import json
import uuid

import sqlalchemy as sa
from alembic import op

from vrn_community.foundation import crypto

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

SOURCES = ("passage", "phone", "letter", "session", "contact-form", "asked-for-help")
AGE_BANDS = ("under-13", "13-15", "16-17", "adult")
ENTRIES = ("raised", "added", "facts", "decision", "help")
OUTCOMES = ("referred", "police", "emergency", "support", "no-action", "cannot-identify")
LEVELS = ("basic", "standard", "enhanced", "enhanced-barred")
KINDS = ("emergency", "helpline", "front-door", "reporting")
DESIGNATED = "designated-officer"

CONCERN = sa.table(
    "concern",
    *(
        sa.column(name, kind)
        for name, kind in {
            "id": sa.Uuid(),
            "created_at": sa.DateTime(),
            "decided_at": sa.DateTime(),
            "raised_by_id": sa.Uuid(),
            "decided_by_id": sa.Uuid(),
            "opportunity_id": sa.Uuid(),
            "sealed_note": sa.LargeBinary(),
            "sealed_decision": sa.LargeBinary(),
        }.items()
    ),
)
ENTRY = sa.table(
    "case_entry",
    *(
        sa.column(name, kind)
        for name, kind in {
            "id": sa.Uuid(),
            "created_at": sa.DateTime(),
            "concern_id": sa.Uuid(),
            "kind": sa.String(),
            "by_id": sa.Uuid(),
            "locked_text": sa.LargeBinary(),
            "sealed_text": sa.LargeBinary(),
        }.items()
    ),
)


def upgrade() -> None:
    _create_keys()
    _create_entries()
    with _concern() as batch:
        batch.add_column(
            sa.Column("source", sa.String(40), nullable=False, server_default="passage")
        )
        batch.add_column(sa.Column("received_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("area_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("age_band", sa.String(40), nullable=True))
        batch.add_column(sa.Column("accused_id", sa.Uuid(), nullable=True))
    op.execute("UPDATE concern SET received_on = date(created_at)")
    _write_entries(op.get_bind())
    with _concern() as batch:
        batch.alter_column("source", existing_type=sa.String(40), server_default=None)
        batch.alter_column("received_on", existing_type=sa.Date(), nullable=False)
        batch.alter_column("opportunity_id", existing_type=sa.Uuid(), nullable=True)
        batch.alter_column("raised_by_id", existing_type=sa.Uuid(), nullable=True)
        batch.create_foreign_key(op.f("fk_concern_area_id"), "area", ["area_id"], ["id"])
        batch.create_foreign_key(op.f("fk_concern_accused_id"), "account", ["accused_id"], ["id"])
        batch.create_check_constraint(op.f("ck_concern_source"), _in("source", SOURCES))
        batch.create_check_constraint(op.f("ck_concern_ageband"), _in("age_band", AGE_BANDS))
        batch.create_index(op.f("ix_concern_accused_id"), ["accused_id"])
        batch.drop_column("sealed_note")
        batch.drop_column("sealed_decision")
    with op.batch_alter_table(
        "alert", recreate=_always(), table_kwargs={"sqlite_with_rowid": False}
    ):
        pass
    _allow_kinds((*KINDS, DESIGNATED))
    op.execute(
        "UPDATE support_service SET kind = 'designated-officer' "
        "WHERE slug LIKE '%-designated-officer'"
    )


def _create_keys() -> None:
    op.create_table(
        "team_key",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("locked_private", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_team_key_is_the_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_key")),
    )
    op.create_table(
        "key_holder",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("locked_private", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_team_key", sa.LargeBinary(), nullable=True),
        _key("key_holder", "account_id", "account.id", "CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_key_holder")),
    )
    op.create_table(
        "staff_check",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=False),
        sa.Column("dbs_on", sa.Date(), nullable=False),
        _one_of("dbs_level", "dbslevel", LEVELS),
        _key("staff_check", "account_id", "account.id", "CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_staff_check")),
    )
    op.create_table(
        "year_summary",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_year_summary")),
    )


def _create_entries() -> None:
    op.create_table(
        "case_entry",
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        _one_of("kind", "entrykind", ENTRIES),
        _one_of("outcome", "outcome", OUTCOMES, nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("locked_text", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=True),
        *_record("case_entry"),
        _key("case_entry", "concern_id", "concern.id", "CASCADE"),
        _key("case_entry", "by_id", "account.id"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_case_entry_concern_id"), "case_entry", ["concern_id"])


def _write_entries(connection: sa.Connection) -> None:
    for row in connection.execute(sa.select(CONCERN)).all():
        note = _opened(row.sealed_note, "concern", row.id, "sealed_note")
        _write(connection, row, "raised", {"noticed": note}, row.created_at, row.raised_by_id)
        if row.sealed_decision is not None:
            decided = _opened(row.sealed_decision, "concern", row.id, "sealed_decision")
            at, by = row.decided_at or row.created_at, row.decided_by_id
            _write(connection, row, "decision", {"reasons": decided}, at, by)


def _write(connection, row, kind, texts, at, by) -> None:
    key = uuid.uuid4()
    sealed = _sealed(json.dumps(texts), "case_entry", key, "sealed_text")
    kept = {"id": key, "concern_id": row.id, "kind": kind, "sealed_text": sealed}
    connection.execute(sa.insert(ENTRY).values(**kept, created_at=at, by_id=by))


def _opened(sealed: bytes, table: str, row: uuid.UUID, column: str) -> str:
    return crypto.unseal_bytes(sealed, table, str(row), column).decode()


def _sealed(words: str, table: str, row: uuid.UUID, column: str) -> bytes:
    return crypto.seal_bytes(words.encode(), table, str(row), column)


def _concern():
    """Rebuild the table on SQLite without an order of rows."""
    kept = {"sqlite_with_rowid": False}
    return op.batch_alter_table("concern", recreate=_always(), table_kwargs=kept)


def _always() -> str:
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def _allow_kinds(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("support_service") as batch:
        batch.drop_constraint(op.f("ck_support_service_supportkind"), type_="check")
        batch.create_check_constraint(op.f("ck_support_service_supportkind"), _in("kind", kinds))


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


def _one_of(column: str, name: str, values: tuple[str, ...], nullable: bool = False) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=nullable)


def _in(column: str, values: tuple[str, ...]) -> str:
    quoted = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({quoted})"


def downgrade() -> None:
    connection = op.get_bind()
    notes = _read_entries(connection)
    # Whom only staff ring would be among what anybody sees, but no row is lost.
    op.execute("UPDATE support_service SET kind = 'reporting' WHERE kind = 'designated-officer'")
    _allow_kinds(KINDS)
    op.drop_table("case_entry")
    with op.batch_alter_table("concern") as batch:
        batch.add_column(sa.Column("sealed_note", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("sealed_decision", sa.LargeBinary(), nullable=True))
        batch.drop_index(op.f("ix_concern_accused_id"))
        batch.drop_constraint(op.f("ck_concern_source"), type_="check")
        batch.drop_constraint(op.f("ck_concern_ageband"), type_="check")
        batch.drop_constraint(op.f("fk_concern_area_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_concern_accused_id"), type_="foreignkey")
        for column in ("source", "received_on", "area_id", "age_band", "accused_id"):
            batch.drop_column(column)
    for key, sealed in notes.items():
        connection.execute(sa.update(CONCERN).where(CONCERN.c.id == key).values(**sealed))
    with op.batch_alter_table("concern") as batch:
        batch.alter_column("sealed_note", existing_type=sa.LargeBinary(), nullable=False)
        batch.alter_column("opportunity_id", existing_type=sa.Uuid(), nullable=False)
        batch.alter_column("raised_by_id", existing_type=sa.Uuid(), nullable=False)
    for table in ("year_summary", "staff_check", "key_holder", "team_key"):
        op.drop_table(table)


def _read_entries(connection: sa.Connection) -> dict[uuid.UUID, dict[str, bytes]]:
    """Return what was written about each concern as two sealed texts, or refuse to lose some."""
    locked = sa.select(sa.func.count()).where(ENTRY.c.locked_text.is_not(None))
    others = sa.select(sa.func.count()).where(
        CONCERN.c.opportunity_id.is_(None) | CONCERN.c.raised_by_id.is_(None)
    )
    if connection.scalar(locked) or connection.scalar(others):
        raise RuntimeError("There are cases that the older tables cannot hold.")
    texts: dict[uuid.UUID, dict[str, str]] = {}
    for row in connection.execute(sa.select(ENTRY).order_by(ENTRY.c.created_at)):
        text = _opened(row.sealed_text, "case_entry", row.id, "sealed_text")
        said = "\n\n".join(json.loads(text).values())
        name = "sealed_decision" if row.kind == "decision" else "sealed_note"
        kept = texts.setdefault(row.concern_id, {"sealed_note": ""})
        kept[name] = "\n\n".join(filter(None, (kept.get(name), said)))
    return {
        key: {name: _sealed(text, "concern", key, name) for name, text in kept.items()}
        for key, kept in texts.items()
    }
