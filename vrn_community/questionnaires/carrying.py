"""What was read from a file, sealed into the form that asks whether to use it."""

import base64
import binascii
import zlib

from vrn_community.foundation import crypto
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.importers.report import Imported

PURPOSE = "questionnaire-import"
LONGEST = 4 * 1024 * 1024


def seal(found: Imported, *place: str) -> str:
    """Return a questionnaire as a text that only opens again at its place."""
    content = zlib.compress(found.document.model_dump_json().encode(), 9)
    flag = b"1" if found.is_own else b"0"
    return base64.urlsafe_b64encode(crypto.seal_bytes(flag + content, PURPOSE, *place)).decode()


def unseal(sealed: str, *place: str) -> Imported:
    """Return a sealed questionnaire; SealBrokenError if it was changed or moved."""
    try:
        packed = base64.urlsafe_b64decode(sealed.encode())
    except (binascii.Error, ValueError) as error:
        raise crypto.SealBrokenError from error
    content = crypto.unseal_bytes(packed, PURPOSE, *place)
    plain = zlib.decompressobj().decompress(content[1:], LONGEST)
    document = Questionnaire.model_validate_json(plain)
    return Imported(document, is_own=content[:1] == b"1")
