"""Random codes that people can read aloud, and keyed hashes that say nothing without the key."""

import hashlib
import hmac
import secrets

from vrn_community import config

#: Crockford's alphabet: no I, L, O or U, so that a code survives handwriting and a phone call.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", " ": None, "-": None})


def new_code(length: int) -> str:
    """Return a random code of a number of characters (5 bits each)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read_code(typed: str) -> str:
    """Return a typed code as it was made: upper case, no spaces, misread letters mended."""
    return typed.upper().translate(MISREAD)


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
