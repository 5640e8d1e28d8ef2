"""What bodies owe is computed from dates, in public, and warns whoever asks again."""

import pytest

from tests.opportunities.conftest import counted
from tests.outcomes.conftest import day, make_body, make_closed, make_outcome
from tests.outcomes.decisions.conftest import Decided
from tests.pages import NAMESPACE, Page
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities import activities
from vrn_community.opportunities.levels import ParticipationLevel as L
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.outcomes import debts, promises, queries
from vrn_community.outcomes.models import Kept
from vrn_community.outcomes.promises import Keeping
from vrn_community.oversight.commitments.models import Commitment
from vrn_community.oversight.recommendations.models import Recommendation, RecommendationState

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


@pytest.fixture
def owing(partnership, arrange):
    """Return a scene in which a body owes an answer, a reply and what it promised."""
    scene = Decided(arrange)
    with arrange() as session:
        scene.opportunity = session.merge(scene.opportunity)
        scene.opportunity.asking_body = session.merge(scene.csp)
        promise(session.merge(scene.asked), session.merge(scene.partner))
    return scene


def promise(asked, by):
    made = Commitment(recommendation_id=asked.id, author_id=by.id, owner="Head of lighting")
    made.text, made.due_on = "We put up twelve lamps.", day(9)
    db.session.add(made)


def test_what_was_taken_down_is_owed_still_but_not_repeated(owing, client, arrange):
    with arrange() as session:
        session.merge(owing.opportunity).state = OpportunityState.WITHDRAWN

    page = Page.get(client, f"/register/debts/{owing.csp.slug}")

    assert not page.has("Put up lights.")
    assert not page.has("We put up twelve lamps.")
    assert page.has(owing.opportunity.code)
    assert not [link for link in page.links() if link.startswith("/recommendations/")]


def test_what_is_owed_about_sensitive_questions_stands_behind_the_warning(owing, client, arrange):
    with arrange() as session:
        session.merge(owing.opportunity).is_sensitive = True
    url = f"/register/debts/{owing.csp.slug}"

    page = Page.get(client, url)

    for words in ("Put up lights.", "We put up twelve lamps.", owing.opportunity.title):
        assert not page.has(words)
    actions = [form.get("action") for form in page.tree.iter(f"{NAMESPACE}form")]
    asked = f"/recommendations/{owing.asked.id}"
    for way in (asked, f"/register/{owing.opportunity.code}"):
        assert way in actions
        assert way not in page.links()
    assert [way for way in actions if way.startswith(f"{asked}#commitment-")]


def test_the_queries_for_what_is_owed_never_grow(owing, client, app, arrange):
    def statements(number):
        with app.app_context(), counted() as found:
            assert client.get(f"/register/debts/{owing.csp.slug}?n={number}").status_code == 200
        return len(found)

    few = statements(1)
    with arrange() as session:
        csp, by, chair = (session.merge(one) for one in (owing.csp, owing.author, owing.partner))
        for _more in range(4):
            about = make_closed(by, asking_body=csp)
            sent = Recommendation(opportunity=about, body=csp, author_id=chair.id, text="Mend it.")
            sent.state, sent.sent_at = RecommendationState.SENT, clock.now()
            sent.reply_by, sent.reasons, sent.number = day(9), "", 1
            db.session.add(sent)
            db.session.flush()
            promise(sent, chair)
    assert statements(2) <= few + 3  # What is owed by all is counted again after an act.


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
