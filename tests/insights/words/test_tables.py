"""Themes stand beside the other tables of an activity, under the same rules."""

import uuid

from tests.conftest import make_account
from tests.exchange.test_results import rows
from tests.factories.passages import make_passage, with_answers
from tests.insights.conftest import CROWD, make_closed
from tests.insights.test_crossed_desk import AREAS
from tests.insights.test_desk import at
from tests.pages import Page
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import PassageState
from vrn_community.foundation import clock
from vrn_community.insights import results, services
from vrn_community.insights.disclosure import Reason, Refusal
from vrn_community.insights.tabulate import UNBOUNDED, Table
from vrn_community.insights.words import queries
from vrn_community.insights.words import services as words
from vrn_community.insights.words.counting import asked_if


def write(opportunity, by, people, question_id="one-word"):
    """Store words of people with these answers, each found to be of the theme beside them."""
    frame = None
    themes, given = {}, {}
    for answers, name in people:
        passage = make_passage(opportunity, "Words", PassageState.CLEARED, question_id)
        with_answers([passage], answers=answers)
        frame = frame or words.frame_of(opportunity.id, question_id)
        if name and name not in themes:
            key = uuid.uuid4()
            themes[name] = words.add_theme(frame, name, f"All about {name}", key=key, by=by)
        given[passage.id] = {themes[name].id} if name else set()
    words.code(frame, given, coder=by)
    return frame


def of(opportunity, name="themes:one-word"):
    return {table.key: table for table in results.live(opportunity).tables}.get(name)


SAFE, UNSAFE = {"feel": "safe", "heard": "agree"}, {"feel": "unsafe", "heard": "disagree"}
MIXED = [
    *[(SAFE, "Lights")] * 30,
    *[(UNSAFE, "Buses")] * 20,
    *[(UNSAFE, "Lights")] * 20,
    *[(SAFE, "Buses")] * 20,
    *[({}, "Lights")] * 15,
    *[({}, "Buses")] * 15,
]


def test_a_table_of_themes_counts_whoever_took_part(closed, analyst):
    opportunity = closed()
    people = [*[(SAFE, "Lights")] * 30, *[(UNSAFE, "Buses")] * 20, *[(UNSAFE, "")] * 12]

    write(opportunity, analyst, people)

    table = of(opportunity)
    assert {row.label: row.count for row in table.rows} == {"Lights": 30, "Buses": 20}
    assert (table.base, table.no_answer) == (50, 112)
    assert set(table.meanings.values()) == {"All about Lights", "All about Buses"}
    assert Table.from_json(table.to_json()) == table


def test_what_half_of_the_readers_found_is_no_theme(closed, analyst):
    opportunity = closed()
    frame = write(opportunity, analyst, [*[(SAFE, "Lights")] * 30, *[(SAFE, "Buses")] * 20])
    other = make_account(Role.ANALYST, email="ben@example.org")
    half = list(queries.codes(frame)[analyst.id])[:12]

    words.code(frame, dict.fromkeys(half, set()), coder=other)

    assert of(opportunity).base == 38


def test_themes_hide_how_many_gave_no_answer_where_one_table_has_to(closed, analyst):
    opportunity = closed([*[SAFE] * 40, *[UNSAFE] * 40])
    write(opportunity, analyst, [*[(SAFE, "Lights")] * 30, *[(UNSAFE, "Buses")] * 20, ({}, "")])

    assert all(table.no_answer is None for table in results.live(opportunity).shown)


def test_themes_of_a_question_rest_on_the_answer_after_which_it_is_asked(closed, analyst):
    seen, hidden = closed(), closed([*[SAFE] * 40, *[{"feel": "rather-not"}] * 40])
    people = [*[(UNSAFE, "Lights")] * 30, *[(UNSAFE, "Buses")] * 20]

    write(seen, analyst, people, "why")
    assert of(seen, "themes:why").base == 50

    write(hidden, analyst, [(answers | {"feel": None}, name) for answers, name in people], "why")
    assert of(hidden, "themes:why").reason is Reason.HIDDEN_BEFORE


def test_words_beside_something_else_rest_on_those_who_chose_it(closed, analyst):
    opportunity = closed()
    people = [*[({"ideas": ["other"]}, "Lights")] * 6, *[({"ideas": ["other"]}, "Buses")] * 3]
    write(opportunity, analyst, [*people, *[({}, "Clubs")] * 20], "ideas.other")

    documents = results.live(opportunity).data.answered()
    assert ("ideas", ("other",)) in asked_if("ideas.other", documents)
    assert isinstance(of(opportunity, "themes:ideas.other"), Refusal)
    assert asked_if("unknown", documents) == (UNBOUNDED,)


def test_themes_by_area_hide_small_cells_and_what_tells_them(partnership, closed, analyst):
    numbers = {"Lights": (40, 30, 26, 15), "Buses": (25, 4, 31, 21), "": (30, 40, 30, 15)}
    places = [*({"where": area} for area in (*AREAS, "e07000132")), {}]
    people = [
        (SAFE | place, name)
        for name, counts in numbers.items()
        for place, count in zip(places, counts, strict=True)
        for _person in range(count)
    ]
    opportunity = closed([{}] * 15)
    write(opportunity, analyst, people)

    found = results.live(opportunity).crossed("themes:one-word", "where")

    lines = zip(found.rows, found.counts, strict=True)
    shown = {next(iter(group.labels.values())): counts for group, counts in lines}
    assert 4 not in shown["Buses"]
    assert shown["Buses"].count(None) > 1
    assert 40 in shown["Lights"]


def test_a_release_carries_the_themes_and_its_closeness_rules_hold_for_them(closed, analyst):
    opportunity = closed()
    frame = write(opportunity, analyst, [*[(SAFE, "Lights")] * 30, *[(UNSAFE, "Buses")] * 20])
    first = services.draft_release(opportunity, by=analyst)
    assert "themes:one-word" in {table.key for table in first.shown}
    services.freeze(first, by=analyst)

    key = next(iter(queries.people_of(frame)))
    words.code(frame, {key: set()}, coder=analyst)
    second = services.draft_release(opportunity, by=analyst)

    assert "themes:one-word" not in {table.key for table in second.shown}


def test_the_public_sees_themes_and_who_found_them(client, partnership, arrange):
    with arrange():
        by = make_account(Role.ANALYST)
        opportunity = make_closed(by, CROWD, published_at=clock.now())
        write(opportunity, by, [*[(SAFE, "Lights")] * 30, *[(UNSAFE, "Buses")] * 20])
        services.freeze(services.draft_release(opportunity, by=by), by=by)

    page = Page.get(client, f"/register/{opportunity.code}")

    assert page.has("What people wrote about: Your street in one word")
    assert page.has("50 people wrote about one of these themes.")
    assert page.has("People read the words and decided, not a computer.")
    assert page.has("All about Lights")
    found = rows(client, f"/register/{opportunity.code}/results.csv")
    assert [row["people"] for row in found if row["table"] == "themes:one-word"][:2] == ["20", "30"]


def test_an_analyst_sees_themes_by_another_question(stored, arrange, sign_in_as):
    opportunity = stored(CROWD)
    with arrange():
        by = make_account(Role.ANALYST, email="ben@example.org")
        write(opportunity, by, MIXED)
    analyst = sign_in_as(Role.ANALYST, email="ana@example.org")

    page = Page.get(analyst, at(opportunity, "/by?of=themes:one-word&by=feel"))

    assert page.has("What people wrote about: Your street in one word by: How safe do you feel?")
    assert Page.get(analyst, at(opportunity)).has("120 people wrote about one of these themes.")
