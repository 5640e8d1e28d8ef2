"""Somebody asks about their information, or complains, without saying who they are."""

import logging
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from tests.conftest import make_account
from tests.pages import Page
from tests.rights.conftest import REACH, WORDS
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.rights import services
from vrn_community.rights.models import PrivacyRequest, RequestKind, Result

ASK, COMPLAIN = "/privacy/ask", "/privacy/complain"


@pytest.fixture
def page(client, partnership):
    """Return a function that fills in a page and sends it."""

    def send(url, **typed):
        state = Page.get(client, url).hidden("state")
        return client.post(url, data={"state": state, "words": WORDS, **typed})

    return send


def code_of(page):
    [code] = [page.words(e) for e in page.all("p") if e.get("class") == "receipt-code"]
    return code


def stored(app):
    with app.app_context():
        return list(db.session.scalars(select(PrivacyRequest)))


def test_who_asks_gets_a_code_and_the_day_of_the_answer_at_once(app, page):
    answer = Page.of(page(ASK, asked="erasure", reach=REACH))

    [made] = stored(app)
    assert len(code_of(answer).replace(" ", "")) == 24
    assert answer.has("You get an answer by")
    assert answer.response.headers["Cache-Control"] == "no-store"
    assert made.received_on == clock.today()
    assert not made.is_urgent


def test_with_the_code_the_person_sees_where_it_stands_and_later_the_answer(
    app, arrange, client, page
):
    code = code_of(Page.of(page(COMPLAIN)))

    before = Page.of(client.post("/code", data={"code": code.lower()}))
    with arrange():
        made = db.session.scalars(select(PrivacyRequest)).one()
        services.answer(made, Result.PARTLY, "We deleted one letter.", by=_officer())
    after = Page.of(client.post("/code", data={"code": code}))

    assert before.has("There is no answer yet.")
    assert before.has("Somebody reads it by")
    assert after.has("We deleted one letter.")
    assert after.has("ico.org.uk")
    assert WORDS not in after.text


def _officer():
    return make_account(Role.DATA_PROTECTION_OFFICER, email="officer@example.org")


@pytest.mark.parametrize(
    "typed", [{"is_urgent": "y", "words": "help"}, {"words": "I want to kill myself."}]
)
def test_a_child_in_need_of_help_is_shown_who_helps_now(app, page, typed):
    answer = Page.of(page(COMPLAIN, **typed))

    assert stored(app)[0].is_urgent
    assert [e for e in answer.all("details") if e.get("open") is not None]
    assert answer.has("999")


def test_the_page_says_that_only_the_code_finds_anonymous_answers(client, partnership):
    page = Page.get(client, ASK)

    assert page.has("Only the code that you got when you sent them can find them.")
    assert "/code" in page.links()


@pytest.mark.parametrize("url", [ASK, COMPLAIN])
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(app, client, page, url):
    answer = Page.of(page(url, words=" ", reach="My aunt knows"))

    assert answer.has("Write something, even if it is short.")
    assert "My aunt knows" in answer.text
    assert stored(app) == []


def test_pressed_twice_it_is_one_request_and_changed_words_are_never_lost(app, client, partnership):
    state = Page.get(client, COMPLAIN).hidden("state")
    codes = [
        code_of(Page.of(client.post(COMPLAIN, data={"state": state, "words": words})))
        for words in ("It was wrong.", "It was wrong.", "It was very wrong.")
    ]

    assert codes[0] == codes[1] != codes[2]
    assert len(stored(app)) == 2


@pytest.mark.parametrize("state", ["", "nonsense"])
def test_a_form_that_is_not_ours_or_too_old_stores_nothing_and_keeps_the_words(
    app, client, partnership, state
):
    answer = Page.of(client.post(COMPLAIN, data={"state": state, "words": WORDS}))

    assert stored(app) == []
    assert WORDS in answer.text
    again = client.post(COMPLAIN, data={"state": answer.hidden("state"), "words": WORDS})
    assert code_of(Page.of(again))


def test_two_visitors_never_share_a_form(client, partnership, policy):
    policy(keeps_pages=True)

    one, other = (Page.get(client, ASK).hidden("state") for _visit in range(2))

    assert one != other


def test_the_pages_work_in_urdu_and_the_language_is_kept(app, client, partnership):
    state = Page.get(client, "/ur/privacy/complain").hidden("state")
    client.post("/ur/privacy/complain", data={"state": state, "words": "غلط"})

    assert stored(app)[0].language == "ur"


def test_it_leaves_no_trace_of_the_moment_and_no_words_in_clear(app, page, caplog):
    with caplog.at_level(logging.DEBUG, "vrn_community"):
        code = code_of(Page.of(page(ASK, asked="access", reach=REACH)))

    assert caplog.records == []
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 0
        [row] = db.session.execute(text("SELECT * FROM privacy_request")).mappings()
    assert not [name for name in row if name.endswith("_at")]
    for secret in (WORDS, REACH, code, code.replace(" ", "")):
        assert secret not in repr(dict(row))


def test_after_many_tries_from_one_address_there_is_a_pause(page, policy):
    policy(request_tries=2)
    first, second, third = (page(COMPLAIN, words=f"Number {number}") for number in range(3))

    assert [first.status_code, second.status_code, third.status_code] == [200, 200, 429]
    assert "What you typed is still here." in third.text
    assert "Number 2" in third.text


# Clocks


def received(days_ago, **changes):
    day = clock.today() - timedelta(days=days_ago)
    return PrivacyRequest(received_on=day, **{"kind": RequestKind.ACCESS, **changes})


def test_a_request_is_overdue_the_day_after_its_month_and_not_when_it_is_put_off(session):
    assert not received(28).is_overdue
    assert received(40).is_overdue
    assert not received(40, extended_on=clock.today()).is_overdue
    assert received(110, extended_on=clock.today()).is_overdue
    assert not received(400, answered_on=clock.today()).is_overdue


def test_a_complaint_is_late_when_nobody_said_within_thirty_days_that_it_is_here(session):
    complaint = PrivacyRequest(kind=RequestKind.COMPLAINT, received_on=date(2026, 6, 1))

    assert complaint.acknowledge_by == date(2026, 6, 30)
    early = clock.today() - timedelta(days=29)
    assert not PrivacyRequest(kind=RequestKind.COMPLAINT, received_on=early).is_overdue
    late = clock.today() - timedelta(days=30)
    assert PrivacyRequest(kind=RequestKind.COMPLAINT, received_on=late).is_overdue
