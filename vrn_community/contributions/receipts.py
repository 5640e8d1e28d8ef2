"""Receipt codes: how somebody without an account finds what they sent."""

from vrn_community.foundation import crypto

CHARACTERS = 24


def code_for(submission: str) -> str:
    """Return the receipt code of a submission token: the same for the same token.

    It is derived (HKDF), so pressing *Send* twice shows one code, also when the data key
    is changed between, and nobody can go from a stored hash to the code, or from one code
    to the next.
    """
    return crypto.derived_code("receipt", submission, CHARACTERS)


def hash_of(code: str) -> str:
    """Return what is stored of a receipt code, also of one that was typed with mistakes."""
    return crypto.keyed_hash("receipt", crypto.read_code(code))


def grouped(code: str) -> str:
    """Return a code in groups of four, to be read and written down."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
