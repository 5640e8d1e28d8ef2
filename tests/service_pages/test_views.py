import pytest
from werkzeug.exceptions import NotFound

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.pages import Page
from vrn_community import config
from vrn_community.accounts import queries as accounts
from vrn_community.accounts.roles import Role
from vrn_community.opportunities.levels import WORDS, ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState as S
from vrn_community.pages import menu, views
from vrn_community.responses import drafts

PAGES = {
    "/privacy": "Privacy",
    "/accessibility": "Accessibility",
    "/safety-online": "Safety online",
}
PROMISES_NOBODY_CAN_KEEP = ("completely confidential", "secret", "anonymous")


@pytest.fixture
def stored(arrange, partnership):
    """Return a function that stores an opportunity."""

    def make(author=None, **changes):
        with arrange() as session:
            author = author or make_account(email="author@example.org")
            made = make_opportunity(author, **changes)
            session.flush()
            return made

    return make


@pytest.fixture
def desk(sign_in_as, partnership):
    """Return a function that opens the first page of the desk for roles."""
    return lambda *roles: Page.get(sign_in_as(*roles, email="me@example.org"), "/desk")


# Home


def test_home_leads_to_what_is_open_now(client, stored):
    opened = stored(is_public=True, title="Safer walks home")
    for state in (S.DRAFT, S.APPROVED):
        stored(accounts_author(client, opened), state=state, title="Not yet for anybody")

    page = Page.get(client, "/")

    assert f"/o/{opened.code}" in page.links()
    assert page.has("Safer walks home")
    assert not page.has("Not yet for anybody")


def accounts_author(client, opportunity):
    with client.application.app_context():
        return accounts.account(opportunity.author_id)


def test_home_shows_the_few_that_close_first(client, arrange, stored):
    first = stored(is_public=True)
    for _ in range(views.ON_HOME + 2):
        stored(accounts_author(client, first), is_public=True)

    links = Page.get(client, "/").links()

    assert len([link for link in links if link.startswith("/o/")]) == views.ON_HOME


def test_home_is_kind_when_nothing_is_open(client, partnership):
    page = Page.get(client, "/")

    assert page.has("Nothing is open just now.")
    assert "/opportunities" in page.links()


def test_home_opens_before_anything_is_loaded(client):
    assert Page.get(client, "/").has("Nothing is open just now.")


def test_home_says_what_each_level_promises_and_what_we_work_on(client, partnership):
    page = Page.get(client, "/")

    for level in ParticipationLevel:
        assert page.has(str(WORDS[level].label))
        assert page.has(str(WORDS[level].promise))
    assert {f"/priorities/{number}" for number in range(1, 8)} <= set(page.links())


def test_the_oversight_group_has_the_name_of_the_settings(app, client, monkeypatch):
    named = config.for_tests(oversight_name="Community Oversight Board")
    monkeypatch.setitem(app.jinja_env.globals, "settings", named)

    assert Page.get(client, "/").has("Community Oversight Board")


# Promises


@pytest.mark.parametrize(("url", "heading"), PAGES.items())
def test_each_page_of_promises_opens_in_both_languages(client, url, heading):
    assert Page.get(client, url).heading == heading

    root = Page.get(client, f"/ur{url}").all("html")[0]
    assert (root.get("lang"), root.get("dir")) == ("ur", "rtl")


@pytest.mark.parametrize("url", ["/", *PAGES])
def test_nobody_is_promised_what_cannot_be_kept(client, url):
    words = Page.get(client, url).text.lower()

    assert not [promise for promise in PROMISES_NOBODY_CAN_KEEP if promise in words]


def test_privacy_says_what_saving_a_group_and_a_slip_keep(client):
    page = Page.get(client, "/privacy")

    assert page.has(f"You can open them for {drafts.LIVES.days} days.")
    assert page.has("We count how many people used it.")
    assert page.has("When you send your answers, the code is deleted.")


def test_privacy_says_who_is_responsible_and_where_to_complain(client):
    page = Page.get(client, "/privacy")

    assert page.has(config.Settings().controller_name)
    assert f"mailto:{config.Settings().contact_email}" in page.links()
    assert "https://ico.org.uk/" in page.links()
    assert page.has("30 days")


def test_accessibility_follows_the_model_statement(client):
    page = Page.get(client, "/accessibility")

    for words in ("2.2", "AA", "in part", "EASS", "EHRC", "22 November 2026", "screen reader"):
        assert page.has(words), words
    assert f"mailto:{config.Settings().contact_email}" in page.links()


def test_safety_online_is_honest_about_leaving(client, partnership):
    page = Page.get(client, "/safety-online")

    assert page.has("There is not always somebody watching this site.")
    assert page.has("may still be in your browser’s history")
    assert "tel:999" in page.links()


# Leaving, and pages for machines


def test_leaving_goes_to_a_neutral_website_and_keeps_nothing(client):
    answer = client.get("/ur/leave")

    assert (answer.status_code, answer.location) == (303, config.Settings().exit_url)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    # Not the cookies: somebody at the desk who presses it would be signed out in every tab.
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_robots_stay_away_from_the_desk(client):
    assert "Disallow: /desk" in client.get("/robots.txt").text


def test_the_icon_is_found(client):
    answer = client.get("/favicon.ico")

    assert client.get(answer.location).mimetype == "image/svg+xml"


def test_the_service_says_that_it_is_well(client):
    assert client.get("/healthz").text == "ok\n"


@pytest.mark.parametrize("path", ["/style-guide", "/style-guide/charts"])
def test_the_style_guide_is_not_for_production(client, policy, path):
    Page.get(client, path)

    policy(mode=config.Mode.PRODUCTION)

    Page.get(client, path, status=NotFound.code)


# The first page of the desk


def test_an_approver_sees_what_waits_for_approval(desk, stored):
    stored(state=S.SUBMITTED, title="From somebody else")

    page = desk(Role.APPROVER)

    assert page.has("Waiting for your approval")
    assert page.has("From somebody else")
    assert not page.has("Your drafts")


def test_nobody_is_asked_to_approve_their_own(sign_in_as, stored, app):
    client = sign_in_as(Role.APPROVER, Role.PUBLISHER)
    with app.app_context():
        me = accounts.account(client.account_id)
    stored(me, state=S.SUBMITTED, title="My own")
    stored(me, state=S.RETURNED, title="Sent back to me")

    page = Page.get(client, "/desk")

    assert page.has("Nothing waits for your approval.")
    assert not page.has("My own")
    assert page.has("Sent back to me")


def test_a_publisher_sees_what_is_ready_to_publish(desk, stored):
    approved = stored(state=S.APPROVED)

    page = desk(Role.PUBLISHER)

    assert f"/desk/opportunities/{approved.id}" in page.links()
    assert page.has("You have no drafts.")


def test_a_role_with_nothing_to_do_is_told_so(desk):
    assert desk(Role.PEER_ANALYST).has("Nothing waits here for your roles.")


#: What everybody at the desk can do.
LAST = ("Raise a concern", "My settings")


@pytest.mark.parametrize(
    ("role", "entries"),
    [
        (
            Role.PUBLISHER,
            [
                *("Start", "Opportunities", "Results", "Replies and decisions", "Requests"),
                *("Records of processing", *LAST),
            ],
        ),
        (
            Role.ANALYST,
            ["Start", "Results", "Words to code", "What we know", "Exports", *LAST],
        ),
        (Role.PEER_ANALYST, ["Start", "Words to code", *LAST]),
        (
            Role.ADMINISTRATOR,
            [
                *("Start", "Who is there", "Enter a request", "What is deleted", "Accounts"),
                *("Audit trail", *LAST),
            ],
        ),
        (
            Role.DATA_PROTECTION_OFFICER,
            [
                *("Start", "Opportunities", "Concerns in figures", "Requests", "Records"),
                *("Audit trail", *LAST),
            ],
        ),
        (
            Role.BOARD_MEMBER,
            [
                *("Start", "Insights for us", "Concerns in figures", "Replies and decisions"),
                *("Raw answers", *LAST),
            ],
        ),
        (Role.MODERATOR, ["Start", "Words to read", "Enter a request", *LAST]),
        (
            Role.OVERSIGHT_CHAIR,
            [
                *("Start", "Proposals", "Oversight", "Meetings", "Decisions", "Members", *LAST),
            ],
        ),
        (
            Role.SECRETARIAT,
            ["Start", "What we look into", "Meetings", "Decisions", "Members", *LAST],
        ),
    ],
)
def test_the_desk_offers_what_a_role_may_open_folded_if_it_is_much(desk, role, entries):
    page = desk(role)

    (navigation,) = page.all("nav")
    (folded,) = (child for child in navigation if child.tag.endswith("details"))
    where, links = folded
    # On a narrow screen there is one word, and where somebody is.
    assert page.words(where) == "Menu: Start"
    assert page.words(links) == " ".join(entries)


@pytest.mark.parametrize(
    ("path", "section", "current"),
    [
        ("/desk/oversight", "Oversight", "Oversight"),
        ("/desk/scrutiny/new", "Oversight", "What we look into"),
        ("/desk/oversight/recommendations", "Oversight", "Recommendations"),
        ("/desk/claims", "Members", "Time and expenses"),
        ("/desk/membership/time", "Members", "My membership"),
    ],
)
def test_a_section_shows_its_entries_and_where_one_is(
    sign_in_as, partnership, path, section, current
):
    page = Page.get(sign_in_as(Role.OVERSIGHT_CHAIR), path)

    first, inner, *_chips = page.all("nav")
    assert inner.get("aria-label") == section
    marked = [
        [(page.words(a), a.get("aria-current")) for a in row.iter() if a.get("aria-current")]
        for row in (first, inner)
    ]
    assert marked == [[(section, "true")], [(current, "page")]]


@pytest.mark.parametrize("role", Role)
def test_no_role_has_more_in_the_first_row_than_fits(desk, role):
    (navigation,) = desk(role).all("nav")

    assert len([a for a in navigation.iter() if a.get("href")]) <= menu.MOST
