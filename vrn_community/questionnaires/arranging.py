"""How a questionnaire looks to one person: random orders, earlier choices in later texts; pure.

The order follows from one number of each response, which is stored with it, so it can be
found again in the data.
"""

import random
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.base import Answer
from vrn_community.questionnaires.rules import SLUG

#: Where the words of an earlier choice go: ${question}.
GAP = re.compile(rf"\$\{{({SLUG})\}}")
SEEDS = 65_536
Part = TypeVar("Part")


def shuffled(parts: Sequence[Part], seed: int, place: str) -> tuple[Part, ...]:
    """Return parts in the order of a seed and a place; what stands last keeps standing there."""
    last = [part for part in parts if getattr(part, "stands_last", False)]
    free = [part for part in parts if not getattr(part, "stands_last", False)]
    random.Random(f"{seed}:{place}").shuffle(free)  # noqa: S311 - an order, not a secret. nosemgrep: chance
    return (*free, *last)


def sections(document: Questionnaire, shown: Sequence[Section], seed: int) -> list[Section]:
    """Return the shown sections in the order of one person.

    With conditions between sections the order stays as it was written: who is asked
    what must not depend on chance.
    """
    is_free = not any(section.show_if for section in document.sections)
    if document.section_order == "random" and is_free:
        return list(shuffled(shown, seed, ""))
    return list(shown)


def questions(section: Section, shown: Sequence[AnyQuestion], seed: int) -> list[AnyQuestion]:
    """Return the shown questions of a section in the order of one person."""
    return (
        list(shuffled(shown, seed, section.id)) if section.question_order == "random" else [*shown]
    )


def arranged(question: AnyQuestion, seed: int) -> AnyQuestion:
    """Return a question with its choices or rows in the order of one person."""
    changed: dict[str, Any] = {}
    if getattr(question, "choice_order", "fixed") == "random":
        changed["choices"] = shuffled(getattr(question, "choices", ()), seed, question.id)
    if getattr(question, "row_order", "fixed") == "random":
        changed["rows"] = shuffled(getattr(question, "rows", ()), seed, question.id)
    return question.model_copy(update=changed) if changed else question


def piped(text: str, document: Questionnaire, answers: Mapping[str, Answer]) -> str:
    """Return a text with the words of earlier choices in it; without an answer, three dots."""

    def words(gap: re.Match[str]) -> str:
        if gap[1] not in {question.id for question in document.questions()}:
            return gap[0]
        said = document.question(gap[1]).describe(answers.get(gap[1]), {})
        return ", ".join(said) or "\N{HORIZONTAL ELLIPSIS}"

    # The class of the text says whether it is translated.
    return type(text)(GAP.sub(words, text)) if "${" in text else text


def gaps(text: str) -> set[str]:
    """Return the ids of the questions whose choices a text takes up."""
    return set(GAP.findall(text))


def is_same_for_all(section: Section) -> bool:
    """Return whether everybody who is shown the same questions sees the same page."""
    parts = [section.title, section.introduction, section.content_note]
    for question in section.questions:
        orders = (getattr(question, "choice_order", ""), getattr(question, "row_order", ""))
        if "random" in orders:
            return False
        parts += [question.text, question.hint]
    return section.question_order == "fixed" and not any(gaps(text) for text in parts)
