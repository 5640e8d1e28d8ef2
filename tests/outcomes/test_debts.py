"""What bodies owe is computed from dates, in public, and warns whoever asks again."""

import pytest

from tests.outcomes.conftest import day, make_body, make_closed, make_outcome
from tests.outcomes.decisions.conftest import Decided
from tests.pages import Page
from vrn_community.opportunities import activities
from vrn_community.opportunities.levels import ParticipationLevel as L
from vrn_community.outcomes import debts, promises, queries
from vrn_community.outcomes.models import Kept
from vrn_community.outcomes.promises import Keeping

LONG_AGO = {"opens_on": day(-140), "closes_on": day(-100), "decision_on": day(-90)}


@pytest.fixture
def body(ben):
    return make_body("council")


def test_a_body_owes_what_has_closed_and_is_not_answered(ben, body):
    make_closed(ben, asking_body=body, **LONG_AGO)
    make_closed(ben, asking_body=body)
    make_closed(ben, asking_body=body, closes_on=day(9))
    make_outcome(make_closed(ben, asking_body=body, **LONG_AGO))

    (debt,) = debts.by_body()

    assert (debt.body, debt.answers, debt.late_answers, debt.due, debt.late) == (body, 2, 1, 1, 1)
    assert debt.days_late == 100 - 84
    listed = list(debts.answers_of(body, 1))
    assert [debts.days_late(entry.due_on) for entry in listed] == [16, 0]


def test_replies_are_owed_too_and_late_after_their_day(partnership, arrange):
    scene = Decided(arrange)
    with arrange() as session:
        session.merge(scene.asked).reply_by = day(-3)

    with arrange() as session:
        (debt,) = (debt for debt in debts.by_body() if debt.body.id == scene.csp.id)
        assert (debt.replies, debt.late_replies, debt.days_late) == (1, 1, 3)
        assert len(debts.replies_of(session.merge(scene.csp), 1).rows) == 1


def test_everybody_sees_who_owes_and_for_how_long(partnership, arrange, client):
    scene = Decided(arrange)
    with arrange() as session:
        session.merge(scene.asked).reply_by = day(-3)

    page = Page.get(client, "/register/debts")

    assert page.has("1, by up to 3 days")
    one = Page.get(client, f"/register/debts/{scene.csp.slug}")
    assert one.has("3 days late")
    assert f"/recommendations/{scene.asked.id}" in one.links()


def test_each_list_of_a_body_has_pages_of_its_own(partnership, arrange, client):
    scene = Decided(arrange)
    with arrange() as session:
        author, csp = session.merge(scene.author), session.merge(scene.csp)
        for _number in range(21):
            make_closed(author, asking_body=csp)

    first = Page.get(client, f"/register/debts/{scene.csp.slug}")
    (further,) = (link for link in first.links() if "answers=2" in link)
    second = Page.get(client, further)

    def answers(page):
        return [
            link for link in page.links() if link.startswith("/register/") and "/debts" not in link
        ]

    assert [len(answers(page)) for page in (first, second)] == [20, 1]
    assert second.has("Page 2 of 2")
    assert f"/recommendations/{scene.asked.id}" in second.links()


def test_nobody_owing_is_said_too(client, partnership):
    assert Page.get(client, "/register/debts").has("Nobody owes an answer today.")


@pytest.mark.parametrize(
    ("changes", "is_warned"),
    [({}, True), ({"priorities": []}, False), ({"level": L.INFORM}, False)],
    ids=["same priority", "another theme", "only news"],
)
def test_who_asks_again_on_a_theme_with_an_open_debt_is_warned(
    ben, partnership, changes, is_warned
):
    body = make_body("council")
    make_closed(ben, asking_body=body, **LONG_AGO)
    again = make_closed(ben, asking_body=body, closes_on=day(30), **changes)

    found = [gap for gap in activities.gaps(again) if gap.field == "asking_body"]

    assert bool(found) == is_warned
    assert all(gap.is_warning for gap in found)
    if found:
        assert "1 answer" in found[0].message


def promised(opportunity):
    found = queries.outcome(opportunity.id)
    return promises.promise(queries.entry(opportunity), found).keeping


def test_whether_a_promise_was_kept_follows_from_dates_and_from_what_is_said(ben):
    assert promised(make_closed(ben)) is Keeping.NOT_YET
    assert promised(make_closed(ben, **LONG_AGO)) is Keeping.OVERDUE
    in_time, late, partly = (make_closed(ben), make_closed(ben, **LONG_AGO), make_closed(ben))
    for opportunity in (in_time, late):
        make_outcome(opportunity)
    make_outcome(partly, kept=Kept.PARTLY, kept_words="Half of it.")

    assert promised(in_time) is Keeping.KEPT
    assert promised(late) is Keeping.LATE
    assert promised(partly) is Keeping.PARTLY


def test_every_level_but_news_has_its_proof():
    assert set(promises.PROOFS) == set(L) - {L.INFORM}
    assert set(promises.KEEPINGS) == set(Keeping)
