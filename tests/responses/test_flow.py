"""The walk through a questionnaire."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.factories.questionnaires import questionnaire
from vrn_community.questionnaires.question_types.choices import SingleChoice
from vrn_community.responses import flow
from vrn_community.responses.flow import AGE, CHECK, Block, Walk

WHOLE = questionnaire()
#: Without the question about the area, which needs a database.
DOCUMENT = WHOLE.model_copy(
    update={
        "sections": tuple(
            s.model_copy(update={"questions": tuple(q for q in s.questions if q.kind != "area")})
            for s in WHOLE.sections
        )
    }
)
AGE_QUESTION = SingleChoice.model_validate(
    {
        "id": "age-band",
        "text": "Age?",
        "choices": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}],
    }
)
BLOCK = Block(AGE_QUESTION, None)
ORDER = [AGE, "section.safety", "section.help", CHECK]


def walk(page: str = "start", **more: Any) -> Walk:
    return Walk("token", page, **more)


def form(**sent: Any) -> MultiDict[str, str]:
    return MultiDict(sent)


def test_pages_come_in_order_and_the_last_one_stays() -> None:
    seen = [walk()]
    for _ in range(5):
        seen.append(flow.forward(DOCUMENT, BLOCK, seen[-1]))

    assert [step.page for step in seen[1:]] == [*ORDER, CHECK]


def test_back_keeps_what_was_answered_and_ends_before_the_first_page() -> None:
    here = walk("section.help", answers={"feel": "safe"}, words={"one-word": "calm"})

    before = flow.back(DOCUMENT, BLOCK, here)

    assert before is not None
    assert before.page == "section.safety"
    assert (before.answers, before.words) == (here.answers, here.words)
    assert flow.back(DOCUMENT, BLOCK, walk(AGE)) is None


def test_every_question_can_be_left_empty() -> None:
    for page in ORDER:
        read, errors = flow.read(DOCUMENT, BLOCK, walk(page), form())

        assert errors == {}
        assert (dict(read.answers), dict(read.words), dict(read.profile)) == ({}, {}, {})


def test_an_answer_is_taken_back_by_leaving_it_empty() -> None:
    here = walk("section.safety", answers={"feel": "unsafe"}, words={"why": "It is dark."})

    read, _errors = flow.read(DOCUMENT, BLOCK, here, form(feel="", why=""))

    assert (dict(read.answers), dict(read.words)) == ({}, {})


def test_a_change_leads_back_to_the_check_page() -> None:
    here = flow.change(DOCUMENT, BLOCK, walk(CHECK), "section.safety")

    assert here.page == "section.safety"
    assert flow.forward(DOCUMENT, BLOCK, here).page == CHECK
    assert flow.change(DOCUMENT, BLOCK, walk(CHECK), "section.unknown").page == CHECK


def test_words_behind_a_hidden_question_are_not_sent() -> None:
    here = walk(CHECK, answers={"feel": "safe"}, words={"why": "typed before changing my mind"})

    sent = flow.final(DOCUMENT, BLOCK, here)

    assert sent.words == {}
    assert sent.answers == {"feel": "safe"}


def test_too_many_words_are_an_error_and_are_kept() -> None:
    words = "x" * 2_000

    read, errors = flow.read(DOCUMENT, BLOCK, walk("section.safety"), form(why=words))

    assert list(errors) == ["why"]
    assert read.words == {"why": words}


def test_an_exclusive_choice_does_not_go_with_others() -> None:
    sent = MultiDict([("ideas", "lights"), ("ideas", "nothing")])

    read, errors = flow.read(DOCUMENT, BLOCK, walk("section.help"), sent)

    assert list(errors) == ["ideas"]
    assert read.answers["ideas"] == ["lights", "nothing"]


@pytest.mark.parametrize("sent", ["unknown", "", "safe,unsafe", "\x00"])
def test_a_choice_that_nobody_offered_is_no_answer(sent: str) -> None:
    read, errors = flow.read(DOCUMENT, BLOCK, walk("section.safety"), form(feel=sent))

    assert "feel" not in read.answers
    assert errors == {}


@given(
    page=st.sampled_from([*ORDER, "start", "section.nowhere", ""]),
    sent=st.dictionaries(
        st.sampled_from(["feel", "why", "ideas", "ideas.other", "heard", "one-word", "age-band"]),
        st.text(max_size=60),
    ),
)
def test_whatever_is_sent_leads_to_a_page_of_the_questionnaire(
    page: str, sent: dict[str, str]
) -> None:
    read, _errors = flow.read(DOCUMENT, BLOCK, walk(page), MultiDict(sent))
    after = flow.forward(DOCUMENT, BLOCK, read)

    assert after.page in ORDER
    assert Walk.of_state(after.to_state()) == after
    assert set(flow.final(DOCUMENT, BLOCK, after).answers) <= {q.id for q in DOCUMENT.questions()}


def test_the_summary_says_everything_that_was_asked() -> None:
    here = walk(CHECK, answers={"feel": "unsafe", "ideas": ["other"]}, words={"why": "Dark."})

    rows = dict(row for _page, rows in flow.summary(DOCUMENT, BLOCK, here) for row in rows)

    assert rows["What makes you feel unsafe?"] == ["Dark."]
    assert rows["People like me are heard."] == []
    hidden = flow.summary(DOCUMENT, BLOCK, replace(here, answers={"feel": "safe"}))
    assert "What makes you feel unsafe?" not in dict(row for _page, rows in hidden for row in rows)
