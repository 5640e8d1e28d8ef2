"""Passkeys: a device signs a challenge for this address alone, so nobody can fish for it.

The challenge is kept nowhere: it follows from the session and from when the second factor was
last shown in it. Whatever is proved changes one of these, so a challenge is good once.
"""

import ipaddress
import json
import uuid
from typing import Any
from urllib.parse import urlsplit

import webauthn
from flask_babel import gettext as _
from sqlalchemy import select, update
from webauthn.helpers import parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from vrn_community import audit, config
from vrn_community.accounts import proving
from vrn_community.accounts.models import Account, Passkey
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.foundation.errors import NotAllowed

LONGEST_NAME = 60
#: No device sends more.
LONGEST_SENT = 20_000
MOST = 10
#: What can be wrong with what a device, or somebody in its place, sends.
REFUSED = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)


def origin() -> str:
    """Return the address, without a path, for which passkeys sign."""
    found = urlsplit(config.current().desk_url)
    return f"{found.scheme}://{found.netloc}"


def name_of_host() -> str:
    """Return the host for which passkeys sign (the `rp_id`)."""
    return urlsplit(config.current().desk_url).hostname or ""


def are_possible() -> bool:
    """Return whether browsers use passkeys here: under a name, not a number, and with https."""
    host = name_of_host()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return config.current().is_secure or host == "localhost"
    return False


def challenge(purpose: str, account: Account, *moment: object) -> bytes:
    """Return what a device has to sign now, from what is true of a session until it is used."""
    told = "|".join(map(str, (account.id, *moment)))
    return bytes.fromhex(crypto.keyed_hash(f"passkey:{purpose}", told))


def options_to_add(account: Account, asked: bytes) -> str:
    """Return what the browser needs to make a new passkey, as JSON."""
    made = webauthn.generate_registration_options(
        rp_id=name_of_host(),
        rp_name=config.current().service_name,
        user_id=account.id.bytes,
        user_name=account.email,
        user_display_name=account.display_name,
        challenge=asked,
        exclude_credentials=_known(account),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return webauthn.options_to_json(made)


def options_to_prove(account: Account, asked: bytes) -> str:
    """Return what the browser needs to sign with one of the passkeys of an account, as JSON."""
    made = webauthn.generate_authentication_options(
        rp_id=name_of_host(),
        challenge=asked,
        allow_credentials=_known(account),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return webauthn.options_to_json(made)


def _known(account: Account) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=key.credential_id) for key in account.passkeys]


def add(account: Account, name: str, sent: str, asked: bytes) -> list[str] | None:
    """Let a new passkey sign an account in; return new recovery codes if it is the first factor.

    None if the device signed something else, or something that is used already.
    """
    if len(account.passkeys) >= MOST:
        raise NotAllowed(_("You have as many passkeys as can be. Remove one first."))
    try:
        found = webauthn.verify_registration_response(
            credential=_parsed(sent),
            expected_challenge=asked,
            expected_rp_id=name_of_host(),
            expected_origin=origin(),
        )
    except REFUSED:
        return None
    if _by_credential(found.credential_id):
        return None
    is_first = not account.has_factor
    made = Passkey(
        account_id=account.id,
        name=name,
        credential_id=found.credential_id,
        public_key=found.credential_public_key,
        sign_count=found.sign_count,
    )
    db.session.add(made)
    account.factor_reset_at = None
    db.session.flush()
    db.session.expire(account, ["passkeys"])
    audit.record("account:add-factor", account, actor=account, factor="passkey")
    return proving.make_recovery_codes(account) if is_first else []


def _parsed(sent: str) -> dict[str, Any]:
    """Return what a device sent; ValueError if it makes no sense, or comes from inside a frame."""
    if len(sent) > LONGEST_SENT:
        raise ValueError
    parsed = json.loads(sent)
    said = webauthn.base64url_to_bytes(parsed["response"]["clientDataJSON"])
    if parse_client_data_json(said).cross_origin:
        raise ValueError
    return dict(parsed)


def _by_credential(credential_id: bytes) -> Passkey | None:
    query = select(Passkey).where(Passkey.credential_id == credential_id)
    return db.session.scalars(query).first()


def prove(account: Account, sent: str, asked: bytes) -> bool:
    """Return whether one of an account's own passkeys signed what was asked; tries are counted."""
    return proving.counted(account, lambda: _has_signed(account, sent, asked))


def _has_signed(account: Account, sent: str, asked: bytes) -> bool:
    try:
        parsed = _parsed(sent)
        key = _by_credential(webauthn.base64url_to_bytes(parsed["rawId"]))
        if key is None or key.account_id != account.id:
            return False
        found = webauthn.verify_authentication_response(
            credential=parsed,
            expected_challenge=asked,
            expected_rp_id=name_of_host(),
            expected_origin=origin(),
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
        )
    except REFUSED:
        return False
    return _is_counted(key, found.new_sign_count)


def _is_counted(key: Passkey, count: int) -> bool:
    """Keep how often a passkey has signed, unless somebody used the same count meanwhile."""
    unused = (Passkey.id == key.id, Passkey.sign_count == key.sign_count)
    used = update(Passkey).where(*unused).values(sign_count=count, last_used_on=clock.today())
    return db.session.scalar(used.returning(Passkey.id)) is not None


def own(account: Account, passkey_id: uuid.UUID) -> Passkey:
    """Return a passkey of an account; NoResultFound if it has none of that key."""
    query = select(Passkey).where(Passkey.id == passkey_id, Passkey.account_id == account.id)
    return db.session.scalars(query).one()


def rename(key: Passkey, name: str, *, by: Account) -> None:
    """Call a passkey by another name."""
    if key.name == name:
        return
    key.name = name
    audit.record("account:rename-passkey", by, actor=by)


def remove(key: Passkey, *, by: Account) -> None:
    """Take a passkey from one's own account; the last factor only where none is needed."""
    if by.app is None and len(by.passkeys) == 1:
        return proving.remove(by, by=by)
    db.session.delete(key)
    db.session.flush()
    db.session.expire(by, ["passkeys"])
    audit.record("account:remove-factor", by, actor=by, factor="passkey")
    return None
