import uuid
from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.factories.questionnaires import make_version
from tests.insights.conftest import CROWD, answered
from tests.oversight.conftest import asking, make_body, make_closed, make_recommendation
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.oversight import lifecycle, services
from vrn_community.oversight.lifecycle import Act
from vrn_community.oversight.models import Answer, ObservationKind, RecommendationState
from vrn_community.oversight.reading import Spot

S = RecommendationState


@pytest.fixture
def joy(session):
    return make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org", name="Joy Mensah")


@pytest.fixture
def council(joy):
    return make_body("council")


@pytest.fixture
def closed(council):
    return make_closed(make_account(Role.PUBLISHER))


@pytest.fixture
def draft(closed, council, joy):
    return make_recommendation(closed, council, joy)


@pytest.fixture
def lena(council):
    """Return somebody who answers for the council."""
    account = make_account(Role.PARTNER, email="lena@example.org", name="Lena Fox")
    account.body_id = council.id
    return account


@pytest.fixture
def sent(draft, joy):
    services.send(draft, by=joy)
    return draft


def actions(subject):
    return [entry.action for entry in audit.of_subject(subject.id)]


# Observations


def test_an_observation_has_an_author_and_is_noted_once(closed, joy):
    answered(make_version(closed), CROWD)
    key, about = uuid.uuid4(), Spot(ObservationKind.TABLE, "feel")

    once = services.observe(key, closed, "Few girls answered.", about=about, by=joy)
    again = services.observe(key, closed, "Few girls answered.", about=about, by=joy)

    assert once is again
    assert (once.author_id, once.key) == (joy.id, "feel")
    assert actions(once) == ["observation:write"]


def test_nobody_writes_over_the_observation_of_somebody_else(closed, joy):
    key = uuid.uuid4()
    services.observe(key, closed, "Mine.", by=joy)
    other = make_account(Role.OVERSIGHT_MEMBER)

    with pytest.raises(NotAllowed, match="somebody else"):
        services.observe(key, closed, "Not mine.", by=other)


@pytest.mark.parametrize(
    "changes",
    [
        {"closes_on": clock.today()},
        {"state": OpportunityState.PAUSED},
        {"state": OpportunityState.RETURNED},
        {"state": OpportunityState.WITHDRAWN},
        {"level": ParticipationLevel.INFORM},
    ],
    ids=str,
)
def test_what_is_not_closed_is_neither_observed_nor_judged(closed, council, joy, changes):
    running = make_closed(closed.author, **changes)

    with pytest.raises(NotAllowed, match="when it has closed"):
        services.observe(uuid.uuid4(), running, "Too early.", by=joy)
    with pytest.raises(NotAllowed, match="when it has closed"):
        make_recommendation(running, council, joy)


def test_who_checks_nothing_observes_nothing(closed, council):
    publisher = closed.author

    with pytest.raises(NotAllowed, match="roles"):
        services.observe(uuid.uuid4(), closed, "Hm.", by=publisher)
    with pytest.raises(NotAllowed, match="roles"):
        make_recommendation(closed, council, publisher)


# Recommendations


def test_a_reply_is_due_after_28_days_unless_another_day_is_named(closed, council, joy):
    usual = make_recommendation(closed, council, joy)
    named = make_recommendation(closed, council, joy, reply_by=clock.today() + timedelta(days=9))

    assert usual.reply_by == clock.today() + timedelta(days=28)
    assert named.reply_by == clock.today() + timedelta(days=9)


def test_a_form_sent_twice_makes_one_recommendation(closed, council, joy):
    key = uuid.uuid4()

    once = make_recommendation(closed, council, joy, key=key)
    again = make_recommendation(closed, council, joy, key=key)

    assert once is again
    assert once.state is S.DRAFT
    assert actions(once) == ["recommendation:begin"]


def test_members_who_are_not_chairs_recommend_and_send_nothing(closed, council, draft):
    member = make_account(Role.OVERSIGHT_MEMBER)

    with pytest.raises(NotAllowed, match="roles"):
        make_recommendation(closed, council, member)
    with pytest.raises(NotAllowed, match="roles"):
        services.send(draft, by=member)
    with pytest.raises(NotAllowed, match="roles"):
        services.close(draft, by=member)


def test_only_its_author_changes_a_draft_and_only_before_it_is_sent(draft, council, joy):
    other = make_account(Role.OVERSIGHT_CHAIR)
    with pytest.raises(NotAllowed, match="somebody else"):
        services.edit(draft, asking(council, text="Other words"), by=other)
    services.edit(draft, asking(council, text="Better words"), by=joy)
    services.send(draft, by=other)

    with pytest.raises(NotAllowed, match="moved on"):
        services.edit(draft, asking(council, text="Too late"), by=joy)

    assert draft.text == "Better words"


def test_sending_twice_sends_once(draft, joy):
    services.send(draft, by=joy)
    first = draft.sent_at
    services.send(draft, by=joy)

    assert (draft.state, draft.sent_at) == (S.SENT, first)
    assert actions(draft) == ["recommendation:begin", "recommendation:send"]


def test_nothing_is_sent_that_is_due_at_once(draft, joy, later):
    later(days=28)

    with pytest.raises(NotAllowed, match="later one"):
        services.send(draft, by=joy)

    assert draft.state is S.DRAFT


def test_what_was_sent_becomes_overdue_by_itself(sent, later):
    later(days=28)
    assert not sent.is_overdue

    later(days=29)

    assert sent.is_overdue
    assert sent.state is S.SENT


def test_an_unanswered_recommendation_cannot_be_put_away(sent, joy, lena):
    with pytest.raises(NotAllowed, match="moved on"):
        services.close(sent, by=joy)
    services.reply(sent, Answer.ACCEPTED, "Yes.", by=lena)
    services.close(sent, by=joy)
    services.close(sent, by=joy)

    assert sent.state is S.CLOSED
    assert actions(sent)[-2:] == ["recommendation:reply", "recommendation:close"]


def test_a_draft_can_be_put_away_and_is_never_sent(draft, joy):
    services.close(draft, by=joy)

    with pytest.raises(NotAllowed, match="moved on"):
        services.send(draft, by=joy)


# Replies


def test_the_body_that_was_asked_replies_once_with_reasons(sent, lena):
    once = services.reply(sent, Answer.NOT_ACCEPTED, "No money.", by=lena)
    again = services.reply(sent, Answer.NOT_ACCEPTED, "No money.", by=lena)

    assert once is again
    assert sent.state is S.REPLIED
    assert audit.of_subject(sent.id)[-1].details == {"answer": "not-accepted"}
    with pytest.raises(NotAllowed, match="moved on"):
        services.reply(sent, Answer.ACCEPTED, "We changed our mind.", by=lena)
    assert (sent.reply.answer, sent.reply.reasons) == (Answer.NOT_ACCEPTED, "No money.")


def test_a_reply_after_the_day_still_counts(sent, lena, later):
    later(days=60)

    services.reply(sent, Answer.PARTLY, "Late, sorry.", by=lena)

    assert not sent.is_overdue


def test_a_reply_without_reasons_is_none(sent, lena):
    with pytest.raises(NotAllowed, match="reasons"):
        services.reply(sent, Answer.ACCEPTED, "", by=lena)


@pytest.mark.parametrize("other", ["another body", "no body"])
def test_nobody_replies_for_another_body(sent, lena, other):
    lena.body_id = make_body("police").id if other == "another body" else None

    with pytest.raises(NotAllowed, match="Only the body"):
        services.reply(sent, Answer.ACCEPTED, "Yes.", by=lena)


def test_whoever_may_not_reply_does_not_even_for_their_body(sent, lena, joy):
    joy.body_id = sent.body_id

    with pytest.raises(NotAllowed, match="roles"):
        services.reply(sent, Answer.ACCEPTED, "Yes.", by=joy)


def test_a_draft_gets_no_reply(draft, lena):
    with pytest.raises(NotAllowed, match="moved on"):
        services.reply(draft, Answer.ACCEPTED, "Yes.", by=lena)


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("act", Act)
def test_every_step_begins_where_the_table_says(draft, joy, lena, council, state, act):
    draft.state = state
    step = lifecycle.STEPS[act]
    done_already = state is step.ends_in and act in (Act.SEND, Act.CLOSE)
    take = {
        Act.EDIT: lambda: services.edit(draft, asking(council), by=joy),
        Act.SEND: lambda: services.send(draft, by=joy),
        Act.REPLY: lambda: services.reply(draft, Answer.PARTLY, "Some.", by=lena),
        Act.CLOSE: lambda: services.close(draft, by=joy),
    }[act]

    if act in lifecycle.acts_from(state) or done_already:
        take()
        assert draft.state is step.ends_in
    else:
        with pytest.raises(NotAllowed, match="moved on"):
            take()
        assert draft.state is state


def test_the_audit_trail_holds_no_words(closed, council, joy, lena):
    services.observe(uuid.uuid4(), closed, "Few girls answered.", by=joy)
    made = make_recommendation(closed, council, joy, text="More lights", reasons="Dark paths")
    services.send(made, by=joy)
    services.reply(made, Answer.ACCEPTED, "By spring.", by=lena)

    written = " ".join(str(entry.details) for entry in db.session.query(AuditEntry))
    assert not any(word in written for word in ("girls", "lights", "Dark", "spring"))
