"""Challenges, later days, the board, amendments, and what a recommendation rests on."""

import uuid
from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.factories.questionnaires import make_version
from tests.factories.questionnaires import send as answered_by
from tests.oversight.conftest import make_body
from tests.oversight.recommendations.conftest import asking, make_recommendation
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.insights import services as insights
from vrn_community.oversight.clearing import NamesSomebody
from vrn_community.oversight.recommendations import answering, citing, queries, services
from vrn_community.oversight.recommendations.models import Answer, RecommendationState
from vrn_community.partnership import queries as partnership

S = RecommendationState


@pytest.fixture
def lena(council):
    account = make_account(Role.PARTNER, email="lena@example.org", name="Lena Fox")
    account.body_id = council.id
    return account


@pytest.fixture
def mo(council):
    account = make_account(Role.BOARD_MEMBER, email="mo@example.org", name="Mo Hussain")
    account.body_id = make_body("executive").id
    return account


@pytest.fixture
def sent(closed, council, joy):
    made = make_recommendation(closed, council, joy)
    services.send(made, by=joy)
    return made


def day(days):
    return clock.today() + timedelta(days=days)


# Challenge and follow-up


def test_a_reply_is_challenged_once_and_answered_again(sent, joy, lena):
    first = answering.reply(sent, Answer.PARTLY, "Some.", by=lena)
    made = answering.challenge(sent, "Too little.", day(14), by=joy)
    assert answering.challenge(sent, "Too little.", day(14), by=joy) is made
    assert (sent.state, sent.reply_by) == (S.CHALLENGED, day(14))

    second = answering.reply(sent, Answer.ACCEPTED, "All of it.", by=lena)

    assert (sent.reply, sent.follow_up) == (first, second)
    assert (sent.state, sent.answer, second.due_on) == (S.REPLIED, Answer.ACCEPTED, day(14))
    with pytest.raises(NotAllowed, match="once"):
        answering.challenge(sent, "Still too little.", day(14), by=joy)


def test_a_challenge_is_overdue_by_its_own_day(sent, joy, lena, later):
    answering.reply(sent, Answer.PARTLY, "Some.", by=lena)
    answering.challenge(sent, "Too little.", day(14), by=joy)

    later(days=14)
    assert not sent.is_overdue
    later(days=15)
    assert sent.is_overdue
    assert list(queries.recommendations(1, queries.Filters(is_overdue=True))) == [sent]


@pytest.mark.parametrize(("reasons", "days"), [(" ", 14), ("Too little.", 0)])
def test_a_challenge_needs_reasons_and_a_day_to_come(sent, joy, lena, reasons, days):
    answering.reply(sent, Answer.PARTLY, "Some.", by=lena)

    with pytest.raises(NotAllowed):
        answering.challenge(sent, reasons, day(days), by=joy)


# Later days


@pytest.mark.parametrize("who", ["body", "group"])
def test_a_day_that_is_moved_in_time_counts(sent, joy, lena, who, later):
    by = lena if who == "body" else joy
    key = uuid.uuid4()

    once = answering.extend(key, sent, day(40), "The meeting moved.", by=by)
    again = answering.extend(key, sent, day(40), "The meeting moved.", by=by)

    assert once is again
    assert (once.former_day, once.day, once.came_late) == (day(28), day(40), False)
    assert once.body_id == (lena.body_id if who == "body" else None)
    assert sent.reply_by == sent.promised_by == day(40)
    later(days=40)
    assert not sent.is_overdue


def test_a_day_that_is_moved_too_late_is_only_promised(sent, lena, later):
    due = sent.reply_by
    later(days=30)

    made = answering.extend(uuid.uuid4(), sent, day(10), "Sorry.", by=lena)

    assert made.came_late
    assert (sent.reply_by, sent.promised_by) == (due, day(10))
    assert sent.is_overdue
    answering.reply(sent, Answer.ACCEPTED, "Yes.", by=lena)
    assert sent.reply.came_late


def test_a_day_of_the_first_round_is_not_promised_in_the_second(sent, joy, lena, later):
    answering.extend(uuid.uuid4(), sent, day(50), "The meeting moved.", by=lena)
    answering.reply(sent, Answer.PARTLY, "Some.", by=lena)
    again_by, then = day(14), day(20)
    later(hours=1)
    answering.challenge(sent, "Too little.", again_by, by=joy)

    assert sent.promised_by == again_by
    later(hours=2)
    again = answering.extend(uuid.uuid4(), sent, then, "Work.", by=lena)
    assert again.former_day == again_by
    assert sent.promised_by == sent.reply_by == then


@pytest.mark.parametrize(("days", "reason"), [(28, "Busy"), (5, "Busy"), (57, "Busy"), (40, " ")])
def test_a_day_moves_forward_not_too_far_and_with_a_reason(sent, lena, days, reason):
    with pytest.raises(NotAllowed):
        answering.extend(uuid.uuid4(), sent, day(days), reason, by=lena)

    assert sent.reply_by == day(28)


def test_nobody_moves_the_day_of_another_body(sent, lena):
    lena.body_id = make_body("police").id

    with pytest.raises(NotAllowed, match="Only the body"):
        answering.extend(uuid.uuid4(), sent, day(40), "Busy", by=lena)


# Before the board


def test_what_is_overdue_or_not_accepted_goes_before_the_board(sent, joy, lena, mo, later):
    with pytest.raises(NotAllowed, match="overdue or was not accepted"):
        answering.escalate(sent, "Why not?", by=joy)
    answering.reply(sent, Answer.NOT_ACCEPTED, "No.", by=lena)

    once = answering.escalate(sent, "Why not?", by=joy)

    assert answering.escalate(sent, "Why not?", by=joy) is once
    assert queries.before_board() == [sent]
    assert queries.before_board(but_of=sent.body_id) == []
    with pytest.raises(NotAllowed, match="The board has not answered"):
        services.close(sent, by=joy)
    answering.answer_for_board(sent, "We ask them again.", by=mo)
    answering.answer_for_board(sent, "We ask them again.", by=mo)
    assert queries.before_board() == []
    with pytest.raises(NotAllowed, match="Nothing waits"):
        answering.answer_for_board(sent, "Other words.", by=mo)
    services.close(sent, by=joy)


def test_nobody_answers_for_the_board_about_their_own_body(sent, joy, mo, later):
    later(days=29)
    answering.escalate(sent, "Late.", by=joy)
    mo.body_id = sent.body_id

    with pytest.raises(NotAllowed, match="own body"):
        answering.answer_for_board(sent, "All is well.", by=mo)


def test_the_board_itself_is_not_brought_before_the_board(closed, joy, later):
    board = partnership.body("strategic-partnership-board")
    made = make_recommendation(closed, board, joy)
    services.send(made, by=joy)
    later(days=29)

    with pytest.raises(NotAllowed, match="board itself"):
        answering.escalate(made, "Late.", by=joy)


# Amendments, numbers, words


def test_an_amendment_keeps_the_earlier_words(sent, joy, lena):
    new = services.Amended("More lights by May", "36%", "We forgot the day.")

    for _twice in range(2):
        services.amend(sent, new, by=joy)

    assert sent.text == "More lights by May"
    assert [(one.text, one.why) for one in sent.wordings] == [("More lights", "We forgot the day.")]
    answering.reply(sent, Answer.ACCEPTED, "Yes.", by=lena)
    with pytest.raises(NotAllowed, match="moved on"):
        services.amend(sent, services.Amended("Too late", "36%", "Hm."), by=joy)


def test_nobody_amends_the_words_of_another_or_without_a_reason(sent, joy):
    other = make_account(Role.OVERSIGHT_CHAIR)

    with pytest.raises(NotAllowed, match="somebody else"):
        services.amend(sent, services.Amended("Mine", "36%", "Hm."), by=other)
    with pytest.raises(NotAllowed, match="reason"):
        services.amend(sent, services.Amended("New", "36%", " "), by=joy)


def test_what_is_sent_is_numbered_within_its_activity(closed, council, joy):
    made = [make_recommendation(closed, council, joy) for _number in range(3)]
    for one in (made[2], made[0]):
        services.send(one, by=joy)

    assert [one.number for one in made] == [2, None, 1]


def test_words_that_name_somebody_are_refused_with_their_place(closed, council, joy):
    words = "Ask for lights.\nRing Mrs Smith on 0116 496 0000."
    draft = make_recommendation(closed, council, joy, text=words)

    with pytest.raises(NamesSomebody, match="Ring Mrs Smith") as refused:
        services.send(draft, by=joy)
    assert {found.name for found in refused.value.found} == {"text"}
    assert draft.state is S.DRAFT

    services.send(draft, is_checked=True, by=joy)
    assert draft.state is S.SENT


def test_the_group_does_not_write_to_itself(closed, joy):
    from vrn_community.partnership.models import BodyKind

    group = make_body("residents", BodyKind.OVERSIGHT_GROUP)
    with pytest.raises(NotAllowed, match="itself"):
        make_recommendation(closed, group, joy)


# What it rests on


def test_it_rests_on_what_is_frozen_and_on_nothing_else(closed, council, joy):
    version = make_version(closed)
    for choice in ["safe"] * 12 + ["unsafe"] * 13:
        answered_by(version, {"feel": choice})
    assert citing.offered(closed) == []
    analyst = make_account(Role.ANALYST)
    closed.closed_on = closed.closes_on
    release = insights.draft_release(closed, by=analyst)
    insights.freeze(release, by=analyst)
    names = [each.name for each in citing.offered(closed)]
    assert "table:feel" in names

    made = make_recommendation(closed, council, joy, cites=["table:feel"])
    services.edit(made, asking(council, cites=["table:feel"]), by=joy)

    (found,) = citing.cited(made)
    assert (found.item.question_id, found.anchor) == ("feel", "result-feel-title")
    with pytest.raises(NotAllowed, match="no longer there"):
        services.edit(made, asking(council, cites=["table:secret"]), by=joy)
