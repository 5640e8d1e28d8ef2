"""People under 16 are let in on the way that the invitation states, and on no other (Y7)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.pages import Page
from tests.responses.test_sessions import enter
from tests.responses.walking import go
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities import activities, gates, services
from vrn_community.opportunities.children import ChildRoute, is_let_in
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import Act, OpportunityState
from vrn_community.opportunities.models import Opportunity
from vrn_community.responses import sessions, slips

SESSION, PARENT_CODE, WAIVED = ChildRoute
ALONE, IN_SESSION, WITH_SLIP = "alone", "in a session", "with a slip"


@pytest.fixture
def begin(client, url, world, arrange) -> Any:
    """Return a function that lets somebody begin with an age band, having come in some way."""

    def walk(route: ChildRoute | None, came: str, band: str = "13-15", waived: bool = True) -> Page:
        with arrange() as session:
            opportunity = session.get(Opportunity, world["opportunity"].id)
            opportunity.min_age, opportunity.child_route = 8, route
            opportunity.waived_on = clock.today() if waived and route is WAIVED else None
            by = make_account(Role.FACILITATOR)
            plan = sessions.Plan(opportunity, "A club", "Teacher", 3, timedelta(hours=1))
            code = {
                IN_SESSION: lambda: sessions.code_of(
                    sessions.open_session(opportunity.id, plan, by=by)
                ),
                WITH_SLIP: lambda: slips.make(opportunity, 1, by=by)[0],
            }.get(came, str)()
        first = enter(client, code) if code else Page.get(client, url)
        return go(client, url, go(client, url, first), **{"age-band": band})

    return walk


@pytest.mark.parametrize("came", [ALONE, IN_SESSION, WITH_SLIP])
@pytest.mark.parametrize("route", [None, *ChildRoute])
def test_somebody_of_14_begins_only_on_the_stated_way(begin, stored, route, came) -> None:
    allowed = {
        None: (),
        SESSION: (IN_SESSION,),
        PARENT_CODE: (IN_SESSION, WITH_SLIP),
        WAIVED: (ALONE, IN_SESSION, WITH_SLIP),
    }

    page = begin(route, came)

    is_refused = page.heading == "Thank you for wanting to help"
    assert is_refused == (came not in allowed[route])
    if is_refused:
        assert page.has("People under 16 need an adult who has a code for these questions.")
        can_enter = route in (SESSION, PARENT_CODE) and came != IN_SESSION
        assert ("/session" in page.links()) == can_enter
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize("route", [None, *ChildRoute])
def test_somebody_of_16_decides_alone(begin, route) -> None:
    assert begin(route, ALONE, "16-17").heading == "Feeling safe"


def test_a_waiver_that_nobody_approved_lets_nobody_in(begin) -> None:
    assert begin(WAIVED, ALONE, waived=False).heading == "Thank you for wanting to help"


@pytest.mark.parametrize("route", ChildRoute)
def test_children_under_13_need_a_session_on_every_way(begin, route) -> None:
    assert begin(route, WITH_SLIP, "10-12").heading == "Thank you for wanting to help"


def test_an_unknown_route_lets_nobody_in() -> None:
    assert not is_let_in("", is_waived=True, in_session=True, has_slip=True)


# Before it is published


def gaps_of(**changes: Any) -> list[str]:
    author = make_account(Role.PUBLISHER, email=f"{uuid4()}@example.org")
    return [gap.field for gap in gates.gaps(make_opportunity(author, **changes))]


def test_an_invitation_to_people_under_16_states_its_route(session, partnership) -> None:
    assert gaps_of(min_age=15, child_route=None) == ["child_route"]
    assert gaps_of(min_age=None, child_route=None) == ["child_route"]
    assert gaps_of(min_age=16, child_route=None) == []
    assert gaps_of(min_age=8, level=ParticipationLevel.INFORM, child_route=None, duties={}) == []
    assert gaps_of(min_age=13, child_route=WAIVED, waiver_reason="") == ["waiver_reason"]
    assert gaps_of(min_age=13, child_route=SESSION, waiver_reason="") == []


def test_a_waiver_is_dated_when_somebody_else_approves_it_and_ends_with_a_change(
    session, partnership
) -> None:
    author, approver = make_account(Role.PUBLISHER), make_account(Role.APPROVER)
    draft = make_opportunity(author, child_route=WAIVED, waived_on=None)
    services.change_state(draft, Act.SUBMIT, by=author)
    assert draft.waived_on is None

    services.change_state(draft, Act.APPROVE, by=approver)
    assert (draft.waived_on, draft.approver_id) == (clock.today(), approver.id)
    services.change_state(draft, Act.REVISE, by=author, reason="Another reason")
    assert draft.waived_on is None

    draft.child_route = SESSION
    for act, by in ((Act.SUBMIT, author), (Act.APPROVE, approver)):
        services.change_state(draft, act, by=by)
    assert draft.waived_on is None


@pytest.mark.parametrize(
    ("changes", "is_missing"),
    [
        ({"child_route": SESSION}, True),
        ({"child_route": WAIVED, "min_age": 12}, True),
        ({"child_route": WAIVED}, False),
        ({"child_route": SESSION, "min_age": 16}, False),
    ],
)
def test_where_age_decides_the_questions_ask_it(session, partnership, changes, is_missing) -> None:
    for asks in (True, False):
        opportunity = make_opportunity(make_account(Role.PUBLISHER), **changes)
        make_version(opportunity, asks_age_band=asks)
        found = [gap.field for gap in activities.gaps(opportunity) if gap.field == "child_route"]
        assert found == (["child_route"] if is_missing and not asks else [])
        db.session.rollback()


def test_the_approver_reads_the_route_and_the_reason(sign_in_as, world, arrange) -> None:
    with arrange() as session:
        opportunity = session.get(Opportunity, world["opportunity"].id)
        opportunity.state, opportunity.waiver_reason = OpportunityState.SUBMITTED, "It is harmless."
    approver = sign_in_as(Role.APPROVER, email="chidi@example.org")

    page = Page.get(approver, f"/desk/opportunities/{world['opportunity'].id}")

    assert page.has("Without asking anybody")
    assert page.has("It is harmless.")
