"""The walk through a questionnaire: which page comes next, and what is remembered; pure.

Pages are named: `age`, `note.<id>` (what a section is about, for whoever may want to skip
it), `section.<id>`, `check`, `about` (the equality block), and `wait`
for whoever has to wait before sending. What somebody has answered so far is a `Walk`,
which travels sealed in the form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from vrn_community.questionnaires import arranging, routing
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.base import Answer, Sent
from vrn_community.questionnaires.question_types.cards import REFUSES

AGE = "age"
CHECK = "check"
ABOUT = "about"
WAIT = "wait"
NOTE = "note."
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
    #: The number from which random orders follow; it is stored with the answers.
    seed: int = 0
    #: Questions whose last answer cannot be sent as it is.
    wrong: Sequence[str] = ()
    #: When the first page was shown, in seconds; 0 if nobody knows.
    began: int = 0
    #: The page from which somebody went to send early, while they have not come back to it.
    left_at: str = ""
    #: The session that let them in, and the hash of the slip that did.
    session: str = ""
    slip: str = ""
    #: The receipt code of what was sent before, when somebody corrects it.
    receipt: str = ""
    #: What finds the draft that it came from, which is deleted when it is sent.
    draft: str = ""
    #: Whether it is asked in easy read, where there are such texts.
    is_easy: bool = False
    #: Whether something was written where no person writes.
    is_caught: bool = False
    #: Since when a sum or a wait is asked before sending, in seconds; 0 in quiet times.
    asked: int = 0
    #: What was typed and cannot be used: it is shown again, once, and never sealed.
    typed: Mapping[str, str] = field(default_factory=dict)

    def to_state(self) -> dict[str, Any]:
        """Return the walk as it is sealed."""
        return {name: getattr(self, name) for name in SEALED}

    @classmethod
    def of_state(cls, state: Mapping[str, Any]) -> "Walk":
        """Return the walk of an opened state, which may be a week old and know less."""
        return cls(**{name: state[name] for name in SEALED if name in state})


SEALED = tuple(name for name in Walk.__dataclass_fields__ if name != "typed")


@dataclass(frozen=True)
class Block:
    """The questions about the person: the age band first, the others at the end."""

    age: AnyQuestion | None
    about: Section | None


def pages(document: Questionnaire, block: Block, walk: Walk) -> list[str]:
    """Return the pages of somebody with these answers, in order."""
    shown = routing.shown_sections(document, walk.answers)
    sections = arranging.sections(document, shown, walk.seed)
    return [
        *([AGE] if block.age else []),
        *(page for section in sections for page in _pages_of(section)),
        CHECK,
        *([ABOUT] if block.about else []),
    ]


def _pages_of(section: Section) -> list[str]:
    note = [f"{NOTE}{section.id}"] if section.content_note else []
    return [*note, f"{SECTION}{section.id}"]


def questions(document: Questionnaire, block: Block, walk: Walk) -> list[AnyQuestion]:
    """Return the questions on the page of a walk, as this person sees them."""
    if walk.page == AGE and block.age:
        return [block.age]
    if walk.page == ABOUT and block.about:
        return list(block.about.questions)
    section = section_of(document, walk.page)
    if section is None:
        return []
    shown = routing.shown_questions(section, document, walk.answers)
    ordered = arranging.questions(section, shown, walk.seed)
    return [_as_seen(question, document, walk) for question in ordered]


def _as_seen(question: AnyQuestion, document: Questionnaire, walk: Walk) -> AnyQuestion:
    seen = arranging.arranged(question, walk.seed)
    texts = {"text": question.text, "hint": question.hint}
    piped = {name: arranging.piped(text, document, walk.answers) for name, text in texts.items()}
    return seen if piped == texts else seen.model_copy(update=piped)


def heading(document: Questionnaire, walk: Walk) -> Section | None:
    """Return the section of a page, or of a note, with earlier choices put into its texts."""
    section = section_of(document, walk.page) or noted(document, walk.page)
    if section is None:
        return None
    texts = {name: getattr(section, name) for name in ("title", "introduction", "content_note")}
    piped = {name: arranging.piped(text, document, walk.answers) for name, text in texts.items()}
    return section if piped == texts else section.model_copy(update=piped)


def has_answers(asked: Sequence[AnyQuestion], walk: Walk) -> bool:
    """Return whether somebody has answered any of these questions already."""
    return any(
        question.id in walk.answers or question.id in walk.profile or _words_of(question, walk)
        for question in asked
    )


def is_same_for_all(document: Questionnaire, walk: Walk) -> bool:
    """Return whether the page differs between people in their answers alone."""
    section = section_of(document, walk.page) or noted(document, walk.page)
    return section is None or arranging.is_same_for_all(section)


def section_of(document: Questionnaire, page: str) -> Section | None:
    """Return the section that a page shows, if it shows one."""
    return next((s for s in document.sections if page == f"{SECTION}{s.id}"), None)


def noted(document: Questionnaire, page: str) -> Section | None:
    """Return the section that the note on a page is about, if it is a note."""
    return next((s for s in document.sections if page == f"{NOTE}{s.id}"), None)


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
    typed: dict[str, str] = {}
    for question in asked:
        reading = question.read(sent)
        _put(answers, question.id, reading.answer)
        for passage_id in question.passage_ids():
            _put(words, passage_id, reading.words.get(passage_id))
        typed |= {name: text for name, text in reading.words.items() if name not in words}
        if reading.error:
            errors[question.id] = reading.error
    wrong = {*walk.wrong, *errors} - {q.id for q in asked if q.id not in errors}
    kept = {"profile": answers} if about_person else {"answers": answers, "words": words}
    return replace(walk, wrong=sorted(wrong), typed=typed, **kept), errors


def _put(kept: dict[str, Any], key: str, value: Any) -> None:
    if value is None or value in ("", [], {}):
        kept.pop(key, None)
    else:
        kept[key] = value


def page_to_mend(document: Questionnaire, block: Block, walk: Walk) -> str | None:
    """Return the first page with an answer that cannot be sent as it is, if there is one."""
    for page in pages(document, block, walk):
        asked = questions(document, block, replace(walk, page=page))
        if any(question.id in walk.wrong for question in asked):
            return page
    return None


def refuses(document: Questionnaire, walk: Walk) -> bool:
    """Return whether somebody has said that they do not want to take part."""
    return any(
        walk.answers.get(question.id) == REFUSES
        for question in document.questions()
        if question.kind == "consent"
    )


def forward(document: Questionnaire, block: Block, walk: Walk) -> Walk:
    """Return the walk on its next page."""
    order = pages(document, block, walk)
    if walk.is_changing and CHECK in order:
        return replace(walk, page=CHECK, is_changing=False)
    if walk.page not in order:
        return replace(walk, page=order[0])
    return replace(walk, page=order[min(order.index(walk.page) + 1, len(order) - 1)])


def skip(document: Questionnaire, block: Block, walk: Walk) -> Walk:
    """Return the walk after a section with a note, from either page; nothing of it is answered."""
    section = noted(document, walk.page) or section_of(document, walk.page)
    if section is None or not section.content_note:
        return forward(document, block, walk)
    asked = {question.id for question in section.questions}
    written = {key for question in section.questions for key in question.passage_ids()}
    empty = replace(
        walk,
        page=f"{SECTION}{section.id}",
        answers={key: answer for key, answer in walk.answers.items() if key not in asked},
        words={key: words for key, words in walk.words.items() if key not in written},
        wrong=[key for key in walk.wrong if key not in asked],
    )
    return forward(document, block, empty)


def following(document: Questionnaire, block: Block, walk: Walk) -> int:
    """Return how many questions the section has that a note is about."""
    section = noted(document, walk.page)
    if section is None:
        return 0
    on_it = questions(document, block, replace(walk, page=f"{SECTION}{section.id}"))
    return sum(question.kind != "information" for question in on_it)


def back(document: Questionnaire, block: Block, walk: Walk) -> Walk | None:
    """Return the walk on the page before; None before the first page."""
    order = pages(document, block, walk)
    if walk.is_changing:
        return replace(walk, page=CHECK, is_changing=False)
    if walk.page == WAIT:
        return replace(walk, page=sending_page(block, walk))
    if walk.page == CHECK and walk.left_at in order:
        return replace(walk, page=walk.left_at, left_at="")
    if walk.page not in order[1:]:
        return None
    return replace(walk, page=order[order.index(walk.page) - 1])


def change(document: Questionnaire, block: Block, walk: Walk, page: str) -> Walk:
    """Return the walk on a page that somebody wants to change, if it is one of theirs."""
    if page not in pages(document, block, walk):
        return walk
    return replace(walk, page=page, is_changing=True)


def finish(document: Questionnaire, block: Block, walk: Walk) -> Walk:
    """Return the walk on the check page, also if questions are left."""
    onward = forward(document, block, walk)
    if onward.page == CHECK or section_of(document, walk.page) is None:
        return onward
    return replace(walk, page=CHECK, left_at=walk.page)


def sending_page(block: Block, walk: Walk) -> str:
    """Return the page on which somebody presses *Send*."""
    return ABOUT if block.about and not walk.left_at else CHECK


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
        rows = [
            (q.text, q.describe(answers.get(q.id), _words_of(q, walk)))
            for q in asked
            if q.kind != "information"
        ]
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
