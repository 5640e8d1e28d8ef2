"""What is brought before the board, what it says, what is amended, and the tick before sending."""

from datetime import timedelta

import pytest

from tests.oversight.conftest import DESK, make_body
from tests.pages import Page, send
from vrn_community.accounts import services as accounts
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.oversight.recommendations.models import Recommendation

BOARD, LIST = "/desk/board", f"{DESK}/recommendations"
PERSONAL = "Ring Jo Marmosetfern on 07700 900123."


def at(recommendation, ending=""):
    return f"{LIST}/{recommendation.id}{ending}"


def public(scene):
    return f"/register/{scene.closed.code}"


@pytest.fixture
def sent(scene):
    return scene.recommend()


@pytest.fixture
def overdue(scene, sent, arrange):
    with arrange() as session:
        session.merge(sent).reply_by = clock.today() - timedelta(days=1)
    return sent


@pytest.fixture
def mo(partner_of, scene, arrange):
    """Return the client of somebody on the board who is of no body that was asked."""
    with arrange():
        board = make_body("executive")
    return partner_of(board, Role.BOARD_MEMBER)


def escalated(chair, recommendation, reasons="No answer came."):
    answer = send(chair, at(recommendation, "/escalate"), {"reasons": reasons})
    assert answer.status_code == 303, answer.text


# Bringing it before the board


def test_what_is_overdue_is_brought_before_the_board_once(chair, client, scene, overdue, mo):
    assert at(overdue, "/escalate") in Page.get(chair, at(overdue)).links()
    assert len(Page.post(chair, at(overdue, "/escalate"), {"reasons": " "}).errors()) == 1

    for _twice in range(2):
        escalated(chair, overdue)

    again = Page.post(chair, at(overdue, "/escalate"), {"reasons": "Once more."})
    assert again.has("Once more.")
    assert "error-summary" in again.text
    assert Page.get(client, public(scene)).text.count("No answer came.") == 1
    assert at(overdue, "/escalate") not in Page.get(chair, at(overdue)).links()
    for url in (BOARD, f"{BOARD}/recommendations?state=escalated", "/desk"):
        assert f"{BOARD}/{overdue.id}" in Page.get(mo, url).links(), url


def test_what_can_still_be_answered_is_not_brought_before_the_board(chair, scene, sent):
    assert chair.get(at(sent, "/escalate")).location == at(sent)
    refused = Page.post(chair, at(sent, "/escalate"), {"reasons": "Too slow."})

    assert refused.has("Too slow.")
    assert "error-summary" in refused.text


@pytest.mark.parametrize("role", [Role.PARTNER, Role.OVERSIGHT_MEMBER, Role.SECRETARIAT])
def test_others_bring_nothing_before_the_board_and_answer_nothing(
    chair, scene, overdue, sign_in_as, role
):
    escalated(chair, overdue)
    other = sign_in_as(role, email="other@example.org", name="Other")

    assert send(other, at(overdue, "/escalate"), {"reasons": "x"}).status_code == 403
    assert other.get(BOARD).status_code == 403
    assert send(other, f"{BOARD}/{overdue.id}", {"words": "x"}).status_code == 403


# What the board says


def test_the_board_says_something_once_and_everyone_reads_it(chair, client, scene, overdue, mo):
    escalated(chair, overdue)
    url = f"{BOARD}/{overdue.id}"
    assert len(Page.post(mo, url, {"words": ""}).errors()) == 1

    for _twice in range(2):
        assert send(mo, url, {"words": "We <b>ask</b> the council."}).status_code == 303

    page = Page.get(client, public(scene))
    assert page.words(page.tree).count("We <b>ask</b> the council.") == 1
    assert not page.has("Lena Fox")
    later = Page.post(mo, url, {"words": "Something else."})
    assert "error-summary" in later.text
    assert later.has("Something else.")
    assert Page.get(mo, f"{BOARD}/recommendations?state=escalated").has("Answered by the board")
    assert Page.get(chair, at(overdue)).has("We <b>ask</b> the council.")


def test_nobody_judges_a_debt_of_their_own_body(chair, scene, overdue, partner_of):
    escalated(chair, overdue)
    own = partner_of(scene.council, Role.BOARD_MEMBER)
    url = f"{BOARD}/{overdue.id}"

    assert not Page.get(own, url).has("Answer for the board")
    refused = Page.post(own, url, {"words": "We did well."})

    assert "error-summary" in refused.text
    assert url not in Page.get(own, "/desk").links()


def test_the_board_finds_no_draft(scene, mo):
    draft = scene.recommend(is_sent=False)

    assert f"{BOARD}/{draft.id}" not in Page.get(mo, BOARD).links()
    Page.get(mo, f"{BOARD}/{draft.id}", status=404)
    assert send(mo, f"{BOARD}/{draft.id}", {"words": "x"}).status_code == 404


def test_what_was_not_brought_before_the_board_has_no_answer(scene, sent, mo):
    assert not Page.get(mo, f"{BOARD}/{sent.id}").has("Answer for the board")
    assert "error-summary" in Page.post(mo, f"{BOARD}/{sent.id}", {"words": "x"}).text


# Amending


def test_an_amendment_stands_beside_the_earlier_words(app, client, scene, sent, arrange):
    with arrange() as session:
        token = accounts.begin_session(session.merge(scene.joy), is_proved=True)
    joy = app.test_client()
    joy.set_cookie("desk", token, path="/desk")
    page = Page.get(joy, at(sent, "/amend"))
    typed = [page.words(area) for area in page.all("textarea")]
    assert "More lights" in typed
    form = {"text": "Lights by spring", "reasons": "36%", "why": "A day was missing."}
    wrong = Page.post(joy, at(sent, "/amend"), {**form, "why": ""})
    assert len(wrong.errors()) == 1
    assert wrong.has("Lights by spring")

    for _twice in range(2):
        assert send(joy, at(sent, "/amend"), form).status_code == 303

    page = Page.get(client, public(scene))
    assert page.has("Lights by spring")
    for words in ("More lights", "A day was missing."):
        assert page.words(page.tree).count(words) == 1, words


# The tick before everybody reads it


def test_a_draft_that_names_somebody_is_sent_after_the_tick(chair, client, scene, arrange):
    draft = scene.recommend(is_sent=False, text=PERSONAL)

    asks = Page.post(chair, at(draft, "/send"), {})

    assert asks.has("This may tell who somebody is.")
    assert any(box.get("name") == "is_checked" for box in asks.all("input"))
    with arrange() as session:
        assert session.get_one(Recommendation, draft.id).sent_at is None
    assert "07700" not in Page.get(client, public(scene)).text
    assert send(chair, at(draft, "/send"), {"is_checked": "y"}).status_code == 303
    assert Page.get(client, public(scene)).has("07700 900123")


def test_a_draft_that_names_nobody_needs_no_tick(chair, scene):
    draft = scene.recommend(is_sent=False)

    boxes = [box.get("name") for box in Page.get(chair, at(draft)).all("input")]

    assert "is_checked" not in boxes
    assert send(chair, at(draft, "/send"), {}).status_code == 303


def test_words_for_everyone_wait_for_the_tick_on_each_page(chair, client, scene, overdue, mo):
    steps = (
        (chair, at(overdue, "/escalate"), {"reasons": PERSONAL}),
        (mo, f"{BOARD}/{overdue.id}", {"words": f"{PERSONAL} Soon."}),
    )
    for who, url, form in steps:
        asks = Page.post(who, url, form)
        assert len(asks.errors()) == 1, url
        assert asks.has(PERSONAL), url
        assert send(who, url, {**form, "is_checked": "y"}).status_code == 303, url

    assert Page.get(client, public(scene)).text.count("07700") == 2
