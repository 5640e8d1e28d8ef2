import re
from datetime import timedelta

import pytest

from tests.opportunities.conftest import counted
from tests.pages import Page
from vrn_community.foundation import clock
from vrn_community.opportunities.children import ChildRoute
from vrn_community.opportunities.levels import WORDS, ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState

S = OpportunityState
DAY = timedelta(days=1)
LONG_AGO = {"opens_on": clock.today() - 60 * DAY, "closes_on": clock.today() - DAY}


def show(client, opportunity, prefix=""):
    return Page.get(client, f"{prefix}/o/{opportunity.code}")


@pytest.mark.parametrize("address", ["/", "/opportunities", "/register", "/register/{}", "/o/{}"])
def test_a_feedback_box_says_everywhere_that_it_is_open_all_the_time(client, stored, address):
    box = stored(is_public=True, closes_on=None, duties={"open_ended": "We read it each week."})

    page = Page.get(client, address.format(box.code))

    assert page.has("Open all the time")
    assert page.has("We read it each week.") == address.startswith("/o/")


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_the_first_screen_says_all_that_somebody_needs_to_decide(client, stored, prefix):
    opportunity = stored(is_public=True, payment="A voucher of £10", time_needed="An hour or so")

    page = show(client, opportunity, prefix)

    facts = [
        opportunity.asking_body.name if not prefix else "",  # Translated there.
        "The head of neighbourhoods",
        "An hour or so",
        "Anyone who walks there",
        "A voucher of £10",
        "Where the lights go",
        "The total amount of money",
    ]
    assert all(page.has(fact) for fact in facts)
    assert page.heading == opportunity.title
    assert "Set-Cookie" not in page.response.headers


@pytest.mark.parametrize("level", ParticipationLevel)
def test_each_level_makes_its_promise_and_shows_what_it_owes(client, stored, level):
    opportunity = stored(is_public=True, level=level)

    page = show(client, opportunity)

    assert page.has(str(WORDS[level].promise))
    owed = opportunity.duties.values() if level is not ParticipationLevel.INFORM else ()
    assert all(page.has(words) for words in owed)


def test_information_says_that_there_is_no_decision_and_when_it_is_checked(client, stored):
    opportunity = stored(is_public=True, level=ParticipationLevel.INFORM)

    page = show(client, opportunity)

    assert page.has("There is no decision to make.")
    assert page.has("We check this page again by")
    assert not page.has("Who decides The head")


def test_a_consultation_says_by_when_it_is_answered(client, stored):
    closes_on = clock.today() + 30 * DAY
    page = show(client, stored(is_public=True, closes_on=closes_on))

    due = closes_on + timedelta(weeks=12)
    assert page.has(f"We will answer by {due.day} {due:%B %Y}")


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        ((None, None), "All ages"),
        ((0, None), "All ages"),
        ((13, None), "13 and over"),
        ((None, 17), "Up to 17"),
        ((0, 12), "Up to 12"),
        ((13, 17), "13 to 17"),
    ],
)
def test_ages_are_said_in_words(client, stored, ages, words):
    youngest, oldest = ages

    assert show(client, stored(is_public=True, min_age=youngest, max_age=oldest)).has(words)


def test_a_closed_opportunity_says_so_kindly_and_leads_to_open_ones(client, stored):
    page = show(client, stored(is_public=True, **LONG_AGO))

    assert page.has("This has closed. Thank you to everyone who took part.")
    assert page.has("Its last day was")
    assert "/opportunities?state=open" in page.links()


def test_one_that_was_closed_early_says_why_and_names_no_last_day(client, stored):
    day = clock.today() - 2 * DAY
    early = {"state": S.CLOSED, "closed_on": day, "state_reason": "It is full."}
    page = show(client, stored(is_public=True, **early))

    assert page.has(f"It was closed on {day.day} {day:%B %Y}")
    assert f"<dt>Closed on</dt><dd>{day.day} {day:%B %Y}</dd>" in page.text
    assert page.has("It is full.")
    assert not page.has("Closes")
    due = day + timedelta(weeks=12)
    assert page.has(f"We will answer by {due.day} {due:%B %Y}")


def test_a_paused_opportunity_says_why(client, stored):
    page = show(client, stored(is_public=True, state=S.PAUSED, state_reason="A date is wrong."))

    assert page.has("This is paused for now.")
    assert page.has("A date is wrong.")


def test_an_announced_opportunity_says_when_it_opens(client, stored):
    opens_on = clock.today() + 3 * DAY
    page = show(client, stored(is_public=True, opens_on=opens_on))

    assert page.has("Opening soon")
    assert page.has(f"You can take part from {opens_on.day} {opens_on:%B %Y}")


def test_what_was_taken_down_is_gone_and_says_why(client, stored):
    opportunity = stored(is_public=True, state=S.WITHDRAWN, state_reason="It was a mistake.")

    for url in (f"/o/{opportunity.code}", f"/o/{opportunity.code}/print"):
        assert Page.get(client, url, status=410).has("It was a mistake.")


@pytest.mark.parametrize("state", sorted(set(S) - {S.PUBLISHED, S.PAUSED, S.CLOSED}))
@pytest.mark.parametrize("ending", ["", "/print", "/qr.svg"])
def test_what_was_never_published_is_not_found(client, stored, ending, state):
    Page.get(client, f"/o/{stored(state=state).code}{ending}", status=404)


@pytest.mark.parametrize("prefix", ["", "/ur"])
@pytest.mark.parametrize("state", [S.RETURNED, S.SUBMITTED, S.APPROVED])
def test_what_was_taken_back_says_that_it_is_being_changed(client, stored, state, prefix):
    opportunity = stored(state=state, published_at=clock.now(), state_reason="A wrong date.")

    for ending in ("", "/print"):
        page = Page.get(client, f"{prefix}/o/{opportunity.code}{ending}")
        assert opportunity.title not in page.text
        assert "A wrong date." not in page.text
        assert f"{prefix}/opportunities?state=open" in page.links()
    assert client.get(f"/o/{opportunity.code}/qr.svg").status_code == 200  # Posters stay true.


@pytest.mark.parametrize("code", ["%00", "AAAA%00AAA", "%00" * 7, "%F0%9F%98%80", "9" * 5_000])
@pytest.mark.parametrize("ending", ["", "/print", "/qr.svg"])
def test_codes_that_make_no_sense_are_not_found(client, partnership, code, ending):
    Page.get(client, f"/o/{code}{ending}", status=404)


def test_words_of_staff_cannot_become_markup(client, stored):
    nasty = "<script>alert(1)</script>"
    names = ("title", "summary", "audience", "contact", "payment", "can_change", "decider")
    opportunity = stored(is_public=True, duties={"documents": nasty}, **dict.fromkeys(names, nasty))

    for page in (show(client, opportunity), Page.get(client, "/opportunities")):
        assert "<script>alert" not in page.text


def test_web_addresses_in_documents_are_links_that_tell_nobody(client, stored):
    page = show(client, stored(is_public=True, duties={"documents": "Map: https://example.org/m"}))

    link = next(link for link in page.all("a") if link.get("href") == "https://example.org/m")
    assert {"nofollow", "noreferrer"} <= set(link.get("rel").split())


@pytest.mark.parametrize(
    ("contact", "href"), [("team@example.org", "mailto:team@example.org"), ("0116 496 0001", "")]
)
def test_questions_go_to_the_team(client, stored, contact, href):
    page = show(client, stored(is_public=True, contact=contact))

    assert page.has(contact)
    assert [link for link in page.links() if link.startswith("mailto:")] == ([href] if href else [])


def test_a_page_in_urdu_marks_the_words_of_staff_as_english(client, stored):
    opportunity = stored(is_public=True, can_change="One\nTwo")

    page = show(client, opportunity, "/ur")

    assert f'<h1><span lang="en" dir="ltr">{opportunity.title}</span></h1>' in page.text
    assert '<li><span lang="en" dir="ltr">Two</span></li>' in page.text


def test_the_code_on_a_poster_leads_to_the_page(client, stored, app):
    opportunity = stored(is_public=True)

    page = show(client, opportunity)
    drawing = client.get(f"/o/{opportunity.code}/qr.svg")

    link = f"{app.config['SETTINGS'].base_url}/o/{opportunity.code}"
    assert link in page.links()
    assert f"QR code that opens {link}" in [image.get("alt") for image in page.all("img")]
    assert drawing.mimetype == "image/svg+xml"
    assert link in drawing.text


def test_a_code_may_be_typed_in_small_letters(client, stored):
    opportunity = stored(is_public=True)

    Page.get(client, f"/o/{opportunity.code.lower()}")


def test_paper_carries_the_facts_the_link_and_who_can_help(client, stored):
    page = Page.get(client, f"/o/{stored(is_public=True).code}/print")

    assert page.has("The head of neighbourhoods")
    assert page.has("Need to talk to someone now?")
    assert page.has("Childline")
    assert page.all("img")[-1].get("src").endswith("/qr.svg")


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_paper_on_a_screen_can_be_left_at_once(client, stored, prefix):
    page = Page.get(client, f"{prefix}/o/{stored(is_public=True).code}/print")

    assert f"{prefix}/leave" in page.links()


def test_the_list_says_how_many_there_are_and_leads_to_each(client, stored):
    opportunity = stored(is_public=True)

    page = Page.get(client, "/opportunities")

    assert page.has("1 opportunity")
    assert f"/o/{opportunity.code}" in page.links()
    assert {"/opportunities.atom", "/opportunities.ics"} <= set(page.links())


def test_an_empty_list_says_what_to_do_next(client, partnership):
    assert Page.get(client, "/opportunities").has("There is nothing here yet.")
    searched = Page.get(client, "/opportunities?q=nowhere")
    assert searched.has("Nothing fits what you are looking for.")
    assert searched.has("Clear all")


def test_the_form_keeps_what_was_asked_for(client, partnership):
    address = "/opportunities?q=park&level=consult&priority=4&age=16-17&state=open&area=E07000130"

    page = Page.get(client, address)

    chosen = [option.get("value") for option in page.all("option") if "selected" in option.attrib]
    assert sorted(chosen) == sorted(["consult", "4", "16-17", "open", "E07000130"])
    assert [i.get("value") for i in page.all("input") if i.get("name") == "q"] == ["park"]


def test_words_alone_leave_the_other_ways_to_look_closed(client):
    def ways_to_look(query: str):
        page = Page.get(client, f"/opportunities?{query}")
        return next(d for d in page.all("details") if "More ways to look" in page.words(d))

    assert "open" not in ways_to_look("q=walks").attrib
    assert "open" in ways_to_look("q=walks&level=consult").attrib


def test_the_next_page_keeps_the_filters(client, stored):
    for _number in range(13):
        stored(is_public=True)

    page = Page.get(client, "/opportunities?q=walks&level=consult")
    forward = next(link for link in page.links() if "page=2" in link)
    second = Page.get(client, forward)

    assert re.search(r"q=walks", forward)
    assert "level=consult" in forward
    assert second.has("Page 2 of 2")


@pytest.mark.parametrize("url", ["/opportunities", "/opportunities.atom", "/opportunities.ics"])
def test_a_list_takes_as_many_queries_for_ten_as_for_one(app, client, stored, url):
    sent = []
    client.get(url)
    for more in (1, 9):
        for number in range(more):
            stored(is_public=True, level=list(ParticipationLevel)[number % 4])
        with app.app_context(), counted() as statements:
            assert client.get(url).status_code == 200
        sent.append(len(statements))

    assert sent[0] == sent[1]


def test_nonsense_in_the_address_is_left_out(client, partnership):
    sent = "q=%20&level=boss&priority=9&age=x&state=draft&page=-3"

    assert not Page.get(client, f"/opportunities?{sent}").has("Clear all")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"child_route": "session"}, ["you take part in a session. An adult is there"]),
        ({"child_route": "parent-code"}, ["you need a code. A parent has been given it"]),
        (
            {"child_route": "parent-code", "min_age": 10},
            ["you need a code.", "Children under 13 take part together with an adult"],
        ),
        ({"child_route": "waived"}, ["you do not have to ask anybody"]),
        ({"child_route": "waived", "waived_on": None}, ["People under 16 cannot take part"]),
        ({"child_route": None}, ["People under 16 cannot take part"]),
    ],
)
def test_people_under_16_are_told_how_they_are_let_in(client, stored, changes, told):
    route = changes["child_route"] and ChildRoute(changes["child_route"])

    page = show(client, stored(is_public=True, **{**changes, "child_route": route}))

    assert all(page.has(sentence) for sentence in told)
    assert page.has("Children under 13") == ("min_age" in changes)


@pytest.mark.parametrize("changes", [{"min_age": 16}, LONG_AGO])
def test_nobody_is_told_what_does_not_concern_them(client, stored, changes):
    page = show(client, stored(is_public=True, child_route=ChildRoute.SESSION, **changes))

    assert not page.has("under 16")
