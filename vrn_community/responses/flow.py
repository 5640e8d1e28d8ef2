"""The walk through a questionnaire: which page comes next, and what is remembered; pure.

Pages are named: `age`, `section.<id>`, `check`, `about` (the equality block). What
somebody has answered so far is a `Walk`, which travels sealed in the form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from vrn_community.questionnaires import routing
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.base import Answer, Sent

AGE = "age"
CHECK = "check"
ABOUT = "about"
SECTION = "section."


@dataclass(frozen=True)
class Walk:
    """What one person has answered so far, and the page that they are on."""

    submission: str
    page: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    profile: Mapping[str, Answer] = field(default_factory=dict)
    may_quote: bool = False
    #: After *Change* on the check page, the next page is the check page again.
    is_changing: bool = False

    def to_state(self) -> dict[str, Any]:
        """Return the walk as it is sealed."""
        return {
            "submission": self.submission,
            "page": self.page,
            "answers": dict(self.answers),
            "words": dict(self.words),
            "profile": dict(self.profile),
            "may_quote": self.may_quote,
            "is_changing": self.is_changing,
        }

    @classmethod
    def of_state(cls, state: Mapping[str, Any]) -> "Walk":
        """Return the walk of an opened state."""
        return cls(**{name: state[name] for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Block:
    """The questions about the person: the age band first, the others at the end."""

    age: AnyQuestion | None
    about: Section | None


def pages(document: Questionnaire, block: Block, walk: Walk) -> list[str]:
    """Return the pages of somebody with these answers, in order."""
    sections = routing.shown_sections(document, walk.answers)
    return [
        *([AGE] if block.age else []),
        *(f"{SECTION}{section.id}" for section in sections),
        CHECK,
        *([ABOUT] if block.about else []),
    ]


def questions(document: Questionnaire, block: Block, walk: Walk) -> list[AnyQuestion]:
    """Return the questions on the page of a walk."""
    if walk.page == AGE and block.age:
        return [block.age]
    if walk.page == ABOUT and block.about:
        return list(block.about.questions)
    section = section_of(document, walk.page)
    return routing.shown_questions(section, document, walk.answers) if section else []


def has_answers(asked: Sequence[AnyQuestion], walk: Walk) -> bool:
    """Return whether somebody has answered any of these questions already."""
    return any(
        question.id in walk.answers or question.id in walk.profile or _words_of(question, walk)
        for question in asked
    )


def section_of(document: Questionnaire, page: str) -> Section | None:
    """Return the section that a page shows, if it shows one."""
    wanted = page.removeprefix(SECTION)
    return next((s for s in document.sections if page.startswith(SECTION) and s.id == wanted), None)


def read(
    document: Questionnaire, block: Block, walk: Walk, sent: Sent
) -> tuple[Walk, dict[str, str]]:
    """Return the walk with what the page sent, and what is wrong by question.

    What is sent replaces what the page had before, so an answer can be taken
    back by leaving it empty. A choice that one page offers can hide a question
    on the same page: it is read all the same, and left out at the end.
    """
    section = section_of(document, walk.page)
    asked = list(section.questions) if section else questions(document, block, walk)
    about_person = walk.page in (AGE, ABOUT)
    answers = dict(walk.profile if about_person else walk.answers)
    words, errors = dict(walk.words), {}
    for question in asked:
        reading = question.read(sent)
        _put(answers, question.id, reading.answer)
        for passage_id in question.passage_ids():
            _put(words, passage_id, reading.words.get(passage_id))
        if reading.error:
            errors[question.id] = reading.error
    if about_person:
        return replace(walk, profile=answers), errors
    return replace(walk, answers=answers, words=words), errors


def _put(kept: dict[str, Any], key: str, value: Any) -> None:
    if value:
        kept[key] = value
    else:
        kept.pop(key, None)


def forward(document: Questionnaire, block: Block, walk: Walk) -> Walk:
    """Return the walk on its next page."""
    order = pages(document, block, walk)
    if walk.is_changing and CHECK in order:
        return replace(walk, page=CHECK, is_changing=False)
    if walk.page not in order:
        return replace(walk, page=order[0])
    return replace(walk, page=order[min(order.index(walk.page) + 1, len(order) - 1)])


def back(document: Questionnaire, block: Block, walk: Walk) -> Walk | None:
    """Return the walk on the page before; None before the first page."""
    order = pages(document, block, walk)
    if walk.is_changing:
        return replace(walk, page=CHECK, is_changing=False)
    if walk.page not in order[1:]:
        return None
    return replace(walk, page=order[order.index(walk.page) - 1])


def change(document: Questionnaire, block: Block, walk: Walk, page: str) -> Walk:
    """Return the walk on a page that somebody wants to change, if it is one of theirs."""
    if page not in pages(document, block, walk):
        return walk
    return replace(walk, page=page, is_changing=True)


def position(document: Questionnaire, block: Block, walk: Walk) -> tuple[int, int]:
    """Return the number of the page, and how many pages there are now."""
    order = pages(document, block, walk)
    return (order.index(walk.page) + 1 if walk.page in order else 1), len(order)


def summary(
    document: Questionnaire, block: Block, walk: Walk
) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Return what somebody answered: for each page its name, and questions with answers."""
    answers = {**walk.profile, **walk.answers}
    found = []
    for page in pages(document, block, walk):
        asked = [] if page == ABOUT else questions(document, block, replace(walk, page=page))
        rows = [(q.text, q.describe(answers.get(q.id), _words_of(q, walk))) for q in asked]
        if rows:
            found.append((page, rows))
    return found


def _words_of(question: AnyQuestion, walk: Walk) -> dict[str, str]:
    return {key: walk.words[key] for key in question.passage_ids() if key in walk.words}


def final(document: Questionnaire, block: Block, walk: Walk) -> Walk:
    """Return the walk with nothing but what belongs to questions that are still shown."""
    answers = routing.relevant(document, walk.answers)
    shown = {
        passage_id
        for question in document.questions()
        if routing.is_shown(question, document, walk.answers)
        for passage_id in question.passage_ids()
    }
    words = {key: text for key, text in walk.words.items() if key in shown}
    about = [*([block.age] if block.age else []), *(block.about.questions if block.about else ())]
    asked = {question.id for question in about}
    profile = {key: answer for key, answer in walk.profile.items() if key in asked}
    return replace(walk, answers=answers, words=words, profile=profile)
