from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import DOCUMENT, make_version
from tests.pages import NAMESPACE, Page
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity


@pytest.fixture
def url(world) -> str:
    return f"/o/{world['opportunity'].code}/questions"


def test_all_questions_stand_on_paper_with_their_numbers(client, url):
    page = Page.get(client, url)

    headings = [page.words(heading) for heading in page.all("h3")]
    assert headings[0].startswith("1. How old are you?")
    assert headings[1:4] == [
        "2. How safe do you feel?",
        "3. What makes you feel unsafe?",
        "4. What would help?",
    ]
    assert page.has("Shown only after “Unsafe” to: How safe do you feel?")
    assert page.has("A few questions about you")


def test_on_paper_too_nobody_is_asked_for_a_full_postcode(client, arrange, partnership):
    where = {"kind": "area", "id": "where", "text": "Where do you live?"}
    with arrange():
        opportunity = make_opportunity(make_account(Role.PUBLISHER), is_public=True)
        make_version(opportunity, sections=[{"id": "a", "title": "Home", "questions": [where]}])

    page = Page.get(client, f"/o/{opportunity.code}/questions")

    assert page.has("such as LE3 9. Never your full postcode.")


def test_the_page_before_the_first_question_leads_to_the_paper(client, url):
    start = Page.get(client, url.replace("/questions", "/answer"))

    assert url in start.links()


def test_an_earlier_choice_in_a_later_text_is_left_open(client, arrange, partnership):
    first, second = DOCUMENT["sections"]
    later = {"kind": "yes-no", "id": "later", "text": "Is ${feel} new?", "hint": "So ${feel}."}
    sections = [first, {**second, "title": "You feel ${feel}", "questions": [later]}]
    with arrange():
        opportunity = make_opportunity(make_account(Role.PUBLISHER), is_public=True)
        make_version(opportunity, sections=sections)

    page = Page.get(client, f"/o/{opportunity.code}/questions")

    for text in ("Is … new?", "So ….", "You feel …"):
        assert page.has(text)
    assert not page.has("${")


@pytest.mark.parametrize("days", [{"opens_on": -2, "closes_on": -1}, {"opens_on": 1}])
def test_questions_are_shown_while_people_can_answer(client, arrange, world, url, days):
    with arrange() as session:
        opportunity = session.merge(world["opportunity"])
        for name, number in days.items():
            setattr(opportunity, name, clock.today() + timedelta(days=number))

    page = Page.get(client, url)

    assert page.heading == "You cannot answer just now"
    assert not page.has("How safe do you feel?")


def test_nobody_finds_questions_that_are_not_public(client, arrange, partnership):
    with arrange():
        draft = make_opportunity(make_account(Role.PUBLISHER))
        make_version(draft)

    assert client.get(f"/o/{draft.code}/questions").status_code == 404


def test_the_help_lines_stand_at_the_foot(client, url):
    page = Page.get(client, url)

    numbers = [page.words(e) for e in page.tree.iter(f"{NAMESPACE}a") if "tel:" in e.get("href")]
    assert "999" in numbers


def test_the_questions_are_public_also_where_only_a_slip_lets_somebody_answer(
    client, arrange, world, url
):
    with arrange() as session:
        session.merge(world["opportunity"]).needs_code = True

    assert Page.get(client, url).has("How safe do you feel?")
    assert Page.get(client, url.replace("/questions", "/answer")).heading == "You need a code"


def test_the_paper_says_where_and_until_when_to_hand_it_in(client, url, world, arrange):
    with arrange() as session:
        opportunity = session.get(Opportunity, world["opportunity"].id)
        opportunity.contact = "notice@example.org"
    page = Page.get(client, url)
    assert page.has("Ask where you can hand in the paper: notice@example.org")
    assert page.has("Hand it in by")

    with arrange() as session:
        session.get(Opportunity, world["opportunity"].id).contact = ""

    assert Page.get(client, url).has("Give it to the person who gave it to you, or to: Office of")
