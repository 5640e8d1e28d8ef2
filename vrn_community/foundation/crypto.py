"""Random codes that people can read aloud, keyed hashes, and seals (AES-256-GCM)."""

import hashlib
import hmac
import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vrn_community import config

KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 12, 16
#: So many bytes before a sealed content say which data key sealed it.
MARK_BYTES = 4

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
    """Return bytes for one purpose, derived from the pepper (HKDF, RFC 5869).

    The pepper never changes, so they stay what they were when the data key is changed.
    """
    return _derived(config.current().pepper, purpose, length, salt)


def derived_code(purpose: str, token: str, length: int) -> str:
    """Return the code of a token for one purpose: the same for the same token, 5 bits a character.

    Nobody without the pepper goes from one to the other, or from one code to the next.
    """
    number = int.from_bytes(derive(purpose, length=-(-length * 5 // 8), salt=token.encode()))
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(length))


def _derived(secret: str, purpose: str, length: int, salt: bytes = b"") -> bytes:
    return HKDF(SHA256(), length, salt or None, purpose.encode()).derive(secret.encode())


def seal_bytes(content: bytes, *place: str) -> bytes:
    """Return a content encrypted for one place (AES-256-GCM): it opens nowhere else.

    The first data key seals it; the mark of that key stands before it.
    """
    key = config.current().data_keys[0]
    return mark_of(key) + _encrypted(_cipher_of(key, place[0]), content, place)


def unseal_bytes(sealed: bytes, *place: str) -> bytes:
    """Return a sealed content; SealBrokenError if it was changed or moved, or no key opens it."""
    mark, content = sealed[:MARK_BYTES], sealed[MARK_BYTES:]
    for key in config.current().data_keys:
        if mark_of(key) == mark:
            return _decrypted(_cipher_of(key, place[0]), content, place)
    raise SealBrokenError


@cache
def mark_of(data_key: str) -> bytes:
    """Return what stands before all that a data key has sealed; it says nothing about the key."""
    return _derived(data_key, "mark", MARK_BYTES)


def seal_with(key: bytes, content: bytes, *place: str) -> bytes:
    """Return a content encrypted for one place by a key that is no data key."""
    return _encrypted(AESGCM(key), content, place)


def unseal_with(key: bytes, sealed: bytes, *place: str) -> bytes:
    """Return what `seal_with` sealed; SealBrokenError if it was changed, moved, or is another's."""
    return _decrypted(AESGCM(key), sealed, place)


def _encrypted(cipher: AESGCM, content: bytes, place: tuple[str, ...]) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, content, "|".join(place).encode())


def _decrypted(cipher: AESGCM, sealed: bytes, place: tuple[str, ...]) -> bytes:
    nonce, content = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return cipher.decrypt(nonce, content, "|".join(place).encode())
    except (InvalidTag, ValueError) as error:
        raise SealBrokenError from error


@cache
def _cipher_of(data_key: str, purpose: str) -> AESGCM:
    return AESGCM(_derived(data_key, f"seal:{purpose}", KEY_BYTES))
