"""The texts of a questionnaire and where they stand, and the questionnaire in a language; pure.

A place is the path to a text: `introduction`, `<section>.title`, `<section>.introduction`,
`<question>.text`, `<question>.hint`, `<question>.unit`, `<question>.choices.<choice>`,
`<question>.rows.<row>` and `<question>.alternatives.<choice>`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from vrn_community.foundation.i18n import LANGUAGES, InPageLanguage
from vrn_community.questionnaires.document import Questionnaire, Section, Translated
from vrn_community.questionnaires.question_types import AnyQuestion

#: Texts of a question itself, and of its parts, by the name that a place has for them.
OWN = ("text", "hint", "unit")
PARTS = (("choices", "choices", "text"), ("rows", "rows", "text"))
ALTERNATIVES = ("alternatives", "choices", "alternative")
Put = Callable[[str, str], str]
#: The place of what stands before the sections.
FRAME = "introduction"
#: Easy read is English in other words, and is kept like one more language.
EASY_READ = "en-easy"


def texts(document: Questionnaire) -> dict[str, str]:
    """Return every text that people read, by its place; empty texts have none."""
    found: dict[str, str] = {}

    def take(place: str, text: str) -> str:
        if text:
            found[place] = text
        return text

    _visited(document, take)
    return found


def in_language(document: Questionnaire, language: str) -> Questionnaire:
    """Return the questionnaire with its translated texts; what is not translated stays as it is.

    A text whose source was changed since is no longer translated.
    """
    known: Mapping[str, Translated] = document.translations.get(language, {})
    if not known:
        return document

    def put(place: str, text: str) -> str:
        found = known.get(place)
        return InPageLanguage(found.text) if found and found.text and found.source == text else text

    return _visited(document, put)


def _visited(document: Questionnaire, put: Put) -> Questionnaire:
    """Return a copy in which each text went through a function."""
    sections = tuple(rewritten(section, put) for section in document.sections)
    introduction = put("introduction", document.introduction)
    # A copy would keep what the document has computed about its former questions.
    return Questionnaire.model_construct(
        **{**dict(document), "sections": sections, "introduction": introduction}
    )


def rewritten(section: Section, put: Put) -> Section:
    """Return a section in which each text went through a function, with its place."""
    changed: dict[str, Any] = {
        name: put(f"{section.id}.{name}", getattr(section, name))
        for name in ("title", "introduction", "content_note")
    }
    changed["questions"] = tuple(_question(question, put) for question in section.questions)
    return section.model_copy(update=changed)


def _question(question: AnyQuestion, put: Put) -> AnyQuestion:
    changed: dict[str, Any] = {}
    for name in OWN:
        if hasattr(question, name):
            changed[name] = put(f"{question.id}.{name}", getattr(question, name))
    for part, name, text in _parts(question):
        before = changed.get(name, getattr(question, name))
        changed[name] = tuple(
            one.model_copy(update={text: put(f"{question.id}.{part}.{one.id}", getattr(one, text))})
            for one in before
        )
    return question.model_copy(update=changed)


def _parts(question: AnyQuestion) -> Iterator[tuple[str, str, str]]:
    """Yield what a question has parts of: the name in places, the field, and the text in it."""
    for part, name, text in PARTS:
        if getattr(question, name, ()):
            yield part, name, text
    if question.kind == "picture-choice":
        yield ALTERNATIVES


class TextState(StrEnum):
    """How far one text is in one language."""

    MISSING = "missing"
    OUTDATED = "outdated"
    DONE = "done"


@dataclass(frozen=True)
class Text:
    """One text in one language, beside the text that it is made from."""

    place: str
    source: str
    text: str
    state: TextState


def standing(document: Questionnaire, language: str) -> list[Text]:
    """Return every text with what it is in a language, in the order in which people read them."""
    known = document.translations.get(language, {})
    found = []
    for place, source in texts(document).items():
        before = known.get(place)
        state = TextState.MISSING
        if before and before.text:
            state = TextState.DONE if before.source == source else TextState.OUTDATED
        found.append(Text(place, source, before.text if before else "", state))
    return found


def name_of(language: str) -> str:
    """Return what a language is called, or its tag where we do not have it."""
    return str(_("Easy read")) if language == EASY_READ else LANGUAGES.get(language, language)


def has_easy_read(document: Questionnaire) -> bool:
    """Return whether any text is there in easy read, as it stands now."""
    return any(row.state is TextState.DONE for row in standing(document, EASY_READ))


def percent_done(document: Questionnaire, language: str) -> int:
    """Return how many per cent of the texts are done; never 100 while one is not."""
    rows = standing(document, language)
    done = sum(row.state is TextState.DONE for row in rows)
    return 100 * done // len(rows) if rows else 0


def translated(document: Questionnaire, language: str, new: Mapping[str, str]) -> Questionnaire:
    """Return the questionnaire with other texts in a language, by place; an empty one is gone.

    A place that the questionnaire does not have is a KeyError.
    """
    sources, known = texts(document), dict(document.translations.get(language, {}))
    for place, text in new.items():
        known[place] = Translated(source=sources[place], text=text)
    kept = {place: found for place, found in known.items() if found.text and place in sources}
    others = {tag: of for tag, of in document.translations.items() if tag != language}
    changed = {**others, language: kept} if kept else others
    return Questionnaire(**{**dict(document), "translations": changed})
