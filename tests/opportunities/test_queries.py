import uuid
from datetime import timedelta

import pytest
from sqlalchemy.exc import NoResultFound
from werkzeug.datastructures import MultiDict

from tests.conftest import make_account
from tests.opportunities.conftest import counted
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.opportunities import forms, queries
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Stage
from vrn_community.opportunities.queries import Filters
from vrn_community.partnership import queries as partnership_queries

S = OpportunityState
DAY = timedelta(days=1)


def titles(**filters):
    return [row.title for row in queries.public_page(Filters(**filters), 1)]


@pytest.mark.parametrize("state", S)
def test_the_public_list_shows_only_what_was_published(draft, state):
    draft(title="One", state=state, published_at=clock.now())

    assert titles() == (["One"] if state in {S.PUBLISHED, S.PAUSED, S.CLOSED} else [])


@pytest.mark.parametrize("read", [queries.by_code, queries.row_by_code])
@pytest.mark.parametrize("state", S)
def test_a_code_finds_what_the_public_knew_once_whatever_became_of_it(draft, state, read):
    opportunity = draft(state=state, published_at=clock.now())

    assert read(opportunity.code) is opportunity


@pytest.mark.parametrize("read", [queries.by_code, queries.row_by_code])
@pytest.mark.parametrize("state", S)
def test_a_code_finds_nothing_that_was_never_public(draft, state, read):
    opportunity = draft(state=state, published_at=None)

    with pytest.raises(NoResultFound):
        read(opportunity.code)


@pytest.mark.parametrize("state", S)
def test_what_the_public_knew_and_was_taken_back_is_being_changed(draft, state):
    is_back = state in {S.RETURNED, S.SUBMITTED, S.APPROVED}

    assert draft(state=state, published_at=clock.now()).is_being_changed is is_back
    assert not draft(state=state, published_at=None).is_being_changed


def test_an_answer_is_due_twelve_weeks_after_the_day_on_which_it_really_closed(draft):
    opportunity = draft(level=ParticipationLevel.CONSULT)
    assert opportunity.reply_due_on == opportunity.closes_on + timedelta(weeks=12)

    opportunity.closed_on = clock.today()

    assert opportunity.reply_due_on == clock.today() + timedelta(weeks=12)


def test_the_stage_is_the_same_in_python_and_in_the_database(draft):
    today = clock.today()
    days = [None, today - 40 * DAY, today - DAY, today, today + DAY, today + 40 * DAY]
    spans = [(o, c) for o in days for c in days if not (o and c) or o <= c]
    for state in (S.PUBLISHED, S.PAUSED, S.CLOSED):
        for opens_on, closes_on in spans:
            draft(state=state, opens_on=opens_on, closes_on=closes_on, published_at=clock.now())

    found = {stage: queries.public_page(Filters(stage=stage), 1, size=200).rows for stage in Stage}

    assert sum(len(rows) for rows in found.values()) == 3 * len(spans)
    assert all(row.stage is stage for stage, rows in found.items() for row in rows)


def test_it_is_open_to_the_end_of_its_last_day(draft):
    opportunity = draft(is_public=True, closes_on=clock.today())

    assert opportunity.is_open
    opportunity.closes_on -= DAY
    opportunity.opens_on -= 2 * DAY
    assert opportunity.stage is Stage.CLOSED


def test_what_is_open_and_closes_soonest_comes_first(draft):
    today = clock.today()
    draft(title="later", is_public=True, closes_on=today + 9 * DAY)
    draft(title="soon", is_public=True, opens_on=today + DAY, closes_on=today + 2 * DAY)
    draft(title="over", is_public=True, opens_on=today - 9 * DAY, closes_on=today - 5 * DAY)
    draft(title="just over", is_public=True, opens_on=today - 9 * DAY, closes_on=today - DAY)
    draft(title="first", is_public=True, closes_on=today + 3 * DAY)
    draft(title="no end", is_public=True, closes_on=None)

    assert titles() == ["first", "later", "no end", "soon", "just over", "over"]
    assert [row.title for row in queries.open_now(2)] == ["first", "later"]


def test_every_word_of_a_search_has_to_be_there(draft):
    draft(title="Lights in the park", is_public=True)
    draft(title="Buses", summary="From the park to town", is_public=True)

    assert set(titles(text="PARK")) == {"Lights in the park", "Buses"}
    assert titles(text="park town") == ["Buses"]
    assert titles(text="park moon") == []


@pytest.mark.parametrize("text", ["%", "_", "'", '"', "\\", "100%"])
def test_signs_in_a_search_mean_themselves(draft, text):
    draft(title="Lights", summary="", description_source="", is_public=True)
    draft(title=f"Lights {text} more", is_public=True)

    assert titles(text=text) == [f"Lights {text} more"]


def test_a_level_a_priority_and_a_stage_can_be_asked_for(draft):
    priorities = partnership_queries.priorities()
    draft(title="a", is_public=True, level=ParticipationLevel.EMPOWER, priorities=priorities[:2])
    draft(title="b", state=S.PAUSED, published_at=clock.now(), priorities=priorities[1:3])

    assert titles(level=ParticipationLevel.EMPOWER) == ["a"]
    assert titles(priority=3) == ["b"]
    assert set(titles(priority=2)) == {"a", "b"}
    assert titles(stage=Stage.PAUSED) == ["b"]
    assert titles(priority=2, stage=Stage.PAUSED, level=ParticipationLevel.EMPOWER) == []


def test_what_names_no_area_is_for_every_area(draft):
    here, there = partnership_queries.areas()[:2]
    draft(title="here", is_public=True, areas=[here])
    draft(title="everywhere", is_public=True)

    assert set(titles(area=here.code)) == {"here", "everywhere"}
    assert titles(area=there.code) == ["everywhere"]


@pytest.mark.parametrize(
    ("youngest", "oldest", "bands"),
    [
        (None, None, set(queries.AGE_BANDS)),
        (13, 15, {"13-15"}),
        (12, 16, {"under-13", "13-15", "16-17"}),
        (18, None, {"18-24", "25-and-over"}),
        (None, 12, {"under-13"}),
        (24, 25, {"18-24", "25-and-over"}),
    ],
)
def test_an_age_finds_what_somebody_of_that_age_may_join(draft, youngest, oldest, bands):
    draft(title="x", is_public=True, min_age=youngest, max_age=oldest)

    assert {band for band in queries.AGE_BANDS if titles(age=band)} == bands


def test_an_address_that_makes_no_sense_asks_for_nothing():
    sent = {"level": "boss", "priority": "8", "age": "-1", "state": "draft", "q": " \0 "}

    assert not forms.filters_of(MultiDict(sent)).are_set
    assert not forms.filters_of(MultiDict({"priority": "١"})).are_set
    assert len(forms.filters_of(MultiDict({"q": "x" * 5_000})).text) == queries.LONGEST_SEARCH


def test_a_page_beyond_the_last_is_the_last(draft):
    for _number in range(5):
        draft(is_public=True)

    page = queries.public_page(Filters(), 99, size=2)

    assert (page.number, page.pages, page.total, len(page.rows)) == (3, 3, 5, 1)
    assert (page.has_prev, page.has_next) == (True, False)
    everything = [
        row.id for number in (1, 2, 3) for row in queries.public_page(Filters(), number, 2)
    ]
    assert len(set(everything)) == 5


@pytest.mark.parametrize(
    "read",
    [lambda size: queries.public_page(Filters(), 1, size), lambda size: queries.open_now(size)],
)
def test_a_list_takes_as_many_queries_for_50_rows_as_for_5(draft, session, read):
    areas = partnership_queries.areas()
    for number in range(50):
        draft(is_public=True, areas=areas[: number % 4])
    sent = []
    for size in (5, 50):
        session.expire_all()
        session.expunge_all()
        with counted() as statements:
            rows = list(read(size))
            assert all(row.title and row.stage and len(row.areas) < 4 for row in rows)
        assert len(rows) == size
        sent.append(len(statements))

    assert sent[0] == sent[1] <= 4


def test_the_desk_shows_every_state_what_changed_last_first(draft):
    for number, state in enumerate(S):
        draft(title=state, state=state, changed_at=clock.now() + timedelta(minutes=number))

    assert [row.title for row in queries.desk_page(1)] == list(reversed(S))
    assert [row.title for row in queries.desk_page(1, state=S.PAUSED)] == [S.PAUSED]


def test_waiting_work_reaches_those_who_can_do_it(draft, author):
    approver = make_account(Role.APPROVER)
    draft(title="mine", state=S.SUBMITTED)
    draft(title="back", state=S.RETURNED)
    draft(title="go", state=S.APPROVED)

    assert [row.title for row in queries.awaiting_approval(approver.id)] == ["mine"]
    assert queries.awaiting_approval(author.id) == []
    assert [row.title for row in queries.returned_to(author.id)] == ["back"]
    assert queries.returned_to(approver.id) == []
    assert [row.title for row in queries.awaiting_publication()] == ["go"]


def test_nobody_is_asked_to_approve_what_they_helped_to_write(draft):
    helper, approver = make_account(Role.PUBLISHER, Role.APPROVER), make_account(Role.APPROVER)
    for _number in range(3):
        draft(title="helped", state=S.SUBMITTED, writer_ids=[str(helper.id)])
    draft(title="other", state=S.SUBMITTED)

    assert [row.title for row in queries.awaiting_approval(helper.id)] == ["other"]
    assert [row.title for row in queries.awaiting_approval(helper.id, most=0)] == []
    assert len(queries.awaiting_approval(approver.id)) == 4


def test_an_opportunity_that_does_not_exist_is_not_found(author):
    with pytest.raises(NoResultFound):
        queries.opportunity(uuid.uuid4())
    assert queries.find(uuid.uuid4()) is None
