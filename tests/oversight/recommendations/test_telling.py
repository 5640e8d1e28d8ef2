"""Mail at once about what was sent, challenged, escalated and answered: to whom it concerns."""

from datetime import timedelta

from tests.conftest import make_account
from tests.oversight.conftest import make_body
from tests.oversight.recommendations.conftest import make_recommendation
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.notifications import jobs as mail
from vrn_community.oversight.recommendations import answering, services
from vrn_community.oversight.recommendations.models import Answer

LATER = timedelta(days=28)


def of_body(body, email, role=Role.PARTNER):
    account = make_account(role, email=email)
    account.body_id = body.id
    return account


def told(mailbox):
    """Send what waits; return to whom it went."""
    before = len(mailbox.mails)
    mail.send()
    return sorted(str(one["To"]) for _when, one in mailbox.mails[before:])


def test_each_step_is_told_to_those_who_go_on_and_to_nobody_else(
    session, closed, council, joy, mailbox
):
    lena = of_body(council, "lena@example.org")
    of_body(make_body("police"), "otto@example.org")
    mo = of_body(make_body("board"), "mo@example.org", Role.BOARD_MEMBER)
    of_body(council, "nia@example.org", Role.BOARD_MEMBER)
    asked = make_recommendation(closed, council, joy)
    of_council = ["lena@example.org", "nia@example.org"]
    assert told(mailbox) == []

    for _twice in range(2):
        services.send(asked, by=joy)
    assert told(mailbox) == of_council
    answering.reply(asked, Answer.NOT_ACCEPTED, "It costs too much.", by=lena)
    assert told(mailbox) == [joy.email]
    for _twice in range(2):
        answering.challenge(asked, "It does not.", clock.today() + LATER, by=joy)
    assert told(mailbox) == of_council
    answering.reply(asked, Answer.NOT_ACCEPTED, "It still does.", by=lena)
    assert told(mailbox) == [joy.email]
    for _twice in range(2):
        answering.escalate(asked, "Twice refused.", by=joy)
    assert told(mailbox) == ["mo@example.org"]
    answering.answer_for_board(asked, "We pay for it.", by=mo)
    assert told(mailbox) == [joy.email]
    assert not any("costs" in text or "lights" in text for text in mailbox.texts())


def test_the_team_hears_of_it_for_a_body_that_nobody_answers_for(
    session, closed, council, joy, author, mailbox
):
    services.send(make_recommendation(closed, council, joy), by=joy)

    assert author.email in told(mailbox)
