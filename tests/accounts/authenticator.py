"""A device that makes passkeys and signs, as a phone or a small key does, in software."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

ORIGIN = "http://localhost:8000"
PRESENT, HAS_KEY = 0x01, 0x40


@dataclass
class Device:
    """One device with one key; each mistake that it can make is a field."""

    origin: str = ORIGIN
    host: str = "localhost"
    flags: int = PRESENT
    #: What it says its count is; a device that does not count stays at 0.
    count: int = 0
    counts: bool = True
    cross_origin: bool = False
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def make(self, options: str) -> str:
        """Answer the page that adds a passkey."""
        said = self._said("webauthn.create", json.loads(options)["challenge"])
        data = self._data(self.flags | HAS_KEY) + self._public()
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._sent({"clientDataJSON": said, "attestationObject": attested})

    def sign(self, options: str) -> str:
        """Answer the page that asks for the second step."""
        said = self._said("webauthn.get", json.loads(options)["challenge"])
        self.count += self.counts
        data = self._data(self.flags)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._sent(
            {"clientDataJSON": said, "authenticatorData": data, "signature": signature}
        )

    def _said(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin}
        return json.dumps({**said, "crossOrigin": self.cross_origin}).encode()

    def _data(self, flags: int) -> bytes:
        host = hashlib.sha256(self.host.encode()).digest()
        return host + bytes([flags]) + self.count.to_bytes(4)

    def _public(self) -> bytes:
        at = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: at.x.to_bytes(32), -3: at.y.to_bytes(32)}
        return (
            bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id + cbor2.dumps(cose)
        )

    def _sent(self, response: dict[str, bytes]) -> str:
        key = bytes_to_base64url(self.credential_id)
        texts = {name: bytes_to_base64url(value) for name, value in response.items()}
        return json.dumps({"id": key, "rawId": key, "type": "public-key", "response": texts})


def options_of(page: Any) -> str:
    """Return what a page asks the device to sign."""
    forms = [form for form in page.all("form") if form.get("data-options")]
    assert forms, "No form asks for a passkey."
    return str(forms[0].get("data-options"))


def challenge_of(page: Any) -> bytes:
    """Return the challenge on a page."""
    return base64url_to_bytes(json.loads(options_of(page))["challenge"])
