"""Every legal change of state, and no other."""

import pytest

from vrn_community.opportunities.labels import ACTS, STATES
from vrn_community.opportunities.lifecycle import (
    EDITABLE,
    LISTED,
    STEPS,
    Act,
    OpportunityState,
    acts_from,
)

LEGAL = {
    "draft": {"submit": "submitted", "withdraw": "withdrawn"},
    "submitted": {"return": "returned", "approve": "approved", "withdraw": "withdrawn"},
    "returned": {"submit": "submitted", "withdraw": "withdrawn"},
    "approved": {"publish": "published", "revise": "returned", "withdraw": "withdrawn"},
    "published": {"pause": "paused", "close": "closed", "withdraw": "withdrawn"},
    "paused": {
        "resume": "published",
        "close": "closed",
        "revise": "returned",
        "withdraw": "withdrawn",
    },
    "closed": {"withdraw": "withdrawn"},
    "withdrawn": {},
}


@pytest.mark.parametrize("state", OpportunityState)
def test_each_state_leads_only_where_it_may(state):
    assert {act: STEPS[act].ends_in for act in acts_from(state)} == LEGAL[state]


def test_every_act_is_a_step_and_has_words():
    assert set(STEPS) == set(Act) == set(ACTS)
    assert set(STATES) == set(OpportunityState)


def test_every_way_to_the_public_passes_the_gates():
    reaching = {act for act, step in STEPS.items() if step.ends_in is OpportunityState.PUBLISHED}

    assert reaching == {Act.PUBLISH, Act.RESUME}
    assert all(STEPS[act].checks_gates for act in reaching | {Act.SUBMIT, Act.APPROVE})


def test_whoever_stops_or_undoes_something_says_why():
    assert {act for act, step in STEPS.items() if step.needs_reason} == {
        Act.RETURN,
        Act.PAUSE,
        Act.CLOSE,
        Act.REVISE,
        Act.WITHDRAW,
    }


def test_nothing_can_be_changed_while_the_public_sees_it():
    assert not EDITABLE & LISTED
