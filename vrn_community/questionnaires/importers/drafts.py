"""What an importer finds in a file, before it is put together: groups, questions, names; pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from flask_babel import gettext as _
from pydantic import ValidationError

from vrn_community.questionnaires.document import MOST_QUESTIONS, MOST_SECTIONS
from vrn_community.questionnaires.importers import wording
from vrn_community.questionnaires.importers.conditions import Variable
from vrn_community.questionnaires.importers.report import Report, Unreadable
from vrn_community.questionnaires.question_types import TYPES, AnyQuestion
from vrn_community.questionnaires.question_types.choices import MOST_CHOICES


@dataclass(frozen=True)
class Dialect:
    """How a program writes names: in texts, and in conditions."""

    #: Where a text takes up an answer; the first group is the name.
    gap: re.Pattern[str]
    find: Callable[[str, Mapping[str, Variable]], Variable | None]


@dataclass(frozen=True)
class Group:
    """Questions that belong together: a page, as long as no condition divides it."""

    id: str
    title: str
    introduction: str = ""
    where: str = ""
    is_random: bool = False
    #: Conditions of the group, in the words of the file.
    conditions: tuple[str, ...] = ()
    #: Only our own extras know it.
    content_note: str = ""


@dataclass(frozen=True)
class Draft:
    """A question of the file, and the names by which later conditions call it.

    Without a question it is a page with nothing but words to read.
    """

    question: AnyQuestion | None
    group: Group
    where: str
    conditions: tuple[str, ...] = ()
    variables: Mapping[str, Variable] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """All that was found in a file, in one of its languages."""

    drafts: list[Draft]
    dialect: Dialect
    introduction: str = ""
    #: Anything else of the document, which only our own extras know.
    frame: Mapping[str, Any] = field(default_factory=dict)


def limited(found: Iterable[Draft]) -> Iterator[Draft]:
    """Yield drafts, as long as a questionnaire can come of them: many may never be shown."""
    for number, draft in enumerate(found):
        if number > 4 * MOST_QUESTIONS:
            raise Unreadable(_("The file"), too_long())
        yield draft


def too_long() -> str:
    """Return why a file with too many questions cannot be read."""
    words = {"sections": MOST_SECTIONS, "questions": MOST_QUESTIONS}
    return str(_("there are at most %(sections)s pages and %(questions)s questions", **words))


def made(kind: str, where: str, **content: Any) -> AnyQuestion:
    """Return a question of a kind; Unreadable if it cannot be made."""
    try:
        question = TYPES[kind].model_validate({"kind": kind, **content})
    except (KeyError, ValidationError) as error:
        raise Unreadable(where, reason_of(error)) from error
    return cast(AnyQuestion, question)


def reason_of(error: KeyError | ValidationError) -> str:
    """Return the first thing that is wrong, in one line."""
    if isinstance(error, KeyError):
        return str(_("there is no such type of question: %(kind)s", kind=error.args[0]))
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else str(first["msg"])


def fitted(text: str, hint: str, where: str, report: Report) -> dict[str, str]:
    """Return the text and the hint of a question within their limits: what is over moves on."""
    text, rest = wording.cut(text)
    hint = "\n".join(part for part in (rest, hint) if part)
    if rest:
        report.changed(where, _("The text is long: its end stands in the hint."))
    return {"text": text, "hint": short(hint, where, report)}


def short(text: str, where: str, report: Report, longest: int = wording.LONGEST) -> str:
    """Return a text within the limit, and report what was cut off."""
    kept, rest = wording.cut(text, longest)
    if rest:
        report.changed(where, _("A text was cut after %(longest)s characters.", longest=longest))
    return kept


def choosing(
    kind: str, choices: list[dict[str, Any]], where: str, report: Report
) -> tuple[str, list[dict[str, Any]]]:
    """Return the kind of question that can hold these choices, and the choices."""
    if len(choices) > MOST_CHOICES or not choices:
        words = {"count": len(choices), "most": MOST_CHOICES}
        message = _("Asked in words: it has %(count)s choices, and at most %(most)s fit.", **words)
        report.changed(where, message)
        return "short-text", []
    if len(choices) == 1:
        report.changed(where, _("A second choice was added: with one there is nothing to choose."))
        none = {"id": _free("none", choices), "text": _("None of these"), "is_exclusive": True}
        return kind, [*choices, none]
    return kind, choices


def _free(name: str, choices: list[dict[str, Any]]) -> str:
    taken = {choice["id"] for choice in choices}
    return name if name not in taken else f"{name}-of-these"
