from functools import partial

import pytest
from sqlalchemy import select

from tests.factories import deciding
from tests.factories.passages import WORDS
from vrn_community.audit import queries as audit
from vrn_community.contributions.models import PassageState
from vrn_community.foundation.errors import NotAllowed
from vrn_community.moderation import queries, services
from vrn_community.moderation.models import Decision
from vrn_community.moderation.reasons import RevealReason
from vrn_community.safeguarding import services as safeguarding
from vrn_community.safeguarding.kinds import Outcome
from vrn_community.safeguarding.models import Urgency

S = PassageState
ACTS = {
    "clear": deciding.clear,
    "redact": partial(deciding.redact, spans=[[2, 2]], reason="names-somebody"),
    "hold": services.hold,
    "withhold": partial(services.withhold, reason="It is about a court case."),
}
ENDS = {"clear": S.CLEARED, "redact": S.REDACTED, "hold": S.HELD, "withhold": S.WITHHELD}
LEGAL = {
    S.PENDING: {"clear", "redact", "hold", "withhold"},
    S.HELD: {"clear", "redact", "hold", "withhold"},
    S.CLEARED: {"redact", "withhold"},
    S.REDACTED: {"redact", "hold", "withhold"},
    S.WITHHELD: {"hold"},
}
CASES = [(state, act) for state in S for act in ACTS]


@pytest.mark.parametrize(("state", "act"), CASES)
def test_each_decision_is_taken_only_where_it_may(passage, dana, state, act):
    found = passage(state=state)

    if act not in LEGAL[state]:
        with pytest.raises(NotAllowed):
            ACTS[act](found, moderator=dana)
        assert found.state is state
    else:
        assert ACTS[act](found, moderator=dana).moderator_id == dana.id
        assert found.state is ENDS[act]


@pytest.mark.parametrize(("state", "act"), CASES)
def test_only_clearing_and_redacting_let_others_read(passage, dana, state, act):
    found = passage(state=state)
    before = found.cleared_words

    if act in LEGAL[state]:
        ACTS[act](found, moderator=dana)
        without_name = WORDS.replace("Ravi", "[…]")
        assert found.cleared_words == {"clear": WORDS, "redact": without_name}.get(act)
    else:
        with pytest.raises(NotAllowed):
            ACTS[act](found, moderator=dana)
        assert found.cleared_words == before


@pytest.mark.parametrize("act", ACTS)
def test_a_decision_sent_twice_is_one(passage, dana, session, act):
    found = passage()

    first = ACTS[act](found, moderator=dana)
    again = ACTS[act](found, moderator=dana)

    assert first is again
    assert len(session.scalars(select(Decision)).all()) == 1
    assert len(audit.of_subject(found.id)) == 1


def test_other_words_can_be_taken_out_later(passage, dana):
    found = passage()
    deciding.redact(found, [[2, 2]], moderator=dana, reason="names-somebody")

    later = deciding.redact(found, [[2, 2], [5, 6]], moderator=dana, reason="place")

    assert "Haymarket" not in (found.cleared_words or "")
    assert queries.last_decision(found) is later
    assert later.spans == [[2, 2], [5, 6]]


@pytest.mark.parametrize("act", ["redact", "withhold"])
def test_what_people_cannot_read_has_a_reason(passage, dana, act):
    found = passage()

    with pytest.raises(NotAllowed):
        ACTS[act](found, moderator=dana, reason="")
    assert found.state is S.PENDING


def test_the_words_as_written_are_never_changed(passage, dana):
    found = passage()
    for act in ("redact", "withhold", "hold", "clear", "withhold"):
        ACTS[act](found, moderator=dana)

    assert found.unseal() == WORDS


def test_reading_the_original_again_is_in_the_audit_trail(passage, dana):
    found = passage()
    services.withhold(found, moderator=dana, reason="A case is open.")

    words = services.reveal(found, RevealReason.ASKED, moderator=dana)

    entry = audit.of_subject(found.id)[-1]
    assert words == WORDS
    assert (entry.action, entry.actor_id) == ("passage:reveal", dana.id)
    assert entry.details == {"reason": "asked"}


@pytest.mark.parametrize(("state", "reveals"), [(S.PENDING, 1), (S.CLEARED, 0), (S.REDACTED, 1)])
def test_choosing_words_anew_is_reading_the_original(passage, dana, state, reveals):
    found = passage(state=state)

    assert services.words_to_redact(found, moderator=dana) == WORDS
    assert len(audit.of_subject(found.id)) == reveals


def test_the_audit_trail_holds_no_words(passage, dana):
    found = passage()
    for act in ACTS.values():
        found.state = S.PENDING
        act(found, moderator=dana)

    assert [entry.action for entry in audit.of_subject(found.id)] == [f"passage:{a}" for a in ACTS]
    assert all(entry.details == {"before": "pending"} for entry in audit.of_subject(found.id))


@pytest.mark.parametrize("act", ACTS)
def test_as_long_as_a_concern_is_open_nobody_else_reads_the_words(passage, dana, act):
    found = passage()
    concern = safeguarding.raise_concern(found, Urgency.TODAY, "He may be hurt.", by=dana)

    if act in ("clear", "redact"):
        with pytest.raises(NotAllowed, match="safeguarding lead"):
            ACTS[act](found, moderator=dana)
        safeguarding.decide(concern, Outcome.REFERRED, {"reasons": "Passed on."}, by=dana)
    ACTS[act](found, moderator=dana)

    assert found.state is ENDS[act]
