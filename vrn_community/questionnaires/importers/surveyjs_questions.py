"""The questions of SurveyJS with one answer, or several to choose from, as ours; pure."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.questionnaires.importers import drafts, surveyjs_losses
from vrn_community.questionnaires.importers.conditions import Variable
from vrn_community.questionnaires.importers.names import Names
from vrn_community.questionnaires.importers.surveyjs_maker import (
    Choices,
    Made,
    Maker,
    bounds,
    code_of,
    whole,
)
from vrn_community.questionnaires.question_types.orders import MOST

NUMBERS = frozenset({"number", "range"})
DATES = frozenset({"date", "datetime", "datetime-local", "month", "week"})
#: Choices that SurveyJS adds when it is asked to, their values, and what they say.
ADDED = {
    "None": ("none", _l("None of these")),
    "Refuse": ("refused", _l("Prefer not to say")),
    "DontKnow": ("dontknow", _l("Don’t know")),
}


def chosen(maker: Maker) -> list[Made]:
    """Return one of several, any of several, or a ranking."""
    kinds = {"checkbox": "multiple-choice", "tagbox": "multiple-choice", "ranking": "ranking"}
    kind = kinds.get(str(maker.element["type"]), "single-choice")
    if maker.element.get("multiSelect"):
        kind = "multiple-choice"
    choices, codes = maker.items(maker.element.get("choices") or _counted(maker))
    if maker.element.get("choicesOrder") in ("asc", "desc"):
        is_down = maker.element["choicesOrder"] == "desc"
        choices.sort(key=lambda choice: choice["text"].casefold(), reverse=is_down)
    if maker.element["type"] == "imagepicker":
        maker.report.left_out(maker.where, str(surveyjs_losses.PICTURES))
    _add_special(maker, choices, codes)
    return [choosing(maker, kind, choices, codes)]


def _counted(maker: Maker) -> list[int]:
    """Return the numbers that a list offers in place of choices."""
    least, most = (whole(maker.element.get(f"choices{end}")) for end in ("Min", "Max"))
    step = max(1, whole(maker.element.get("choicesStep")) or 1)
    if most is None:
        return []
    least = least or 0
    return [*range(least, min(most, least + 1_000 * step) + 1, step)]


def _add_special(maker: Maker, choices: Choices, codes: dict[str, str]) -> None:
    """Add the choices for none, for no answer and for not knowing, each of them alone."""
    for item, (value, usual) in ADDED.items():
        if _has(maker, item):
            named = maker.text(maker.element.get(f"{item[0].lower()}{item[1:]}Text"))
            text = named or (str(usual) if maker.voice.is_base else "")
            codes[value] = Names(codes.values()).new(value)
            choices.append({"id": codes[value], "text": text, "is_exclusive": True})


def choosing(maker: Maker, kind: str, choices: Choices, codes: dict[str, str]) -> Made:
    """Return a question with choices, and its name in conditions."""
    kind, choices = drafts.choosing(kind, choices, maker.where, maker.report)
    if kind == "ranking" and len(choices) > MOST:
        kind = "multiple-choice"
        message = _("Asked as any of several: at most %(most)s can be put in order.", most=MOST)
        maker.report.changed(maker.where, message)
    more: dict[str, Any] = {"choices": choices} if choices else {}
    if choices:
        is_random = maker.element.get("choicesOrder") == "random"
        more["choice_order"] = "random" if is_random else "fixed"
    if choices and kind != "ranking":
        more["has_other"] = _has(maker, "Other")
        codes |= {"other": "other"} if more["has_other"] and "other" not in codes else {}
    if kind == "single-choice":
        more["is_list"] = maker.element["type"] == "dropdown"
    most = maker.element.get("maxSelectedChoices")
    if kind == "multiple-choice" and isinstance(most, int) and 1 <= most <= len(choices):
        more["most"] = most
    question = maker.question(kind, **maker.texts(), **more)
    return question, {maker.name: Variable(question, codes=codes if choices else {})}


def _has(maker: Maker, item: str) -> bool:
    return bool(maker.element.get(f"has{item}") or maker.element.get(f"show{item}Item"))


def rating(maker: Maker) -> list[Made]:
    """Return a rating as one of its steps, with words at both ends."""
    return [choosing(maker, "single-choice", *steps(maker))]


def steps(maker: Maker) -> tuple[Choices, dict[str, str]]:
    """Return the steps of a rating, with words at both ends."""
    choices, codes = maker.items(maker.element.get("rateValues"))
    if not choices:
        least, most = (whole(maker.element.get(f"rate{end}")) for end in ("Min", "Max"))
        least = 1 if least is None else least
        count = whole(maker.element.get("rateCount")) or 5
        last = min(least + count - 1 if most is None else most, least + 100)
        step = max(1, whole(maker.element.get("rateStep")) or 1)
        choices, codes = maker.items(list(range(least, last + 1, step)))
    ends = ("minRateDescription", 0), ("maxRateDescription", -1)
    for name, place in ends:
        words = maker.text(maker.element.get(name))
        if words and choices:
            choices[place]["text"] = drafts.short(
                f"{choices[place]['text']} ({words})".strip(), maker.where, maker.report
            )
    return choices, codes


def boolean(maker: Maker) -> list[Made]:
    """Return yes, no or not sure, or the two words that the file has for yes and no."""
    yes, no = (maker.element.get(name) for name in ("labelTrue", "labelFalse"))
    values = [code_of(maker.element.get(f"value{v}", v == "True")) for v in ("True", "False")]
    if yes or no:
        named = [{"value": v, "text": t} for v, t in zip(values, (yes, no), strict=True)]
        choices, codes = maker.items(named)
        codes |= {"true": codes[values[0]], "false": codes[values[1]]}
        return [choosing(maker, "single-choice", choices, codes)]
    maker.report.changed(maker.where, _("It is asked as yes, no or not sure."))
    question = maker.question("yes-no", **maker.texts())
    codes = {values[0]: "yes", values[1]: "no", "true": "yes", "false": "no"}
    return [(question, {maker.name: Variable(question, codes=codes)})]


def typed(maker: Maker) -> list[Made]:
    """Return words, a number, or a month of a year."""
    kind, element = str(maker.element.get("inputType", "text")), maker.element
    if element["type"] == "slider" or kind in NUMBERS:
        question = maker.question("number", is_whole=False, **bounds(element), **maker.texts())
        return [(question, {maker.name: Variable(question)})]
    if kind in DATES:
        message = _("Only the month and the year are asked: a day can tell who somebody is.")
        maker.report.changed(maker.where, message)
        question = maker.question("month-year", **maker.texts())
        return [(question, {maker.name: Variable(question)})]
    if kind in ("email", "tel"):
        message = _("It asks how to reach somebody. Think about whether you need it.")
        maker.report.changed(maker.where, message)
    is_long = element["type"] == "comment"
    least, longest, usual = (100, 4_000, 1_500) if is_long else (10, 300, 200)
    most = min(max(whole(element.get("maxLength")) or usual, least), longest)
    asked = "long-text" if is_long else "short-text"
    question = maker.question(asked, longest=most, **maker.texts())
    return [(question, {maker.name: Variable(question)})]


def reading(maker: Maker) -> list[Made]:
    """Return words to read."""
    words = maker.text(maker.element.get("html"))
    if not maker.element.get("html"):
        maker.report.left_out(maker.where, _("A note without words is left out."))
        return []
    fitted = drafts.fitted(words, "", maker.where, maker.report)
    return [(maker.question("information", id=maker.names.new(maker.name), **fitted), {})]
