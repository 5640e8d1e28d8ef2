"""What is counted about people: the questions about them, and how and in what language they came.

Pure: the questions about a person are a questionnaire of their own, the age band first.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.foundation import i18n
from vrn_community.insights.tabulate import ABOUT, Asked
from vrn_community.questionnaires import equality
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.question_types.base import Choice
from vrn_community.questionnaires.question_types.choices import SingleChoice
from vrn_community.responses.models import Way

AGE = equality.AGE_BAND.id
WAY, LANGUAGE = f"{ABOUT}way", f"{ABOUT}language"
WAYS: dict[str, Any] = {
    Way.ONLINE: _l("Online"),
    Way.SESSION: _l("In a group, with an adult"),
    Way.SLIP: _l("Online, with a code on paper"),
    Way.PAPER: _l("On paper"),
    Way.ENTRY: _l("Told to somebody who typed it in"),
}
TEXTS: dict[str, Any] = {WAY: _l("How people answered"), LANGUAGE: _l("Language of the page")}


def questions(document: Questionnaire) -> Questionnaire:
    """Return what a questionnaire asks about the person who answers.

    The block can depend on the age band, so the band is there even where only the block is asked.
    """
    return _about(document.equality_block, document.asks_age_band)


@cache
def _about(block: str | None, asks_age: bool) -> Questionnaire:
    age = Section(id="age", title="", questions=(equality.AGE_BAND,) if asks_age or block else ())
    return Questionnaire(sections=(age, equality.whole(block)) if block else (age,))


def circumstances(ways: Sequence[str], languages: Sequence[str]) -> Iterator[Asked]:
    """Go through the ways and the languages in which people answered, where they differ."""
    names = {tag: i18n.LANGUAGES.get(tag, tag) for tag in languages}
    labels = {WAY: {way: WAYS[way] for way in WAYS if way in ways}, LANGUAGE: names}
    for column, labelled in labels.items():
        if len(labelled) > 1:
            yield _circumstance(column, labelled)


def _circumstance(column: str, labelled: dict[str, Any]) -> Asked:
    choices = tuple(Choice(id=key, text=str(label)) for key, label in labelled.items())
    key = column.removeprefix(ABOUT)
    question = SingleChoice(id=key, text=str(TEXTS[column]), choices=choices)
    document = Questionnaire(sections=(Section(id="answering", title="", questions=(question,)),))
    return Asked(question, question.items()[0], document, is_about_person=True)
