from datetime import UTC, date, datetime

import pytest

from tests.pages import Page
from vrn_community.foundation import i18n


def language(page):
    root = page.all("html")[0]
    return root.get("lang"), root.get("dir")


ENGLISH, URDU = ("en", "ltr"), ("ur", "rtl")


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", ENGLISH),
        ("en-GB,en;q=0.9", ENGLISH),
        ("ur", URDU),
        ("ur-PK,ur;q=0.9,en;q=0.5", URDU),
        ("gu-IN,ur;q=0.8,en;q=0.5", URDU),
        ("en;q=0.9,ur;q=0.8", ENGLISH),
        ("pl", ENGLISH),
        ("*", ENGLISH),
        (";;q=,,", ENGLISH),
    ],
)
def test_who_arrives_gets_a_language_that_their_browser_asks_for(client, accepted, expected):
    page = Page.get(client, "/", headers={"Accept-Language": accepted})

    assert language(page) == expected
    assert "Accept-Language" in page.response.headers["Vary"]


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Referer": "http://localhost/privacy"}], ids=str
)
def test_who_moves_around_in_english_stays_in_english(client, headers):
    page = Page.get(client, "/", headers={"Accept-Language": "ur", **headers})

    assert language(page) == ENGLISH


@pytest.mark.parametrize("url", ["/privacy", "/opportunities", "/nowhere"])
def test_only_the_home_page_asks_the_browser(client, url):
    answer = client.get(url, headers={"Accept-Language": "ur"})

    assert '<html lang="en"' in answer.text


@pytest.mark.parametrize("url", ["/ur", "/ur/", "/ur/privacy", "/ur/nowhere", "/ur/help?age=15"])
def test_the_path_names_the_language(client, url):
    page = Page.of(client.get(url), status=404 if "nowhere" in url else 200)

    assert language(page) == URDU
    own = [link for link in page.links() if link.startswith("/") and not link.startswith("/en/")]
    english = next(item for item in page.all("a") if item.get("hreflang") == "en").get("href")
    assert all(link.startswith("/ur/") for link in own if link != english)


@pytest.mark.parametrize("url", ["/en/", "/en"])
def test_the_english_home_page_has_an_address_of_its_own(client, url):
    page = Page.get(client, url, headers={"Accept-Language": "ur"})

    assert language(page) == ENGLISH


@pytest.mark.parametrize(
    ("url", "english", "urdu"),
    [
        ("/", "/en/", "/ur/"),
        ("/ur/", "/en/", "/ur/"),
        ("/privacy", "/privacy", "/ur/privacy"),
        ("/ur/privacy", "/privacy", "/ur/privacy"),
        ("/help?age=15&area=", "/help?age=15&area=", "/ur/help?age=15&area="),
        ("/ur/priorities/4", "/priorities/4", "/ur/priorities/4"),
        ("/nowhere", "/nowhere", "/ur/nowhere"),
    ],
)
def test_each_page_leads_to_itself_in_each_language(client, partnership, url, english, urdu):
    page = Page.of(client.get(url), status=404 if "nowhere" in url else 200)

    menu = {item.get("hreflang"): item for item in page.all("a") if item.get("hreflang")}
    heads = {item.get("hreflang"): item.get("href") for item in page.all("link")}
    assert {tag: item.get("href") for tag, item in menu.items()} == {"en": english, "ur": urdu}
    assert (heads["en"], heads["ur"]) == (english, urdu)
    assert (menu["ur"].get("lang"), menu["ur"].get("dir")) == URDU
    assert page.words(menu["ur"]) == "اردو"


@pytest.mark.parametrize("url", ["/ur/desk", "/ur/desk/sign-in", "/en/desk/sign-in"])
def test_the_desk_is_not_in_the_path_of_a_language(client, url):
    assert client.get(url).status_code == 404


def test_the_feed_of_a_language_keeps_its_address(client):
    assert client.get("/ur/opportunities.atom").status_code == 200


def in_language(app, tag):
    return app.test_request_context("/", environ_overrides={i18n.ENVIRON_KEY: tag})


def test_what_is_not_translated_says_that_it_is_english(app):
    with in_language(app, "ur"):
        marked = i18n.data_text("Only in <English>")
    with in_language(app, "en"):
        plain = i18n.data_text("Only in <English>")

    assert marked == '<span lang="en" dir="ltr">Only in &lt;English&gt;</span>'
    assert plain == "Only in <English>"


def test_nothing_stays_nothing(app):
    with in_language(app, "ur"):
        assert i18n.data_text("") == ""


def test_dates_are_written_as_people_here_write_them(app):
    with in_language(app, "en"):
        assert i18n.local_date(date(2026, 5, 4)) == "4 May 2026"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 1, 4, 14, 30, tzinfo=UTC), "4 January 2026, 14:30"),
        (datetime(2026, 7, 4, 23, 30, tzinfo=UTC), "5 July 2026, 00:30"),
    ],
)
def test_times_are_those_of_london(app, moment, shown):
    with in_language(app, "en"):
        assert i18n.local_datetime(moment) == shown


def test_urdu_dates_have_digits_that_phones_and_forms_understand(app):
    with in_language(app, "ur"):
        assert "2026" in i18n.local_date(date(2026, 5, 4))


def test_outside_a_request_the_source_language_is_spoken(app):
    with app.app_context():
        assert i18n.current_language() == i18n.SOURCE


def test_a_per_cent_sign_in_a_name_is_a_per_cent_sign(app):
    with app.test_request_context("/ur/"):
        assert i18n.data_name("50% of %(name)s at 100%d") == "50% of %(name)s at 100%d"
