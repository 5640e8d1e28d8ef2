import re

import pytest

from tests.insights.conftest import CROWD, frozen, quotable
from tests.opportunities.conftest import counted
from tests.pages import Page, send
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.extensions import db
from vrn_community.insights import queries
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity


def at(subject, ending=""):
    key = getattr(subject, "opportunity_id", subject.id)
    return f"/desk/opportunities/{key}/results{ending}"


def of(release, ending=""):
    return at(release, f"/releases/{release.id}{ending}")


@pytest.fixture
def analyst(sign_in_as):
    return sign_in_as(Role.ANALYST, email="analyst@example.org", name="Ana Lyst")


@pytest.fixture
def draft(stored, analyst, app):
    opportunity = stored()
    assert send(analyst, at(opportunity, "/releases"), {}).status_code == 303
    with app.app_context():
        return queries.draft(opportunity.id)


@pytest.mark.parametrize(
    ("state", "is_listed"),
    [
        (OpportunityState.DRAFT, False),
        (OpportunityState.PUBLISHED, True),
        (OpportunityState.PAUSED, True),
        (OpportunityState.CLOSED, True),
    ],
)
@pytest.mark.parametrize("people", [CROWD, []])
def test_an_analyst_finds_what_people_could_answer_whoever_did(
    analyst, stored, state, is_listed, people
):
    opportunity = stored(people, state=state)

    page = Page.get(analyst, "/desk/results")

    assert (at(opportunity) in page.links()) is is_listed
    assert "/desk/results" in Page.get(analyst, "/desk").links()


def test_live_results_are_charts_with_their_numbers_and_a_sentence(analyst, stored):
    page = Page.get(analyst, at(stored()))

    assert page.heading == "Live results"
    assert page.has("Most often people chose “Safe”: 50 of 88 (57%).")
    assert page.has("88 people answered this question.")
    assert page.has("They could choose several answers, so the shares add to more than 100%.")
    assert page.has("Other answers, put together: Strongly agree; ")
    assert page.has("No answer: 12 people.")
    assert page.has("People chose for themselves to answer.")
    captions = [page.words(caption) for caption in page.all("caption")]
    assert captions == ["How safe do you feel?", "What would help?", "People like me are heard."]


def test_live_results_say_why_a_table_is_not_shown(analyst, stored):
    page = Page.get(analyst, at(stored([{"feel": "safe"}] * 20 + [{"feel": "unsafe"}])))

    assert page.has("So few people, or nearly all, gave one of the answers")
    assert page.has("Too few people answered it")
    assert not re.search(r"(?<![\d:])20(?![\d:])", page.words(page.tree))  # A time may hold it.


def test_an_activity_without_answers_says_so(analyst, stored):
    assert Page.get(analyst, at(stored([]))).has("There are no answers yet.")


def test_live_results_take_a_fixed_number_of_queries(analyst, stored, app):
    few = stored(CROWD[:20])
    with app.app_context(), counted() as statements:
        analyst.get(at(few))
        number = len(statements)

    assert number < 25


@pytest.mark.parametrize(
    ("role", "ending", "status"),
    [
        (Role.PUBLISHER, "", 200),
        (Role.APPROVER, "/releases", 200),
        (Role.MODERATOR, "", 403),
        (Role.PARTNER, "", 403),
        (Role.BOARD_MEMBER, "/releases", 403),
        (Role.OVERSIGHT_CHAIR, "", 403),
        (Role.ADMINISTRATOR, "", 403),
    ],
)
def test_results_are_for_those_who_prepare_them(sign_in_as, stored, role, ending, status):
    Page.get(sign_in_as(role), at(stored(), ending), status=status)


def test_who_may_not_freeze_sees_neither_words_nor_buttons(sign_in_as, draft, app, arrange):
    with arrange():
        quotable(db.session.get(Opportunity, draft.opportunity_id), "CANARY")
    publisher = sign_in_as(Role.PUBLISHER)

    page = Page.get(publisher, of(draft))
    assert not page.has("Freeze")
    assert "CANARY" not in page.text
    Page.get(publisher, of(draft, "/quotes"), status=403)
    for ending in ("/quotes", "/freeze"):
        assert send(publisher, of(draft, ending), {}).status_code == 403
    assert send(publisher, at(draft, "/releases"), {}).status_code == 403


def test_an_analyst_puts_results_together_quotes_and_freezes(analyst, draft, app, arrange):
    with arrange():
        opportunity = db.session.get(Opportunity, draft.opportunity_id)
        chosen = quotable(opportunity, "<b>More</b> lights, please.", question_id="why")
        other = quotable(opportunity, "CANARY", question_id="why")
    assert Page.get(analyst, of(draft)).has("0 quotes are chosen.")

    form = Page.get(analyst, of(draft, "/quotes"))
    assert form.has("What makes you feel unsafe?")
    assert form.has("<b>More</b> lights, please.")
    data = {"chosen": [str(chosen.id)], "among": [str(chosen.id), str(other.id)]}
    unchecked = Page.post(analyst, of(draft, "/quotes"), data)
    assert unchecked.errors() == ["First check that nobody can be recognised in the quotes."]
    assert [i.get("value") for i in unchecked.all("input") if i.get("checked") is not None] == [
        str(chosen.id)
    ]
    answer = send(analyst, of(draft, "/quotes"), {**data, "is_checked": "y"})
    assert (answer.status_code, answer.location) == (303, of(draft))

    for _press in range(2):
        assert send(analyst, of(draft, "/freeze"), {}).status_code == 303

    page = Page.get(analyst, of(draft))
    assert page.has("These results are from")
    assert page.has("At least 100 people took part.")
    assert page.has("<b>More</b> lights, please.")
    assert "CANARY" not in page.text
    assert not page.has("Choose quotes")
    releases = Page.get(analyst, at(draft, "/releases"))
    assert releases.has("Release 1")
    assert releases.has("Frozen")


def test_words_withheld_in_the_meantime_cannot_be_chosen(analyst, draft, arrange):
    with arrange():
        opportunity = db.session.get(Opportunity, draft.opportunity_id)
        passage = quotable(opportunity, "More lights, please.")
    with arrange():
        db.session.get(Passage, passage.id).state = PassageState.WITHHELD

    data = {"chosen": [str(passage.id)], "among": [str(passage.id)], "is_checked": "y"}
    page = Page.post(analyst, of(draft, "/quotes"), data, status=409)
    nonsense = {"chosen": ["x"], "among": ["x"], "is_checked": "y"}
    Page.post(analyst, of(draft, "/quotes"), nonsense, status=409)

    assert page.has("may no longer be quoted")
    assert Page.get(analyst, of(draft, "/quotes")).has("There is nothing to quote.")


def test_quotes_of_a_frozen_release_cannot_be_chosen_any_more(analyst, draft):
    send(analyst, of(draft, "/freeze"), {})

    assert analyst.get(of(draft, "/quotes")).location == of(draft)
    Page.post(analyst, of(draft, "/quotes"), {}, status=409)


def test_a_refusal_says_why(analyst, stored):
    few = stored([{"feel": "safe"}] * 5)

    page = Page.post(analyst, at(few, "/releases"), {}, status=409)

    assert page.has("Fewer than 10 people answered.")


def test_an_open_activity_offers_no_release(analyst, stored):
    opened = stored(state=OpportunityState.PUBLISHED)

    page = Page.get(analyst, at(opened, "/releases"))

    assert page.has("Results can be released only after the activity has closed.")
    assert not page.has("Put the results together")
    Page.post(analyst, at(opened, "/releases"), {}, status=409)


def test_a_release_is_not_found_under_another_activity(analyst, draft):
    wrong = of(draft).replace(str(draft.opportunity_id), str(draft.id))

    Page.get(analyst, wrong, status=404)


def test_a_frozen_release_reads_in_the_language_of_the_account(analyst, stored, arrange):
    opportunity = stored()
    with arrange():
        account = db.session.get(Account, analyst.account_id)
        account.language = "ur"
        release = frozen(db.session.merge(opportunity), account, ("More lights, please.",))

    page = Page.get(analyst, of(release))

    assert page.all("html")[0].get("dir") == "rtl"
    marked = [page.words(span) for span in page.all("span") if span.get("lang") == "en"]
    assert "How safe do you feel?" in marked
    assert "Safe" in marked


def test_what_stands_beside_a_quote_is_chosen_and_less_is_said_where_it_must(
    analyst, draft, arrange, app
):
    with arrange():
        opportunity = db.session.get(Opportunity, draft.opportunity_id)
        chosen = quotable(opportunity, "More lights, please.", question_id="why")
    data = {"chosen": [str(chosen.id)], "among": [str(chosen.id)], "is_checked": "y"}
    data["shows"] = [f"{chosen.id} both", "x", "x both", f"{chosen.id} everything"]

    send(analyst, of(draft, "/quotes"), data)

    assert Page.get(analyst, of(draft)).has("Beside some quotes less will stand")
    page = Page.get(analyst, of(draft, "/quotes"))
    (option,) = [o for o in page.all("option") if o.get("selected") is not None]
    assert option.get("value") == f"{chosen.id} both"
