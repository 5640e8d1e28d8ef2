"""Give each contribution a key, which goes with it and is in no backup.

Revision ID: 0027
Revises: 0026
"""

import secrets
import uuid

import sqlalchemy as sa
from alembic import op
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from migrations.triggers import drop_key_trigger
from vrn_community import config

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KEY, NONCE, MARK, AT_ONCE = 32, 12, 4, 1_000
KEYS = sa.table(
    "record_key", sa.column("record_id", sa.Uuid()), sa.column("wrapped_key", sa.LargeBinary())
)
CONTRIBUTIONS = sa.table("contribution", sa.column("id", sa.Uuid()))


def upgrade() -> None:
    data_key = config.current().data_keys[0]
    mark, seal = _derived(data_key, "mark", MARK), _derived(data_key, "seal:record_key", KEY)
    some = sa.select(CONTRIBUTIONS.c.id).order_by(CONTRIBUTIONS.c.id).limit(AT_ONCE)
    found = op.get_bind().scalars(some).all()
    while found:
        new = [
            {"record_id": key, "wrapped_key": mark + _wrapped(AESGCM(seal), key)} for key in found
        ]
        op.get_bind().execute(sa.insert(KEYS), new)
        found = op.get_bind().scalars(some.where(CONTRIBUTIONS.c.id > found[-1])).all()


def downgrade() -> None:
    drop_key_trigger(op.get_bind(), "contribution")
    op.get_bind().execute(
        sa.delete(KEYS).where(KEYS.c.record_id.in_(sa.select(CONTRIBUTIONS.c.id)))
    )


def _derived(data_key: str, purpose: str, length: int) -> bytes:
    return HKDF(SHA256(), length, None, purpose.encode()).derive(data_key.encode())


def _wrapped(seal: AESGCM, owner: uuid.UUID) -> bytes:
    nonce, place = secrets.token_bytes(NONCE), f"record_key|{owner}|wrapped_key"
    return nonce + seal.encrypt(nonce, secrets.token_bytes(KEY), place.encode())
