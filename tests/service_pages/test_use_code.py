"""A receipt code opens what was sent with it, and tells nobody else that there was anything."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version, send
from tests.pages import Page
from vrn_community.accounts.roles import Role
from vrn_community.contributions import queries, receipts, services
from vrn_community.contributions.models import Contribution, Passage
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.opportunities.models import DAYS_TO_CHANGE
from vrn_community.pages.views import CODE_TRIES

WORDS = "It is dark by the canal."
WRONG = "We have nothing for this code."
UNKNOWN = "0" * receipts.CHARACTERS
#: What people type, or send, that is no code.
MALFORMED = [
    "x",
    "0\x000",
    "🔥" * 24,
    "ك" * 24,
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "%00%ff",
    "9" * 5_000,
]


@pytest.fixture
def codes(arrange, partnership) -> dict[str, str]:
    """Return codes in every state that a code can be in."""
    with arrange():
        author = make_account(Role.PUBLISHER, email="noor@example.org")
        made = {
            name: make_version(make_opportunity(author, is_public=True))
            for name in ("known", "withdrawn", "past", "frozen")
        }
        found = {name: send(v, {"feel": "unsafe"}, {"why": WORDS}) for name, v in made.items()}
        services.withdraw(queries.by_receipt(found["withdrawn"]))
        closed = made["past"].opportunity
        closed.opens_on = clock.today() - timedelta(days=60)
        closed.closes_on = clock.today() - (DAYS_TO_CHANGE + timedelta(days=1))
        made["frozen"].opportunity.results_frozen_on = clock.today()
    return {**found, "unknown": UNKNOWN}


def use(client, code: Any, url: str = "/code", status: int = 200, **options: Any) -> Page:
    return Page.of(client.post(url, data={"code": code}, **options), status=status)


def withdraw(client, code: str, status: int = 200, **options: Any) -> Page:
    return use(client, code, "/code/withdraw", status, **options)


def headers(page: Page) -> dict[str, str]:
    return {name: v for name, v in page.response.headers.items() if name != "Content-Length"}


def frame(page: Page) -> str:
    """Return a page without what was typed, which stands in its field and nowhere else."""
    return re.sub(r' value="[^"]*"', "", page.text)


def stored(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Contribution)) or 0


# What a code opens


def test_a_code_opens_what_was_sent_with_it(client, codes) -> None:
    page = use(client, codes["known"])

    assert page.has(WORDS)
    assert page.has("Delete what I sent")
    assert any(link.startswith("/register/") for link in page.links())


@pytest.mark.parametrize("state", ["past", "frozen"])
def test_past_the_last_day_it_still_opens_and_says_why_it_stays(app, client, codes, state) -> None:
    before = stored(app)
    page = use(client, codes[state])

    assert page.has(WORDS)
    assert page.has("so they cannot be taken back")
    assert not page.has("Delete what I sent")
    refused = withdraw(client, codes[state], status=409)
    assert refused.has("The answers are already counted")
    assert stored(app) == before
    assert use(client, codes[state]).has(WORDS)


def test_a_code_says_until_when_it_can_change_or_take_back(app, arrange, client, codes) -> None:
    with arrange():
        opportunity = queries.by_receipt(codes["known"]).opportunity
        opportunity.closes_on = date(2099, 5, 7)
    assert use(client, codes["known"]).has("take them back until 14 May 2099, or until")

    with arrange():  # Closed early, it ends early.
        opportunity = queries.by_receipt(codes["known"]).opportunity
        opportunity.closed_on = clock.today()
        last_day = opportunity.closed_on + timedelta(days=7)
    page = use(client, codes["known"])
    assert page.has(f"until {last_day.day} ")
    with arrange():
        opportunity = queries.by_receipt(codes["known"]).opportunity
        opportunity.closed_on = opportunity.closes_on = None
    assert use(client, codes["known"]).has("until they are counted for the results.")
    assert not use(client, codes["frozen"]).has("take them back until")


def test_what_is_taken_back_is_gone(app, client, codes) -> None:
    withdraw(client, codes["known"])

    with app.app_context():
        assert queries.by_receipt(codes["known"]) is None
        assert db.session.scalar(select(func.count()).select_from(Passage)) == 2
    assert use(client, codes["known"]).has(WRONG)


# What a wrong code tells


@pytest.mark.parametrize("typed", ["", "  ", "\x00"])
def test_nothing_typed_is_no_wrong_code(client, codes, typed) -> None:
    page = use(client, typed)

    assert page.has("Error: Type your code.")
    assert not page.has(WRONG)
    assert not Page.get(client, "/code").has("Error:")


@pytest.mark.parametrize("typed", MALFORMED)
def test_a_code_that_never_was_is_a_page_like_any_other(client, codes, typed) -> None:
    page = use(client, typed)

    assert page.has(WRONG)
    assert frame(page) == frame(use(client, UNKNOWN))


@pytest.mark.parametrize("raw", [b"code=%ff%fe%00", b"code=\xff\xfe", b"code", b"code=a&code=b"])
def test_what_cannot_be_read_is_no_fault_of_ours(client, codes, raw) -> None:
    kind = "application/x-www-form-urlencoded"
    for url in ("/code", "/code/withdraw"):
        answer = client.post(url, data=raw, content_type=kind)
        assert answer.status_code == 200
        assert WORDS not in answer.text


def test_nobody_learns_whether_a_code_never_was_or_was_taken_back(client, codes) -> None:
    never, gone = use(client, codes["unknown"]), use(client, codes["withdrawn"])

    assert frame(never) == frame(gone)
    assert len(never.text) == len(gone.text)
    assert never.response.headers.to_wsgi_list() == gone.response.headers.to_wsgi_list()


def test_right_and_wrong_codes_differ_in_the_page_alone(client, codes) -> None:
    found = [use(client, codes[state]) for state in ("known", "past", "unknown", "withdrawn")]

    assert {page.title for page in found} == {found[0].title}
    for page in found:
        assert headers(page) == headers(found[0])


def test_taking_back_answers_the_same_whatever_the_code(client, codes) -> None:
    pages = [withdraw(client, codes[state]) for state in ("known", "known", "unknown")]

    assert len({page.text for page in pages}) == 1
    assert all(page.response.headers == pages[0].response.headers for page in pages)


def test_every_wrong_code_takes_the_same_work(app, client, codes, monkeypatch) -> None:
    hashed: list[str] = []
    keyed_hash = crypto.keyed_hash

    def counted(purpose: str, *rest: Any, **more: Any) -> str:
        hashed.append(purpose)
        return keyed_hash(purpose, *rest, **more)

    monkeypatch.setattr(crypto, "keyed_hash", counted)
    work = {}
    for name, code in [*codes.items(), *((text, text) for text in MALFORMED)]:
        with statements(app) as asked:
            use(client, code)
        work[name] = (list(asked), list(hashed))
        hashed.clear()

    for name in ("withdrawn", *MALFORMED):
        assert work[name] == work["unknown"], name
    # The right one is looked up in the same way; only then is there something to read.
    asked, hashed_for_it = work["known"]
    assert asked[: len(work["unknown"][0])] == work["unknown"][0]
    assert hashed_for_it == work["unknown"][1]


class statements:  # noqa: N801 - read as a word of the test.
    """What is asked of the database in a block."""

    def __init__(self, app: Any) -> None:
        with app.app_context():
            self.connection = db.engine

    def __enter__(self) -> list[str]:
        self.asked: list[str] = []
        event.listen(self.connection, "before_cursor_execute", self._note)
        return self.asked

    def _note(self, _connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.asked.append(statement)

    def __exit__(self, *_error: object) -> None:
        event.remove(self.connection, "before_cursor_execute", self._note)


def test_the_look_up_is_one_row_of_an_index(app, codes) -> None:
    with app.app_context(), statements(app) as asked:
        queries.by_receipt(UNKNOWN)

    assert len(asked) == 1
    assert "receipt_hash =" in asked[0]
    assert Contribution.__table__.c.receipt_hash.unique


# Where a code does not go


def test_a_code_is_in_no_address_no_cookie_and_no_log(client, codes, caplog) -> None:
    caplog.set_level(0)
    grouped = receipts.grouped(codes["known"])
    for page in (use(client, codes["known"]), use(client, grouped), withdraw(client, UNKNOWN)):
        assert "Set-Cookie" not in page.response.headers
        assert page.response.headers["Cache-Control"] == "no-store"
        assert not page.response.location
        assert not [link for link in page.links() if codes["known"] in link]
    for form in use(client, codes["known"]).all("form"):
        assert codes["known"] not in form.get("action", "")
        assert form.get("method") == "post" or not list(form.iter("{*}input"))
    for typed in (codes["known"], grouped, UNKNOWN):
        assert typed not in caplog.text


@pytest.mark.parametrize("url", ["/code?code={}", "/code/{}", "/code/withdraw?code={}"])
def test_a_code_in_an_address_opens_nothing(client, codes, url) -> None:
    for send_it in (client.get, client.post):
        answer = send_it(url.format(codes["known"]))
        assert answer.status_code in (200, 404, 405)
        assert WORDS not in answer.text
    assert use(client, codes["known"]).has(WORDS)


def test_another_website_cannot_try_codes_in_a_visitors_name(client, codes) -> None:
    for sent in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        for url in ("/code", "/code/withdraw"):
            use(client, codes["known"], url, status=403, headers=sent)
    assert use(client, codes["known"]).has(WORDS)


# Trying many


@pytest.mark.parametrize("tried", ["/code", "/code/withdraw"])
def test_many_tries_are_paused_for_right_and_wrong_codes_alike(client, codes, tried) -> None:
    for number in range(CODE_TRIES):
        assert client.post(tried, data={"code": f"{number:024}"}).status_code == 200

    for url in ("/code", "/code/withdraw"):
        pages = [use(client, codes[state], url, status=429) for state in ("unknown", "known")]
        assert pages[0].text == pages[1].text
        assert headers(pages[0]) == headers(pages[1])
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.9"}}
    assert use(client, codes["known"], **elsewhere).has(WORDS)


def test_opening_the_page_is_never_paused(client, codes) -> None:
    for _ in range(CODE_TRIES + 1):
        client.post("/code", data={"code": UNKNOWN})

    assert Page.get(client, "/code").has("Your code")
