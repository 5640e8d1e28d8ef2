"""Every legal decision about a passage, and no other."""

import pytest

from vrn_community.contributions.models import READABLE, PassageState
from vrn_community.moderation.labels import (
    APPEALS,
    OUTCOMES,
    REDACTION_REASONS,
    REVEAL_REASONS,
    STATES,
    WITHHOLD_REASONS,
)
from vrn_community.moderation.lifecycle import STEPS, outcomes_from
from vrn_community.moderation.models import AppealOutcome, DecisionOutcome
from vrn_community.moderation.reasons import RedactionReason, RevealReason, WithholdReason

LEGAL = {
    "pending": {"clear", "redact", "hold", "withhold"},
    "held": {"clear", "redact", "hold", "withhold"},
    "cleared": {"redact", "withhold"},
    "redacted": {"redact", "hold", "withhold"},
    "withheld": {"hold"},
}


@pytest.mark.parametrize("state", PassageState)
def test_each_state_allows_only_its_decisions(state):
    assert set(outcomes_from(state)) == LEGAL[state]


def test_what_was_withheld_is_held_before_anybody_reads_it():
    assert not {STEPS[o].ends_in for o in outcomes_from(PassageState.WITHHELD)} & READABLE


def test_everything_has_words():
    assert set(STEPS) == set(OUTCOMES) == set(DecisionOutcome)
    assert set(STATES) == set(PassageState)
    assert set(REDACTION_REASONS) == set(RedactionReason)
    assert set(WITHHOLD_REASONS) == set(WithholdReason)
    assert set(APPEALS) == set(AppealOutcome)
    assert set(REVEAL_REASONS) == set(RevealReason)
