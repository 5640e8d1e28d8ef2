import uuid
from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.oversight.conftest import make_body
from tests.oversight.recommendations.conftest import make_recommendation
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.oversight.commitments import queries, services
from vrn_community.oversight.commitments.lifecycle import STEPS, Act
from vrn_community.oversight.commitments.models import CommitmentState
from vrn_community.oversight.recommendations import answering
from vrn_community.oversight.recommendations import services as recommendations
from vrn_community.oversight.recommendations.models import Answer

S = CommitmentState


def day(days):
    return clock.today() + timedelta(days=days)


@pytest.fixture
def lena(council):
    account = make_account(Role.PARTNER, email="lena@example.org", name="Lena Fox")
    account.body_id = council.id
    return account


@pytest.fixture
def asked(closed, council, joy, lena):
    made = make_recommendation(closed, council, joy)
    recommendations.send(made, by=joy)
    answering.reply(made, Answer.PARTLY, "Some.", by=lena)
    return made


@pytest.fixture
def promised(asked, lena):
    what = services.Promise("Head of parks", "Put up lights.", day(60), [("Order", day(20))])
    return services.promise(uuid.uuid4(), asked, what, by=lena)


def test_a_promise_is_made_once_with_its_steps(asked, lena):
    key = uuid.uuid4()
    what = services.Promise("Head of parks", "Put up lights.", day(60), [("Order", day(20))])

    once = services.promise(key, asked, what, by=lena)

    assert services.promise(key, asked, what, by=lena) is once
    assert [step.text for step in once.milestones] == ["Order"]
    assert queries.of([asked.id]) == {asked.id: [once]}


@pytest.mark.parametrize("answer", [Answer.NOT_ACCEPTED, None])
def test_only_what_was_accepted_leads_to_a_promise(closed, council, joy, lena, answer):
    made = make_recommendation(closed, council, joy)
    recommendations.send(made, by=joy)
    if answer:
        answering.reply(made, answer, "No.", by=lena)

    with pytest.raises(NotAllowed, match="Accept"):
        services.promise(uuid.uuid4(), made, services.Promise("Head", "Do", day(9)), by=lena)


@pytest.mark.parametrize(("due", "step"), [(-1, None), (9, 10), (9, -1)])
def test_days_of_a_promise_are_to_come_and_in_order(asked, lena, due, step):
    steps = [("Order", day(step))] if step else []

    with pytest.raises(NotAllowed):
        services.promise(uuid.uuid4(), asked, services.Promise("H", "Do", day(due), steps), by=lena)


def test_it_is_done_with_what_shows_it(promised, lena):
    services.start(promised, by=lena)
    services.start(promised, by=lena)
    for evidence, link in (
        (" ", ""),
        ("Lights.", "http://example.org"),
        ("Lights.", "javascript:x"),
    ):
        with pytest.raises(NotAllowed):
            services.finish(promised, evidence, link, by=lena)

    for _twice in range(2):
        services.finish(promised, "Twelve lights stand.", "https://example.org", by=lena)

    assert (promised.state, promised.ended_on) == (S.DONE, clock.today())


def test_it_is_dropped_with_a_reason(promised, lena):
    with pytest.raises(NotAllowed, match="reason"):
        services.drop(promised, "", by=lena)

    services.drop(promised, "The money went elsewhere.", by=lena)

    assert (promised.state, promised.evidence) == (S.DROPPED, "The money went elsewhere.")


def test_a_step_that_is_reached_means_that_it_has_begun(promised, lena):
    for _twice in range(2):
        services.reach(promised.milestones[0], by=lena)

    assert promised.milestones[0].reached_on == clock.today()
    assert promised.state is S.UNDER_WAY


def test_notes_are_added_and_never_changed(promised, lena):
    key = uuid.uuid4()
    once = services.note(key, promised, "Ordered.", by=lena)

    assert services.note(key, promised, "Something else.", by=lena) is once
    assert [note.text for note in promised.progress] == ["Ordered."]


def test_days_move_in_time_or_are_only_promised(promised, lena, later):
    step = promised.milestones[0]
    services.move(uuid.uuid4(), promised, services.Move(day(30), "Slow.", step), by=lena)
    assert (step.due_on, promised.due_on) == (day(30), day(60))
    was = promised.due_on
    later(days=61)

    late = services.move(uuid.uuid4(), promised, services.Move(day(20), "Rain."), by=lena)

    assert late.came_late
    assert (promised.due_on, promised.promised_by) == (was, day(20))
    assert promised.is_overdue
    assert step.is_overdue


def test_a_body_moves_each_day_twice_and_then_the_group_allows_it(promised, lena, joy):
    step = promised.milestones[0]

    def move(number, by, subject=None):
        wanted = services.Move(day(number), "Slow.", subject)
        return services.move(uuid.uuid4(), promised, wanted, by=by)

    for number in (65, 70):
        assert not move(number, lena).by_group
    with pytest.raises(NotAllowed, match="2 times already"):
        move(75, lena)
    for number in (25, 30):
        move(number, lena, step)  # Each day for itself.
    with pytest.raises(NotAllowed, match="2 times already"):
        move(35, lena, step)

    for number in (75, 80):
        assert move(number, joy).by_group
    assert move(40, joy, step).by_group
    assert (promised.due_on, step.due_on) == (day(80), day(40))
    with pytest.raises(NotAllowed, match="2 times already"):
        move(85, lena)  # That the group allowed more gives the body no more of its own.


def test_being_overdue_is_the_same_for_a_row_and_for_a_query(promised, lena, later):
    step = promised.milestones[0]
    for days in (20, 21, 60, 61):
        later(days=days)
        found = db.session.scalars(db.select(type(promised)).where(queries.is_overdue())).all()
        steps = db.session.scalars(
            db.select(type(step)).where(queries.is_milestone_overdue())
        ).all()
        assert (promised in found) is promised.is_overdue is (days > 60)
        assert (step in steps) is step.is_overdue is (days > 20)
    later()
    services.drop(promised, "No money.", by=lena)
    later(days=99)
    assert not promised.is_overdue
    assert not step.is_overdue


TAKE = {
    Act.START: lambda c, by: services.start(c, by=by),
    Act.NOTE: lambda c, by: services.note(uuid.uuid4(), c, "Ordered.", by=by),
    Act.REACH: lambda c, by: services.reach(c.milestones[0], by=by),
    Act.MOVE: lambda c, by: services.move(uuid.uuid4(), c, services.Move(day(70), "Slow"), by=by),
    Act.FINISH: lambda c, by: services.finish(c, "Lights.", by=by),
    Act.DROP: lambda c, by: services.drop(c, "No.", by=by),
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("who", ["theirs", "another body", "the group"])
def test_every_step_begins_where_the_table_says(promised, lena, joy, act, state, who):
    promised.state = state
    by = joy if who == "the group" else lena
    if who == "another body":
        lena.body_id = make_body("police").id
    step = STEPS[act]
    done_already = act is Act.START and state is step.ends_in
    may = who == "theirs" or (who == "the group" and act is Act.MOVE)
    if state in step.begins_in and may:
        TAKE[act](promised, by)
        assert promised.state is (step.ends_in or state)
    elif done_already:
        TAKE[act](promised, by)
        assert promised.state is state
    else:
        with pytest.raises(NotAllowed):
            TAKE[act](promised, by)
        assert promised.state is state


def test_the_audit_trail_holds_no_words(promised, lena):
    services.note(uuid.uuid4(), promised, "Wombat one", by=lena)
    services.finish(promised, "Wombat two", by=lena)

    written = " ".join(str(entry.details) for entry in db.session.query(AuditEntry))
    assert not any(word in written for word in ("Wombat", "lights", "parks"))
