"""The questions of SurveyJS as ours; pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.questionnaires.importers import drafts, wording
from vrn_community.questionnaires.importers.conditions import Variable
from vrn_community.questionnaires.importers.names import Names
from vrn_community.questionnaires.importers.report import Report, Unreadable
from vrn_community.questionnaires.importers.voices import Voice
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.numbers import LARGEST
from vrn_community.questionnaires.question_types.orders import MOST

Made = tuple[AnyQuestion, dict[str, Variable]]
Choices = list[dict[str, Any]]
Element = Mapping[str, Any]
MOST_COLUMNS, MOST_ROWS, MOST_LINES = 11, 30, 10
NUMBERS = frozenset({"number", "range"})
DATES = frozenset({"date", "datetime", "datetime-local", "month", "week"})
NEVER = _l("It is never asked here: it can tell who or where somebody is.")
LEFT_OUT = {
    "file": NEVER, "signaturepad": NEVER, "expression": _l("Nothing is calculated here."),
    "image": _l("Pictures, sounds and films are left out."),
    "matrixdynamic": _l("Nothing is asked several times."),
}  # fmt: skip
#: Properties that do not come along, and what is said of each.
DROPPED = {
    "isRequired": _l("Every question can be skipped here, so this one too."),
    "requiredIf": _l("Every question can be skipped here, so this one too."),
    "defaultValue": _l("No answer is filled in before."),
    "defaultValueExpression": _l("No answer is filled in before."),
    "setValueExpression": _l("Nothing is calculated here."),
    "validators": _l("Answers are not checked by a formula."),
    "enableIf": _l("It can always be answered: it is not greyed out."),
    "correctAnswer": _l("Scores are left out: nobody is rated."),
    "choicesVisibleIf": _l("All choices are offered: they are not filtered here."),
    "choicesByUrl": _l("Choices from another place are left out."),
    "choicesFromQuestion": _l("Choices from another place are left out."),
    "choicesEnableIf": _l("All choices are offered: they are not filtered here."),
    "rowsVisibleIf": _l("All rows are shown: they do not depend on earlier answers."),
    "minSelectedChoices": _l("No number of answers is required."),
    "otherText": _l("The choice for something else has our own words."),
    "imageLink": _l("Pictures, sounds and films are left out."),
}


@dataclass
class Maker:
    """Makes the question of one element, in one language."""

    element: Element
    voice: Voice
    report: Report
    names: Names

    @property
    def name(self) -> str:
        """Return the name of the element."""
        return str(self.element.get("name", ""))

    @property
    def where(self) -> str:
        """Return how the report calls the element."""
        return str(_("Question %(code)s", code=self.name))

    def made(self) -> list[Made]:
        """Return what an element is asked as; nothing if it is left out."""
        kind = str(self.element.get("type", ""))
        if kind in LEFT_OUT or self.element.get("visible") is False:
            reason = LEFT_OUT.get(kind) or _("It was hidden from everybody.")
            self.report.left_out(self.where, str(reason))
            return []
        if kind not in BUILDERS:
            raise Unreadable(self.where, _("there is no type “%(type)s”", type=kind))
        for name, message in DROPPED.items():
            if self.element.get(name):
                self.report.left_out(self.where, str(message))
        found = BUILDERS[kind](self)
        if self.element.get("showCommentArea") or self.element.get("hasComment"):
            comment = self.texts(str(_("Comment")) if self.voice.is_base else "", "comment")
            found.append((self.question("long-text", **comment), {}))
        return found

    def text(self, value: Any) -> str:
        """Return a text that may stand in several languages."""
        if isinstance(value, Mapping):
            named = {str(k): str(v) for k, v in value.items() if isinstance(v, str | int | float)}
            if "default" in named:
                named.setdefault(self.voice.default, named.pop("default"))
            return self.voice.text(named)
        if value is None or isinstance(value, list):
            return ""
        return self.voice.text({self.voice.default: str(value)})

    def texts(self, more: str = "", name: str = "") -> dict[str, Any]:
        """Return the id, the text and the hint of a question; more says what it is about."""
        text = self.text(self.element.get("title"))
        hint = self.text(self.element.get("description"))
        if not text and self.voice.is_base:
            text = self.name
        text = f"{text.rstrip(' :')}: {more}" if more and text else text or more
        fitted = drafts.fitted(text, hint, self.where, self.report)
        return {"id": self.names.new(f"{self.name} {name}"), **fitted}

    def question(self, kind: str, **content: Any) -> AnyQuestion:
        """Return a question, and report how it is asked."""
        made = drafts.made(kind, self.where, **content)
        words = {"question": wording.cut(made.text, 200)[0], "kind": str(made.label)}
        self.report.carried(self.where, _("“%(question)s” is asked as: %(kind)s", **words))
        return made

    def items(self, listed: Any) -> tuple[Choices, dict[str, str]]:
        """Return choices, rows or columns, and their names by value."""
        names, found, codes = Names(), [], {}
        for one in listed if isinstance(listed, list) else ():
            is_whole = isinstance(one, Mapping)
            code = _code(one.get("value", one.get("name")) if is_whole else one)
            words = self.text((one.get("text") or one.get("title")) if is_whole else one)
            if is_whole and (one.get("visibleIf") or one.get("enableIf")):
                self.report.left_out(self.where, str(DROPPED["choicesVisibleIf"]))
            if code in codes:
                raise Unreadable(self.where, _("the code “%(code)s” stands twice", code=code))
            codes[code] = names.new(code, "c")
            text = words or (code if self.voice.is_base else "")
            found.append({"id": codes[code], "text": drafts.short(text, self.where, self.report)})
        return found, codes


def _code(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def chosen(maker: Maker) -> list[Made]:
    """Return one of several, any of several, or a ranking."""
    kinds = {"checkbox": "multiple-choice", "tagbox": "multiple-choice", "ranking": "ranking"}
    kind = kinds.get(str(maker.element["type"]), "single-choice")
    if maker.element.get("multiSelect"):
        kind = "multiple-choice"
    choices, codes = maker.items(maker.element.get("choices"))
    if maker.element["type"] == "imagepicker":
        maker.report.left_out(maker.where, str(LEFT_OUT["image"]))
    if _has(maker, "None"):
        none = maker.text(maker.element.get("noneText")) or (
            str(_("None of these")) if maker.voice.is_base else ""
        )
        codes["none"] = Names(codes.values()).new("none")
        choices.append({"id": codes["none"], "text": none, "is_exclusive": True})
    return [_choosing(maker, kind, choices, codes)]


def _choosing(maker: Maker, kind: str, choices: Choices, codes: dict[str, str]) -> Made:
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
    choices, codes = maker.items(maker.element.get("rateValues"))
    if not choices:
        least, most = (_whole(maker.element.get(f"rate{end}")) for end in ("Min", "Max"))
        least = 1 if least is None else least
        count = _whole(maker.element.get("rateCount")) or 5
        last = min(least + count - 1 if most is None else most, least + 100)
        step = max(1, _whole(maker.element.get("rateStep")) or 1)
        choices, codes = maker.items(list(range(least, last + 1, step)))
    ends = ("minRateDescription", 0), ("maxRateDescription", -1)
    for name, place in ends:
        words = maker.text(maker.element.get(name))
        if words and choices:
            choices[place]["text"] = drafts.short(
                f"{choices[place]['text']} ({words})".strip(), maker.where, maker.report
            )
    return [_choosing(maker, "single-choice", choices, codes)]


def boolean(maker: Maker) -> list[Made]:
    """Return yes, no or not sure, or the two words that the file has for yes and no."""
    yes, no = (maker.element.get(name) for name in ("labelTrue", "labelFalse"))
    values = [_code(maker.element.get(f"value{v}", v == "True")) for v in ("True", "False")]
    if yes or no:
        named = [{"value": v, "text": t} for v, t in zip(values, (yes, no), strict=True)]
        choices, codes = maker.items(named)
        codes |= {"true": codes[values[0]], "false": codes[values[1]]}
        return [_choosing(maker, "single-choice", choices, codes)]
    maker.report.changed(maker.where, _("It is asked as yes, no or not sure."))
    question = maker.question("yes-no", **maker.texts())
    codes = {values[0]: "yes", values[1]: "no", "true": "yes", "false": "no"}
    return [(question, {maker.name: Variable(question, codes=codes)})]


def typed(maker: Maker) -> list[Made]:
    """Return words, a number, or a month of a year."""
    kind, element = str(maker.element.get("inputType", "text")), maker.element
    if element["type"] == "slider" or kind in NUMBERS:
        question = maker.question("number", is_whole=False, **_bounds(element), **maker.texts())
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
    most = min(max(_whole(element.get("maxLength")) or usual, least), longest)
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


def lines(maker: Maker) -> list[Made]:
    """Return words on several lines, ten in each question."""
    rows, _codes = maker.items(maker.element.get("items"))
    return [(question, {}) for question in _lines(maker, rows, "", "")]


def _lines(maker: Maker, rows: Choices, more: str, name: str) -> list[AnyQuestion]:
    if not rows:
        maker.report.left_out(maker.where, _("It has no rows."))
    parcels = (rows[at : at + MOST_LINES] for at in range(0, len(rows), MOST_LINES))
    return [maker.question("several-texts", rows=p, **maker.texts(more, name)) for p in parcels]


def matrix(maker: Maker) -> list[Made]:
    """Return rows with the same choices."""
    columns, codes = maker.items(maker.element.get("columns"))
    return _grids(maker, columns, codes, "", "")


def _grids(
    maker: Maker, columns: Choices, codes: dict[str, str], more: str, name: str
) -> list[Made]:
    rows, row_codes = maker.items(maker.element.get("rows"))
    if not rows or not columns:
        maker.report.left_out(maker.where, _("It has no rows, or no choices."))
        return []
    by_id = {key: code for code, key in row_codes.items()}
    found: list[Made] = []
    if not 2 <= len(columns) <= MOST_COLUMNS:
        maker.report.changed(maker.where, _("Each of its rows is a question of its own."))
        for row in rows:
            kind, known = drafts.choosing("single-choice", columns, maker.where, maker.report)
            content = {"choices": known} if known else {}
            question = maker.question(kind, **maker.texts(row["text"], row["id"]), **content)
            variable = Variable(question, codes=codes if known else {})
            found.append((question, {f"{maker.name}.{by_id[row['id']]}": variable}))
        return found
    for at in range(0, len(rows), MOST_ROWS):
        parcel = rows[at : at + MOST_ROWS]
        grid = maker.question("grid", rows=parcel, choices=columns, **maker.texts(more, name))
        variables = {
            f"{maker.name}.{by_id[row['id']]}{f'.{name}' if name else ''}": Variable(
                grid, row=row["id"], codes=codes
            )
            for row in parcel
        }
        found.append((grid, variables))
    return found


def table(maker: Maker) -> list[Made]:
    """Return a table with a question in each column, column by column."""
    maker.report.changed(maker.where, _("Its columns are asked one after the other."))
    columns = maker.element.get("columns")
    found: list[Made] = []
    for column in columns if isinstance(columns, list) else ():
        if not isinstance(column, Mapping):
            continue
        name = str(column.get("name", ""))
        title = maker.text(column.get("title")) or (name if maker.voice.is_base else "")
        choices, codes = maker.items(column.get("choices") or maker.element.get("choices"))
        kind = column.get("cellType") or maker.element.get("cellType") or "dropdown"
        if kind in ("dropdown", "radiogroup", "default") and choices:
            found += _grids(maker, choices, codes, title, name)
        else:
            rows, _row_codes = maker.items(maker.element.get("rows"))
            found += [(question, {}) for question in _lines(maker, rows, title, name)]
    return found


def _whole(value: Any) -> int | None:
    is_whole = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if is_whole and abs(value) < LARGEST else None


def _bounds(element: Element) -> dict[str, float]:
    found = {}
    for name, key in (("least", "min"), ("greatest", "max")):
        value = element.get(key)
        if isinstance(value, int | float) and abs(value) <= LARGEST:
            found[name] = float(value)
    return found if found.get("least", -LARGEST) <= found.get("greatest", LARGEST) else {}


BUILDERS: dict[str, Callable[[Maker], list[Made]]] = {
    **dict.fromkeys(
        ("radiogroup", "dropdown", "checkbox", "tagbox", "ranking", "imagepicker", "buttongroup"),
        chosen,
    ),
    **dict.fromkeys(("text", "comment", "slider"), typed),
    "rating": rating, "boolean": boolean, "html": reading, "multipletext": lines,
    "matrix": matrix, "matrixdropdown": table,
}  # fmt: skip
