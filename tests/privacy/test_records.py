"""Nothing is asked without a record of why, and what people were told is never changed."""

from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.factories.records import content, make_record
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.opportunities import services as opportunities
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import Act, OpportunityState
from vrn_community.opportunities.services import GatesClosed
from vrn_community.privacy import gates, queries, services
from vrn_community.privacy.models import LawfulBasis, Mode, OffenceData, SpecialCategory

DAY = timedelta(days=1)


@pytest.fixture
def draft(ben):
    """Return a complete consultation of grown-ups with questions, and without a record."""
    made = make_opportunity(ben, min_age=18)
    make_version(made)
    return made


def said(opportunity):
    return [gap.message for gap in gates.gaps_of(opportunity)]


def test_what_asks_anything_cannot_be_submitted_without_a_record(draft, ben):
    with pytest.raises(GatesClosed) as refused:
        opportunities.change_state(draft, Act.SUBMIT, by=ben)
    assert [gap.message for gap in refused.value.gaps] == ["Write the record of processing."]

    services.write(draft, content(draft), by=ben)
    opportunities.change_state(draft, Act.SUBMIT, by=ben)

    assert draft.state is OpportunityState.SUBMITTED


def test_what_asks_nothing_owes_no_record(ben):
    without = make_opportunity(ben, min_age=18)
    news = make_opportunity(ben, level=ParticipationLevel.INFORM, is_sensitive=True)
    make_version(news)

    assert said(without) == said(news) == []


@pytest.mark.parametrize("why", [{"min_age": 13}, {"min_age": None}, {"is_sensitive": True}])
def test_children_and_sensitive_questions_wait_for_the_impact_assessment(draft, why):
    record = make_record(draft, dpia_reference="", dpia_on=None)
    assert said(draft) == []

    for name, value in why.items():
        setattr(draft, name, value)

    wanted = ["Give the reference and the date of the impact assessment (DPIA)."]
    assert said(draft) == wanted
    record.dpia_reference = "DPIA 9"
    assert said(draft) == wanted
    record.dpia_on = clock.today()
    assert said(draft) == []
    record.dpia_on = clock.today() + DAY
    assert said(draft) == ["The impact assessment has a date that is still to come."]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"offence_data": OffenceData.PREVENTING_CRIME}, "Give the address of the appropriate"),
        ({"mode": Mode.CONFIDENTIAL}, "Activities that know who people are cannot be published"),
    ],
)
def test_a_record_that_owes_something_closes_the_gate(draft, changes, message):
    make_record(draft, **changes)

    (gap,) = said(draft)

    assert gap.startswith(message)


def test_equality_questions_need_a_reason_and_the_record_has_it_by_itself(draft):
    version = queries.questionnaires.published(draft.id)
    version.document = {**version.document, "equality_block": "2026-1"}
    version.revision += 1
    record = make_record(draft)
    assert record.special_category is SpecialCategory.EQUALITY_MONITORING
    assert record.lawful_basis is LawfulBasis.PUBLIC_TASK
    assert said(draft) == []

    record.special_category = SpecialCategory.NOT_ASKED

    assert said(draft)[0].startswith("It asks the equality questions")


def test_the_equality_note_is_the_duty_of_the_level_or_that_of_the_record(draft):
    record = make_record(draft, equality_note="")
    assert gates.equality_note(record) == draft.duty("equality_note") != ""
    draft.duties = {}

    assert said(draft) == ["Write the equality note: who may be affected more than others."]


def test_a_draft_has_one_record_however_often_it_is_written(draft, ben):
    first = services.write(draft, content(draft), by=ben)
    again = services.write(draft, content(draft, purpose="Something else."), by=ben)

    assert (first.id, again.purpose) == (again.id, "Something else.")
    assert len(queries.versions(draft.id)) == 1
    assert audit.last().action == "record:write"
    assert "else" not in str(audit.last().details)


def test_what_people_were_told_stays_and_a_change_holds_from_tomorrow(draft, ben, later):
    old = services.write(draft, content(draft), by=ben)
    draft.published_at, draft.state = clock.now(), OpportunityState.PUBLISHED

    for months in (5, 6):
        new = services.write(draft, content(draft, words_months=months), by=ben)

    assert [r.words_months for r in queries.versions(draft.id)] == [6, 12]
    assert queries.in_force(draft.id) is old
    assert new.holds_from == clock.today() + DAY
    today = clock.today()
    later(days=1)
    assert queries.in_force(draft.id) is new
    assert queries.in_force(draft.id, today) is old
    assert queries.in_force(draft.id, today - DAY) is None


def test_a_change_that_mends_a_gap_is_waited_for(draft, ben, later):
    make_record(draft, dpia_reference="")
    draft.published_at, draft.min_age = clock.now(), 13
    services.write(draft, content(draft), by=ben)
    assert said(draft)[-1] == "The record was changed. The change holds from tomorrow."

    later(days=1)

    assert said(draft) == []


def test_what_was_public_before_there_were_records_gets_one_at_once(draft, ben):
    draft.published_at, draft.state = clock.now(), OpportunityState.PUBLISHED

    record = services.write(draft, content(draft), by=ben)

    assert queries.in_force(draft.id) is record


def test_nobody_changes_the_record_behind_whoever_is_checking_it(draft, ben):
    services.write(draft, content(draft), by=ben)
    version = draft.version
    assert str(ben.id) in draft.writer_ids
    draft.state = OpportunityState.SUBMITTED

    with pytest.raises(NotAllowed, match="just checking"):
        services.write(draft, content(draft), by=ben)

    draft.state = OpportunityState.RETURNED
    services.write(draft, content(draft), by=ben)
    assert draft.version > version


def test_only_publishers_and_the_data_protection_officer_write_records(draft):
    with pytest.raises(NotAllowed):
        services.write(draft, content(draft), by=make_account(Role.APPROVER))

    assert services.write(draft, content(draft), by=make_account(Role.DATA_PROTECTION_OFFICER))


LIVE = ["published", "paused"]


@pytest.mark.parametrize("state", LIVE)
@pytest.mark.parametrize("changes", [{"mode": Mode.CONFIDENTIAL}, {"equality_note": ""}])
def test_what_people_answer_under_keeps_what_it_owed_before(draft, ben, state, changes):
    services.write(draft, content(draft), by=ben)
    draft.published_at, draft.state = clock.now(), OpportunityState(state)
    draft.duties = {}

    with pytest.raises(NotAllowed) as refused:
        services.write(draft, content(draft, **changes), by=ben)

    broken = [str(message) for rule, message in gates.RULES if str(message) in str(refused.value)]
    assert len(broken) == 1
    assert len(queries.versions(draft.id)) == 1


@pytest.mark.parametrize("state", [*LIVE, "closed", "withdrawn"])
def test_the_record_of_what_was_signed_off_is_changed_by_the_officer(draft, ben, state):
    services.write(draft, content(draft), by=ben)
    draft.published_at, draft.state = clock.now(), OpportunityState(state)
    draft.is_sensitive = True

    with pytest.raises(NotAllowed, match="data protection officer changes it"):
        services.write(draft, content(draft, words_months=5), by=ben)

    noted = services.write(draft, {"reach_gaps": "Few girls."}, by=ben)
    assert (noted.reach_gaps, noted.purpose) == ("Few girls.", content(draft)["purpose"])
    assert noted.words_months == content(draft)["words_months"]

    officer = make_account(Role.DATA_PROTECTION_OFFICER)
    assert services.write(draft, content(draft, words_months=5), by=officer).words_months == 5


def test_once_taken_back_the_record_is_written_as_before(draft, ben):
    draft.state, draft.is_sensitive = OpportunityState.RETURNED, True

    assert services.write(draft, content(draft, dpia_reference=""), by=ben)
