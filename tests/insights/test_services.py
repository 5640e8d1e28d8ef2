import uuid
from datetime import timedelta

import pytest

from tests.insights.conftest import CROWD, answered, frozen, quotable
from vrn_community.audit import queries as audit
from vrn_community.contributions import queries as contributions
from vrn_community.contributions.models import Contribution, PassageState
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.insights import queries, services
from vrn_community.insights.attribution import Shows
from vrn_community.insights.models import ReleaseState
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.questionnaires import queries as questionnaires

ENOUGH_MORE = [
    *[{"feel": "safe", "ideas": ["lights", "buses"], "heard": "agree"}] * 10,
    *[{"feel": "unsafe", "ideas": ["nothing"], "heard": "neither"}] * 10,
]


def actions(release):
    return [entry.action for entry in audit.of_subject(release.id)]


def add(opportunity, people):
    return answered(questionnaires.published(opportunity.id), people)


def test_a_draft_holds_the_safe_tables_and_no_word(closed, analyst):
    opportunity = closed()
    draft = services.draft_release(opportunity, by=analyst)

    assert (draft.state, draft.number, draft.base) == (ReleaseState.DRAFT, 1, 100)
    assert [table.question_id for table in draft.shown] == ["feel", "ideas", "heard"]
    assert draft.quotes == []
    assert opportunity.results_frozen_on is None
    assert actions(draft) == ["release:draft"]


def test_putting_together_again_brings_the_same_draft_up_to_date(closed, analyst):
    opportunity = closed()
    draft = services.draft_release(opportunity, by=analyst)
    add(opportunity, [{"feel": "safe"}])

    again = services.draft_release(opportunity, by=analyst)

    assert again is draft
    assert (draft.number, draft.base, draft.shown[0].base) == (1, 101, 89)


@pytest.mark.parametrize("state", [OpportunityState.PUBLISHED, OpportunityState.WITHDRAWN])
def test_results_are_released_after_the_activity_has_closed(closed, analyst, state):
    with pytest.raises(NotAllowed, match="only after the activity has closed"):
        services.draft_release(closed(state=state), by=analyst)


def test_an_activity_whose_last_day_has_passed_is_closed(closed, analyst):
    before, yesterday = (clock.today() - timedelta(days=days) for days in (30, 1))
    over = closed(state=OpportunityState.PUBLISHED, opens_on=before, closes_on=yesterday)

    assert services.draft_release(over, by=analyst)


def test_with_fewer_people_than_the_threshold_there_is_no_release(closed, analyst, policy):
    few = closed([{"feel": "safe"}] * 9)
    with pytest.raises(NotAllowed, match="Fewer than 10 people answered"):
        services.draft_release(few, by=analyst)
    assert queries.releases(few.id) == []

    policy(disclosure_threshold=5)
    assert services.draft_release(few, by=analyst).tables == []


def test_freezing_shows_the_draft_to_the_public_for_good(closed, analyst):
    opportunity = closed()
    release = frozen(opportunity, analyst, ("More lights, please.", "The bus comes too late."))
    before = release.tables

    add(opportunity, ENOUGH_MORE)

    assert release.state is ReleaseState.FROZEN
    assert (release.frozen_on, opportunity.results_frozen_on) == (clock.today(), clock.today())
    assert queries.current_release(opportunity.id).tables == before
    assert actions(release) == ["release:draft", "release:quote", "release:freeze"]
    for refused in (
        lambda: services.choose_quotes(release, [], among=[], is_checked=True, by=analyst),
        lambda: services.freeze(former_of(release), by=analyst),
    ):
        with pytest.raises(NotAllowed, match="cannot be changed"):
            refused()


def former_of(release):
    release.state = ReleaseState.SUPERSEDED
    return release


def test_freezing_twice_is_freezing_once(closed, analyst):
    release = frozen(closed(), analyst)
    at = release.frozen_at

    services.freeze(release, by=analyst)

    assert release.frozen_at == at
    assert actions(release).count("release:freeze") == 1


def test_nobody_can_take_answers_back_once_results_are_frozen(closed, analyst):
    opportunity = closed()
    contribution = db.session.query(Contribution).first()
    assert contributions.can_withdraw(contribution)

    frozen(opportunity, analyst)

    assert not contributions.can_withdraw(contribution)


def test_what_was_taken_back_since_the_draft_is_never_frozen(closed, analyst):
    release = services.draft_release(closed(), by=analyst)
    db.session.delete(db.session.query(Contribution).first())
    db.session.flush()

    with pytest.raises(NotAllowed, match="taken back or added since"):
        services.freeze(release, by=analyst)


def test_a_new_release_takes_the_place_of_the_former(closed, analyst):
    opportunity = closed()
    first = frozen(opportunity, analyst)
    opportunity.results_frozen_on = long_ago = clock.today() - timedelta(days=9)
    add(opportunity, ENOUGH_MORE)

    second = frozen(opportunity, analyst)

    assert (first.state, second.state) == (ReleaseState.SUPERSEDED, ReleaseState.FROZEN)
    assert second.number == 2
    assert queries.current_release(opportunity.id) is second
    assert opportunity.results_frozen_on == long_ago


@pytest.mark.parametrize("more", [1, 9])
def test_a_release_that_differs_by_a_few_people_is_refused(closed, analyst, more):
    opportunity = closed()
    frozen(opportunity, analyst)
    add(opportunity, [{"feel": "safe"}] * more)

    with pytest.raises(NotAllowed, match="differs from release 1 by fewer than 10 people"):
        services.draft_release(opportunity, by=analyst)


def test_a_release_is_compared_with_every_earlier_one(closed, analyst):
    opportunity = closed()
    frozen(opportunity, analyst)
    more = add(opportunity, ENOUGH_MORE)
    frozen(opportunity, analyst)
    for key in more[:17]:
        db.session.delete(db.session.get(Contribution, key))
    db.session.flush()

    with pytest.raises(NotAllowed, match="differs from release 1 by"):
        services.draft_release(opportunity, by=analyst)


def test_subtracting_two_releases_tells_of_no_small_group(closed, analyst):
    opportunity = closed()
    first = {table.question_id: table for table in frozen(opportunity, analyst).shown}
    add(opportunity, [*ENOUGH_MORE[:-1], ENOUGH_MORE[-1] | {"feel": "safe"}])

    second = {table.question_id: table for table in frozen(opportunity, analyst).shown}

    assert second.keys() == {"ideas", "heard"}  # Of "feel", nine would be seen.
    for key in first.keys() & second.keys():
        before = {row.choices: row.count for row in first[key].rows}
        after = {row.choices: row.count for row in second[key].rows}
        changes = [after[choices] - before[choices] for choices in before.keys() & after.keys()]
        assert all(change >= 10 for change in changes), (key, changes)


def test_the_same_people_may_be_released_again_with_more_quotes(closed, analyst):
    opportunity = closed()
    first = frozen(opportunity, analyst)

    second = frozen(opportunity, analyst, ("More lights, please.",))

    assert [t.rows for t in second.shown] == [t.rows for t in first.shown]


def test_quotes_are_copied_when_the_release_is_frozen(closed, analyst):
    opportunity = closed()
    draft = services.draft_release(opportunity, by=analyst)
    kept = quotable(opportunity, "Ravi waits there.", question_id="ideas.other")
    gone = quotable(opportunity, "CANARY")
    unwilling = quotable(opportunity, "CANARY")
    never = quotable(opportunity, "CANARY")
    chosen = [kept.id, gone.id, unwilling.id]
    among = [*chosen, never.id]
    services.choose_quotes(draft, chosen, among=among, is_checked=True, by=analyst)
    assert draft.wishes == dict.fromkeys(chosen, Shows.NOTHING)

    kept.state, kept.cleared_words = PassageState.REDACTED, "[…] waits there."
    gone.state = PassageState.WITHHELD
    unwilling.contribution.may_quote = False
    services.freeze(draft, by=analyst)

    assert draft.quotes == [
        {
            "passage": str(kept.id),
            "question_id": "ideas",
            "question": "What would help?",
            "words": "[…] waits there.",
            "who": {},
        }
    ]
    assert draft.chosen == set()


def test_quotes_stand_in_no_order(closed, analyst):
    words = tuple(f"Quote {number:02}" for number in range(30))
    quotes = [quote["words"] for quote in frozen(closed(), analyst, words).quotes]

    assert sorted(quotes) == list(words)
    assert quotes != list(words)


def test_choosing_quotes_needs_a_check_for_intruders(closed, analyst):
    opportunity = closed()
    draft = services.draft_release(opportunity, by=analyst)
    key = quotable(opportunity, "More lights, please.").id

    with pytest.raises(NotAllowed, match="nobody can be recognised"):
        services.choose_quotes(draft, [key], among=[key], is_checked=False, by=analyst)

    assert draft.chosen == set()
    services.choose_quotes(draft, [], among=[key], is_checked=False, by=analyst)


def test_only_what_may_be_quoted_can_be_chosen(closed, analyst):
    opportunity = closed()
    draft = services.draft_release(opportunity, by=analyst)
    pending = quotable(opportunity, "CANARY", state=PassageState.PENDING).id
    elsewhere = quotable(closed([]), "CANARY").id

    for key in (pending, elsewhere, uuid.uuid4()):
        with pytest.raises(NotAllowed, match="may no longer be quoted"):
            services.choose_quotes(draft, [key], among=[key], is_checked=True, by=analyst)


def test_the_choice_on_one_page_leaves_that_of_others(closed, analyst):
    opportunity = closed()
    draft = services.draft_release(opportunity, by=analyst)
    one, two = (quotable(opportunity, text).id for text in ("One", "Two"))

    for chosen, among in (([one], [one]), ([two], [two]), ([], [one])):
        services.choose_quotes(draft, chosen, among=among, is_checked=True, by=analyst)

    assert draft.chosen == {two}


def test_the_audit_trail_tells_of_numbers_and_never_of_words(closed, analyst):
    release = frozen(closed(CROWD), analyst, ("More lights, please.",))

    details = [entry.details for entry in audit.of_subject(release.id)]

    assert details == [
        {
            "number": 1,
            "tables": 3,
            "crosses": 0,
            "refused": {"about:age-band": "few-people", "where": "few-people"},
        },
        {"quotes": 1, "checked": True},
        {"number": 1},
    ]
