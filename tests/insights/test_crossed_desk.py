"""The desk shows one question by another, and releases carry such tables."""

import pytest

from tests.insights.conftest import answered
from tests.insights.test_desk import at
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.insights import crossing, queries, results, services
from vrn_community.insights.crossing import CrossTable
from vrn_community.questionnaires import queries as questionnaires

AREAS = ("e06000016", "e07000130")
#: Two areas that answer differently, with enough people everywhere.
PEOPLE = [
    *[{"feel": "safe", "heard": "agree", "where": AREAS[0]}] * 40,
    *[{"feel": "unsafe", "heard": "disagree", "where": AREAS[0]}] * 20,
    *[{"feel": "safe", "heard": "disagree", "where": AREAS[1]}] * 15,
    *[{"feel": "unsafe", "heard": "agree", "where": AREAS[1]}] * 45,
    *[{"where": AREAS[0]}] * 12,
    *[{"feel": "safe"}] * 14,
    *[{}] * 11,
]


@pytest.fixture
def desk(sign_in_as):
    return sign_in_as(Role.ANALYST, email="ana@example.org")


def test_one_question_by_another_has_groups_shares_and_a_sentence(desk, stored):
    page = Page.get(desk, at(stored(PEOPLE), "/by?of=feel&by=heard"))

    assert page.heading == "One question by another"
    assert page.has("How safe do you feel? by: People like me are heard.")
    assert page.has("was chosen most by")
    assert page.has("There is no test of significance here, on purpose.")


def test_nothing_is_asked_yet(desk, stored):
    page = Page.get(desk, at(stored(PEOPLE), "/by"))

    assert not page.has("There is a problem")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("?of=feel&by=feel", "Choose two different questions."),
        ("?of=feel&by=", "Choose what divides it."),
        ("?of=feel&by=ideas", "Not a valid choice"),
        ("?of=nothing&by=heard", "Not a valid choice"),
    ],
)
def test_what_cannot_be_shown_says_so(desk, stored, asked, said):
    assert Page.get(desk, at(stored(PEOPLE), f"/by{asked}")).has(said)


def test_only_who_may_see_live_results_sees_it(stored, sign_in_as):
    partner = sign_in_as(Role.PARTNER)

    assert partner.get(at(stored(PEOPLE), "/by?of=feel&by=heard")).status_code == 403


def test_a_release_can_be_divided_and_stays_so_when_it_is_put_together_again(desk, stored, app):
    opportunity = stored(PEOPLE)

    send(desk, at(opportunity, "/releases"), {"divided_by": ["heard"]})

    with app.app_context():
        crossed = queries.draft(opportunity.id).crossed
        assert {table.key for table in crossed} == {("feel", "heard"), ("where", "heard")}
    ticked = [
        box
        for box in Page.get(desk, at(opportunity, "/releases")).all("input")
        if box.get("checked") is not None
    ]
    assert [box.get("value") for box in ticked] == ["heard"]


def test_the_public_sees_how_groups_answered(closed, analyst):
    opportunity = closed(PEOPLE)

    release = services.draft_release(opportunity, by=analyst, divided_by=["heard"])
    services.freeze(release, by=analyst)

    live = results.live(opportunity).crossed("feel", "heard")
    assert live in queries.current_release(opportunity.id).crossed


def test_a_later_release_shows_no_groups_that_few_people_joined(closed, analyst):
    opportunity = closed(PEOPLE)
    services.freeze(
        services.draft_release(opportunity, by=analyst, divided_by=["heard"]), by=analyst
    )
    answered(questionnaires.published(opportunity.id), [{"feel": "safe", "heard": "agree"}] * 12)

    again = services.draft_release(opportunity, by=analyst, divided_by=["heard"])

    assert again.crossed == []


def cross(*counts, totals=(100, 100)):
    groups = tuple(
        crossing.Group({f"c{n}": f"C{n}"}, total=total) for n, total in enumerate(totals)
    )
    return CrossTable("q", "Q", "single-choice", "b", "B", groups, groups, counts)


@pytest.mark.parametrize(
    ("later", "is_far"),
    [
        (cross((60, 50), (40, 50)), True),
        (cross((70, 60), (50, 60), totals=(120, 120)), True),
        (cross((70, 59), (50, 60), totals=(120, 119)), False),
        (cross((70, None), (50, None), totals=(120, 120)), False),
    ],
)
def test_the_people_between_two_releases_are_a_table_of_groups_too(later, is_far):
    assert crossing.is_far_from(later, cross((60, 50), (40, 50)), 10) is is_far


def test_what_is_hidden_in_a_column_must_have_changed_by_enough_too():
    former = cross((60, 50), (None, None))

    assert not crossing.is_far_from(cross((70, 60), (None, None), totals=(113, 120)), former, 10)
    assert crossing.is_far_from(cross((70, 60), (None, None), totals=(120, 120)), former, 10)


def test_a_table_that_is_refused_is_noted_without_a_number(desk, stored, caplog):
    caplog.set_level("WARNING")
    people = [
        *[{"feel": "safe", "heard": "agree"}] * 30,
        *[{"feel": "unsafe", "heard": "disagree"}] * 13,
    ]

    Page.get(desk, at(stored(people), "/by?of=feel&by=heard"))

    assert "Not shown: feel by heard (small-answers)" in caplog.text
    assert not any(
        sign.isdigit() for line in caplog.messages if "Not shown" in line for sign in line
    )


def test_a_release_notes_which_tables_it_refused_and_why(closed, analyst):
    people = [
        *[{"feel": "safe", "heard": "agree"}] * 30,
        *[{"feel": "unsafe", "heard": "disagree"}] * 13,
    ]

    draft = services.draft_release(closed(people), by=analyst, divided_by=["heard"])

    (entry,) = audit.of_subject(draft.id)
    assert entry.details["refused"]["feel by heard"] == "small-answers"
    assert entry.details["refused"]["ideas"] == "few-people"
    assert "13" not in str(entry.details)
