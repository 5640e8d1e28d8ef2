import pytest

from tests.conftest import make_account
from tests.factories.passages import make_passage
from tests.outcomes.conftest import WORDS, day, make_closed, make_outcome, make_release
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.outcomes import gates, services
from vrn_community.outcomes.models import OutcomeState


@pytest.fixture
def closed(ben):
    return make_closed(ben)


@pytest.fixture
def draft(closed):
    return make_outcome(closed, is_published=False)


def actions(outcome):
    return [entry.action for entry in audit.of_subject(outcome.id)]


def fields(outcome):
    return [gap.field for gap in gates.gaps(outcome)]


def test_an_outcome_begins_once_with_what_the_page_says(closed, ben):
    once = services.begin(closed, by=ben)
    again = services.begin(closed, by=ben)

    assert once is again
    assert once.we_asked == closed.duty("decision")
    assert (once.decided_by, once.state) == (closed.decider, OutcomeState.DRAFT)
    assert actions(once) == ["outcome:begin"]


@pytest.mark.parametrize(
    "changes", [{"level": ParticipationLevel.INFORM}, {"published_at": None}], ids=str
)
def test_what_nobody_could_answer_has_no_outcome(ben, changes):
    with pytest.raises(NotAllowed, match="nobody could take part"):
        services.begin(make_closed(ben, **changes), by=ben)


def test_others_neither_begin_nor_edit_nor_publish(closed, draft):
    approver = make_account(Role.APPROVER)
    other = make_closed(closed.author)

    for act in (
        lambda: services.begin(other, by=approver),
        lambda: services.edit(draft, {"changed": "x"}, by=approver),
        lambda: services.publish(draft, by=approver),
    ):
        with pytest.raises(NotAllowed, match="roles"):
            act()


def test_a_draft_is_edited(draft, ben):
    services.edit(draft, {"changed": "Forty lights"}, by=ben)

    assert draft.changed == "Forty lights"
    assert actions(draft) == ["outcome:edit"]


def test_publishing_twice_publishes_once(draft, ben):
    services.publish(draft, by=ben)
    first = draft.published_at
    services.publish(draft, by=ben)

    assert (draft.state, draft.published_at) == (OutcomeState.PUBLISHED, first)
    assert actions(draft) == ["outcome:publish"]


def test_what_is_published_stays_as_it_is(draft, ben):
    services.publish(draft, by=ben)

    with pytest.raises(NotAllowed, match="cannot be changed"):
        services.edit(draft, {"changed": "Nothing"}, by=ben)


@pytest.mark.parametrize(
    "name", ["we_asked", "you_said", "decided_by", "decided_on", "equality_effect"]
)
def test_each_missing_part_is_named_with_its_field(draft, ben, name):
    setattr(draft, name, None if name == "decided_on" else "")

    with pytest.raises(services.Incomplete) as refused:
        services.publish(draft, by=ben)

    assert [gap.field for gap in refused.value.gaps] == [name]
    assert draft.state is OutcomeState.DRAFT


def test_where_no_equality_note_was_owed_nothing_of_it_is(draft):
    draft.equality_effect = ""
    draft.opportunity.duties = {**draft.opportunity.duties, "equality_note": ""}

    assert fields(draft) == []


def test_something_or_nothing_changed_but_one_of_them_is_said(draft):
    draft.changed = ""
    assert fields(draft) == []
    draft.changed, draft.not_changed = "Lights", ""
    assert fields(draft) == []
    draft.changed = ""

    assert fields(draft) == ["changed"]


def test_a_decision_in_the_future_is_not_made_yet(draft):
    draft.decided_on = day(0)
    assert fields(draft) == []
    draft.decided_on = day(1)

    assert fields(draft) == ["decided_on"]


@pytest.mark.parametrize(
    "changes", [{"closes_on": day(0)}, {"state": OpportunityState.PAUSED}], ids=str
)
def test_nothing_is_answered_before_it_has_closed(ben, changes):
    draft = make_outcome(make_closed(ben, **changes), is_published=False)

    assert [gap.message for gap in gates.gaps(draft)] == ["It has not closed yet."]


def test_what_people_answered_is_frozen_first(draft, closed, ben):
    for _number in range(10):
        make_passage(closed)

    with pytest.raises(services.Incomplete) as refused:
        services.publish(draft, by=ben)
    assert [gap.message for gap in refused.value.gaps] == [
        "People answered, and the results are not frozen yet."
    ]
    make_release(closed)
    services.publish(draft, by=ben)

    assert draft.state is OutcomeState.PUBLISHED


def test_so_few_answers_that_none_may_be_shown_do_not_stop_the_reply(draft, closed):
    for _number in range(9):
        make_passage(closed)

    assert fields(draft) == []


def test_the_audit_trail_holds_no_words(draft, ben):
    services.edit(draft, WORDS, by=ben)
    services.publish(draft, by=ben)

    written = " ".join(str(entry.details) for entry in db.session.query(AuditEntry))
    assert not any(word in written for word in WORDS.values())
