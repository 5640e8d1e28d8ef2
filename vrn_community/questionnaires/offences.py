"""Questions about offences: asked only under the flag of an activity, which takes words off (Y17).

Whoever wrote down a crime, a name or what happened in one case could be found by it. So where such
a thing is asked, people only choose, and nobody is known; and elsewhere it is not asked.
"""

from collections.abc import Iterator

from flask_babel import gettext as _

from vrn_community.foundation import i18n
from vrn_community.opportunities import activities
from vrn_community.opportunities.gates import Gap
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import quality, queries, translating
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.readiness import Problem

PAGE = "questionnaires_desk.show"


def problems(opportunity: Opportunity, document: Questionnaire) -> list[Problem]:
    """Return the questions that an activity may not ask, each with what to do about it."""
    find = _with_words if opportunity.is_offence_related else _about_offences
    return list(find(document))


def lets_write(opportunity: Opportunity, document: Questionnaire) -> bool:
    """Return whether people could write where they may not, as in a version from before."""
    return opportunity.is_offence_related and any(_writing(document))


def new_problems(
    opportunity: Opportunity, before: Questionnaire, after: Questionnaire
) -> list[Problem]:
    """Return what a change of words would ask that may not be asked, and was not asked before."""
    known = problems(opportunity, before)
    return [problem for problem in problems(opportunity, after) if problem not in known]


@activities.publish_check
def offence_gaps(opportunity: Opportunity) -> list[Gap]:
    """Return what has to go, or to be asked in another way, before anybody is asked."""
    version = queries.published(opportunity.id)
    if version is None:
        return []
    found = problems(opportunity, queries.document(version))
    return [Gap("is_offence_related", problem.message, page=PAGE) for problem in found]


def _writing(document: Questionnaire) -> Iterator[AnyQuestion]:
    return (question for question in document.questions() if question.passage_ids())


def _with_words(document: Questionnaire) -> Iterator[Problem]:
    for question in _writing(document):
        words = {"question": question.text}
        message = _("“%(question)s” asks for words. Take it out, or let people choose.", **words)
        if getattr(question, "has_other", False):
            message = _("“%(question)s” has a box for something else. Take the box out.", **words)
        reason = _("These questions are about offences, so nobody writes.")
        yield Problem(question.id, f"{message} {reason}")


def _about_offences(document: Questionnaire) -> Iterator[Problem]:
    """Yield the texts that tell too much, in every language that people can read them in.

    The phrases are English, so this finds them in English and in easy read, and English words
    under another language; what another language says in its own words is for people to check.
    """
    asked = {q.id for q in document.questions() if q.kind not in ("information", "consent")}
    for language, place, text in _read(document):
        part_id, _dot, rest = place.partition(".")
        is_asked = part_id in asked and (rest == "text" or rest.startswith("rows."))
        if found := quality.telling(text, is_asked=is_asked):
            yield Problem(part_id if rest else "", _message(language, found), place)


def _read(document: Questionnaire) -> Iterator[tuple[str, str, str]]:
    """Yield each text that people read: its language, its place and its words."""
    for place, text in translating.texts(document).items():
        yield i18n.SOURCE, place, text
    for language in document.translations:
        for row in translating.standing(document, language):
            if row.state is translating.TextState.DONE:
                yield language, row.place, row.text


def _message(language: str, words: str) -> str:
    message = _(
        "“%(words)s” asks for a name, one person’s story or an offence. Ask it in another "
        "way, or say in the form that the questions are about offences.",
        words=words,
    )
    if language == i18n.SOURCE:
        return str(message)
    return f"{translating.name_of(language)}: {message}"
