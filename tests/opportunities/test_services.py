import uuid
from datetime import timedelta

import pytest

from tests.conftest import make_account
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.opportunities import queries, services
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import STEPS, Act, OpportunityState, acts_from
from vrn_community.partnership.levels import PreventionLevel

S = OpportunityState


@pytest.fixture
def approver(author):
    return make_account(Role.APPROVER)


def actions(opportunity):
    return [entry.action for entry in audit.of_subject(opportunity.id)]


def test_a_draft_begins_with_a_neutral_code_and_its_author(author):
    draft = services.begin(uuid.uuid4(), "Knives", ParticipationLevel.CONSULT, author=author)

    assert (draft.state, draft.author) == (S.DRAFT, author)
    assert len(draft.code) == services.CODE_LENGTH
    assert actions(draft) == ["opportunity:begin"]


def test_a_form_sent_twice_makes_one_draft(author):
    key = uuid.uuid4()

    once = services.begin(key, "A", ParticipationLevel.INFORM, author=author)
    again = services.begin(key, "A", ParticipationLevel.INFORM, author=author)

    assert once is again
    assert actions(once) == ["opportunity:begin"]


def test_nobody_takes_over_the_draft_of_somebody_else(author, approver):
    key = uuid.uuid4()
    services.begin(key, "A", ParticipationLevel.INFORM, author=author)

    with pytest.raises(NotAllowed, match="somebody else"):
        services.begin(key, "B", ParticipationLevel.INFORM, author=approver)


def test_a_description_is_cleaned_when_it_is_saved(draft, author):
    opportunity = draft()

    services.edit(opportunity, {"description_source": "**x** <script>y</script>"}, by=author)

    assert "<strong>x</strong>" in opportunity.description_html
    assert "<script" not in opportunity.description_html


def test_levels_of_prevention_are_replaced(draft, author, session):
    opportunity = draft()
    first, second, third = PreventionLevel
    services.edit(opportunity, {"prevention_levels": [first, second]}, by=author)

    services.edit(opportunity, {"prevention_levels": [third, second]}, by=author)

    session.expire_all()
    assert set(queries.opportunity(opportunity.id).prevention_levels) == {second, third}


@pytest.mark.parametrize("state", sorted(set(S) - {S.DRAFT, S.RETURNED}))
def test_only_a_draft_can_be_changed(draft, author, state):
    opportunity = draft(state=state)

    with pytest.raises(NotAllowed, match="Only a draft"):
        services.edit(opportunity, {"title": "Other"}, by=author)


def test_an_opportunity_goes_from_draft_to_the_public(draft, author, approver):
    opportunity = draft(opens_on=clock.today(), is_signed=True)

    services.change_state(opportunity, Act.SUBMIT, by=author)
    services.change_state(opportunity, Act.APPROVE, by=approver)
    services.change_state(opportunity, Act.PUBLISH, by=author)

    assert (opportunity.state, opportunity.approver_id) == (S.PUBLISHED, approver.id)
    assert opportunity.published_at
    assert queries.by_code(opportunity.code) is opportunity
    assert actions(opportunity) == [
        f"opportunity:{act}" for act in ("submit", "approve", "publish")
    ]


def test_nobody_approves_what_they_wrote(session, draft):
    both = make_account(Role.PUBLISHER, Role.APPROVER)
    opportunity = draft(state=S.SUBMITTED)
    opportunity.author = both
    session.flush()

    with pytest.raises(NotAllowed, match="somebody else has to approve"):
        services.change_state(opportunity, Act.APPROVE, by=both)

    assert opportunity.state is S.SUBMITTED


def test_nobody_approves_what_they_wrote_a_part_of(draft, author, approver):
    helper = make_account(Role.PUBLISHER, Role.APPROVER)
    opportunity = draft()
    services.edit(opportunity, {"title": "A word of mine"}, by=helper)
    services.edit(opportunity, {"title": "And another"}, by=author)
    services.change_state(opportunity, Act.SUBMIT, by=helper)

    with pytest.raises(NotAllowed, match="somebody else has to approve"):
        services.change_state(opportunity, Act.APPROVE, by=helper)
    services.change_state(opportunity, Act.APPROVE, by=approver)

    assert opportunity.writer_ids == sorted({str(helper.id), str(author.id)})
    assert opportunity.approver_id == approver.id


@pytest.mark.parametrize(
    ("state", "act"), [(state, act) for state in S for act in Act if act not in acts_from(state)]
)
def test_a_step_from_the_wrong_state_changes_nothing(draft, state, act):
    opportunity = draft(state=state)
    somebody = make_account(Role.PUBLISHER, Role.APPROVER)

    with pytest.raises(NotAllowed, match="moved on"):
        services.change_state(opportunity, act, by=somebody, reason="Because")

    assert opportunity.state is state
    assert actions(opportunity) == []


@pytest.mark.parametrize("act", Act)
def test_the_last_step_pressed_again_is_done_already(draft, act):
    opportunity = draft(state=sorted(STEPS[act].begins_in)[0], is_signed=True)
    somebody = make_account(Role.PUBLISHER, Role.APPROVER)
    services.change_state(opportunity, act, by=somebody, reason="Because", version=1)

    services.change_state(opportunity, act, by=somebody, reason="Because", version=1)

    assert (opportunity.state, opportunity.last_act) == (STEPS[act].ends_in, act)
    assert actions(opportunity) == [f"opportunity:{act}"]


def test_another_way_to_the_same_state_is_not_the_same_step(draft):
    somebody = make_account(Role.PUBLISHER, Role.APPROVER)
    opportunity = draft(state=S.SUBMITTED)
    services.change_state(opportunity, Act.RETURN, by=somebody, reason="Say more.")

    with pytest.raises(NotAllowed, match="moved on"):
        services.change_state(opportunity, Act.REVISE, by=somebody, reason="A wrong date.")

    assert opportunity.state_reason == "Say more."


def test_a_step_counts_for_what_was_read(draft, author, approver):
    opportunity = draft(state=S.RETURNED)
    read = opportunity.version
    services.edit(opportunity, {"title": "Something else"}, by=author)
    services.change_state(opportunity, Act.SUBMIT, by=author)

    with pytest.raises(NotAllowed, match="changed after you opened it"):
        services.change_state(opportunity, Act.APPROVE, by=approver, version=read)
    assert opportunity.state is S.SUBMITTED

    services.change_state(opportunity, Act.APPROVE, by=approver, version=opportunity.version)
    assert opportunity.state is S.APPROVED


def test_the_trail_says_which_version_was_approved(draft, author, approver):
    opportunity = draft(state=S.SUBMITTED)
    read = opportunity.version

    services.change_state(opportunity, Act.APPROVE, by=approver, version=read)

    assert audit.of_subject(opportunity.id)[-1].details["version"] == read


def test_the_day_on_which_it_was_closed_is_kept(draft, author):
    opportunity = draft(is_public=True)

    services.change_state(opportunity, Act.CLOSE, by=author, reason="It is full.")

    assert opportunity.closed_on == clock.today() < opportunity.closes_on
    assert opportunity.reply_due_on == clock.today() + timedelta(weeks=12)


@pytest.mark.parametrize("act", Act)
def test_a_step_needs_the_permission_of_the_step(draft, act):
    state = sorted(STEPS[act].begins_in)[0]
    stranger = make_account(Role.ANALYST)

    with pytest.raises(NotAllowed, match="roles"):
        services.change_state(draft(state=state), act, by=stranger, reason="Because")


@pytest.mark.parametrize("act", [act for act, step in STEPS.items() if step.needs_reason])
def test_a_step_that_stops_something_needs_a_reason(draft, act):
    somebody = make_account(Role.PUBLISHER, Role.APPROVER)
    opportunity = draft(state=sorted(STEPS[act].begins_in)[0])

    with pytest.raises(NotAllowed, match="reason"):
        services.change_state(opportunity, act, by=somebody)
    services.change_state(opportunity, act, by=somebody, reason="The dates are wrong.")

    assert opportunity.state_reason == "The dates are wrong."
    assert audit.of_subject(opportunity.id)[-1].details["reason"] == "The dates are wrong."


@pytest.mark.parametrize("act", [act for act, step in STEPS.items() if step.checks_gates])
def test_a_step_towards_the_public_is_refused_with_what_is_missing(draft, act):
    somebody = make_account(Role.PUBLISHER, Role.APPROVER)
    state = sorted(STEPS[act].begins_in)[0]
    opportunity = draft(state=state, summary="", is_signed=True)

    with pytest.raises(services.GatesClosed) as refused:
        services.change_state(opportunity, act, by=somebody)

    assert [gap.field for gap in refused.value.gaps] == ["summary"]
    assert opportunity.state is state


def test_what_was_approved_once_needs_approval_again_after_a_change(draft, author, approver):
    opportunity = draft(state=S.APPROVED, approver_id=approver.id)

    services.change_state(opportunity, Act.REVISE, by=author, reason="A wrong date.")

    assert opportunity.approver_id is None
    assert opportunity.is_editable


def test_publishing_again_keeps_the_first_day_of_publication(draft, author):
    opportunity = draft(state=S.APPROVED, is_signed=True)
    first = clock.now() - timedelta(days=3)
    opportunity.published_at = first

    services.change_state(opportunity, Act.PUBLISH, by=author)

    assert opportunity.published_at == first


def test_information_opens_on_the_day_when_it_is_published(draft, author):
    opportunity = draft(level=ParticipationLevel.INFORM, state=S.APPROVED, opens_on=None)

    services.change_state(opportunity, Act.PUBLISH, by=author)

    assert opportunity.opens_on == clock.today()
