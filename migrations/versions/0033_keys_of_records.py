"""Give each record of what people told us, and of what is written about them, a key of its own.

A way to reach somebody goes sooner than their request, so it becomes a row with a key; an appeal
gets a key of its own too, for that of its passage stands under the id of the passage. What only the
key of cases opens is sealed once more as it is. Backups from before open with the data key alone.

Revision ID: 0033
Revises: 0032
"""

import secrets
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import drop_key_trigger
from vrn_community.foundation import crypto

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

AT_ONCE = 200
#: The sealed columns of each table that gets keys.
SEALED = {
    "breach_entry": ("sealed_words",),
    "case_entry": ("locked_text", "sealed_text"),
    "export": ("sealed_file",),
    "follower": ("sealed_contact",),
    "member": ("sealed_interests", "sealed_access_needs"),
    "privacy_request": ("sealed_words", "sealed_extension", "sealed_answer"),
    "progress_note": ("sealed_words",),
    "raw_data_request": ("sealed_wanted", "sealed_purpose", "sealed_reasons"),
}
#: What no key of ours opens.
LOCKED = "locked_text"
KEYS = sa.table(
    "record_key", sa.column("record_id", sa.Uuid()), sa.column("wrapped_key", sa.LargeBinary())
)
APPEAL = ("passage_id", "received_on", "sealed_reason", "signals", "urgency", "outcome")
APPEAL += ("moderator_id", "decided_at")
REACH = sa.table(
    "reach",
    sa.column("id", sa.Uuid()),
    sa.column("request_id", sa.Uuid()),
    sa.column("sealed_words", sa.LargeBinary()),
)
REQUEST = sa.table(
    "privacy_request", sa.column("id", sa.Uuid()), sa.column("sealed_reach", sa.LargeBinary())
)
Values = Mapping[str, Any]


def upgrade() -> None:
    for table, columns in SEALED.items():
        _each(table, columns, _give_key)
    _create_reach()
    for row in _rows("privacy_request", ("sealed_reach",)):
        _move_reach(row)
    op.drop_column("privacy_request", "sealed_reach")
    _make_appeals_anew("id", _give_appeal_key)


def downgrade() -> None:
    for table in (*SEALED, "appeal", "reach"):
        drop_key_trigger(op.get_bind(), table)
    _make_appeals_anew("passage_id", _take_appeal_key)
    op.add_column("privacy_request", sa.Column("sealed_reach", sa.LargeBinary(), nullable=True))
    for row in op.get_bind().execute(sa.select(REACH)).all():
        _move_reach_back(row)
    op.drop_table("reach")
    for table, columns in SEALED.items():
        _each(table, columns, _take_key)


def _rows(table: str, columns: Sequence[str]) -> Iterator[Any]:
    """Go through the rows that hold something sealed, in the order of their ids."""
    for rows in _batches(table, columns):
        yield from rows


def _batches(table: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
    named = sa.table(table, sa.column("id", sa.Uuid()), *map(_bytes, columns))
    held = sa.or_(*(named.c[column].is_not(None) for column in columns))
    query = sa.select(named).where(held).order_by(named.c.id).limit(AT_ONCE)
    found = op.get_bind().execute(query).all()
    while found:
        yield found
        found = op.get_bind().execute(query.where(named.c.id > found[-1].id)).all()


def _bytes(column: str) -> Any:
    return sa.column(column, sa.LargeBinary())


def _each(table: str, columns: Sequence[str], act: Callable[[str, uuid.UUID, Values], Any]) -> None:
    """Seal each row of a table anew."""
    named = sa.table(table, sa.column("id", sa.Uuid()), *map(_bytes, columns))
    change = sa.update(named).where(named.c.id == sa.bindparam("row"))
    change = change.values({column: sa.bindparam(f"new_{column}") for column in columns})
    for rows in _batches(table, columns):
        new = []
        for row in rows:
            sealed = {column: getattr(row, column) for column in columns}
            anew = act(table, row.id, sealed)
            new.append({"row": row.id, **{f"new_{name}": value for name, value in anew.items()}})
        op.get_bind().execute(change, new)


def _give_key(table: str, row: uuid.UUID, sealed: Values) -> Values:
    key = _new_key(row)
    return {
        column: crypto.seal_with(key, _opened(value, table, row, column), table, str(row), column)
        if value
        else value
        for column, value in sealed.items()
    }


def _opened(sealed: bytes, table: str, row: uuid.UUID, column: str) -> bytes:
    return sealed if column == LOCKED else crypto.unseal_bytes(sealed, table, str(row), column)


def _new_key(row: uuid.UUID) -> bytes:
    """Store a key for a row, in place of one that came with a newer copy of keys."""
    key = secrets.token_bytes(crypto.KEY_BYTES)
    wrapped = crypto.seal_bytes(key, "record_key", str(row), "wrapped_key")
    op.get_bind().execute(sa.delete(KEYS).where(KEYS.c.record_id == row))
    op.get_bind().execute(sa.insert(KEYS).values(record_id=row, wrapped_key=wrapped))
    return key


def _take_key(table: str, row: uuid.UUID, sealed: Values) -> Values:
    key = _gone_key(row)
    if key is None:  # Nobody can read it any more, here or there.
        return sealed
    anew = {}
    for column, value in sealed.items():
        place = (table, str(row), column)
        content = crypto.unseal_with(key, value, *place) if value else value
        is_ours = value and column != LOCKED
        anew[column] = crypto.seal_bytes(content, *place) if is_ours else content
    return anew


def _gone_key(row: uuid.UUID) -> bytes | None:
    """Return the key of a row, and delete it."""
    of_row = KEYS.c.record_id == row
    wrapped = op.get_bind().execute(sa.select(KEYS.c.wrapped_key).where(of_row)).scalar()
    op.get_bind().execute(sa.delete(KEYS).where(of_row))
    return wrapped and crypto.unseal_bytes(wrapped, "record_key", str(row), "wrapped_key")


def _create_reach() -> None:
    op.create_table(
        "reach",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=False),
        _key("reach", "request_id", "privacy_request.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reach")),
        sa.UniqueConstraint("request_id", name=op.f("uq_reach_request_id")),
        sqlite_with_rowid=False,
    )


def _move_reach(request: Any) -> None:
    words = crypto.unseal_bytes(
        request.sealed_reach, "privacy_request", str(request.id), "sealed_reach"
    )
    row = uuid.uuid4()
    sealed = crypto.seal_with(_new_key(row), words, "reach", str(row), "sealed_words")
    made = {"id": row, "request_id": request.id, "sealed_words": sealed}
    op.get_bind().execute(sa.insert(REACH).values(made))


def _move_reach_back(row: Any) -> None:
    key = _gone_key(row.id)
    if key is None:
        return
    words = crypto.unseal_with(key, row.sealed_words, "reach", str(row.id), "sealed_words")
    place = ("privacy_request", str(row.request_id), "sealed_reach")
    change = sa.update(REQUEST).where(REQUEST.c.id == row.request_id)
    op.get_bind().execute(change.values(sealed_reach=crypto.seal_bytes(words, *place)))


def _make_appeals_anew(key: str, change: Callable[[Any], Values]) -> None:
    """Make the table with another primary key; there are few appeals, and they are short."""
    ids = [sa.column(name, sa.Uuid()) for name in ("id", "passage_id", "moderator_id")]
    plain = [sa.column(name) for name in ("signals", "urgency", "outcome")]
    times = [sa.column("received_on", sa.Date()), sa.column("decided_at", sa.DateTime())]
    appeals = sa.table("appeal", *ids, *plain, *times, _bytes("sealed_reason"))
    known = [appeals.c[name] for name in (APPEAL if key == "id" else ("id", *APPEAL))]
    rows = [change(row) for row in op.get_bind().execute(sa.select(*known)).all()]
    op.drop_table("appeal")
    _create_appeals(key)
    if rows:
        op.get_bind().execute(sa.insert(appeals), rows)


def _create_appeals(key: str) -> None:
    outcomes = sa.Enum(
        "kept", "reopened", name="appealoutcome", native_enum=False, create_constraint=True,
        length=40,
    )  # fmt: skip
    own = sa.Column("id", sa.Uuid(), nullable=False)
    once = sa.UniqueConstraint("passage_id", name=op.f("uq_appeal_passage_id"))
    op.create_table(
        "appeal",
        *([own, once] if key == "id" else []),
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("signals", sa.String(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("outcome", outcomes, nullable=True),
        sa.Column("moderator_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        _key("appeal", "passage_id", "passage.id", "CASCADE"),
        _key("appeal", "moderator_id", "account.id"),
        sa.PrimaryKeyConstraint(key, name=op.f("pk_appeal")),
        sqlite_with_rowid=False,
    )


def _give_appeal_key(row: Any) -> Values:
    key, place = uuid.uuid4(), ("appeal", str(row.passage_id), "sealed_reason")
    words = row.sealed_reason and crypto.unseal_bytes(row.sealed_reason, *place)
    after = ("appeal", str(key), "sealed_reason")
    reason = words if words is None else crypto.seal_with(_new_key(key), words, *after)
    return {**row._mapping, "id": key, "sealed_reason": reason}


def _take_appeal_key(row: Any) -> Values:
    key = _gone_key(row.id)
    anew = {name: value for name, value in row._mapping.items() if name != "id"}
    if key is None:
        return {**anew, "sealed_reason": None}
    words = crypto.unseal_with(key, row.sealed_reason, "appeal", str(row.id), "sealed_reason")
    place = ("appeal", str(row.passage_id), "sealed_reason")
    return {**anew, "sealed_reason": crypto.seal_bytes(words, *place)}


def _key(table: str, column: str, target: str, gone: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=gone
    )
