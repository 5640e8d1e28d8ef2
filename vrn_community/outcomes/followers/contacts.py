"""E-mail addresses and phone numbers as people type them; pure."""

import re

LONGEST = 200
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
PHONE = re.compile(r"\+?\d{10,15}")
BETWEEN_DIGITS = re.compile(r"[\s().\-/]+")


def read(typed: str) -> str:
    """Return a contact in one form, however it was typed; nothing if it is none.

    A British number has the same form with and without its country code.
    """
    text = typed.strip()
    if len(text) > LONGEST:
        return ""
    if "@" in text:
        return text.lower() if EMAIL.fullmatch(text) else ""
    number = BETWEEN_DIGITS.sub("", text)
    if not (number.isascii() and PHONE.fullmatch(number)):
        return ""
    return re.sub(r"^(\+44|0044)0?", "0", number)
