"""Who may say what for a body, on what it rests, and that no words are ever changed."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import make_account
from tests.outcomes.decisions.conftest import SAID, YESTERDAY
from vrn_community.accounts.roles import PERMISSIONS, Role, permissions_of
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.outcomes.decisions import queries, services
from vrn_community.outcomes.decisions.lifecycle import STEPS, Act
from vrn_community.outcomes.decisions.models import BodyDecision, Change, SaidState
from vrn_community.partnership import queries as partnership

BY_BODY = {role for role, held in PERMISSIONS.items() if Permission.DECISION_RECORD in held}


def number_of(arrange, model):
    with arrange():
        return db.session.scalar(select(func.count()).select_from(model))


def test_a_decision_keeps_what_was_in_front_of_those_who_decided(scene, arrange):
    made = scene.decide()

    with arrange():
        found = queries.decision(made.id)
        assert [row.id for row in found.insights] == [scene.known.id]
        assert [row.id for row in found.recommendations] == [scene.asked.id]
        assert (found.number, found.state, found.family_id) == (1, SaidState.PUBLISHED, found.id)


def test_what_is_said_twice_is_said_once(scene, arrange):
    key = uuid.uuid4()
    for _twice in range(2):
        with arrange() as session:
            known = session.merge(scene.known)
            said = services.Decided(**SAID, decided_on=YESTERDAY, insights=[known])
            body, by = session.merge(scene.csp), session.merge(scene.partner)
            services.decide(key, body, said, by=by)

    assert number_of(arrange, BodyDecision) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"decided_on": clock.today() + timedelta(days=1)},
        {"insights": [], "recommendations": []},
    ],
    ids=["tomorrow", "nothing in front"],
)
def test_what_lies_ahead_or_rests_on_nothing_is_refused(scene, arrange, changes):
    with pytest.raises(NotAllowed):
        scene.decide(**changes)

    assert number_of(arrange, BodyDecision) == 0


def test_a_body_rests_only_on_what_was_sent_to_it(scene, arrange):
    elsewhere = scene.insight(statement="For the board alone.", to=scene.board)

    with pytest.raises(NotAllowed):
        scene.decide(insights=[elsewhere])
    assert number_of(arrange, BodyDecision) == 0


def test_a_change_needs_something_of_its_body_that_came_before(scene, arrange):
    with pytest.raises(NotAllowed):
        scene.change()
    made = scene.change(decision=scene.decide(), recommendation=scene.asked)

    with arrange():
        found = queries.change(made.id)
        assert found.decision.decided == SAID["decided"]
        assert len(found.measures) == 2
        assert [row.id for row in queries.changes_after(found.decision)] == [made.id]


def test_a_correction_leaves_the_old_words_as_they_were(scene, arrange):
    first = scene.decide()
    second = scene.correct(first, decided="Fourteen lights.")

    with arrange():
        old, new = queries.decision(first.id), queries.decision(second.id)
        assert (old.decided, old.state) == (SAID["decided"], SaidState.CORRECTED)
        assert (new.decided, new.number, new.reason) == ("Fourteen lights.", 2, "It was wrong.")
        assert [row.number for row in queries.versions(old)] == [2, 1]
        assert [row.id for row in new.insights] == [scene.known.id]
    with pytest.raises(NotAllowed):
        scene.correct(first)


def test_changes_after_an_old_version_are_found_after_the_new_one(scene, arrange):
    first = scene.decide()
    changed = scene.change(decision=first)
    second = scene.correct(first)

    with arrange():
        assert [row.id for row in queries.changes_after(queries.decision(second.id))] == [
            changed.id
        ]


def test_words_are_taken_down_once_by_an_approver_with_a_reason(scene, arrange):
    first = scene.decide()
    second = scene.correct(first)
    for row in (first, first, second):
        scene.withdraw(row)

    with arrange():
        assert {row.state for row in queries.versions(queries.decision(first.id))} == {
            SaidState.WITHDRAWN
        }
        acts = db.session.scalars(
            select(AuditEntry.action).where(AuditEntry.action == "body-decision:withdraw")
        )
        assert len(list(acts)) == 2


@pytest.mark.parametrize("role", list(Role))
def test_only_the_body_itself_or_the_team_for_a_silent_one_speaks(scene, arrange, role):
    with arrange():
        stranger = make_account(role, email="stranger@example.org")
        heard = partnership.body("charnwood-csp")
        unheard = partnership.body("safer-melton-partnership")
        assert services.silence(heard, by=stranger)
        assert bool(services.silence(unheard, by=stranger)) == (role is not Role.PUBLISHER)
        if role in BY_BODY - {Role.PUBLISHER}:
            stranger.body_id = unheard.id
            assert services.silence(unheard, by=stranger) == ""


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", list(SaidState))
@pytest.mark.parametrize("act", list(Act))
def test_every_state_role_and_act(session, role, state, act):
    """The table of the lifecycle, generated: what it does not name is refused."""
    by = make_account(role)
    body = partnership.body("charnwood-csp")
    by.body_id = body.id if role in (Role.PARTNER, Role.BOARD_MEMBER) else None
    row = Change(state=state, body=body)
    step = STEPS[act]
    may = state in step.begins_in and step.permission in permissions_of([role])
    assert (services.refusal(row, act, by=by) == "") == may
