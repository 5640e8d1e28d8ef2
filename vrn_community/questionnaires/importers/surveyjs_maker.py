"""Makes questions of the elements of SurveyJS, whatever their type; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from vrn_community.questionnaires.importers import drafts, surveyjs_losses, wording
from vrn_community.questionnaires.importers.conditions import Variable
from vrn_community.questionnaires.importers.names import Names
from vrn_community.questionnaires.importers.report import Report, Unreadable
from vrn_community.questionnaires.importers.voices import Voice
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.numbers import LARGEST

MOST_ROWS = 300
Made = tuple[AnyQuestion, dict[str, Variable]]
Choices = list[dict[str, Any]]
Element = Mapping[str, Any]


@dataclass
class Maker:
    """Makes the question of one element, in one language."""

    element: Element
    voice: Voice
    report: Report
    names: Names
    #: What the question is about besides its title: a cell of a table.
    about: str = ""

    @property
    def name(self) -> str:
        """Return the name of the element."""
        return str(self.element.get("name", ""))

    @property
    def where(self) -> str:
        """Return how the report calls the element."""
        return str(_("Question %(code)s", code=self.name))

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
        more = more or self.about
        text = f"{text.rstrip(' :')}: {more}" if more and text else text or more
        fitted = drafts.fitted(text, hint, self.where, self.report)
        return {"id": self.names.new(f"{self.name} {name}"), **fitted}

    def question(self, kind: str, **content: Any) -> AnyQuestion:
        """Return a question, and report how it is asked."""
        made = drafts.made(kind, self.where, **content)
        words = {"question": wording.cut(made.text, 200)[0], "kind": str(made.label)}
        self.report.carried(self.where, _("“%(question)s” is asked as: %(kind)s", **words))
        return made

    def rows(self, name: str = "rows") -> tuple[Choices, dict[str, str]]:
        """Return the rows of a table, and their names by value; none if there are too many."""
        listed = self.element.get(name)
        if isinstance(listed, list) and len(listed) > MOST_ROWS:
            self.report.left_out(self.where, _("It has no cells, or too many of them."))
            return [], {}
        return self.items(listed)

    def items(self, listed: Any) -> tuple[Choices, dict[str, str]]:
        """Return choices, rows or columns, and their names by value."""
        names, found, codes = Names(), [], {}
        for one in map(_item, listed) if isinstance(listed, list) else ():
            code = code_of(one.get("value", one.get("name")))
            words = self.text(one.get("text") or one.get("title"))
            surveyjs_losses.of_item(one, self.where, self.report)
            if code in codes:
                raise Unreadable(self.where, _("the code “%(code)s” stands twice", code=code))
            codes[code] = names.new(code, "c")
            text = words or (code if self.voice.is_base else "")
            found.append({"id": codes[code], "text": drafts.short(text, self.where, self.report)})
        return found, codes


def _item(one: Any) -> Element:
    """Return a choice as an object: short ones are a value, or `value|text`."""
    if isinstance(one, Mapping):
        return one
    value, divider, text = one.partition("|") if isinstance(one, str) else (one, "", "")
    return {"value": value, "text": text} if divider else {"value": value}


def code_of(value: Any) -> str:
    """Return a value as conditions write it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def whole(value: Any) -> int | None:
    """Return a number without what stands after its point; None if it is none."""
    iswhole = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if iswhole and abs(value) < LARGEST else None


def bounds(element: Element) -> dict[str, float]:
    """Return the least and the greatest number of an element."""
    found = {}
    for name, key in (("least", "min"), ("greatest", "max")):
        value = element.get(key)
        if isinstance(value, int | float) and abs(value) <= LARGEST:
            found[name] = float(value)
    return found if found.get("least", -LARGEST) <= found.get("greatest", LARGEST) else {}
