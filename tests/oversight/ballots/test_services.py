import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from tests.conftest import make_account
from tests.oversight.ballots.conftest import asking, cast, make_ballot, make_members, opened
from vrn_community.accounts.models import AccountState
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock, sealed
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.record_keys import RecordKey
from vrn_community.oversight.ballots import queries, services, voting
from vrn_community.oversight.ballots.counting import AGREE, ASIDE, OBJECT, Method, Outcome
from vrn_community.oversight.ballots.lifecycle import BallotState
from vrn_community.oversight.ballots.models import BallotBox, MinorityView, Voter

CONSENT, VOTE = Method.CONSENT, Method.VOTE


def acts(session):
    query = select(AuditEntry).where(AuditEntry.action.startswith("ballot:"))
    return [(entry.action, entry.actor_id) for entry in session.scalars(query)]


def end(ballot, chair):
    ballot.closes_on = clock.today()
    db.session.flush()
    services.close(ballot, by=chair)


# Preparing and opening


def test_a_ballot_is_drafted_once_and_only_its_author_changes_it(session, chair, members):
    key = uuid.uuid4()
    helper = make_account(Role.SECRETARIAT, email="kai@example.org")

    first = services.begin(key, asking(), by=helper)
    again = services.begin(key, asking(question="Other?"), by=helper)
    services.edit(first, asking(question="Which one?"), by=helper)

    assert first is again
    assert first.question == "Which one?"
    for act in (services.begin, lambda key, asked, by: services.edit(first, asked, by=by)):
        with pytest.raises(NotAllowed):
            act(key, asking(), by=chair)


def test_a_ballot_is_open_from_its_first_to_its_last_day(session, chair, members, later):
    day = timedelta(days=1)
    dates = {"opens_on": clock.today() + day, "closes_on": clock.today() + 2 * day}
    ballot = opened(chair, **dates)
    seen = []
    for days in range(4):
        later(days=days)
        seen.append(ballot.is_open)

    assert seen == [False, True, True, False]
    with pytest.raises(NotAllowed):
        cast(ballot, members[0], "1")


def test_all_members_of_the_day_are_on_the_roll_and_the_secretariat_never(session, chair, members):
    make_account(Role.SECRETARIAT, Role.OVERSIGHT_MEMBER, email="both@example.org")
    gone = make_account(Role.OVERSIGHT_MEMBER, email="gone@example.org")
    gone.state = AccountState.DISABLED
    ballot = opened(chair)
    late = make_members(1, start=9)[0]

    roll = set(session.scalars(select(Voter.account_id)))
    assert roll == {chair.id, *(member.id for member in members)}
    with pytest.raises(NotAllowed):
        cast(ballot, late, "1")


@pytest.mark.parametrize(
    ("is_secret", "quorum", "number_excluded"), [(True, 2, 0), (False, 0, 0), (False, 7, 0)]
)
def test_a_quorum_must_make_sense(session, chair, members, is_secret, quorum, number_excluded):
    draft = make_ballot(chair, is_secret=is_secret)

    with pytest.raises(NotAllowed):
        services.open_ballot(draft, services.Rules(quorum), by=chair)
    assert draft.state is BallotState.DRAFT


def test_a_secret_ballot_needs_three_who_can_vote(session, chair):
    make_members(1)
    with pytest.raises(NotAllowed):
        services.open_ballot(make_ballot(chair, is_secret=True), services.Rules(1), by=chair)


def test_whoever_declared_an_interest_neither_reads_nor_votes_nor_runs_it(session, chair, members):
    out = members[0]
    ballot = opened(chair, excluded=[out.id])

    for call in (
        lambda: queries.ballot(ballot.id, out),
        lambda: cast(ballot, out, "1"),
        lambda: services.open_ballot(
            make_ballot(chair), services.Rules(3, frozenset({chair.id})), by=chair
        ),
    ):
        with pytest.raises((NoResultFound, NotAllowed)):
            call()
    assert queries.ballots(1, out).total == 0
    assert queries.ballots(1, members[1]).total == 1
    assert queries.waiting_for(out) == []
    assert queries.waiting_for(members[1]) == [ballot]
    assert queries.turnout(ballot.id) == queries.Turnout(may=5, did=0, out=1)


def test_a_draft_is_read_by_those_who_prepare_alone(session, chair, members):
    draft = make_ballot(chair)

    assert queries.ballot(draft.id, chair) is draft
    with pytest.raises(NoResultFound):
        queries.ballot(draft.id, members[0])


def test_what_was_changed_since_it_was_read_is_not_opened(session, chair, members):
    draft = make_ballot(chair)
    read = draft.version
    services.edit(draft, asking(question="Something else?"), by=chair)

    with pytest.raises(NotAllowed):
        services.open_ballot(draft, services.Rules(3), by=chair, version=read)


# Voting with names


def test_an_open_vote_counts_once_and_is_read_after_the_end(session, chair, members):
    ballot = opened(chair)
    for number, member in enumerate(members):
        cast(ballot, member, "1" if number < 3 else "2", "Because.")
    cast(ballot, members[0], "1", "Because.")
    with pytest.raises(voting.InAlready):
        cast(ballot, members[0], "2")
    cast(ballot, chair, "abstain")
    assert ballot.result is None

    services.close(ballot, by=chair)
    services.close(ballot, by=chair)

    assert ballot.result.outcome is Outcome.DECIDED
    assert ballot.result.counts == {"1": 3, "2": 2, "3": 0, "abstain": 1}
    assert acts(session).count(("ballot:close", chair.id)) == 1
    assert acts(session).count(("ballot:vote", members[0].id)) == 1
    with pytest.raises(NotAllowed):
        cast(ballot, members[0], "1")


@pytest.mark.parametrize(("choice", "reason"), [("9", ""), ("", ""), ("agree", ""), ("1 ", "")])
def test_only_what_is_asked_can_be_chosen(session, chair, members, choice, reason):
    with pytest.raises(NotAllowed):
        cast(opened(chair), members[0], choice, reason)


def test_an_objection_has_a_reason(session, chair, members):
    with pytest.raises(NotAllowed):
        cast(opened(chair, CONSENT), members[0], OBJECT)


def test_a_ballot_closes_on_its_last_day_or_when_all_have_voted(session, chair, members, later):
    ballot = opened(chair)
    for member in members:
        cast(ballot, member, "1")
    with pytest.raises(NotAllowed):
        services.close(ballot, by=chair)

    cast(ballot, chair, "1")
    services.close(ballot, by=chair)
    second = opened(chair)
    later(days=7)
    services.close(second, by=chair)

    assert second.result.outcome is Outcome.NO_QUORUM


# Consent


def blocked(chair, members, **changes):
    ballot = opened(chair, CONSENT, **changes)
    for member in members[1:]:
        cast(ballot, member, AGREE)
    cast(ballot, members[0], OBJECT, "It costs too much.")
    cast(ballot, chair, ASIDE)
    services.close(ballot, by=chair)
    return ballot


def test_an_objection_is_met_or_put_to_a_vote(session, chair, members):
    ballot = blocked(chair, members)
    assert ballot.is_blocked
    assert [who for who in (chair, *members) if services.may_dissent(ballot, by=who)] == [
        chair,
        *members[1:],
    ]

    services.resolve(ballot, "We ask for half of the money.", by=chair)
    services.resolve(ballot, "We ask for half of the money.", by=chair)

    assert not ballot.is_blocked
    others = [who for who in (chair, *members) if services.may_dissent(ballot, by=who)]
    assert others == [chair, members[0]]
    assert acts(session).count(("ballot:resolve", chair.id)) == 1
    with pytest.raises(NotAllowed):
        services.put_to_vote(ballot, ("Yes", "No"), by=chair)


def test_what_somebody_objected_to_is_put_to_one_vote(session, chair, members):
    ballot = blocked(chair, members, is_secret=True)

    made = services.put_to_vote(ballot, ("Yes", "No"), by=chair)
    again = services.put_to_vote(ballot, ("Yes", "No"), by=chair)

    assert made is again
    assert (made.method, made.options, made.is_secret) == (VOTE, ["Yes", "No"], True)
    services.withdraw(made, "Not now.", by=chair)
    assert services.put_to_vote(ballot, ("Yes", "No"), by=chair) is not made


def test_what_nobody_objected_to_has_nothing_to_be_met(session, chair, members):
    ballot = opened(chair, CONSENT)
    for member in (*members, chair):
        cast(ballot, member, AGREE)
    services.close(ballot, by=chair)

    with pytest.raises(NotAllowed):
        services.dissent(uuid.uuid4(), ballot, "I agree.", by=members[0])
    for call in (
        lambda: services.resolve(ballot, "Why?", by=chair),
        lambda: services.put_to_vote(ballot, ("Yes", "No"), by=chair),
    ):
        with pytest.raises(NotAllowed):
            call()


# Minority views


def test_whoever_voted_otherwise_keeps_a_minority_view_with_their_name(session, chair, members):
    ballot = opened(chair)
    for number, member in enumerate(members):
        cast(ballot, member, "2" if number == 0 else "1")
    end(ballot, chair)
    key = uuid.uuid4()

    for _twice in range(2):
        services.dissent(key, ballot, "Bushes come first.", by=members[0])

    view = session.scalars(select(MinorityView)).one()
    assert (view.words, view.author_id) == ("Bushes come first.", members[0].id)
    for other in (members[0], members[1], chair):
        with pytest.raises(NotAllowed):
            services.dissent(uuid.uuid4(), ballot, "Me too.", by=other)


def test_a_minority_view_of_a_secret_ballot_has_no_name_anywhere(session, chair, members):
    ballot = opened(chair, is_secret=True)
    for member in members:
        cast(ballot, member, "1")
    end(ballot, chair)
    before = acts(session)

    for number in range(6):
        services.dissent(uuid.uuid4(), ballot, f"View {number}.", by=members[0])
    with pytest.raises(NotAllowed):
        services.dissent(uuid.uuid4(), ballot, "One more than members.", by=members[0])

    assert {view.author_id for view in ballot.views} == {None}
    assert acts(session) == before


# Secret ballots


def test_a_member_finds_their_vote_under_their_code_after_the_end(session, chair, members):
    ballot = opened(chair, is_secret=True)
    trackers = {
        cast(ballot, member, str(number % 3 + 1), f"Reason {number}"): str(number % 3 + 1)
        for number, member in enumerate(members)
    }
    end(ballot, chair)

    assert {tracker: choice for tracker, choice, _reason in ballot.counted} == trackers
    assert ballot.counted == sorted(ballot.counted)
    assert ballot.result.counts == {"1": 2, "2": 2, "3": 1, "abstain": 0}
    assert session.scalars(select(BallotBox)).all() == []
    assert session.scalars(select(RecordKey)).all() == []


def test_one_form_gives_one_code_and_a_second_form_says_it_is_in(session, chair, members):
    ballot, member = opened(chair, is_secret=True), members[0]
    form = voting.new_form(ballot, member)

    first = cast(ballot, member, "1", form=form)
    assert cast(ballot, member, "2", form=form) == first
    with pytest.raises(voting.InAlready):
        cast(ballot, member, "2")

    assert queries.turnout(ballot.id).did == 1
    votes = services.empty(ballot)
    assert [(vote.tracker, vote.choice) for vote in votes] == [(first, "1")]


def test_a_form_of_another_member_or_ballot_gives_no_code(session, chair, members):
    ballot, other = opened(chair, is_secret=True), opened(chair, is_secret=True)
    form = voting.new_form(ballot, members[0])

    for where, who in ((ballot, members[1]), (other, members[0])):
        with pytest.raises(sealed.StateRefused):
            voting.tracker_of(form, where, who)


def test_a_code_is_not_made_of_the_member(session, chair, members):
    ballot, member = opened(chair, is_secret=True), members[0]
    forms = {voting.tracker_of(voting.new_form(ballot, member), ballot, member) for _ in range(20)}

    assert len(forms) == 20


def test_too_few_votes_of_a_secret_ballot_are_never_counted(session, chair, members):
    ballot = opened(chair, is_secret=True)
    for member in members[:2]:
        cast(ballot, member, "1")
    end(ballot, chair)

    assert ballot.counted == []
    assert ballot.result.outcome is Outcome.NO_QUORUM
    assert set(ballot.result.counts.values()) == {0}
    assert session.scalars(select(BallotBox)).all() == []


@pytest.mark.parametrize("is_secret", [True, False])
def test_a_withdrawn_ballot_keeps_no_vote(session, chair, members, is_secret):
    ballot = opened(chair, is_secret=is_secret)
    cast(ballot, members[0], "1")

    for _twice in range(2):
        services.withdraw(ballot, "It was asked wrongly.", by=chair)

    assert (ballot.state, ballot.result) == (BallotState.WITHDRAWN, None)
    assert session.scalars(select(BallotBox)).all() == []
    session.expire_all()
    assert ballot.votes == []


def test_no_secret_vote_stands_in_the_audit_trail(session, chair, members):
    ballot = opened(chair, is_secret=True)
    for member in members:
        cast(ballot, member, "1", "Marmosetfern")
    end(ballot, chair)

    assert [action for action, _by in acts(session)] == [
        "ballot:begin",
        "ballot:open",
        "ballot:close",
    ]
    assert "Marmosetfern" not in repr([e.details for e in session.scalars(select(AuditEntry))])


def test_a_ballot_whose_box_is_lost_can_only_be_withdrawn(session, chair, members):
    ballot = opened(chair, is_secret=True)
    session.delete(queries.box(ballot.id))
    session.flush()

    with pytest.raises(NotAllowed):
        cast(ballot, members[0], "1")
    ballot.closes_on = clock.today()
    with pytest.raises(NotAllowed):
        services.close(ballot, by=chair)
    services.withdraw(ballot, "Its votes are lost.", by=chair)
