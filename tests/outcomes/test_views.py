import uuid
from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.opportunities.conftest import counted
from tests.outcomes.conftest import (
    WORDS,
    day,
    make_body,
    make_closed,
    make_outcome,
    make_release,
)
from tests.pages import Page
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.oversight.recommendations import answering
from vrn_community.oversight.recommendations import services as recommendations
from vrn_community.oversight.recommendations.models import Answer

S = OpportunityState
LONG_AGO = {"opens_on": day(-140), "closes_on": day(-100), "decision_on": day(-90)}


def at(opportunity, ending=""):
    return f"/register/{opportunity.code}{ending}"


@pytest.fixture
def advised(arrange):
    """Return a function that sends a recommendation about an activity, perhaps with a reply."""

    def advise(opportunity, *, reply="", late=0, is_sent=True):
        with arrange() as session:
            joy = make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org", name="Joy Mensah")
            council = make_body("council")
            request = recommendations.Request(council, "Light the park first.", "36% asked for it.")
            key = uuid.uuid4()
            made = recommendations.recommend(key, session.merge(opportunity), request, by=joy)
            if is_sent:
                recommendations.send(made, by=joy)
            if reply:
                lena = make_account(Role.PARTNER, email="lena@example.org", name="Lena Fox")
                lena.body_id = council.id
                answering.reply(made, Answer.NOT_ACCEPTED, reply, by=lena)
            if late:  # The usual day was a month after they were asked.
                made.reply_by = clock.today() + timedelta(days=28 - late)

    return advise


# The register


def test_an_empty_register_says_so(client):
    assert Page.get(client, "/register").has("There is nothing here.")


def test_the_register_shows_each_activity_with_its_state_and_dates(client, stored):
    closed, overdue = stored(make_closed), stored(make_closed, **LONG_AGO, title="Old promise")

    page = Page.get(client, "/register")

    assert {at(closed), at(overdue)} <= set(page.links())
    assert page.has("Closed, answers being read")
    assert page.has("Overdue: 1")
    assert page.has("We owe 1 answer that should be here by now.")
    assert page.has("We promised an answer by a certain day.")


def test_the_register_can_show_one_standing(client, stored):
    closed, overdue = stored(make_closed), stored(make_closed, **LONG_AGO)

    def listed(state):
        links = Page.get(client, f"/register?state={state}").links()
        return [one.id for one in (closed, overdue) if at(one) in links]

    assert listed("overdue") == [overdue.id]
    assert listed("analysing") == [closed.id]
    assert listed("answered") == []
    assert listed("nonsense&page=99") == [closed.id, overdue.id]


@pytest.mark.parametrize("state", [S.WITHDRAWN, S.RETURNED, S.SUBMITTED, S.APPROVED])
def test_hidden_words_stay_hidden_and_the_line_stays(client, stored, state):
    hidden = stored(make_closed, state=state, title="Not for now", state_reason="A mistake")

    page = Page.get(client, "/register")

    assert page.has(hidden.code)
    assert not page.has("Not for now")
    assert page.has("A mistake") == (state is S.WITHDRAWN)
    assert at(hidden) not in page.links()


def test_the_register_is_paged(client, stored):
    for _number in range(21):
        stored(make_closed)

    assert Page.get(client, "/register").has("Page 1 of 2")
    assert Page.get(client, "/register?page=2").has("Page 2 of 2")


def test_the_register_takes_as_many_queries_for_ten_as_for_one(app, client, stored):
    sent = []
    client.get("/register")
    for more in (1, 9):
        for _number in range(more):
            stored(make_closed)
        with app.app_context(), counted() as statements:
            assert client.get("/register").status_code == 200
        sent.append(len(statements))

    assert sent[0] == sent[1]


# One outcome


def test_an_outcome_says_what_was_asked_said_and_changed(client, stored):
    opportunity = stored(make_closed, title="Lights in the park")
    stored(make_outcome, opportunity)
    stored(make_release, opportunity)

    page = Page.get(client, at(opportunity))

    assert page.heading == "Lights in the park"
    for words in WORDS.values():
        assert all(page.has(line) for line in words.splitlines())
    assert page.has("Too dark for me")
    headings = [page.words(h) for h in page.all("h2")]
    assert headings[:6] == [
        "For young people, in a few words",
        "We asked",
        "You said",
        "What changed",
        "What did not change, and why",
        "Who may be affected more, and how that counted",
    ]
    assert at(opportunity, "/print") in page.links()


def test_an_outcome_can_be_printed_without_a_way_out(client, stored):
    opportunity = stored(make_closed)
    stored(make_outcome, opportunity)
    stored(make_release, opportunity)

    page = Page.get(client, at(opportunity, "/print"))

    assert page.has(WORDS["changed"])
    assert page.has("Too dark for me")
    assert page.has(f"/register/{opportunity.code}")
    assert page.has("Childline")


def test_what_is_only_a_draft_is_not_shown(client, stored):
    opportunity = stored(make_closed)
    stored(make_outcome, opportunity, is_published=False)

    page = Page.get(client, at(opportunity))

    assert not page.has(WORDS["changed"])
    assert page.has("This has closed. We are reading what people said.")
    assert page.has("We will answer by")


def test_results_can_be_read_before_the_decision(client, stored):
    opportunity = stored(make_closed)
    stored(make_release, opportunity)

    page = Page.get(client, at(opportunity))

    assert page.has("Too dark for me")
    assert page.has("Results out, decision to come")


def test_an_answer_that_is_late_says_so(client, stored):
    opportunity = stored(make_closed, **LONG_AGO)

    page = Page.get(client, at(opportunity))

    assert page.has("It is not here yet. We are sorry.")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opens_on": day(3), "closes_on": day(9)}, "It opens on"),
        ({"closes_on": day(9)}, "You can take part now."),
        ({"state": S.PAUSED, "state_reason": "A fault."}, "The reason: A fault."),
    ],
    ids=str,
)
def test_what_has_not_closed_says_how_it_stands(client, stored, changes, words):
    assert Page.get(client, at(stored(make_closed, **changes))).has(words)


@pytest.mark.parametrize("ending", ["", "/print"])
def test_what_has_no_page_says_why(client, stored, ending):
    withdrawn = stored(make_closed, state=S.WITHDRAWN, state_reason="A mistake", title="Gone")
    changing = stored(make_closed, state=S.SUBMITTED, title="Not approved")
    inform = stored(make_closed, level=ParticipationLevel.INFORM)
    never = stored(make_closed, state=S.APPROVED, published_at=None)

    page = Page.get(client, at(withdrawn, ending), status=410)
    assert page.has("A mistake")
    assert not page.has("Gone")
    page = Page.get(client, at(changing, ending))
    assert not page.has("Not approved")
    for nothing in (at(inform, ending), at(never, ending), f"/register/0000000{ending}"):
        Page.get(client, nothing, status=404)


def test_a_code_is_read_as_people_type_it(client, stored):
    opportunity = stored(make_closed)

    Page.get(client, f"/register/{opportunity.code.lower()}")


# Recommendations


def test_a_reply_that_is_missing_is_public(client, stored, advised):
    opportunity = stored(make_closed)
    advised(opportunity, late=29)

    page = Page.get(client, at(opportunity))

    assert page.has("Light the park first.")
    assert page.has("To: The council")
    assert page.has("No reply yet, overdue since")
    assert not page.has("Joy")


def test_a_reply_that_is_due_later_says_when(client, stored, advised):
    opportunity = stored(make_closed)
    advised(opportunity)

    assert Page.get(client, at(opportunity)).has("No reply yet, due by")


def test_a_reply_is_public_without_the_name_of_its_author(client, stored, advised):
    opportunity = stored(make_closed)
    advised(opportunity, reply="There is no money.", late=40)

    page = Page.get(client, at(opportunity))

    assert page.has("The reply: Not accepted")
    assert page.has("There is no money.")
    assert not page.has("overdue since")
    assert not page.has("Lena")


def test_a_recommendation_that_was_not_sent_is_not_public(client, stored, advised):
    opportunity = stored(make_closed)
    advised(opportunity, is_sent=False)

    assert not Page.get(client, at(opportunity)).has("Light the park first.")


def test_words_of_staff_are_marked_as_english_on_other_pages(client, stored, advised):
    opportunity = stored(make_closed, title="Lights in the park")
    stored(make_outcome, opportunity)
    advised(opportunity, reply="There is no money.")

    page = Page.get(client, f"/ur{at(opportunity)}")

    english = " ".join(page.words(e) for e in page.tree.iter() if e.get("lang") == "en")
    for words in ("Lights in the park", "Twelve new lights", "Light the park", "no money"):
        assert words in english


def test_the_pages_set_no_cookie(client, stored):
    opportunity = stored(make_closed)

    for url in ("/register", at(opportunity)):
        assert "Set-Cookie" not in client.get(url).headers


@pytest.mark.parametrize("ending", ["", "/print"])
def test_what_became_of_sensitive_questions_is_shown_only_in_answer_to_a_form(
    client, stored, ending
):
    hard = stored(make_closed, title="Hurt at home", is_sensitive=True)
    stored(make_outcome, hard)
    url = f"/register/{hard.code}{ending}"

    before, shown = Page.get(client, url), Page.of(client.post(url))

    assert before.heading == "Before you go on"
    assert "Hurt at home" not in before.text
    assert shown.has("Twelve new lights by March.")
    assert {before.title, shown.title} == {"Questions - VRN Community"}
    assert shown.response.headers["Cache-Control"] == "no-store"
