"""People of each age can read what is done with their answers, and it is what the record says."""

import pytest

from tests.factories.records import make_record
from tests.pages import Page
from vrn_community.opportunities.children import ChildRoute
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.privacy.labels import MODES
from vrn_community.privacy.models import LawfulBasis, Mode
from vrn_community.privacy.notices import Ages
from vrn_community.questionnaires.quality import reading_age

NEVER = ("completely confidential", "secret", "anonymous")
YOUNG = (Ages.FROM_10, Ages.FROM_13)
PURPOSE = "To decide where the lights go."


@pytest.fixture
def opportunity(asked):
    return asked(make_record, is_public=True)


def path(opportunity, ages=""):
    return f"/o/{opportunity.code}/privacy{'/' if ages else ''}{ages}"


@pytest.mark.parametrize("ages", Ages)
def test_each_age_reads_what_the_record_says_and_can_open_the_others(client, opportunity, ages):
    page = Page.get(client, path(opportunity, ages))

    assert {path(opportunity, other) for other in Ages} <= set(page.links())
    assert page.has(str(MODES[Mode.ANONYMOUS]))
    assert not page.has(str(MODES[Mode.CONFIDENTIAL]))
    assert page.has(PURPOSE)
    for months in ("12 months", "24 months", "36 months"):
        assert page.has(months), months
    assert not [words for words in NEVER if words in page.text.lower()]
    for promised in ("AI", "computer", "ICO", "999", "code"):
        assert page.has(promised), promised
    assert page.has("ask to see what it holds") or page.has("ask us to show what we")  # FOI, D13.
    assert "Set-Cookie" not in page.response.headers


@pytest.mark.parametrize("ages", YOUNG)
def test_young_people_can_read_theirs(client, opportunity, ages):
    for url in (path(opportunity, ages), f"/privacy/{ages}"):
        page = Page.get(client, url)
        assert (reading_age(sentences(page)) or 0) <= 9, url


def sentences(page: Page) -> str:
    """Return the words of a notice, one element a line, without links and lists of links."""
    main = next(e for e in page.all("main"))
    told = [e for tag in ("p", "li", "h2", "summary") for e in main.iter(f"{{{XHTML}}}{tag}")]
    lines = [page.words(e) for e in told]
    return "\n".join(line for line in lines if "@" not in line and "ico.org" not in line)


XHTML = "http://www.w3.org/1999/xhtml"


def test_a_notice_cannot_differ_from_the_record(client, arrange, asked):
    asked_for = asked(
        lambda made: make_record(
            made,
            words_months=5,
            lawful_basis=LawfulBasis.LEGAL_OBLIGATION,
            joint_controllers="Leicester City Council\nThe police",
            processors="Hosts Limited: runs the machines",
            purpose="To learn <b>more</b>.",
        ),
        is_public=True,
    )

    page = Page.get(client, path(asked_for, Ages.ADULT))

    assert page.has("as you wrote them: 5 months")
    assert page.has("Legal obligation")
    assert page.has("Leicester City Council")
    assert page.has("Hosts Limited")
    assert page.has("To learn <b>more</b>.")


@pytest.mark.parametrize(
    ("youngest", "told"),
    [(None, "Ask a grown-up"), (12, "Ask a grown-up"), (13, "40 people"), (18, "one month")],
)
def test_the_first_page_is_the_one_that_everybody_invited_can_read(client, asked, youngest, told):
    made = asked(make_record, is_public=True, min_age=youngest)

    assert Page.get(client, path(made)).has(told)


def test_it_is_linked_where_somebody_starts(client, opportunity):
    page = Page.get(client, f"/o/{opportunity.code}/answer")

    assert path(opportunity) in page.links()


def test_children_read_how_they_are_let_in(client, asked):
    made = asked(make_record, is_public=True, min_age=10, child_route=ChildRoute.SESSION)

    page = Page.get(client, path(made, Ages.FROM_10))

    assert page.has("you take part in a session")


@pytest.mark.parametrize("ages", ["", *Ages])
def test_of_sensitive_questions_it_is_shown_after_how_to_leave_fast(client, asked, ages):
    made = asked(make_record, is_public=True, is_sensitive=True)

    before = Page.get(client, path(made, ages))
    told = Page.of(client.post(path(made, ages)))

    for page in (before, told):
        assert page.title.startswith("Questions - ")
        assert page.response.headers["Cache-Control"] == "no-store"
        assert made.title not in page.text
    assert before.has("Leave site")
    assert not before.has(PURPOSE)
    assert told.has(PURPOSE)
    buttons = {b.get("formaction") for b in told.all("button")}
    assert {path(made, other) for other in Ages} <= buttons


def test_without_a_record_what_holds_for_all_is_shown(client, asked):
    made = asked(is_public=True, min_age=13)

    assert client.get(path(made)).location == "/privacy/13-15"
    assert client.get(path(made, "adult")).location == "/privacy"
    assert client.get("/privacy/adult").location == "/privacy"


@pytest.mark.parametrize("state", [OpportunityState.DRAFT, OpportunityState.WITHDRAWN])
def test_what_the_public_does_not_see_has_no_notice(client, asked, state):
    made = asked(make_record, state=state)

    assert client.get(path(made)).status_code == 404
    assert client.get("/o/NOTHING/privacy").status_code == 404
    assert client.get(path(made, "7-9")).status_code == 404


def test_the_notice_of_the_service_leads_to_the_other_ages(client):
    page = Page.get(client, "/privacy")

    others = {f"/privacy/{ages}" for ages in Ages if ages is not Ages.ADULT}
    assert others | {"/privacy", "/privacy/what-we-hold"} <= set(page.links())
    for url in others:
        assert Page.get(client, url).has("Each set of questions has a page like this one.")


def test_complaints_go_to_their_page_where_there_is_one_and_else_to_the_team(app, client):
    links = Page.get(client, "/privacy/10-12").links()

    has_page = "rights.complain" in app.view_functions
    assert ("/privacy/complain" in links) == has_page
    assert ("mailto:vrn@leics.pcc.gov.uk" in links) != has_page
