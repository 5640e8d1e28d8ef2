"""Parts of a questionnaire under other ids, with all that names them; pure.

Ids are given as the new one for each old one; what is not among them keeps its own.
"""

from collections.abc import Mapping
from typing import TypeVar

from vrn_community.questionnaires import arranging, translating
from vrn_community.questionnaires.document import Questionnaire, Section, Translated
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.rules import AnswerTest, Rule

Ids = Mapping[str, str]
PartOf = TypeVar("PartOf", Section, AnyQuestion)


def section(of: Section, ids: Ids) -> Section:
    """Return a section with its questions, rules and texts under other ids."""
    worded = translating.rewritten(of, lambda _place, text: _text(text, ids))
    questions = tuple(_part(question, ids) for question in worded.questions)
    return _part(worded, ids).model_copy(update={"questions": questions})


def translations(of: Questionnaire, ids: Ids) -> dict[str, dict[str, Translated]]:
    """Return the translations of the parts that have other ids, by language and by place."""
    return {language: _texts(texts, ids) for language, texts in of.translations.items()}


def _texts(texts: Mapping[str, Translated], ids: Ids) -> dict[str, Translated]:
    found = {}
    for place, known in texts.items():
        part_id, dot, rest = place.partition(".")
        if dot and part_id in ids:
            words = {"source": _text(known.source, ids), "text": _text(known.text, ids)}
            found[f"{ids[part_id]}.{rest}"] = Translated(**words)
    return found


def _text(text: str, ids: Ids) -> str:
    return arranging.GAP.sub(lambda gap: f"${{{ids.get(gap[1], gap[1])}}}", text)


def _part(part: PartOf, ids: Ids) -> PartOf:
    rule = _rule(part.show_if, ids) if part.show_if else None
    return part.model_copy(update={"id": ids.get(part.id, part.id), "show_if": rule})


def _rule(rule: Rule | AnswerTest, ids: Ids) -> Rule | AnswerTest:
    if isinstance(rule, AnswerTest):
        question_id, dot, row = rule.question.partition(".")
        question = f"{ids.get(question_id, question_id)}{dot}{row}"
        return rule.model_copy(update={"question": question})
    parts = tuple(_rule(part, ids) for part in rule.rules)
    return rule.model_copy(update=dict.fromkeys(type(rule).model_fields, parts))
