"""What each level owes before anybody may publish it."""

from datetime import timedelta

import pytest

from vrn_community.foundation import clock
from vrn_community.opportunities import gates
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity

INFORM, CONSULT, COLLABORATE, EMPOWER = ParticipationLevel
INVITATIONS = (CONSULT, COLLABORATE, EMPOWER)
LISTS = {"priorities": [], "prevention": [], "beneficiary_groups": []}
OWED = [
    (level, duty.name)
    for level in ParticipationLevel
    for duty in gates.DUTIES[level]
    if duty.is_owed
]


def fields(opportunity):
    return [gap.field for gap in gates.gaps(opportunity)]


def without(opportunity, duty):
    opportunity.duties = {name: words for name, words in opportunity.duties.items() if name != duty}
    return opportunity


@pytest.mark.parametrize("level", ParticipationLevel)
def test_a_complete_opportunity_owes_nothing(draft, level):
    assert gates.gaps(draft(level=level)) == []


@pytest.mark.parametrize("fact", sorted(gates.FACTS))
@pytest.mark.parametrize("level", ParticipationLevel)
def test_every_opportunity_owes_each_fact(draft, level, fact):
    opportunity = draft(level=level)
    setattr(opportunity, fact, {"asking_body": None, **LISTS}.get(fact, ""))

    assert fields(opportunity) == [gates.FORM_FIELDS.get(fact, fact)]


@pytest.mark.parametrize("field", ["title", "summary"])
@pytest.mark.parametrize(
    ("words", "word"),
    [
        ("Hurt at home", "hurt"),
        ("What helps survivors?", "survivors"),
        ("Carrying a Knife", "knife"),
        ("Sexual violence", "sexual"),
        ("Thoughts of self-harm", "self-harm"),
    ],
)
def test_lists_do_not_tell_what_a_sensitive_one_is_about(draft, field, words, word):
    opportunity = draft(is_sensitive=True, **{field: words})

    [gap, *_more] = gates.gaps(opportunity)

    assert gap.field == field
    assert f"“{word}”" in gap.message


@pytest.mark.parametrize(
    "words", ["Questions about daily life", "In harmony with Sussex", "Skills"]
)
def test_a_name_that_says_nothing_is_fine(draft, words):
    assert gates.gaps(draft(is_sensitive=True, title=words, summary=words)) == []


def test_whatever_is_not_sensitive_says_what_it_is_about(draft):
    assert gates.gaps(draft(title="Knife crime in town")) == []


@pytest.mark.parametrize("fact", sorted(gates.INVITATION_FACTS))
@pytest.mark.parametrize("level", INVITATIONS)
def test_every_invitation_owes_each_fact_of_an_invitation(draft, level, fact):
    opportunity = draft(level=level)
    setattr(opportunity, fact, None if fact.endswith("_on") else "")

    assert fields(opportunity) == [fact]


def test_information_owes_no_decision_but_a_day_on_which_it_is_checked(draft):
    nothing = dict.fromkeys(gates.INVITATION_FACTS, None)
    words = {name: "" for name in nothing if not name.endswith("_on")}

    opportunity = draft(level=INFORM, is_undecided=False, duties={}, **(nothing | words))

    assert gates.gaps(opportunity) == []
    opportunity.review_on = None
    assert fields(opportunity) == ["review_on"]


@pytest.mark.parametrize(("level", "duty"), OWED)
def test_each_level_owes_each_of_its_duties(draft, level, duty):
    opportunity = without(draft(level=level, min_age=18), duty)

    assert fields(opportunity) == [duty]


def test_a_feedback_box_says_why_it_has_no_closing_date(draft):
    box = draft(closes_on=None)
    assert fields(box) == ["closes_on"]

    box.duties = box.duties | {"open_ended": "We read it every week."}

    assert fields(box) == []
    box.closes_on = box.opens_on + timedelta(days=40)
    assert fields(box) == ["open_ended"]


@pytest.mark.parametrize("duty", [duty.name for duty in gates.CHILDREN])
@pytest.mark.parametrize("level", INVITATIONS)
def test_where_children_take_part_the_four_questions_are_answered(draft, level, duty):
    assert fields(without(draft(level=level, min_age=17), duty)) == [duty]
    assert fields(without(draft(level=level, min_age=None), duty)) == [duty]
    assert fields(without(draft(level=level, min_age=18), duty)) == []


def test_information_for_children_owes_no_answers(draft):
    assert fields(draft(level=INFORM, min_age=8, duties={})) == []


def test_a_consultation_whose_decision_is_made_is_refused(draft):
    assert fields(draft(level=CONSULT, is_undecided=False)) == ["is_undecided"]


@pytest.mark.parametrize("level", [COLLABORATE, EMPOWER])
def test_other_levels_need_not_declare_that_nothing_is_decided(draft, level):
    assert fields(draft(level=level, is_undecided=False)) == []


@pytest.mark.parametrize("level", INVITATIONS)
@pytest.mark.parametrize(("days", "is_refused"), [(-1, True), (0, True), (1, False)])
def test_a_decision_comes_after_the_closing_day(draft, level, days, is_refused):
    opportunity = draft(level=level)
    opportunity.decision_on = opportunity.closes_on + timedelta(days=days)

    assert fields(opportunity) == (["decision_on"] if is_refused else [])


def test_an_opportunity_whose_last_day_has_passed_is_refused(draft):
    today = clock.today()
    opportunity = draft(opens_on=today - timedelta(days=60), closes_on=today)
    assert fields(opportunity) == []

    opportunity.closes_on = today - timedelta(days=1)

    assert fields(opportunity) == ["closes_on"]


def test_information_whose_review_is_overdue_is_refused(draft):
    opportunity = draft(level=INFORM, review_on=clock.today())
    assert fields(opportunity) == []

    opportunity.review_on -= timedelta(days=1)

    assert fields(opportunity) == ["review_on"]


@pytest.mark.parametrize("level", INVITATIONS)
def test_only_information_has_to_be_reviewed(draft, level):
    assert fields(draft(level=level, review_on=clock.today() - timedelta(days=1))) == []


def test_a_consultation_is_open_for_four_weeks_counting_both_days(draft):
    opportunity = draft(closes_on=clock.today() + timedelta(days=27))
    assert fields(opportunity) == []

    opportunity.closes_on -= timedelta(days=1)

    assert fields(opportunity) == ["short_notice"]


def test_a_recorded_reason_lets_a_consultation_be_shorter(draft):
    opportunity = draft(closes_on=clock.today() + timedelta(days=3))

    opportunity.duties = opportunity.duties | {"short_notice": "The grant ends on Friday."}

    assert fields(opportunity) == []


def test_the_shortest_time_is_a_setting(draft, policy):
    policy(shortest_consultation_days=60)

    assert fields(draft()) == ["short_notice"]


def test_only_consultations_have_a_shortest_time(draft):
    assert fields(draft(level=EMPOWER, closes_on=clock.today())) == []


def test_duties_of_children_come_after_those_of_the_level():
    owed = [duty.name for duty in gates.duties_of(EMPOWER, with_children=True)]

    assert owed == [
        "power",
        "limits",
        "support",
        "signs_off",
        "space",
        "voice",
        "listener",
        "influence",
    ]


def test_no_duty_has_the_name_of_another_or_of_a_column():
    names = [duty.name for owed in gates.DUTIES.values() for duty in owed]
    names += [duty.name for duty in gates.CHILDREN]

    assert len(names) == len(set(names))
    assert not [name for name in names if hasattr(Opportunity, name)]
