import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrn_community.oversight.ballots import box, counting
from vrn_community.oversight.ballots.counting import ABSTAIN, AGREE, ASIDE, OBJECT, Method, Outcome

VOTE, CONSENT = Method.VOTE, Method.CONSENT
THREE = counting.choices_of(VOTE, ["a", "b", "c"])


def outcome(method, cast, quorum=1):
    choices = THREE if method is VOTE else counting.CONSENT_CHOICES
    return counting.count(method, choices, cast, quorum)


@pytest.mark.parametrize(
    ("cast", "expected", "leading"),
    [
        (["1", "1", "2"], Outcome.DECIDED, ("1",)),
        (["1", "2"], Outcome.TIE, ("1", "2")),
        (["1", "1", "2", "2", "3"], Outcome.TIE, ("1", "2")),
        (["1", "1", "1", "2", "2", "3"], Outcome.NO_MAJORITY, ("1",)),
        (["1", ABSTAIN, ABSTAIN], Outcome.DECIDED, ("1",)),
        ([ABSTAIN, ABSTAIN], Outcome.NO_MAJORITY, ()),
    ],
)
def test_a_vote_is_decided_by_more_than_half_of_those_who_chose(cast, expected, leading):
    found = outcome(VOTE, cast)

    assert (found.outcome, found.leading) == (expected, leading)
    assert sum(found.counts.values()) == len(cast)


@pytest.mark.parametrize(
    ("cast", "expected"),
    [
        ([AGREE, ASIDE], Outcome.DECIDED),
        ([ASIDE, ASIDE], Outcome.DECIDED),
        ([AGREE, AGREE, OBJECT], Outcome.OBJECTED),
    ],
)
def test_consent_passes_when_nobody_objects(cast, expected):
    assert outcome(CONSENT, cast).outcome is expected


@pytest.mark.parametrize("method", Method)
def test_too_few_decide_nothing(method):
    choice = "1" if method is VOTE else AGREE
    assert outcome(method, [choice] * 2, quorum=3).outcome is Outcome.NO_QUORUM
    assert outcome(method, [choice] * 3, quorum=3).outcome is Outcome.DECIDED
    assert outcome(method, [], quorum=0).counts.keys() == set(
        THREE if method is VOTE else counting.CONSENT_CHOICES
    )


def test_it_is_said_when_all_chose_the_same():
    assert outcome(VOTE, ["2", "2"]).is_unanimous
    assert not outcome(VOTE, ["2", "1"]).is_unanimous
    assert not outcome(VOTE, []).is_unanimous


@given(st.lists(st.sampled_from(THREE), max_size=30), st.integers(0, 10))
def test_every_vote_is_counted_once_and_a_decision_has_its_majority(cast, quorum):
    found = outcome(VOTE, cast, quorum)

    assert found.counts == {choice: cast.count(choice) for choice in THREE}
    if found.outcome is Outcome.DECIDED:
        (winner,) = found.leading
        assert 2 * cast.count(winner) > len(cast) - cast.count(ABSTAIN)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=box.LONGEST_REASON)
VOTES = st.builds(box.CastVote, st.text("ABC123", min_size=8, max_size=8), st.just("abstain"), TEXT)


@given(st.lists(VOTES, max_size=6))
def test_a_box_has_one_size_whatever_lies_in_it_and_keeps_no_order(votes):
    packed = box.packed(votes, 6)

    assert len(packed.encode()) == 6 * box.PLACE_BYTES
    assert box.unpacked(packed) == sorted(votes)
    assert packed == box.packed(reversed(votes), 6)


def test_the_longest_reason_fits_its_place():
    for letter in ("\U0001f600", '"', "\\", "\n", "\u2028", "ی"):
        vote = box.CastVote("0" * box.TRACKER_CHARACTERS, "abstain", letter * box.LONGEST_REASON)
        assert len(json.dumps(vote, ensure_ascii=False).encode()) < box.PLACE_BYTES
