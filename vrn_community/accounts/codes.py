"""Codes of an authenticator app (TOTP, RFC 6238: 6 digits, SHA-1, steps of 30 seconds)."""

import base64
import hashlib
from datetime import datetime

import pyotp

STEP_SECONDS = 30
#: Clocks differ, and people type slowly: the step before and the step after count too.
WINDOW = (1, 0, -1)
GROUP = 4


def new_secret() -> str:
    """Return a random secret of 160 bits in base 32."""
    return pyotp.random_base32()


def demo_secret(email: str) -> str:
    """Return the secret of an account of a demonstration: the same on every machine."""
    digest = hashlib.sha256(f"a made-up person: {email}".encode()).digest()
    return base64.b32encode(digest[:20]).decode("ascii")


def step_at(moment: datetime) -> int:
    """Return the number of the step that a moment is in."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_of(secret: str, step: int) -> str:
    """Return the code of one step."""
    return pyotp.TOTP(secret).generate_otp(step)


def matching_step(secret: str, typed: str, moment: datetime) -> int | None:
    """Return the latest step near a moment whose code was typed, or None."""
    digits = "".join(typed.split())
    for step in (step_at(moment) + shift for shift in WINDOW):
        if pyotp.utils.strings_equal(digits, code_of(secret, step)):
            return step
    return None


def address(secret: str, *, account: str, service: str) -> str:
    """Return what an app reads from the square code (`otpauth://`)."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=service)


def in_groups(secret: str) -> str:
    """Return a secret in groups of four, for typing."""
    return " ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP))
