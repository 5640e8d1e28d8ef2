"""The questions of LimeSurvey, each of its 29 types, as ours; pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.questionnaires.importers import drafts, wording
from vrn_community.questionnaires.importers.conditions import Variable
from vrn_community.questionnaires.importers.limesurvey_tables import Part
from vrn_community.questionnaires.importers.names import Names
from vrn_community.questionnaires.importers.report import Report, Unreadable
from vrn_community.questionnaires.importers.voices import Voice
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.numbers import LARGEST
from vrn_community.questionnaires.question_types.orders import MOST

Made = tuple[AnyQuestion, dict[str, Variable]]
Choices = list[dict[str, Any]]
OTHER = "-oth-"
#: Types in which a line divides what stands at the two ends of a row.
TWO_ENDED = frozenset("ABCEFHK1")
#: Types that are never asked here, and why.
LEFT_OUT = {
    "I": _l("Visitors choose the language at the top of every page."),
    "*": _l("Nothing is calculated here."),
    "|": _l("Files are never asked for: they can show who somebody is."),
}
#: Steps that LimeSurvey has built in.
BUILT_IN = {
    "5": [(str(n), str(n)) for n in range(1, 6)],
    "A": [(str(n), str(n)) for n in range(1, 6)],
    "B": [(str(n), str(n)) for n in range(1, 11)],
    "C": [("Y", _l("Yes")), ("U", _l("Uncertain")), ("N", _l("No"))],
    "E": [("I", _l("Increase")), ("S", _l("Same")), ("D", _l("Decrease"))],
    "G": [("F", _l("Female")), ("M", _l("Male"))],
}


@dataclass
class Maker:
    """Makes the questions of one row of a survey, in one language."""

    row: Part
    voice: Voice
    report: Report
    names: Names
    #: How other tables call the question: survey, group and question number.
    number: str

    @property
    def where(self) -> str:
        """Return how the report calls the question."""
        return str(_("Question %(code)s", code=self.row.get("title") or self.row.get("qid")))

    def reason_to_leave_out(self) -> str:
        """Return why the question is not asked here, or nothing."""
        if self.row.get("type") in LEFT_OUT:
            return str(LEFT_OUT[self.row.get("type")])
        if self.row.attribute("hidden") == "1":
            return str(_("It was hidden from everybody."))
        if self.row.get("question_theme_name") == "browserdetect":
            return str(_("It records the browser, which is never kept here."))
        if self.row.attribute("location_mapservice") not in ("", "0"):
            return str(_("It is never asked here: it can tell who or where somebody is."))
        return ""

    def texts(self, more: str = "", name: str = "") -> dict[str, Any]:
        """Return the id, the text and the hint of a question; more says what it is about."""
        text = self.voice.text(self.row.texts["question"])
        hint = self.voice.text(self.row.texts["help"])
        if not text and self.voice.is_base:
            text, hint = hint or self.row.get("title"), ""
        text = f"{text.rstrip(' :')}: {more}" if more and text else text or more
        called = f"{self.row.get('title')} {name}" if name else self.row.get("title")
        fitted = drafts.fitted(text, hint, self.where, self.report)
        return {"id": self.names.new(called), **fitted}

    def question(self, kind: str, **content: Any) -> AnyQuestion:
        """Return a question, and report how it is asked."""
        made = drafts.made(kind, self.where, **content)
        words = {"question": wording.cut(made.text, 200)[0], "kind": str(made.label)}
        self.report.carried(self.where, _("“%(question)s” is asked as: %(kind)s", **words))
        return made

    def called(self, variable: Variable, *endings: str) -> dict[str, Variable]:
        """Return the names by which conditions call a question or a part of it."""
        title = self.row.get("title")
        found = {}
        for ending in endings or ("",):
            found[f"{title}_{ending}" if ending else title] = variable
            found[f"{self.number}{ending}"] = variable
        return found

    def parts(self, parts: Iterable[Part], text: str) -> tuple[Choices, dict[str, str]]:
        """Return answers or subquestions as choices or rows, and their names by code."""
        names, found, codes = Names(), [], {}
        for part in parts:
            code = part.get("code") or part.get("title")
            words = self.voice.text(part.texts[text])
            if any(wording.has_picture(html) for html in part.texts[text].values()):
                self.report.left_out(self.where, _("Pictures, sounds and films are left out."))
            if self.row.get("type") in TWO_ENDED:
                words = words.replace("|", " \N{EN DASH} ").strip(" \N{EN DASH}")
            words = words or (code if self.voice.is_base else "")
            if code in codes:
                raise Unreadable(self.where, _("the code “%(code)s” stands twice", code=code))
            codes[code] = names.new(code, "c")
            found.append({"id": codes[code], "text": drafts.short(words, self.where, self.report)})
        return found, codes

    def steps(self, kind: str) -> tuple[Choices, dict[str, str]]:
        """Return the steps that LimeSurvey has built in."""
        codes = {code: f"step-{code.lower()}" for code, _text in BUILT_IN[kind]}
        return [{"id": codes[c], "text": str(text)} for c, text in BUILT_IN[kind]], codes

    def order(self) -> str:
        """Return whether the parts stand in random order."""
        answers = self.row.attribute("answer_order") or self.row.attribute("subquestion_order")
        is_random = self.row.attribute("random_order") == "1" or answers == "random"
        return "random" if is_random else "fixed"


def one_of(maker: Maker) -> list[Made]:
    """Return a list (L, !), perhaps with a comment (O), or five points (5), or sex (G)."""
    kind, row = maker.row.get("type"), maker.row
    first = [answer for answer in row.answers if answer.get("scale_id") in ("", "0")]
    choices, codes = maker.steps(kind) if kind in BUILT_IN else maker.parts(first, "answer")
    asked, choices = drafts.choosing("single-choice", choices, maker.where, maker.report)
    more: dict[str, Any] = {"choices": choices} if choices else {}
    if choices:
        has_other = row.get("other") == "Y"
        more |= {"has_other": has_other, "is_list": kind == "!", "choice_order": maker.order()}
        codes |= {OTHER: "other", "other": "other"} if has_other else {}
    question = maker.question(asked, **maker.texts(), **more)
    found = [(question, _names(maker, question, codes if choices else {}))]
    if kind == "G":
        maker.report.changed(maker.where, _("The equality questions ask this in a better way."))
    if kind == "O":
        comment = maker.texts(str(_("Comment")) if maker.voice.is_base else "", "comment")
        found.append((maker.question("long-text", **{**comment, "hint": ""}), {}))
    return found


def _names(maker: Maker, question: AnyQuestion, codes: dict[str, str]) -> dict[str, Variable]:
    named = maker.called(Variable(question, codes=codes))
    if OTHER in codes:
        named |= maker.called(Variable(question, choice="other", codes=codes), "other")
    return named


def any_of(maker: Maker) -> list[Made]:
    """Return several choices (M), perhaps with a comment on each (P)."""
    row = maker.row
    choices, codes = maker.parts(row.parts, "question")
    alone = {code.strip() for code in row.attribute("exclude_all_others").split(";")}
    for choice in choices:
        if choice["id"] in {codes.get(code) for code in alone if code}:
            choice["is_exclusive"] = True
    asked, choices = drafts.choosing("multiple-choice", choices, maker.where, maker.report)
    has_other = row.get("other") == "Y"
    more: dict[str, Any] = {"choices": choices} if choices else {}
    if choices:
        codes |= {OTHER: "other"} if has_other else {}
        most = _whole(row.attribute("max_answers"))
        most = most if most and 1 <= most <= len(choices) else None
        more |= {"has_other": has_other, "choice_order": maker.order(), "most": most}
    question = maker.question(asked, **maker.texts(), **more)
    named = _names(maker, question, codes)
    for code, key in codes.items() if choices else ():
        if code != OTHER:
            named |= maker.called(Variable(question, choice=key, codes=codes), code)
    found = [(question, named)]
    if row.get("type") == "P" and choices:
        comment = str(_("Comment")) if maker.voice.is_base else ""
        found += _texts_of(maker, [c for c in choices if c["id"] in codes.values()], comment)
    return found


def yes_no(maker: Maker) -> list[Made]:
    """Return yes or no (Y)."""
    maker.report.changed(maker.where, _("It is asked as yes, no or not sure."))
    question = maker.question("yes-no", **maker.texts())
    return [(question, maker.called(Variable(question, codes={"Y": "yes", "N": "no"})))]


def ranked(maker: Maker) -> list[Made]:
    """Return a ranking (R); one with too many choices asks which of them matter."""
    row = maker.row
    parts, text = (row.answers, "answer") if row.answers else (row.parts, "question")
    choices, codes = maker.parts(parts, text)
    asked, choices = drafts.choosing("ranking", choices, maker.where, maker.report)
    if asked == "ranking" and len(choices) > MOST:
        asked = "multiple-choice"
        message = _("Asked as any of several: at most %(most)s can be put in order.", most=MOST)
        maker.report.changed(maker.where, message)
    if row.attribute("max_answers"):
        maker.report.changed(maker.where, _("All choices can be put in order, not only some."))
    more = {"choices": choices, "choice_order": maker.order()} if choices else {}
    question = maker.question(asked, **maker.texts(), **more)
    named = maker.called(Variable(question, codes=codes))
    if asked == "ranking":
        named |= maker.called(Variable(question, row="first", codes=codes), "1")
    return [(question, named)]


def in_words(maker: Maker) -> list[Made]:
    """Return words: a few (S) or many (T, U); numbers only is a number."""
    row, kind = maker.row, maker.row.get("type")
    if row.attribute("numbers_only") == "1":
        question = maker.question("number", is_whole=False, **maker.texts())
        return [(question, maker.called(Variable(question)))]
    least, longest, usual = (10, 300, 200) if kind == "S" else (100, 4_000, 1_500)
    wanted = _whole(row.attribute("maximum_chars")) or usual
    asked = "short-text" if kind == "S" else "long-text"
    question = maker.question(asked, longest=min(max(wanted, least), longest), **maker.texts())
    return [(question, maker.called(Variable(question)))]


def several_texts(maker: Maker) -> list[Made]:
    """Return words on several lines (Q); numbers only are several numbers."""
    if maker.row.attribute("numbers_only") == "1":
        return numbers(maker)
    rows, _codes = maker.parts(maker.row.parts, "question")
    return _texts_of(maker, rows, "")


def _texts_of(maker: Maker, rows: Choices, more: str) -> list[Made]:
    """Return questions for words on each of some rows, ten in each."""
    if not rows:
        maker.report.left_out(maker.where, _("It has no rows."))
    parcels = [rows[at : at + 10] for at in range(0, len(rows), 10)]
    plain = [[{"id": row["id"], "text": row["text"]} for row in parcel] for parcel in parcels]
    return [
        (maker.question("several-texts", rows=parcel, **maker.texts(more, "text")), {})
        for parcel in plain
    ]


def number(maker: Maker) -> list[Made]:
    """Return a number (N)."""
    row = maker.row
    limits = bounds(row.attribute("min_num_value_n"), row.attribute("max_num_value_n"))
    question = maker.question("number", **of_number(row), **limits, **maker.texts())
    return [(question, maker.called(Variable(question)))]


def of_number(row: Part) -> dict[str, Any]:
    """Return the unit of a number, and whether it is a whole one."""
    unit = row.attribute("suffix") or row.attribute("prefix")
    return {"unit": unit, "is_whole": row.attribute("num_value_int_only") == "1"}


def numbers(maker: Maker) -> list[Made]:
    """Return several numbers (K): points to share out if they have to add up, else one each."""
    rows, codes = maker.parts(maker.row.parts, "question")
    total = _whole(maker.row.attribute("equals_num_value"))
    if total and 2 <= total <= 100 and 2 <= len(rows) <= MOST:
        question = maker.question("points", choices=rows, total=total, **maker.texts())
        return [(question, maker.called(Variable(question, codes=codes)))]
    ends = [
        maker.row.attribute(f"slider_{end}") or maker.row.attribute(f"{end}_num_value_n")
        for end in ("min", "max")
    ]
    if maker.row.attribute("equals_num_value"):
        maker.report.left_out(maker.where, _("The sum of the numbers is not checked."))
    by_id = {key: code for code, key in codes.items()}
    if not rows:
        maker.report.left_out(maker.where, _("It has no rows."))
    found: list[Made] = []
    for row in rows:
        texts = maker.texts(row["text"], row["id"])
        question = maker.question("number", **of_number(maker.row), **bounds(*ends), **texts)
        found.append((question, maker.called(Variable(question), by_id[row["id"]])))
    return found


def date(maker: Maker) -> list[Made]:
    """Return a month of a year (D): a day can tell who somebody is."""
    message = _("Only the month and the year are asked: a day can tell who somebody is.")
    maker.report.changed(maker.where, message)
    years = [
        _year(
            maker.row.attribute(f"date_{end}") or maker.row.attribute(f"dropdown_dates_year_{end}")
        )
        for end in ("min", "max")
    ]
    bounds = {"least": years[0] or 1900, "greatest": years[1] or 2100}
    if bounds["least"] > bounds["greatest"]:
        bounds = {"least": 1900, "greatest": 2100}
    question = maker.question("month-year", **bounds, **maker.texts())
    return [(question, maker.called(Variable(question)))]


def reading(maker: Maker) -> list[Made]:
    """Return words to read (X)."""
    return [(maker.question("information", **maker.texts()), {})]


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _year(text: str) -> int | None:
    year = _whole(text[:4])
    return year if year and 1900 <= year <= 2200 else None


def bounds(least: str, greatest: str) -> dict[str, float]:
    """Return the bounds of a number, without what is none or cannot be."""
    found = {}
    for name, text in (("least", least), ("greatest", greatest)):
        try:
            found[name] = float(text)
        except ValueError:
            continue
    fits = all(abs(value) <= LARGEST for value in found.values())
    return found if fits and found.get("least", -LARGEST) <= found.get("greatest", LARGEST) else {}


SIMPLE: dict[str, Callable[[Maker], list[Made]]] = {
    **dict.fromkeys("L!O5G", one_of),
    **dict.fromkeys("MP", any_of),
    **dict.fromkeys("STU", in_words),
    "Y": yes_no, "R": ranked, "Q": several_texts, "N": number, "K": numbers, "D": date,
    "X": reading,
}  # fmt: skip
