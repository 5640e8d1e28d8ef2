import uuid

import pytest

from tests.conftest import make_account
from tests.oversight.proposals.conftest import empowering, idea, make_proposal
from vrn_community import config
from vrn_community.accounts.roles import Role
from vrn_community.foundation.errors import NotAllowed
from vrn_community.opportunities import services as opportunities
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import Act as Step
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.oversight.proposals import parts, queries, services
from vrn_community.oversight.proposals.lifecycle import ProposalState
from vrn_community.oversight.proposals.services import Suggested


def suggest(proposal, by, **said):
    return services.suggest(uuid.uuid4(), proposal, Suggested(**said), by=by)


def test_an_activity_is_proposed_once(session, member, team):
    key = uuid.uuid4()
    first = services.propose(key, idea(), by=member)

    assert services.propose(key, idea(title="Other"), by=member) is first
    assert first.state is ProposalState.PROPOSED
    for by in (team, make_account(Role.YOUTH_PANEL, email="other@example.org")):
        with pytest.raises(NotAllowed):
            services.propose(key, idea(), by=by)
    with pytest.raises(NotAllowed):
        services.propose(uuid.uuid4(), idea(), by=team)


def test_who_empowers_says_which_power_is_handed_over(session, member):
    with pytest.raises(NotAllowed):
        services.propose(uuid.uuid4(), idea(level=ParticipationLevel.EMPOWER), by=member)


def test_a_proposal_is_overdue_by_itself(session, member, team, later):
    proposal = make_proposal(member)
    days = config.current().proposal_due_days
    seen = []
    for passed in (0, days, days + 1):
        later(days=passed)
        seen.append((proposal.is_overdue, queries.number_overdue()))

    assert seen == [(False, 0), (False, 0), (True, 1)]
    services.decline(proposal, "There is no money.", by=team)
    assert not proposal.is_overdue


def test_a_proposal_becomes_a_draft_that_its_proposer_cannot_approve(session, member, team):
    proposal = services.propose(uuid.uuid4(), empowering(), by=member)

    draft = services.take_up(proposal, "Let us do it.", by=team)
    again = services.take_up(proposal, "Let us do it.", by=team)

    assert draft is again
    assert (draft.title, draft.audience, draft.level) == (
        "Ask at bus stops",
        "Who waits",
        ParticipationLevel.EMPOWER,
    )
    assert draft.duty("power") == "5,000 pounds"
    assert draft.was_written_by(member)
    assert draft.was_written_by(team)


def test_the_team_declines_with_reasons_once(session, member, team):
    proposal = make_proposal(member)
    with pytest.raises(NotAllowed):
        services.decline(proposal, " ", by=team)
    for _twice in range(2):
        services.decline(proposal, "There is no money.", by=team)

    assert proposal.state is ProposalState.DECLINED
    with pytest.raises(NotAllowed):
        services.take_up(proposal, "Now there is.", by=team)


def test_only_its_author_withdraws_a_proposal(session, member):
    proposal = make_proposal(member)
    with pytest.raises(NotAllowed):
        services.withdraw(proposal, by=make_account(Role.YOUTH_PANEL, email="o@example.org"))
    for _twice in range(2):
        services.withdraw(proposal, by=member)
    assert proposal.state is ProposalState.WITHDRAWN


@pytest.mark.parametrize("field", ["title", "summary", "description_source", "power", "limits"])
def test_accepted_words_stand_in_the_draft_with_their_author_in_its_history(
    session, member, team, field
):
    proposal = services.propose(uuid.uuid4(), empowering(), by=member)
    draft = services.take_up(proposal, "Yes.", by=team)
    other = make_account(Role.OVERSIGHT_MEMBER, email="imran@example.org")
    before = parts.words(draft, field)
    wording = suggest(proposal, other, field=field, words="Better words.")

    for _twice in range(2):
        services.accept(proposal, wording, "They are.", by=team)

    assert parts.words(draft, field) == "Better words."
    assert (wording.was, wording.is_accepted, wording.decided_by_id) == (before, True, team.id)
    assert draft.was_written_by(other)
    with pytest.raises(NotAllowed):
        services.refuse(proposal, wording, "No.", by=team)
    if field == "description_source":
        assert draft.description_html == "<p>Better words.</p>\n"


def test_words_are_left_out_with_a_reason(session, member, team):
    proposal = make_proposal(member)
    draft = services.take_up(proposal, "Yes.", by=team)
    wording = suggest(proposal, member, field="title", words="Better words.")
    with pytest.raises(NotAllowed):
        services.refuse(proposal, wording, "", by=team)
    for _twice in range(2):
        services.refuse(proposal, wording, "Too short.", by=team)

    assert draft.title == "Ask at bus stops"
    assert (wording.is_accepted, wording.reason) == (False, "Too short.")


@pytest.mark.parametrize(
    "said",
    [{}, {"words": "x"}, {"field": "state", "words": "published"}, {"field": "title", "words": ""}],
)
def test_what_is_no_suggestion_is_refused(session, member, team, said):
    proposal = make_proposal(member)
    services.take_up(proposal, "Yes.", by=team)
    with pytest.raises(NotAllowed):
        suggest(proposal, member, **said)


def test_a_comment_waits_for_nobody(session, member, team):
    proposal = make_proposal(member)
    services.take_up(proposal, "Yes.", by=team)
    comment = suggest(proposal, member, comment="Good so far.")

    assert not comment.is_waiting
    for decide in (services.accept, services.refuse):
        with pytest.raises(NotAllowed):
            decide(proposal, comment, "Why?", by=team)


def test_nothing_is_suggested_for_a_draft_that_was_handed_in(session, member, team):
    proposal = make_proposal(member)
    draft = services.take_up(proposal, "Yes.", by=team)
    wording = suggest(proposal, member, field="title", words="Better words.")
    draft.state = OpportunityState.SUBMITTED
    session.flush()

    with pytest.raises(NotAllowed):
        suggest(proposal, member, field="title", words="Even better.")
    with pytest.raises(NotAllowed):
        services.accept(proposal, wording, "Yes.", by=team)


def test_whose_words_were_accepted_cannot_approve(session, member, team):
    proposal = make_proposal(member)
    draft = services.take_up(proposal, "Yes.", by=team)
    both = make_account(Role.APPROVER, Role.OVERSIGHT_MEMBER, email="both@example.org")
    wording = suggest(proposal, both, field="title", words="Better words.")
    services.accept(proposal, wording, "Yes.", by=team)
    draft.state = OpportunityState.SUBMITTED

    assert opportunities.refusal(draft, Step.APPROVE, by=both)
