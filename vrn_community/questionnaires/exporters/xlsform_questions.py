"""A question as rows of an XLSForm, with its list of choices; pure."""

import json
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from vrn_community.foundation.i18n import InPageLanguage
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.exporters import xpath
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.rules import Rule

#: A row: a text, or a text for each language.
Record = dict[str, Any]
Spoken = Mapping[str, AnyQuestion]
#: The language of the document itself, among the tags of its translations.
BASE = ""
PLAIN = {
    "short-text": "text", "long-text": "text", "area": "text", "area-map": "text",
    "information": "note", "month-year": "date",
}  # fmt: skip
LISTED = {"multiple-choice": "select_multiple", "ranking": "rank"}
IN_ROWS = {"grid": "select_one", "cards": "select_one", "several-texts": "text"}
#: What stands in columns of its own.
ELSEWHERE = {"id", "kind", "text", "hint", "unit", "show_if", "choices", "rows"}


def rows(document: Questionnaire, question: AnyQuestion, spoken: Spoken) -> list[Record]:
    """Return the rows of a question: one, or a group with a row for each of its parts."""
    name = xpath.name_of(question.id)
    settings = question.model_dump(mode="json", exclude=ELSEWHERE, exclude_defaults=True)
    first: Record = {
        "type": _type(question),
        "name": name,
        "label": told({tag: other.text for tag, other in spoken.items()}),
        "hint": told({tag: other.hint for tag, other in spoken.items()}),
        **shown(question.show_if, document),
        "vrn-kind": question.kind,
        "vrn-id": question.id,
        "vrn-list": name if getattr(question, "choices", ()) else "",
        "vrn-unit": told({tag: getattr(other, "unit", "") for tag, other in spoken.items()}),
        "vrn-settings": json.dumps(settings, ensure_ascii=False),
        **_appearance(question),
    }
    return [first, *_parts(document, question, spoken)]


def shown(rule: Rule | None, document: Questionnaire) -> Record:
    """Return the columns that say when something is shown."""
    if rule is None:
        return {}
    relevant = xpath.condition(rule, document)
    own = rule.model_dump_json()
    return {"relevant": relevant, "vrn-relevant": relevant, "vrn-rule": own}


def _type(question: AnyQuestion) -> str:
    name = xpath.name_of(question.id)
    if question.kind in IN_ROWS or question.kind == "points":
        return "begin_group"
    if question.kind == "number":
        return "integer" if getattr(question, "is_whole", True) else "decimal"
    if question.kind in PLAIN:
        return PLAIN[question.kind]
    other = " or_other" if getattr(question, "has_other", False) else ""
    return f"{LISTED.get(question.kind, 'select_one')} {name}{other}"


def _appearance(question: AnyQuestion) -> Record:
    """Return what other programs need to ask it in the same way."""
    match question.kind:
        case "long-text":
            return {"appearance": "multiline"}
        case "month-year":
            has_month = getattr(question, "has_month", True)
            return {"appearance": "month-year" if has_month else "year"}
        case "single-choice" if getattr(question, "is_list", False):
            return {"appearance": "minimal"}
        case "multiple-choice" if getattr(question, "most", None):
            return {"constraint": f"count-selected(.) <= {getattr(question, 'most', 0)}"}
        case "number":
            ends = ((">=", "least"), ("<=", "greatest"))
            bounds = [(sign, getattr(question, end)) for sign, end in ends]
            tests = [f". {sign} {end:g}" for sign, end in bounds if end is not None]
            return {"constraint": " and ".join(tests)}
    return {"appearance": "field-list"} if question.kind in IN_ROWS else {}


def _parts(document: Questionnaire, question: AnyQuestion, spoken: Spoken) -> list[Record]:
    """Return the rows below a question that belong to it."""
    name = xpath.name_of(question.id)
    if question.kind == "sentiment":
        why = {"type": "text", "name": f"{name}.why", "label": {BASE: str(_("Why?"))}}
        return [{**why, **shown(question.show_if, document), "vrn-kind": "part"}]
    found: list[Record] = []
    field = "choices" if question.kind == "points" else "rows"
    kind = "integer" if field == "choices" else IN_ROWS.get(question.kind, "")
    if not kind:
        return []
    for place, part in enumerate(getattr(question, field)):
        texts = {tag: getattr(other, field)[place].text for tag, other in spoken.items()}
        found.append(
            {
                "type": f"{kind} {name}" if kind == "select_one" else kind,
                "name": f"{name}.{part.id}",
                "label": told(texts),
                "vrn-kind": "part",
                "vrn-id": part.id if field == "rows" else "",
            }
        )
    return [*found, {"type": "end_group", "vrn-kind": "part"}]


def choices(question: AnyQuestion, spoken: Spoken) -> list[Record]:
    """Return the list of choices of a question, and what can be chosen instead of them."""
    name = xpath.name_of(question.id)
    if question.kind in PLAIN or question.kind in ("number", "several-texts"):
        return []
    own = getattr(question, "choices", ())
    found = [_choice(name, place, spoken) for place in range(len(own))]
    known = {choice.id for choice in own}
    built_in = [*question.options(), *_columns(question), *question.offered()]
    for choice in {c.id: c for c in built_in if c.id not in known and c.id != "other"}.values():
        found.append(
            {"list_name": name, "name": choice.id, "label": {BASE: choice.text},
             "vrn-kind": "offer"}
        )  # fmt: skip
    return found


def _columns(question: AnyQuestion) -> list[Any]:
    columns = getattr(question, "columns", None)
    return list(columns()) if columns else []


def _choice(name: str, place: int, spoken: Spoken) -> Record:
    all_of = {tag: getattr(other, "choices")[place] for tag, other in spoken.items()}  # noqa: B009
    choice = all_of[BASE]
    texts = told({tag: one.text for tag, one in all_of.items()})
    found: Record = {"list_name": name, "name": choice.id, "label": texts, "vrn-id": choice.id}
    if choice.is_exclusive:
        found["vrn-exclusive"] = "true"
    if choice.missing:
        found["vrn-missing"] = choice.missing.value
    if hasattr(choice, "picture"):
        found |= {"vrn-picture": choice.picture, "media::image": f"{choice.picture}.png"}
        alternatives = {tag: one.alternative for tag, one in all_of.items()}
        found["vrn-alternative"] = told(alternatives)
    return found


def told(texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts by language, without those that only stand in for a missing translation."""
    return {
        tag: xpath.text_of(text)
        for tag, text in texts.items()
        if tag == BASE or isinstance(text, InPageLanguage)
    }
