"""Questionnaires of the benchmarks, and what one person sends to answer them."""

from typing import Any

from benchmarks.people import form

WORDS = "It is dark behind the shops, and nobody is there when the last bus has gone. " * 2
SECTIONS, EACH = 8, 5
#: Only what has this answer leads on to the sections and questions that depend on it.
LEADS_ON = "c1"


def single(key: str) -> dict[str, Any]:
    choices = [{"id": f"c{n}", "text": f"Answer number {n}"} for n in range(1, 6)]
    return {"kind": "single-choice", "id": key, "text": f"Question {key}?", "choices": choices}


def statement(key: str) -> dict[str, Any]:
    return {"kind": "agreement-scale", "id": key, "text": f"Statement {key}."}


#: Ten questions on three pages: what LimeSurvey and adhocracy+ were measured with.
SHORT: dict[str, Any] = {
    "asks_age_band": False,
    "sections": [
        {"id": "s1", "title": "First", "questions": [single("q1"), single("q2"), single("q3")]},
        {
            "id": "s2",
            "title": "Second",
            "questions": [
                statement("q4"),
                statement("q5"),
                {**single("q6"), "kind": "multiple-choice"},
            ],
        },
        {
            "id": "s3",
            "title": "Third",
            "questions": [
                {"kind": "area", "id": "q7", "text": "Where?"},
                single("q8"),
                single("q9"),
                {"kind": "long-text", "id": "q10", "text": "What would help?"},
            ],
        },
    ],
}
#: What one person sends: start, the sections, the check page.
SHORT_PAGES = (
    form(go="next"),
    form(go="next", q1="c1", q2="c2", q3="c3"),
    form(go="next", q4="agree", q5="disagree") + b"&q6=c1&q6=c2",
    form(go="next", q7="e06000016", q8="c4", q9="c5", q10=WORDS),
    form(go="send", may_quote="y"),
)


def long(sections: int = SECTIONS, each: int = EACH) -> dict[str, Any]:
    """Return a questionnaire with rules: half the sections and many questions depend on answers."""
    return {
        "asks_age_band": False,
        "sections": [_section(number, each) for number in range(sections)],
    }


def _section(number: int, each: int) -> dict[str, Any]:
    """Return one page: a choice, a statement, several choices, and now and then free words."""
    kinds = (single, statement, _several, _words)
    asked = [kinds[place % 4](f"s{number}q{place}") for place in range(each)]
    before = f"s{number - 1}q0"
    leads_on = {"question": before, "includes": [LEADS_ON]}
    if number:
        asked[1]["show_if"] = {"all": [leads_on, {"question": before, "is_answered": True}]}
    page: dict[str, Any] = {"id": f"s{number}", "title": f"Section {number}", "questions": asked}
    return {**page, "show_if": leads_on} if number % 2 else page


def _several(key: str) -> dict[str, Any]:
    return {**single(key), "kind": "multiple-choice"}


def _words(key: str) -> dict[str, Any]:
    return {"kind": "long-text", "id": key, "text": f"What about {key}?"}


def _sent(number: int, each: int) -> bytes:
    answers = {"single": LEADS_ON, "statement": "agree", "several": "c2", "words": WORDS}
    values = list(answers.values())
    return form(go="next", **{f"s{number}q{place}": values[place % 4] for place in range(each)})


LONG = long()
LONG_PAGES = (
    form(go="next"),
    *(_sent(number, EACH) for number in range(SECTIONS)),
    form(go="send", may_quote="y"),
)
