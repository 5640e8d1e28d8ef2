"""Who asks again on a theme is warned of every open debt there, whoever owes it, own ones first."""

import uuid

import pytest

from tests.conftest import make_account
from tests.opportunities.conftest import counted
from tests.outcomes.conftest import day, make_body, make_closed
from tests.oversight.recommendations.conftest import make_recommendation
from tests.pages import Page
from vrn_community.accounts.roles import Role
from vrn_community.opportunities import activities
from vrn_community.opportunities.levels import ParticipationLevel as L
from vrn_community.oversight.commitments import services as commitments
from vrn_community.oversight.recommendations import answering
from vrn_community.oversight.recommendations import services as recommendations
from vrn_community.oversight.recommendations.models import Answer

LONG_AGO = {"opens_on": day(-140), "closes_on": day(-100), "decision_on": day(-90)}


def warnings(opportunity):
    found = [gap for gap in activities.gaps(opportunity) if gap.field == "asking_body"]
    assert all(gap.is_warning for gap in found)
    return [gap.message for gap in found]


def asked(about, body, chair, *, days=-1):
    """Store that a body was asked for something, with a day for the reply."""
    made = make_recommendation(about, body, chair)
    recommendations.send(made, by=chair)
    made.reply_by = day(days)
    return made


def promised(about, body, chair, *, days):
    """Store that a body promised something, with a day for it."""
    made = asked(about, body, chair, days=9)
    partner = make_account(Role.PARTNER, email=f"{uuid.uuid4()}@example.org")
    partner.body_id = body.id
    answering.reply(made, Answer.ACCEPTED, "Yes.", by=partner)
    what = commitments.Promise("Head", "Lights", day(9))
    commitments.promise(uuid.uuid4(), made, what, by=partner).due_on = day(days)


@pytest.fixture
def joy(session):
    return make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org")


@pytest.fixture
def council(ben):
    return make_body("council")


@pytest.fixture
def trust(ben):
    return make_body("trust")


def test_the_debt_of_another_body_warns_too(ben, partnership, council, trust):
    make_closed(ben, asking_body=council, **LONG_AGO)

    (told,) = warnings(make_closed(ben, asking_body=trust, closes_on=day(30)))

    assert told.startswith("The council still owes people 1 answer on the same theme, 1 of them")
    assert "find out what became of it" in told
    undecided = make_closed(ben, asking_body=None, closes_on=day(30))
    assert warnings(undecided) == [told]


def test_ones_own_debt_stands_first_then_what_is_late(ben, partnership, council, trust):
    make_closed(ben, asking_body=trust)
    make_closed(ben, asking_body=council, **LONG_AGO)

    told = warnings(make_closed(ben, asking_body=trust, closes_on=day(30)))

    assert [words.split(" still")[0] for words in told] == ["The trust", "The council"]
    assert "Answer first" in told[0]


def test_replies_and_late_promises_count_and_promises_in_time_do_not(
    ben, joy, partnership, council, trust
):
    about = make_closed(ben, asking_body=None)
    promised(about, council, joy, days=5)
    again = make_closed(ben, asking_body=trust, closes_on=day(30))
    assert warnings(again) == []
    promised(about, council, joy, days=-1)
    asked(about, trust, joy, days=-1)
    asked(about, trust, joy, days=4)

    own, other = warnings(again)

    assert own.startswith("The trust still owes people 2 answers on the same theme, 1 of them late")
    assert other.startswith("The council is late with 1 promise on the same theme.")


@pytest.mark.parametrize("changes", [{"priorities": []}, {"level": L.INFORM}])
def test_another_theme_and_mere_news_are_not_warned(ben, joy, partnership, council, trust, changes):
    about = make_closed(ben, asking_body=council, **LONG_AGO)
    promised(about, council, joy, days=-1)

    assert warnings(make_closed(ben, asking_body=trust, closes_on=day(30), **changes)) == []


def test_many_bodies_are_named_in_part_and_cost_no_more_statements(ben, joy, partnership, trust):
    def statements():
        again = make_closed(ben, asking_body=trust, closes_on=day(30))
        with counted() as found:
            told = warnings(again)
        return told, len(found)

    make_closed(ben, asking_body=make_body("first"), **LONG_AGO)
    promised(make_closed(ben, asking_body=None), make_body("second"), joy, days=-1)
    few, before = statements()
    for number in range(8):
        body = make_body(f"body-{number}")
        make_closed(ben, asking_body=body, **LONG_AGO)
        promised(make_closed(ben, asking_body=None), body, joy, days=-1)
    many, after = statements()

    assert (len(few), len(many)) == (2, 6)
    assert many[-1] == "5 more bodies owe people something on the same theme."
    assert after == before


def test_the_page_of_a_draft_shows_the_warnings(arrange, sign_in_as, partnership):
    with arrange():
        author = make_account(Role.PUBLISHER, email="noor@example.org")
        make_closed(author, asking_body=make_body("council"), **LONG_AGO)
        again = make_closed(author, asking_body=make_body("trust"), closes_on=day(30))
        again.state = "draft"
    team = sign_in_as(Role.PUBLISHER, email="team@example.org")

    page = Page.get(team, f"/desk/opportunities/{again.id}")

    assert page.has("The council still owes people 1 answer on the same theme")
