"""What waits for each role: the first page of the desk is made of these lists."""

from collections.abc import Callable, Iterable

from flask import url_for
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.foundation.permissions import Permission
from vrn_community.insights import waiting as insights
from vrn_community.insights.evidence import queries as evidence
from vrn_community.moderation import appeals
from vrn_community.moderation import queries as moderation
from vrn_community.notifications import queries as notifications
from vrn_community.opportunities import queries as opportunities
from vrn_community.opportunities import services
from vrn_community.opportunities.labels import SIGN_OFFS
from vrn_community.opportunities.models import Opportunity, SignOffKind
from vrn_community.outcomes import queries as outcomes
from vrn_community.outcomes.followers import queries as followers
from vrn_community.oversight import queries as oversight
from vrn_community.oversight.ballots import queries as ballots
from vrn_community.oversight.proposals import queries as proposals
from vrn_community.oversight.recommendations import queries as recommendations
from vrn_community.oversight.reminders import queries as reminders
from vrn_community.pages import answering, data_protection, group, safety
from vrn_community.pages.tasks import Item, Task
from vrn_community.responses import sessions


def _at_desk(found: Iterable[Opportunity], endpoint: str) -> list[Item]:
    return [Item(row.title, url_for(endpoint, opportunity_id=row.id)) for row in found]


def _approvals(account: Account) -> list[Item]:
    return _at_desk(opportunities.awaiting_approval(account.id), "opportunities_desk.show")


def _signatures(kind: SignOffKind) -> Callable[[Account], list[Item]]:
    def read(account: Account) -> list[Item]:
        waiting = opportunities.awaiting_sign_off()
        own = (row for row in waiting if kind in services.may_sign_off(row, by=account))
        return _at_desk(own, "opportunities_desk.show")

    return read


def _publications(_account: Account) -> list[Item]:
    return _at_desk(opportunities.awaiting_publication(), "opportunities_desk.show")


def _drafts(account: Account) -> list[Item]:
    return _at_desk(opportunities.returned_to(account.id), "opportunities_desk.show")


def _passages(account: Account) -> list[Item]:
    asked, agree = appeals.number_waiting(account.id), moderation.number_for_second(account.id)
    many = ngettext(
        "%(num)s person asks us to look again", "%(num)s people ask us to look again", asked
    )
    texts = ngettext(
        "%(num)s text waits for you to agree with a colleague",
        "%(num)s texts wait for you to agree with a colleague",
        agree,
    )
    return [
        *([Item(many, url_for("moderation_desk.asked_again"))] if asked else []),
        *([Item(texts, url_for("moderation_desk.index", second="yes"))] if agree else []),
        *_unread(account),
    ]


def _unread(account: Account) -> list[Item]:
    return [
        Item(
            row.title,
            url_for("moderation_desk.index", opportunity=row.opportunity_id),
            ngettext("%(num)s passage", "%(num)s passages", row.new + row.held),
        )
        for row in moderation.waiting(account.id)
    ]


def _results(_account: Account) -> list[Item]:
    return _at_desk(insights.to_freeze(), "insights_desk.releases")


def _activities(_account: Account) -> list[Item]:
    return _at_desk(oversight.closed_activities(1), "oversight_desk.activity")


def _ballots(account: Account) -> list[Item]:
    found = ballots.waiting_for(account)
    return [Item(row.question, url_for("ballots_desk.show", ballot_id=row.id)) for row in found]


def _proposals(_account: Account) -> list[Item]:
    return [
        Item(
            row.title,
            url_for("proposals_desk.show", proposal_id=row.id),
            str(_l("Overdue")) if row.is_overdue else "",
        )
        for row in proposals.waiting()
    ]


def _debts(_account: Account) -> list[Item]:
    return [
        answering.told(row, "recommendations_desk.recommendation") for row in reminders.for_group()
    ]


def _before_board(account: Account) -> list[Item]:
    waiting = [
        Item(row.text, url_for("board_desk.show", recommendation_id=row.id))
        for row in recommendations.before_board(account.body_id)
    ]
    return [*waiting, *(answering.told(row, "board_desk.show") for row in reminders.for_board())]


def _insights(account: Account) -> list[Item]:
    found = evidence.to_publish(account.id)
    return [Item(row.statement, url_for("evidence_desk.show", insight_id=row.id)) for row in found]


def _received(account: Account) -> list[Item]:
    found = evidence.waiting_for(account.body_id) if account.body_id else []
    return [Item(row.statement, url_for("received_desk.one", insight_id=row.id)) for row in found]


def _outcomes(_account: Account) -> list[Item]:
    return _at_desk((row.opportunity for row in outcomes.waiting()), "outcomes_desk.show")


def _to_tell(_account: Account) -> list[Item]:
    found = (outcome.opportunity for outcome in followers.to_tell())
    return _at_desk(found, "followers_desk.show")


def _mail(_account: Account) -> list[Item]:
    return [
        Item(row.display_name, url_for("accounts_desk.account", account_id=row.id), row.email)
        for row in notifications.not_reached()
    ]


def _all_mail_came() -> str:
    if config.current().smtp_url:
        return str(_("All mail was taken by the server."))
    return str(_("No mail is sent: alerts are only seen by who signs in."))


def _sessions(account: Account) -> list[Item]:
    return [
        Item(
            row.opportunity.title,
            url_for("sessions_desk.show", session_id=row.id),
            str(_("%(used)s of %(cap)s have answered", used=row.used, cap=row.cap)),
        )
        for row in sessions.running(account.id)
    ]


P = Permission
TASKS: tuple[Task, ...] = (
    *safety.TASKS,
    Task(
        P.OPPORTUNITY_APPROVE,
        _l("Waiting for your approval"),
        _l("Nothing waits for your approval."),
        _approvals,
    ),
    *(
        Task(
            services.SIGN_OFFS[kind],
            _l("Waiting for you to sign off: %(what)s", what=SIGN_OFFS[kind]),
            _l("Nothing waits for you to sign off."),
            _signatures(kind),
        )
        for kind in SignOffKind
    ),
    Task(
        P.OPPORTUNITY_PUBLISH,
        _l("Approved, and ready to publish"),
        _l("Nothing waits to be published."),
        _publications,
    ),
    Task(P.OPPORTUNITY_EDIT, _l("Your drafts"), _l("You have no drafts."), _drafts),
    Task(P.PASSAGE_MODERATE, _l("Words to read"), _l("No words wait for a moderator."), _passages),
    Task(P.SESSION_RUN, _l("Your sessions now"), _l("None of your sessions is on."), _sessions),
    Task(P.RELEASE_FREEZE, _l("Results to freeze"), _l("No results wait to be frozen."), _results),
    Task(
        P.INSIGHT_PUBLISH,
        _l("Insights to check and publish"),
        _l("No insight waits to be published."),
        _insights,
    ),
    Task(P.OUTCOME_EDIT, _l("Answers that are due"), _l("No answer is due."), _outcomes),
    Task(P.FOLLOWER_TELL, _l("People to tell"), _l("Nobody waits to be told."), _to_tell),
    Task(P.OBSERVATION_WRITE, _l("What has closed"), _l("Nothing has closed yet."), _activities),
    Task(P.BALLOT_VOTE, _l("Ballots to vote in"), _l("No ballot waits for your vote."), _ballots),
    Task(
        P.ACTIVITY_PROPOSAL_ANSWER,
        _l("Proposals to answer"),
        _l("No proposal waits for an answer."),
        _proposals,
    ),
    *answering.TASKS,
    Task(P.RECOMMENDATION_SEND, _l("Overdue"), _l("Nothing is overdue."), _debts),
    Task(
        P.ESCALATION_ANSWER,
        _l("Brought before the board"),
        _l("Nothing waits for the board."),
        _before_board,
    ),
    Task(
        P.INSIGHT_RECEIVE,
        _l("Insights sent to you"),
        _l("No insight waits for you to say that it came."),
        _received,
    ),
    Task(
        P.ACCOUNT_MANAGE,
        _l("Mail that did not arrive"),
        LazyString(_all_mail_came),
        _mail,
    ),
    *group.TASKS,
    *data_protection.TASKS,
)


def for_account(account: Account) -> list[tuple[Task, list[Item]]]:
    """Return the kinds of work of an account's roles, with what waits in each."""
    return [(task, list(task.read(account))) for task in TASKS if account.can(task.permission)]
