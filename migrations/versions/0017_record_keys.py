"""Seal words by a key of their own record, and mark sealed bytes with the key that sealed them.

Revision ID: 0017
Revises: 0016
"""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from migrations.triggers import KEYED, drop_key_trigger
from vrn_community import config

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NONCE, MARK, AT_ONCE = 12, 4, 1_000
KEYS = sa.table(
    "record_key", sa.column("record_id", sa.Uuid()), sa.column("wrapped_key", sa.LargeBinary())
)


@dataclass(frozen=True)
class Place:
    """Where sealed bytes belong: a column, with how it was called before."""

    table: str
    column: str
    former: tuple[str, str]
    of: str = "id"

    def before(self, owner: uuid.UUID) -> tuple[str, ...]:
        purpose, part = self.former
        return (purpose, str(owner), part) if part else (purpose, str(owner))

    def after(self, owner: uuid.UUID) -> tuple[str, ...]:
        return (self.table, str(owner), self.column)


WORDS = Place("passage", "sealed_words", ("passage", ""))
OTHERS = (
    Place("concern", "sealed_note", ("concern", "note")),
    Place("concern", "sealed_decision", ("concern", "decision")),
    Place("group_session", "sealed_code", ("group-session", "")),
    Place("authenticator_app", "sealed_secret", ("authenticator", ""), of="account_id"),
)
Reseal = Callable[[Place, uuid.UUID, bytes], bytes]


def upgrade() -> None:
    op.create_table(
        "record_key",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_record_key")),
        sqlite_with_rowid=False,
    )
    _each(WORDS, _give_key)
    for place in OTHERS:
        _each(place, _mark)


def downgrade() -> None:
    for place in OTHERS:
        _each(place, _unmark)
    _each(WORDS, _take_key)
    for table in KEYED:
        drop_key_trigger(op.get_bind(), table)
    op.drop_table("record_key")


def _each(place: Place, reseal: Reseal) -> None:
    """Seal each value of a column anew, in the order of the keys."""
    columns = {"id": sa.Uuid(), place.of: sa.Uuid(), place.column: sa.LargeBinary()}
    table = sa.table(place.table, *(sa.column(name, kind) for name, kind in columns.items()))
    key, owner, sealed = table.c.id, table.c[place.of], table.c[place.column]
    change = (
        sa.update(table).where(key == sa.bindparam("row")).values({sealed: sa.bindparam("new")})
    )
    rows = sa.select(key, owner, sealed).where(sealed.is_not(None)).order_by(key).limit(AT_ONCE)
    found = op.get_bind().execute(rows).all()
    while found:
        new = [{"row": row, "new": reseal(place, whose, value)} for row, whose, value in found]
        op.get_bind().execute(change, new)
        found = op.get_bind().execute(rows.where(key > found[-1][0])).all()


def _give_key(place: Place, owner: uuid.UUID, sealed: bytes) -> bytes:
    content, own = _opened(sealed, place.before(owner)), secrets.token_bytes(32)
    wrapped = _marked(own, ("record_key", str(owner), "wrapped_key"))
    op.get_bind().execute(sa.insert(KEYS).values(record_id=owner, wrapped_key=wrapped))
    return _sealed(own, content, place.after(owner))


def _take_key(place: Place, owner: uuid.UUID, sealed: bytes) -> bytes:
    wrapped = sa.select(KEYS.c.wrapped_key).where(KEYS.c.record_id == owner)
    wrapped_key = op.get_bind().execute(wrapped).scalar_one()
    own = _opened(wrapped_key[MARK:], ("record_key", str(owner), "wrapped_key"))
    return _unmarked(_decrypted(own, sealed, place.after(owner)), place.before(owner))


def _mark(place: Place, owner: uuid.UUID, sealed: bytes) -> bytes:
    return _marked(_opened(sealed, place.before(owner)), place.after(owner))


def _unmark(place: Place, owner: uuid.UUID, sealed: bytes) -> bytes:
    return _unmarked(_opened(sealed[MARK:], place.after(owner)), place.before(owner))


def _data_keys() -> list[str]:
    return [key.strip() for key in config.current().data_key.split(",") if key.strip()]


def _derived(data_key: str, purpose: str, length: int = 32) -> bytes:
    return HKDF(SHA256(), length, None, purpose.encode()).derive(data_key.encode())


def _marked(content: bytes, place: tuple[str, ...]) -> bytes:
    return _derived(_data_keys()[0], "mark", MARK) + _unmarked(content, place)


def _unmarked(content: bytes, place: tuple[str, ...]) -> bytes:
    return _sealed(_derived(_data_keys()[0], f"seal:{place[0]}"), content, place)


def _opened(sealed: bytes, place: tuple[str, ...]) -> bytes:
    for data_key in _data_keys():
        try:
            return _decrypted(_derived(data_key, f"seal:{place[0]}"), sealed, place)
        except InvalidTag:
            continue
    raise ValueError(f"No key in VRN_DATA_KEY opens {place}.")


def _sealed(key: bytes, content: bytes, place: tuple[str, ...]) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, "|".join(place).encode())


def _decrypted(key: bytes, sealed: bytes, place: tuple[str, ...]) -> bytes:
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], "|".join(place).encode())
