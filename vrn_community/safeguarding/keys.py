"""Locks that the service can close and cannot open: text sealed for the lead's key alone; pure.

Whoever stores a text needs the public key of the team, and keeps nothing that opens it again.
The private key is stored only sealed for each person who holds it, and the private key of a
person only locked with a passphrase that is stored nowhere.

It protects what is written in cases from whoever gets the database, a backup, or all settings
and keys of the service; also from an administrator who takes over the account of a lead. It
does not protect from a program that was changed: that sees the text while it is typed, and the
passphrase while somebody opens a case. Nor does it protect from somebody who holds the key.
"""

import hashlib
import secrets
import struct
import unicodedata

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY, SALT, NONCE = 32, 16, 12
#: Argon2id as in RFC 9106, low-memory profile: 3 rounds, 64 MB, 4 lanes.
ROUNDS, MEMORY, LANES = 3, 64 * 1024, 4
COST = struct.Struct(">BIB")


class DoesNotOpenError(ValueError):
    """A key or a passphrase does not fit, or what it should open was changed or moved."""


def new_pair() -> tuple[bytes, bytes]:
    """Return a new private key (32 bytes) and its public key (32 bytes), for X25519 (RFC 7748)."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """Return the public key of a private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(public: bytes, content: bytes, *place: str) -> bytes:
    """Return a content that opens with one private key, and in one place, only.

    The key of a new pair and the public key make a secret (X25519), which makes the key of the
    lock (HKDF-SHA256, then AES-256-GCM); the private half of the new pair is forgotten here.
    """
    own = X25519PrivateKey.generate()
    shared, sender = own.exchange(X25519PublicKey.from_public_bytes(public)), own.public_key()
    nonce, begins = secrets.token_bytes(NONCE), sender.public_bytes_raw()
    locked = _lock(shared, begins, public).encrypt(nonce, content, _bound(place))
    return begins + nonce + locked


def unseal(private: bytes, sealed: bytes, *place: str) -> bytes:
    """Return what was sealed for a private key; DoesNotOpenError if it is not the one."""
    begins, nonce, locked = sealed[:KEY], sealed[KEY : KEY + NONCE], sealed[KEY + NONCE :]
    try:
        own = X25519PrivateKey.from_private_bytes(private)
        shared = own.exchange(X25519PublicKey.from_public_bytes(begins))
        public = own.public_key().public_bytes_raw()
        return _lock(shared, begins, public).decrypt(nonce, locked, _bound(place))
    except (InvalidTag, ValueError) as error:
        raise DoesNotOpenError from error


def _lock(shared: bytes, begins: bytes, public: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), KEY, None, b"case-text" + begins + public).derive(shared))


def _bound(place: tuple[str, ...]) -> bytes:
    return "|".join(place).encode()


def lock(secret: bytes, phrase: str, *place: str) -> bytes:
    """Return a secret that opens with a phrase, and in one place, only (Argon2id, AES-256-GCM).

    How hard it is to try phrases stands before it, so that it can become harder later.
    """
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    cost = COST.pack(ROUNDS, MEMORY, LANES)
    locked = AESGCM(_key_of(phrase, salt, cost)).encrypt(nonce, secret, _bound(place))
    return cost + salt + nonce + locked


def unlock(locked: bytes, phrase: str, *place: str) -> bytes:
    """Return what was locked with a phrase; DoesNotOpenError if it is another one."""
    cost, rest = locked[: COST.size], locked[COST.size :]
    salt, nonce = rest[:SALT], rest[SALT : SALT + NONCE]
    try:
        cipher = AESGCM(_key_of(phrase, salt, cost))
        return cipher.decrypt(nonce, rest[SALT + NONCE :], _bound(place))
    except (InvalidTag, ValueError, struct.error, HashingError) as error:
        raise DoesNotOpenError from error


def _key_of(phrase: str, salt: bytes, cost: bytes) -> bytes:
    typed = unicodedata.normalize("NFKC", " ".join(phrase.split())).encode()
    rounds, memory, lanes = COST.unpack(cost)
    return hash_secret_raw(typed, salt, rounds, memory, lanes, KEY, Type.ID)


def mark(public: bytes) -> str:
    """Return a short mark of a public key (60 bits), for two people to compare by phone."""
    digits = str(int.from_bytes(hashlib.sha256(public).digest()[:8], "big") % 10**18).zfill(18)
    return " ".join(digits[start : start + 6] for start in range(0, 18, 6))
