"""Later and later: once a round by the body itself, within four weeks; else as the group allows."""

import uuid
from datetime import date, timedelta

import pytest

from tests.conftest import make_account
from tests.oversight.conftest import DESK
from tests.oversight.recommendations.conftest import REPLIES
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock, working_days
from vrn_community.foundation.errors import NotAllowed
from vrn_community.oversight.recommendations import answering, days, services, steps
from vrn_community.oversight.recommendations.lifecycle import Act
from vrn_community.oversight.recommendations.models import Answer, Escalation, Recommendation

LIST = f"{DESK}/recommendations"


def on(number):
    return clock.today() + timedelta(days=number)


def told(day):
    return f"{day.day} {day:%B %Y}"


def form_of(day, **changes):
    parts = {"day-day": day.day, "day-month": day.month, "day-year": day.year}
    return {"id": str(uuid.uuid4()), "reason": "Busy.", **parts, **changes}


def extend(sent, day, by):
    return answering.extend(uuid.uuid4(), sent, day, "Busy.", by=by)


@pytest.fixture
def lena(council):
    account = make_account(Role.PARTNER, email="lena@example.org", name="Lena Fox")
    account.body_id = council.id
    return account


@pytest.fixture
def sent(closed, council, joy):
    from tests.oversight.recommendations.conftest import make_recommendation

    made = make_recommendation(closed, council, joy)
    services.send(made, by=joy)
    return made


# Who moves it how often


def test_a_body_moves_its_day_once_a_round(sent, joy, lena, later):
    extend(sent, on(30), lena)
    with pytest.raises(NotAllowed, match="once already"):
        extend(sent, on(35), lena)
    assert Act.EXTEND not in steps.acts(sent, by=lena)
    answering.reply(sent, Answer.PARTLY, "Some.", by=lena)
    answering.challenge(sent, "Too little.", on(14), by=joy)
    later(hours=1)

    extend(sent, on(20), lena)

    with pytest.raises(NotAllowed, match="once already"):
        extend(sent, on(22), lena)


def test_the_group_allows_more_again_and_again_and_a_body_counts_from_the_first_day(
    sent, joy, lena
):
    extend(sent, on(40), joy)
    with pytest.raises(NotAllowed, match="latest possible day"):
        extend(sent, on(57), lena)  # 28 days after the first day, not after the second.
    extend(sent, on(56), lena)
    for number in (70, 90):
        extend(sent, on(number), joy)

    assert sent.reply_by == on(90)
    assert [moved.by_group for moved in sent.extensions] == [True, False, True, True]
    assert sum(moved.days for moved in sent.extensions) == 90 - 28


def test_where_no_day_is_left_only_the_group_names_one(sent, joy, lena, later):
    extend(sent, on(56), joy)
    assert "The group can allow more" in steps.refusal(sent, Act.EXTEND, by=lena)
    with pytest.raises(NotAllowed, match="at most"):
        extend(sent, on(57), lena)
    later(days=100)
    assert steps.refusal(sent, Act.EXTEND, by=joy) == ""


@pytest.mark.parametrize("late", [0, 20])
def test_a_day_that_had_passed_moves_no_further_than_any_other(sent, lena, later, late):
    last = sent.first_day + timedelta(days=28)
    later(days=28 + late)

    with pytest.raises(NotAllowed, match="latest possible day"):
        extend(sent, last + timedelta(days=1), lena)
    assert extend(sent, last, lena).came_late is bool(late)


# The pages


def test_the_form_names_the_latest_day_and_says_beside_the_field_what_is_too_late(
    client, scene, partner_of
):
    made, lena = scene.recommend(), partner_of(scene.council)
    url, last = f"{REPLIES}/{made.id}/extend", on(56)
    assert Page.get(lena, url).has(f"The latest possible day is {told(last)}.")

    page = Page.post(lena, url, form_of(on(57)))
    assert page.errors() == [f"The latest possible day is {told(last)}."]
    assert page.has("Busy.")
    assert send(lena, url, form_of(last)).status_code == 303

    again = Page.post(lena, url, form_of(on(60), reason="Once more."))
    assert again.has("Once more.")
    assert "error-summary" in again.text
    assert Page.get(lena, f"{REPLIES}/{made.id}").has("The body has moved the day once already.")
    assert lena.get(url).location == f"{REPLIES}/{made.id}"
    assert Page.get(client, f"/register/{scene.closed.code}").has(
        "The day was moved once, by 28 days."
    )


def test_everyone_reads_how_often_and_by_whom_a_day_was_moved(client, chair, scene, partner_of):
    made, lena = scene.recommend(), partner_of(scene.council)
    send(lena, f"{REPLIES}/{made.id}/extend", form_of(on(40)))
    for number in (50, 60):
        allowed = send(chair, f"{LIST}/{made.id}/extend", form_of(on(number)))
        assert allowed.status_code == 303

    page = Page.get(client, f"/register/{scene.closed.code}")

    assert page.has("The day was moved 3 times, by 32 days in all.")
    assert page.words(page.tree).count("The residents’ group allowed it.") == 2


# Usual days, and the day of the board


@pytest.mark.parametrize(
    ("today", "usual"),
    [
        ("2026-11-27", "2026-12-29"),  # Christmas, a weekend, and a day in its place.
        ("2027-02-26", "2027-03-30"),  # Good Friday to Easter Monday.
        ("2027-02-27", "2027-03-30"),
        ("2027-06-07", "2027-07-05"),
    ],
)
def test_a_usual_day_is_one_on_which_somebody_works(session, monkeypatch, today, usual):
    monkeypatch.setattr(clock, "today", lambda: date.fromisoformat(today))

    assert days.usual_reply_by() == days.usual_answer_by() == date.fromisoformat(usual)
    assert working_days.is_working_day(days.usual_reply_by())


@pytest.fixture
def overdue(scene, arrange):
    made = scene.recommend()
    with arrange() as session:
        session.merge(made).reply_by = on(-1)
    return made


def day_of_board(day):
    return {f"answer_by-{part}": getattr(day, part) for part in ("day", "month", "year")}


def test_who_escalates_names_the_day_of_the_board(app, chair, client, scene, overdue):
    url = f"{LIST}/{overdue.id}/escalate"
    shown = days_of(Page.get(chair, url))
    with app.app_context():
        usual = days.usual_answer_by()
    assert shown == [str(part) for part in (usual.day, usual.month, usual.year)]
    form = {"reasons": "No answer came."}
    for wrong, message in (
        (on(0), "Choose a day after today."),
        (on(92), "The latest possible day is"),
    ):
        page = Page.post(chair, url, form | day_of_board(wrong))
        (error,) = page.errors()
        assert error.startswith(message)
        assert page.has("No answer came.")

    assert send(chair, url, form | day_of_board(on(91))).status_code == 303

    with scene.arrange() as session:
        assert session.query(Escalation).one().answer_by == on(91)
    page = Page.get(client, f"/register/{scene.closed.code}")
    assert page.has(f"The board should say something by {told(on(91))}.")


def days_of(page):
    fields = {field.get("id"): field.get("value") for field in page.all("input")}
    return [fields[f"answer_by-{part}"] for part in ("day", "month", "year")]


def test_without_a_day_the_board_has_the_usual_one(chair, scene, overdue):
    empty = dict.fromkeys(day_of_board(on(1)), "")
    form = {"reasons": "No answer came.", **empty}

    assert send(chair, f"{LIST}/{overdue.id}/escalate", form).status_code == 303

    with scene.arrange() as session:
        assert session.query(Escalation).one().answer_by == days.usual_answer_by()
        assert session.get_one(Recommendation, overdue.id).escalation


def test_no_service_takes_a_day_that_the_form_refuses(sent, joy, later):
    later(days=29)
    for day in (on(0), on(92)):
        with pytest.raises(NotAllowed):
            answering.escalate(sent, "Late.", day, by=joy)
    assert sent.escalation is None
