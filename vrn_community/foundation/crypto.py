"""Random codes that people can read aloud, and keyed hashes that say nothing without the key."""

import hashlib
import hmac
import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vrn_community import config

NONCE_BYTES = 12

#: Crockford's alphabet: no I, L, O or U, so that a code survives handwriting and a phone call.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", " ": None, "-": None})


def new_code(length: int) -> str:
    """Return a random code of a number of characters (5 bits each)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read_code(typed: str) -> str:
    """Return a typed code as it was made: upper case, misread letters mended, nothing else."""
    mended = typed.upper().translate(MISREAD)
    return "".join(letter for letter in mended if letter in ALPHABET)


def new_token() -> str:
    """Return a random token of 256 bits for a cookie or a link."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return the SHA-256 of a random token: what is stored instead of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_hash(purpose: str, value: str, key: str = "") -> str:
    """Return the HMAC-SHA256 of a value under the pepper, different for every purpose."""
    secret = (key or config.current().pepper).encode()
    return hmac.new(secret, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Return whether two hashes are equal, in a time that does not depend on them."""
    return hmac.compare_digest(one, other)


class SealBrokenError(ValueError):
    """Sealed bytes were changed, or belong to another place, or to another key."""


def derive(purpose: str, *, length: int = 32, salt: bytes = b"") -> bytes:
    """Return a key for one purpose, derived from the data key (HKDF, RFC 5869)."""
    return _derived(config.current().data_key, purpose, length, salt)


def _derived(data_key: str, purpose: str, length: int, salt: bytes) -> bytes:
    return HKDF(SHA256(), length, salt or None, purpose.encode()).derive(data_key.encode())


def seal(words: str, *place: str) -> bytes:
    """Return words encrypted for one place (AES-256-GCM): they open nowhere else."""
    return seal_bytes(words.encode(), *place)


def unseal(sealed: bytes, *place: str) -> str:
    """Return sealed words; SealBrokenError if they were changed or moved."""
    return unseal_bytes(sealed, *place).decode()


def seal_bytes(content: bytes, *place: str) -> bytes:
    """Return a content encrypted for one place, with a fresh nonce before it."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _cipher(place[0]).encrypt(nonce, content, "|".join(place).encode())


def unseal_bytes(sealed: bytes, *place: str) -> bytes:
    """Return a sealed content; SealBrokenError if it was changed or moved."""
    nonce, content = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return _cipher(place[0]).decrypt(nonce, content, "|".join(place).encode())
    except (InvalidTag, ValueError) as error:
        raise SealBrokenError from error


def _cipher(purpose: str) -> AESGCM:
    return _cipher_of(config.current().data_key, purpose)


@cache
def _cipher_of(data_key: str, purpose: str) -> AESGCM:
    return AESGCM(_derived(data_key, f"seal:{purpose}", 32, b""))
