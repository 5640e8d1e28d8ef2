"""Passwords: Argon2id, long rather than complicated, none that everybody knows."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from vrn_community.accounts.common_passwords import is_common

SHORTEST = 12
LONGEST = 200
#: Beginnings of passwords that are guessed first, whatever is added to them.
COMMON = ("password", "qwerty", "letmein", "welcome", "iloveyou", "leicester", "violence")
#: Shorter names are part of too many harmless words.
SHORTEST_NAME = 4
#: What every account of a demonstration has; demo data is refused in production.
DEMO_PASSWORD = "eight bright paper kites"  # noqa: S105 - it is shown on the sign-in page.
_hasher = PasswordHasher()
_nobody = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password (RFC 9106, low-memory profile)."""
    return _hasher.hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Return whether a password fits a hash; takes as long when there is no hash.

    What is longer than any password may be fits none, and is not hashed as a whole.
    """
    try:
        fits = _hasher.verify(stored or _nobody, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return fits and bool(stored) and len(password) <= LONGEST


def weakness(password: str, *, about: str = "") -> str:
    """Return what is wrong with a new password, as a key of the form's messages, or nothing."""
    plain = password.lower()
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    named = len(about) >= SHORTEST_NAME and about.lower() in plain
    if len(set(plain)) < 5 or plain.startswith(COMMON) or named or is_common(password):
        return "easy"
    return ""
