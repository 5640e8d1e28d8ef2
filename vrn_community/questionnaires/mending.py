"""Mending a typing error in words that people already answer; pure.

Only words change, and only a little: a question that means something else is another
question, and needs a new version.
"""

import re
from difflib import SequenceMatcher
from typing import Any

from flask_babel import gettext as _

from vrn_community.questionnaires import translating
from vrn_community.questionnaires.document import Questionnaire

#: How alike the words before and after must be, and how many words may differ.
ALIKE, MOST_WORDS = 0.85, 3
WORD = re.compile(r"\w[\w'\N{RIGHT SINGLE QUOTATION MARK}-]*")
#: Words that turn a meaning round, and figures: these are never a typing error.
MEANT = re.compile(
    r"\d+|\b(?:not|no|never|none|nobody|without|cannot|all|only|more|less|most|least)\b|\w+n['\u2019]t\b",
    re.IGNORECASE,
)
#: The field of a part of a question, by its name in places.
LISTS = {
    "choices": ("choices", "text"),
    "rows": ("rows", "text"),
    "alternatives": ("choices", "alternative"),
}


def refusal(before: str, after: str) -> str:
    """Return why a change of words is more than a typing error, or nothing."""
    if not after:
        return str(_("Words can be mended here, not taken away."))
    old, new = WORD.findall(before), WORD.findall(after)
    matched = SequenceMatcher(None, old, new, False).get_matching_blocks()
    differing = max(len(old), len(new)) - sum(block.size for block in matched)
    is_alike = SequenceMatcher(None, before, after, False).ratio() >= ALIKE
    if differing > MOST_WORDS or not is_alike:
        return str(_("That is more than a typing error. Begin a new version."))
    if MEANT.findall(before.lower()) != MEANT.findall(after.lower()):
        return str(_("That changes what is asked. Begin a new version."))
    return ""


def mended(document: Questionnaire, place: str, text: str) -> Questionnaire:
    """Return the questionnaire with another text at a place; KeyError if there is none.

    A translation was made from what was meant, so it stays with the mended text.
    """
    before = translating.texts(document)[place]
    content = document.model_dump(mode="json")
    _put(content, place, text)
    for texts in content["translations"].values():
        if place in texts and texts[place]["source"] == before:
            texts[place]["source"] = text
    return Questionnaire.model_validate(content)


def _put(content: dict[str, Any], place: str, text: str) -> None:
    part_id, *rest = place.split(".")
    if not rest:
        content[part_id] = text
        return
    parts = [part for section in content["sections"] for part in (section, *section["questions"])]
    part = next(part for part in parts if part["id"] == part_id)
    if len(rest) == 1:
        part[rest[0]] = text
        return
    name, key = LISTS[rest[0]]
    next(one for one in part[name] if one["id"] == rest[1])[key] = text
