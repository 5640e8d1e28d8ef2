"""What a file calls its languages, as tags; pure."""

import re
from collections.abc import Iterable
from functools import cache

from babel import Locale

from vrn_community.questionnaires.importers.names import NOT_IN_A_NAME

SOURCE = "en"
TAGGED = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)\s*$")
TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@cache
def _tags() -> dict[str, str]:
    """Return the tags of languages by their names in English and in themselves."""
    found = {name.lower(): tag for tag, name in Locale("en").languages.items()}
    for tag in ("ar", "bn", "cy", "de", "es", "fr", "gu", "hi", "it", "pa", "pl", "ro", "so", "ur"):
        found.setdefault(str(Locale(tag).language_name).lower(), tag)
    return found


def tag_of(name: str) -> str:
    """Return the tag of a language: of `Urdu (ur)`, of `Urdu`, and of `ur` it is `ur`."""
    tagged = TAGGED.search(name)
    if tagged:
        return tagged[1].lower()
    plain = name.strip().lower()
    known = _tags().get(plain)
    if known:
        return known.lower()
    return plain.replace("_", "-") if TAG.fullmatch(plain) else NOT_IN_A_NAME.sub("-", plain)


def name_of(tag: str) -> str:
    """Return a language as XLSForm names it: `Urdu (ur)`."""
    names = {known.lower(): name for known, name in Locale("en").languages.items()}
    return f"{names[tag.lower()]} ({tag})" if tag.lower() in names else tag


def chosen(names: Iterable[str], default: str) -> str:
    """Return the language in which the questionnaire will be written: English if there is one."""
    names = list(names)
    english = [name for name in names if tag_of(name) == SOURCE]
    if english:
        return english[0]
    return default if default in names or not names else names[0]
