"""A row of an XLSForm as a question; pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from vrn_community.questionnaires.importers import drafts, wording
from vrn_community.questionnaires.importers import xlsform_constraints as constraints
from vrn_community.questionnaires.importers import xlsform_types as types
from vrn_community.questionnaires.importers.building import NOT_TRANSLATED
from vrn_community.questionnaires.importers.conditions import Variable
from vrn_community.questionnaires.importers.names import Names
from vrn_community.questionnaires.importers.report import Report, Unreadable
from vrn_community.questionnaires.importers.xlsform_columns import Cells, Speaker
from vrn_community.questionnaires.importers.xlsform_rows import YES, Workbook, row_name
from vrn_community.questionnaires.importers.xlsform_types import Select
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.numbers import LARGEST
from vrn_community.questionnaires.question_types.orders import MOST

PARAMETER = re.compile(r"([\w-]+)\s*=\s*([^\s,;]+)")
YEARS = {"least": 1900, "greatest": 2100}
#: Columns that this reader knows what to do with; others are named in the report.
READ = frozenset(
    {"type", "name", "label", "hint", "relevant", "appearance", "parameters", "choice_filter",
     "constraint", "constraint_message", "required", "required_message", "default", "calculation",
     "readonly", "guidance_hint", "media", "repeat_count", "trigger"}
)  # fmt: skip
#: Columns whose content cannot be carried, and what to say of them.
DROPPED: dict[str, Callable[[], str]] = {
    "choice_filter": lambda: _("All choices are offered: they are not filtered here."),
    "default": lambda: _("No answer is filled in before."),
    "calculation": lambda: _("Nothing is calculated here."),
    "media": lambda: _("Pictures, sounds and films of the file are left out."),
    "guidance_hint": lambda: _("The note for interviewers is left out."),
    "constraint_message": lambda: _("Our own words say what is wrong with an answer."),
    "repeat_count": lambda: _("Nothing is asked several times."),
    "trigger": lambda: _("Nothing is calculated here."),
}


@dataclass
class Reader:
    """Reads the rows of one form in one language."""

    book: Workbook
    speaker: Speaker
    report: Report
    names: Names
    #: Names of choices by list, the same for each question that uses the list.
    lists: dict[str, dict[str, str]] = field(default_factory=dict)
    #: The choices of each list, in this language.
    known: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def question(self, row: Cells) -> tuple[AnyQuestion, Variable] | None:
        """Return the question of a row and what its name stands for; None if it is left out."""
        where, type_ = row_name(row.number), types.plain(row.get("type"))
        select = types.select_of(row.get("type"))
        if select is None and type_ in types.LEFT_OUT:
            reason = types.LEFT_OUT[type_]
            self.report.left_out(where, f"{row.get('name') or type_}: {reason}")
            return None
        if select is None and type_ not in types.ASKED:
            reason = _("there is no type “%(type)s”", type=row.get("type"))
            raise Unreadable(where, reason)
        if not any(row.has(name) for name in ("label", "hint", "media")):
            if row.has("calculation") or row.has("trigger"):
                self.report.left_out(where, f"{row.get('name')}: {types.COMPUTED}")
                return None
            raise Unreadable(where, _("it has no label"))
        content = self.texts(row)
        self.say_what_is_dropped(row)
        made = self._select(row, select, content) if select else self._plain(row, type_, content)
        self.say_what_came(made[0], where)
        return made

    def texts(self, row: Cells) -> dict[str, Any]:
        """Return the id, the text and the hint of a row."""
        label, hint = self.speaker.text(row, "label"), self.speaker.text(row, "hint")
        if not label and self.speaker.is_base:
            label, hint = hint or row.get("name"), ""
        fitted = drafts.fitted(label, hint, row_name(row.number), self.report)
        return {"id": self.names.new(row.get("name") or "note"), **fitted}

    def statement(self, row: Cells, where: str) -> str:
        """Return the text of a row of a grid."""
        text = self.speaker.text(row, "label") or self.speaker.text(row, "hint")
        text = text or (row.get("name") if self.speaker.is_base else "")
        return drafts.short(text, where, self.report)

    def _plain(
        self, row: Cells, type_: str, content: dict[str, Any]
    ) -> tuple[AnyQuestion, Variable]:
        kind, more = types.ASKED[type_]
        where, appearance = row_name(row.number), row.get("appearance").lower()
        if type_ in types.CHANGED:
            self.report.changed(where, str(types.CHANGED[type_]))
        kind = self._kind_of_words(row, kind)
        if kind == "number":
            more = {**more, **self._numbers(row, type_)}
        elif kind == "month-year":
            more = {**YEARS, "has_month": "year" not in appearance.split()}
        elif row.get("constraint"):
            self._drop_constraint(row)
        question = drafts.made(kind, where, **content, **more)
        codes = {"yes": "yes", "no": "no", "OK": "yes"} if kind == "yes-no" else {}
        return question, Variable(question, codes=codes)

    def _kind_of_words(self, row: Cells, kind: str) -> str:
        """Return the kind of a row that asks for words: only to read, few words or many."""
        if kind == "short-text" and row.get("readonly").lower() in YES:
            self.report.changed(row_name(row.number), _("It is only to read."))
            return "information"
        appearance = row.get("appearance").lower()
        is_long = "multiline" in appearance or "textarea" in appearance
        rows = dict(PARAMETER.findall(row.get("parameters"))).get("rows", "1")
        return "long-text" if kind == "short-text" and (is_long or rows != "1") else kind

    def _select(
        self, row: Cells, select: Select, content: dict[str, Any]
    ) -> tuple[AnyQuestion, Variable]:
        where = row_name(row.number)
        choices = [] if select.is_outside else self.choices(select.list_name, where)
        codes = dict(self.lists[select.list_name]) if choices else {}
        if select.kind == "multiple-choice" and any(" " in code for code in codes):
            words = {"list": select.list_name}
            reason = _("a choice of the list “%(list)s” has a blank in its name", **words)
            raise Unreadable(where, reason)
        kind, choices = drafts.choosing(select.kind, choices, where, self.report)
        if kind == "ranking" and len(choices) > MOST:
            kind = "multiple-choice"
            message = _("Asked as any of several: at most %(most)s can be put in order.", most=MOST)
            self.report.changed(where, message)
        more = self._settings(row, select, kind, choices)
        question = drafts.made(kind, where, **content, **more)
        if more.get("has_other"):
            codes.setdefault("other", "other")
        return question, Variable(question, codes=codes if choices else {})

    def _settings(
        self, row: Cells, select: Select, kind: str, choices: list[dict[str, Any]]
    ) -> dict[str, Any]:
        """Return what a question with choices has besides its texts."""
        more: dict[str, Any] = {"choices": choices} if choices else {}
        appearance = row.get("appearance").lower()
        if choices and kind != "ranking":
            more["has_other"] = select.has_other
        elif select.has_other:
            message = _("“Something else” cannot be added to it.")
            self.report.changed(row_name(row.number), message)
        if kind == "single-choice":
            more["is_list"] = "minimal" in appearance or "autocomplete" in appearance
        if choices and dict(PARAMETER.findall(row.get("parameters"))).get("randomize") in YES:
            more["choice_order"] = "random"
        if kind == "multiple-choice":
            more["most"] = self._limit(row, choices, self.lists.get(select.list_name, {}))
        elif row.get("constraint"):
            self._drop_constraint(row)
        return more

    def choices(self, list_name: str, where: str) -> list[dict[str, Any]]:
        """Return the choices of a list; Unreadable if there is no such list."""
        if list_name not in self.known:
            self.known[list_name] = self._choices(list_name, where)
        return [{**choice} for choice in self.known[list_name]]

    def _choices(self, list_name: str, where: str) -> list[dict[str, Any]]:
        rows = [r for r in self.book.choices.get(list_name, ()) if r.get("vrn-kind") != "offer"]
        if not rows:
            reason = _("there is no list “%(list)s” among the choices", list=list_name)
            raise Unreadable(where, reason)
        different: dict[str, Cells] = {}
        for one in rows:
            different.setdefault(one.get("name"), one)
        names = Names()
        ids = {name: one.get("vrn-id") or names.new(name, "c") for name, one in different.items()}
        self.lists[list_name] = ids
        return [
            {"id": ids[name], "text": self._choice_text(one), **self._extras(one)}
            for name, one in different.items()
        ]

    def _choice_text(self, row: Cells) -> str:
        if row.get("vrn-id"):
            return self.speaker.exactly(row, "label")
        text = self.speaker.text(row, "label")
        if row.has("media") and not row.get("vrn-picture"):
            self.report.left_out(row_name(row.number, "choices"), DROPPED["media"]())
        text = text or (row.get("name") if self.speaker.is_base else "")
        return drafts.short(text, row_name(row.number, "choices"), self.report)

    def _extras(self, row: Cells) -> dict[str, Any]:
        """Return what only our own files say about a choice."""
        extras: dict[str, Any] = {}
        if row.get("vrn-exclusive"):
            extras["is_exclusive"] = row.get("vrn-exclusive") in YES
        if row.get("vrn-missing"):
            extras["missing"] = row.get("vrn-missing")
        if row.get("vrn-picture"):
            extras["picture"] = row.get("vrn-picture")
            words = self.speaker.exactly(row, "vrn-alternative")
            extras["alternative"] = words or NOT_TRANSLATED
        return extras

    def _limit(
        self, row: Cells, choices: list[dict[str, Any]], codes: dict[str, str]
    ) -> int | None:
        """Return how many choices a constraint allows, and mark those that it allows alone."""
        source = row.get("constraint")
        if not source:
            return None
        most, alone, is_all = constraints.of_choices(source, len(choices))
        names = {codes[name] for name in alone if name in codes}
        for choice in choices:
            if choice["id"] in names:
                choice["is_exclusive"] = True
        if not is_all:
            self._drop_constraint(row)
        return most

    def _numbers(self, row: Cells, type_: str) -> dict[str, Any]:
        """Return the least and the greatest number, and whether it is a whole one."""
        found: dict[str, Any] = {}
        if type_ == "range":
            given = {"start": "1", "end": "10", "step": "1"}
            given |= dict(PARAMETER.findall(row.get("parameters")))
            bounds = [_number(given[name]) for name in ("start", "end", "step")]
            if None not in bounds:
                found["least"], found["greatest"] = sorted(bounds[:2])  # type: ignore[type-var]
                found["is_whole"] = all(float(b or 0).is_integer() for b in bounds)
                self._say_step(row, given["step"])
        source = row.get("constraint")
        if source and not constraints.of_number(source, found, 0 if type_ == "decimal" else 1):
            self._drop_constraint(row)
        if found.get("least", -LARGEST) > found.get("greatest", LARGEST):
            self._drop_constraint(row)
            return {}
        return found

    def _say_step(self, row: Cells, step: str) -> None:
        if step not in ("1", "1.0"):
            message = _(
                "Any number in the range can be given, not only steps of %(step)s.", step=step
            )
            self.report.changed(row_name(row.number), message)

    def _drop_constraint(self, row: Cells) -> None:
        words = {"constraint": row.get("constraint")[:300]}
        message = _("Answers are not checked by “%(constraint)s”.", **words)
        self.report.left_out(row_name(row.number), message)

    def say_what_is_dropped(self, row: Cells) -> None:
        """Report the columns of a row that cannot be carried."""
        where = row_name(row.number)
        if row.get("required") and row.get("required").lower() not in ("no", "false", "false()"):
            self.report.changed(where, _("Every question can be skipped here, so this one too."))
        for column, message in DROPPED.items():
            if row.has(column):
                self.report.left_out(where, message())
        for name, language in row.values:
            if name not in READ and not name.startswith("vrn-"):
                column = f"{name}::{language}" if language else name
                message = _("The column “%(column)s” is left out.", column=column)
                self.report.left_out(where, message)

    def say_what_came(self, question: AnyQuestion, where: str) -> None:
        """Report how a question is asked now."""
        kind, text = str(question.label), wording.cut(question.text, 200)[0]
        message = _("“%(question)s” is asked as: %(kind)s", question=text, kind=kind)
        self.report.carried(where, message)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) <= LARGEST else None
