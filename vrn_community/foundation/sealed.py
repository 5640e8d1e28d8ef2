"""The state of public forms, sealed into the form itself: nothing is kept on the server.

The seal is also what protects the forms against forgery: it binds the state to a
purpose and a place, and it is refused after a day.
"""

import base64
import binascii
import json
import zlib
from datetime import timedelta
from typing import Any

from vrn_community.foundation import clock, crypto

LIVES = timedelta(hours=24)
LARGEST = 64 * 1024
#: What a sealed state may grow to when it is opened: no bomb fits into 64 KB.
LARGEST_OPENED = 512 * 1024


class StateRefused(ValueError):  # noqa: N818 - named as a fact.
    """A sealed state that cannot be used: changed, from elsewhere, or too old."""


class StateTooLarge(ValueError):  # noqa: N818 - named as a fact.
    """More was written than one form can carry."""


def seal_state(content: dict[str, Any], *place: str) -> str:
    """Return a state as text for a hidden field, bound to a purpose and a place."""
    issued = {"issued": int(clock.now().timestamp()), **content}
    packed = zlib.compress(json.dumps(issued, separators=(",", ":")).encode(), 6)
    text = base64.urlsafe_b64encode(crypto.seal_bytes(packed, *place)).decode("ascii")
    if len(text) > LARGEST:
        raise StateTooLarge
    return text


def open_state(text: str, *place: str) -> dict[str, Any]:
    """Return a sealed state; StateRefused if it was changed, moved, or is older than a day."""
    if len(text) > LARGEST:
        raise StateRefused
    try:
        sealed = base64.urlsafe_b64decode(text.encode("ascii"))
        packed = crypto.unseal_bytes(sealed, *place)
        unpacker = zlib.decompressobj()
        content: dict[str, Any] = json.loads(unpacker.decompress(packed, LARGEST_OPENED))
    except (binascii.Error, UnicodeError, crypto.SealBrokenError, zlib.error, ValueError) as error:
        raise StateRefused from error
    if clock.now().timestamp() - content["issued"] > LIVES.total_seconds():
        raise StateRefused
    return content
