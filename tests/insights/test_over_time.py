"""Questions of the bank over time: which activities are beside each other, and from what."""

from datetime import date

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.insights.conftest import answered
from tests.pages import Page
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights import over_time, queries, services
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.questionnaires import bank
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState

WORRY = "worry-1"
#: Three waves: fewer and fewer people who often worry.
WAVES = {2023: (60, 40), 2024: (45, 55), 2025: (30, 70)}


def asked(text=""):
    question = bank.wording("worry").question.model_dump(mode="json")
    question |= {"text": text} if text else {}
    return [{"id": "first", "title": "", "questions": [question]}]


def ask(author, year, counts, *, text="", is_released=True, **changes):
    """Store a closed activity whose people often or never worry."""
    changes = {"state": OpportunityState.CLOSED, "closed_on": date(year, 5, 1), **changes}
    changes = {"title": f"Ask {year}", "published_at": clock.now(), **changes}
    opportunity = make_opportunity(author, **changes)
    often, never = counts
    people = [{WORRY: "often"}] * often + [{WORRY: "never"}] * never
    answered(make_version(opportunity, sections=asked(text)), people)
    if is_released:
        services.freeze(services.draft_release(opportunity, by=author), by=author)
    return opportunity


@pytest.fixture
def three(analyst, partnership):
    return [ask(analyst, year, counts) for year, counts in WAVES.items()]


def test_activities_with_one_question_of_the_bank_are_joined(three):
    found = over_time.of_question(WORRY)

    assert [wave.name for wave in found.compared[0].waves] == ["Ask 2023", "Ask 2024", "Ask 2025"]
    assert found.compared[0].waves[0].table.base == 100
    assert (found.reworded, found.unseen, found.older) == ([], [], 0)


def test_who_asked_in_other_words_is_left_out_and_said(three, analyst):
    other = ask(analyst, 2026, (50, 50), text="Do you worry?")

    found = over_time.of_question(WORRY)

    assert found.reworded == [other]
    assert len(found.compared[0].waves) == 3


def test_other_words_in_one_older_version_are_enough_to_be_left_out(three):
    published = questionnaires.published(three[0].id)
    document = {**published.document, "sections": asked("Do you worry?")}
    key = {"opportunity_id": three[0].id, "number": 2, "state": VersionState.RETIRED}
    db.session.add(QuestionnaireVersion(document=document, **key))
    db.session.flush()

    found = over_time.of_question(WORRY)

    assert found.reworded == [three[0]]


def test_a_release_is_used_whatever_came_since(three):
    answered(questionnaires.published(three[2].id), [{WORRY: "often"}] * 50)

    last = over_time.of_question(WORRY).compared[0].waves[-1]

    assert (last.table.base, last.is_live) == (100, False)


def test_without_a_release_the_live_protected_table_is_used_and_said(three, analyst):
    ask(analyst, 2026, (20, 80), is_released=False)

    last = over_time.of_question(WORRY).compared[0].waves[-1]

    assert (last.name, last.table.base, last.is_live) == ("Ask 2026", 100, True)


def test_an_activity_with_too_few_people_is_left_out_and_said(three, analyst):
    small = ask(analyst, 2026, (3, 4), is_released=False)

    found = over_time.of_question(WORRY)

    assert found.unseen == [small]
    assert len(found.compared[0].waves) == 3


def test_the_public_sees_released_waves_only(three, analyst):
    ask(analyst, 2026, (20, 80), is_released=False)
    release = queries.current_release(three[0].id)

    (compared,) = over_time.of_release(release)

    assert [wave.name for wave in compared.waves] == ["Ask 2023", "Ask 2024", "Ask 2025"]
    assert not any(wave.is_live for wave in compared.waves)


def test_the_public_sees_nothing_of_what_was_taken_down(three):
    for gone in three[1:]:
        gone.state = OpportunityState.WITHDRAWN
    db.session.flush()

    assert over_time.of_release(queries.current_release(three[0].id)) == []


def test_one_released_wave_is_nothing_over_time(analyst, partnership):
    alone = ask(analyst, 2025, (60, 40))

    assert over_time.of_release(queries.current_release(alone.id)) == []


def test_a_question_that_the_bank_does_not_have_is_not_there(session):
    with pytest.raises(KeyError):
        over_time.of_question("weather")


# Pages


@pytest.fixture
def stored_three(partnership, arrange):
    with arrange():
        author = make_account(Role.ANALYST, email="noor@example.org")
        made = [ask(author, year, counts) for year, counts in WAVES.items()]
        ask(author, 2026, (50, 50), text="Do you worry?", title="In other words")
        return [opportunity.code for opportunity in made]


def test_the_desk_lists_and_shows_a_question_over_time(stored_three, sign_in_as):
    desk = sign_in_as(Role.ANALYST, email="ana@example.org")

    assert "/desk/over-time" in Page.get(desk, "/desk/results").links()
    assert f"/desk/over-time/{WORRY}" in Page.get(desk, "/desk/over-time").links()
    page = Page.get(desk, f"/desk/over-time/{WORRY}")

    assert page.heading == "How often do you worry about violence in your area?"
    assert page.has("Ask 2023")
    assert page.has("In other words")
    assert page.has("It asked in other words than the bank, at least for a while.")
    assert page.has("There is no test of significance here, on purpose.")


def test_who_may_not_see_results_sees_none_over_time(stored_three, sign_in_as):
    desk = sign_in_as(Role.PARTNER)

    assert desk.get("/desk/over-time").status_code == 403
    assert desk.get(f"/desk/over-time/{WORRY}").status_code == 403


def test_what_is_not_in_the_bank_is_not_found(sign_in_as, partnership):
    desk = sign_in_as(Role.ANALYST, email="ana@example.org")

    assert desk.get("/desk/over-time/weather").status_code == 404
    assert Page.get(desk, "/desk/over-time").has("No question was asked twice yet.")
    assert Page.get(desk, f"/desk/over-time/{WORRY}").has("There are not yet two activities")


def test_the_public_page_has_the_question_over_time(stored_three, client):
    page = Page.get(client, f"/register/{stored_three[0]}")

    assert page.has("The same questions at other times")
    assert page.has("Each time other people chose to answer.")
