"""Response quality: what analysts see of how people answered, and what nobody can work out."""

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import make_account
from tests.factories.questionnaires import questionnaire
from tests.insights.conftest import CROWD, answered, make_closed
from tests.opportunities.conftest import counted
from tests.pages import Page
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights import labels, paradata, quality
from vrn_community.insights.disclosure import Refusal
from vrn_community.insights.paradata import Came
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.responses.models import (
    CheckIn,
    Feeling,
    FeelingCount,
    Flag,
    Minutes,
    Response,
    Way,
)

VERSION = uuid4()
GRID = {
    "kind": "grid",
    "id": "parts",
    "text": "How much do you agree?",
    "scale": "agreement",
    "rows": [{"id": key, "text": f"{key} is safe."} for key in ("north", "south", "east", "west")],
}
DOCUMENT = questionnaire(sections=[{"id": "all", "title": "All", "questions": [GRID]}])
STRAIGHT = {"parts": dict.fromkeys(("north", "south", "east", "west"), "agree")}
VARIED = {"parts": {**STRAIGHT["parts"], "west": "disagree"}}


def came(number=1, **more):
    row = {
        "version_id": VERSION, "answers": {}, "profile": {}, "is_partial": False,
        "way": Way.ONLINE, "minutes": None, "flags": [],
    }  # fmt: skip
    return [Came(**{**row, **more})] * number


def seen(*groups):
    rows = [row for group in groups for row in group]
    found = paradata.shares(rows, {VERSION: DOCUMENT}, 10)
    return {getattr(part, "id", None) or part.question_id: part for part in found}


def test_shares_are_in_steps_of_five_per_cent():
    found = seen(came(67), came(33, is_partial=True))

    assert found["complete"].rows == ((("complete",), 65), (("partial",), 35))


def test_a_small_group_is_never_told_apart():
    for few in (0, 1, 9):
        found = seen(came(91), came(few, is_partial=True, flags=["too-fast"]))
        assert isinstance(found["complete"], Refusal)
        assert isinstance(found["flags"], Refusal)


def test_a_small_way_is_put_together_with_a_larger_one():
    found = seen(came(60), came(30, way=Way.SESSION), came(2, way=Way.SLIP))

    assert found["way"].rows == ((("online",), 65), (("session", "slip"), 35))


def test_minutes_are_those_of_people_whose_time_is_known():
    found = seen(
        came(50),
        came(10, minutes=Minutes.UNDER_2),
        came(20, minutes=Minutes.FROM_2_TO_5),
        came(10, minutes=Minutes.FROM_5_TO_15),
        came(10, minutes=Minutes.OVER_15),
    )

    assert [share for _keys, share in found["minutes"].rows] == [20, 40, 20, 20]


def test_flags_are_shares_of_everybody():
    found = seen(came(80), came(20, flags=["too-fast"]))

    assert found["flags"].rows == ((("none",), 80), (("too-fast",), 20))


def test_straight_lines_are_counted_among_those_who_answered_the_grid():
    found = seen(came(40), came(10, answers=STRAIGHT), came(30, answers=VARIED))

    grid = found["straight.parts"]
    assert (grid.text, grid.rows) == (
        "How much do you agree?",
        ((("straight",), 25), (("varied",), 75)),
    )


def test_every_flag_and_every_way_has_its_words():
    assert {flag.value for flag in Flag} <= set(labels.FLAGS)
    assert set(labels.QUALITY_ANSWERS["way"]) == set(Way)
    assert set(labels.QUALITY_ANSWERS["minutes"]) == set(Minutes)
    assert set(labels.QUALITY_ANSWERS) == set(labels.QUALITY)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6).filter(any))
def test_steps_add_up_and_are_near(counts):
    found = paradata.steps(counts)

    assert sum(found) == 100
    assert all(
        abs(100 * c / sum(counts) - share) < 5 for c, share in zip(counts, found, strict=True)
    )


def could_be(size, shares):
    """Return whether so many people, ten or more for each share, can be shown like this."""
    near = [range(max(10, (s - 5) * size // 100), (s + 5) * size // 100 + 2) for s in shares]
    found = (
        [*first, size - sum(first)] for first in product(*near[:-1]) if size - sum(first) >= 10
    )
    return any(paradata.steps(counts) == shares for counts in found)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=3), min_size=4, max_size=4),
       st.integers(30, 60))  # fmt: skip
@example([[1, 1], [1, 1], [1, 1], [1, 1, 1]], 30)
def test_nobody_works_out_from_shares_how_many_people_answered(weights, size):
    tables = []
    for weight in weights:
        spare = size - 10 * len(weight)
        counts = [10 + spare * part // (sum(weight) or 1) for part in weight]
        counts[0] += size - sum(counts)
        tables.append(paradata.steps(counts))

    sizes = [
        other for other in range(size - 9, size + 10) if all(could_be(other, t) for t in tables)
    ]

    assert size in sizes
    assert len(sizes) >= 5


@pytest.fixture
def stored_came(stored, arrange):
    """Return a function that stores an activity, and people who answered it in some ways."""

    def make(rows, **changes):
        opportunity = stored([], **changes)
        with arrange():
            version = questionnaires.published(opportunity.id)
            keys = answered(version, [row.answers for row in rows])
            for key, row in zip(keys, rows, strict=True):
                response = db.session.get(Response, key)
                for name in ("is_partial", "way", "minutes", "flags"):
                    setattr(response, name, getattr(row, name))
        return opportunity

    return make


@pytest.fixture
def analyst(sign_in_as):
    return sign_in_as(Role.ANALYST, email="ana@example.org", name="Ana Lyst")


def at(opportunity):
    return f"/desk/opportunities/{opportunity.id}/results/quality"


PEOPLE = [
    *came(50, answers=CROWD[0], minutes=Minutes.FROM_2_TO_5),
    *came(30, answers=CROWD[-20], is_partial=True, flags=["too-fast"], minutes=Minutes.UNDER_2),
    *came(20, answers={}, way=Way.PAPER, minutes=Minutes.FROM_2_TO_5),
]


def test_an_analyst_sees_how_people_answered(analyst, stored_came):
    page = Page.get(analyst, at(stored_came(PEOPLE)))

    assert page.heading == "Response quality"
    for words in ("Partial: sent before the end 30%", "On paper, typed in by staff 20%",
                  "Answered faster than people can read 30%", "Shares come in steps"):  # fmt: skip
        assert page.has(words), words
    assert page.has("Responses that look alike Too few people answered it")
    assert not page.has("100")


TWO = [*came(40, answers={"feel": "safe"}), *came(40, answers={"feel": "unsafe"})]


def test_how_many_gave_no_answer_is_shown_as_in_the_live_tables(analyst, stored_came):
    page = Page.get(analyst, at(stored_came([*TWO, *came(20)])))

    assert page.has("How safe do you feel? 20 20%")


def test_how_many_gave_no_answer_is_hidden_as_in_the_live_tables(analyst, stored_came):
    page = Page.get(analyst, at(stored_came([*TWO, *came(5)])))

    assert page.has("How many people gave no answer is not shown")
    assert not page.has("How safe do you feel?")


def test_an_activity_without_answers_says_so(analyst, stored_came):
    assert Page.get(analyst, at(stored_came([]))).has("There are no answers yet.")


def test_the_page_takes_a_fixed_number_of_queries(analyst, stored_came, app):
    opportunity = stored_came(PEOPLE)

    with app.app_context(), counted() as statements:
        analyst.get(at(opportunity))

    assert len(statements) < 25


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ANALYST, 200),
        (Role.PUBLISHER, 200),
        (Role.APPROVER, 200),
        (Role.MODERATOR, 403),
        (Role.OVERSIGHT_CHAIR, 403),
        (Role.PARTNER, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_response_quality_is_for_those_who_see_live_tables(sign_in_as, stored_came, role, status):
    Page.get(sign_in_as(role), at(stored_came(PEOPLE)), status=status)


# How people were after sensitive questions


@pytest.fixture
def closed(session):
    """Return a function that makes a closed activity with answers, for tests without pages."""
    author = make_account(Role.PUBLISHER)
    return lambda **changes: make_closed(author, CROWD, **changes)


def said(opportunity, **counts):
    """Store how many people said how they are; those of today stand by themselves."""
    for feeling, number in counts.items():
        key = {"opportunity_id": opportunity.id, "feeling": Feeling(feeling)}
        db.session.add(FeelingCount(**key, count=number - 1))
        db.session.add(CheckIn(**key, token_hash=feeling))
    db.session.flush()


def feelings_of(opportunity):
    found = quality.of_opportunity(opportunity)
    shown = [part.rows for part in found.shares if part.id == "feelings"]
    refused = [part.reason for part in found.refused if part.question_id == "feelings"]
    return shown, refused


def days_ago(number):
    return clock.today() - timedelta(days=number)


ENOUGH = {"good": 60, "mixed": 28, "upset": 12}


def test_how_people_were_is_shown_in_steps_once_no_more_can_say_so(closed):
    opportunity = closed(is_sensitive=True, opens_on=days_ago(40), closes_on=days_ago(9))
    said(opportunity, **ENOUGH)

    shown, refused = feelings_of(opportunity)

    assert shown == [((("good",), 60), (("mixed",), 30), (("upset",), 10))]
    assert refused == []


@pytest.mark.parametrize("upset", [1, 9])
def test_a_few_who_were_upset_are_never_told_apart(closed, upset):
    opportunity = closed(is_sensitive=True, opens_on=days_ago(40), closes_on=days_ago(9))
    said(opportunity, good=60, mixed=28, upset=upset)

    shown, refused = feelings_of(opportunity)

    assert "upset" not in [
        key for rows in shown for keys, _share in rows for key in keys if len(keys) == 1
    ]
    assert shown or refused


@pytest.mark.parametrize(
    "changes",
    [
        {"is_sensitive": True, "closes_on": days_ago(8)},
        {"is_sensitive": True, "state": OpportunityState.PUBLISHED, "closes_on": days_ago(-9)},
        {"is_sensitive": True, "state": OpportunityState.PAUSED, "closes_on": days_ago(9)},
        {"is_sensitive": False, "closes_on": days_ago(9)},
    ],
)
def test_how_people_were_is_never_shown_before_or_elsewhere(closed, changes):
    opportunity = closed(opens_on=days_ago(40), **changes)
    said(opportunity, **ENOUGH)

    assert feelings_of(opportunity) == ([], [])


def test_the_page_of_quality_tells_how_people_were(stored, arrange, analyst):
    opportunity = stored(is_sensitive=True, opens_on=days_ago(40), closes_on=days_ago(9))
    with arrange():
        said(opportunity, **ENOUGH)
    page = Page.get(analyst, at(opportunity))

    assert page.has("How people said they were after sending")
    assert page.has("Not so good")
