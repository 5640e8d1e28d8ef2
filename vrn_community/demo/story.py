"""One consultation that went the whole way: read, counted, checked, answered, and told."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Contribution, Passage
from vrn_community.demo import decisions, duties
from vrn_community.demo.opportunities import NAMESPACE, People
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights import queries as insight_queries
from vrn_community.insights import services as insights
from vrn_community.insights.evidence import services as evidence
from vrn_community.insights.evidence.models import (
    Certainty,
    Insight,
    Purpose,
    ReceiptWay,
    citable,
)
from vrn_community.moderation import appeals, welfare
from vrn_community.moderation import services as moderation
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes import services as outcomes
from vrn_community.outcomes.followers import services as followers
from vrn_community.oversight import services as oversight
from vrn_community.partnership import queries as partnership

TITLE = "The path behind the leisure centre"
QUOTES = 6
OUTCOME = {
    "we_asked": "What should happen to the path between the leisure centre and the station?",
    "you_said": "Many of you go another way after dark. Most wanted lights, and many wanted the "
    "bushes cut. Some of you told us that you had said this before, and nothing had changed.",
    "changed": "Twelve lights go in along the path before the clocks change. The bushes are cut "
    "twice a year from now on.",
    "not_changed": "There is no new route past the shops: the land is not ours, and its owner "
    "said no. We ask again in a year.",
    "equality_effect": "People who cannot use steps need the path most. So the lights come first "
    "at the ramp, and a group of disabled people looks at the plan.",
    "decided_by": "Blaby, Hinckley and Bosworth Community Safety Partnership",
    "young_summary": "You told us that the path behind the leisure centre is too dark. "
    "Now twelve lights go in, and the bushes get cut. A new path past the shops is not possible: "
    "the land belongs to somebody who said no. We ask again in a year.",
    "easy_read": "We asked you about the path.\nMany of you said: it is too dark.\n"
    "Now there will be 12 new lights.\nThe bushes will be cut.\nThere is no new path. "
    "The owner of the land said no.",
}
ASKED_AGAIN = "It was in the paper, so everybody knows. Please let others read it."
FOLLOWERS = ("zoe@example.org", "01164960000", "sam.reader@example.org")
KNOWN = "Many people use the path after dark, and some of them every day."
SENT = "Lights are what people ask for most on this path."
WRONG = "Most people in the area use the path."
WAITING = "Cutting the bushes would help people who use the path."
USED = "The contract for lights names this path first."
STRENGTH = {
    "certainty": Certainty.ONE_SOURCE,
    "from_whom": "People who use the path, online and by themselves.",
    "who_is_missing": "People who stopped going out after dark may not have answered.",
}


def load(opportunity: Opportunity, people: People) -> None:
    """Take the consultation through every stage, unless it went there already."""
    if opportunity.results_frozen_on:
        return
    _moderate(opportunity, people)
    _freeze(opportunity, people)
    _learn(opportunity, people)
    _review(opportunity, people)
    _tell(opportunity, people)
    decisions.load(people[Role.PARTNER], [_key(KNOWN), _key(SENT)])


def _moderate(opportunity: Opportunity, people: People) -> None:
    moderator = people[Role.MODERATOR]
    of_this = Contribution.opportunity_id == opportunity.id
    query = select(Passage).join(Passage.contribution).where(of_this).order_by(Passage.id)
    for passage in db.session.scalars(query).all():
        welfare.open_words(passage, by=moderator, goes_on=True)
        if "Mr Example" in passage.unseal():
            reason = "names-somebody"
            moderation.redact(passage, [(0, 4)], moderator=moderator, reason=reason)
        elif "robbed" in passage.unseal():
            moderation.withhold(passage, moderator=moderator, reason="recognisable")
            appeals.ask(passage, ASKED_AGAIN)
        else:
            moderation.clear(passage, moderator=moderator)


def _freeze(opportunity: Opportunity, people: People) -> None:
    analyst = people[Role.ANALYST]
    release = insights.draft_release(opportunity, by=analyst)
    quotable = [passage.id for passage in insight_queries.quotable(opportunity.id)]
    insights.choose_quotes(release, quotable[:QUOTES], among=quotable, is_checked=True, by=analyst)
    insights.freeze(release, by=analyst)


def _review(opportunity: Opportunity, people: People) -> None:
    member = people[Role.OVERSIGHT_MEMBER]
    noticed = "Many who go another way are young. Nobody had asked them before."
    oversight.observe(_key("observation"), opportunity, noticed, by=member)
    duties.load(opportunity, people)


def _tell(opportunity: Opportunity, people: People) -> None:
    author = people[Role.PUBLISHER]
    outcome = outcomes.begin(opportunity, by=author)
    decided_on = clock.today() - timedelta(days=2)
    outcomes.edit(outcome, {**OUTCOME, "decided_on": decided_on}, by=author)
    for contact in FOLLOWERS:
        followers.follow(opportunity, contact)
    outcomes.publish(outcome, by=author)


def _learn(opportunity: Opportunity, people: People) -> None:
    """Write insights: used in a decision, noted as received, withdrawn, and one that waits."""
    analyst, approver = people[Role.ANALYST], people[Role.APPROVER]
    body = partnership.body("blaby-hinckley-and-bosworth-csp")
    board = partnership.body("strategic-partnership-board-executive")
    known, sent, wrong = (
        _insight(opportunity, analyst, statement, cited=cited)
        for statement, cited in ((KNOWN, slice(0, 2)), (SENT, slice(1, 3)), (WRONG, slice(0, 1)))
    )
    for insight in (known, sent, wrong):
        evidence.publish(insight, by=approver)
    routing = evidence.route(known, body, by=analyst)
    used = evidence.Used(Purpose.COMMISSIONING_DECISION, USED, clock.today())
    evidence.use(_key("use"), routing, used, by=people[Role.PARTNER])
    evidence.route(known, board, by=analyst)
    evidence.receive(evidence.route(sent, body, by=analyst), by=people[Role.PARTNER])
    outside = partnership.body("leicestershire-county-council")
    receipt = evidence.Receipt(ReceiptWay.PHONE, "head of street lights", clock.today())
    evidence.note_receipt(evidence.route(sent, outside, by=analyst), receipt, by=analyst)
    evidence.route(wrong, body, by=analyst)
    evidence.withdraw(wrong, "Only people who use the path were asked.", by=analyst)
    _insight(opportunity, analyst, WAITING, cited=slice(2, 3))


def _insight(opportunity: Opportunity, author: Account, statement: str, *, cited: slice) -> Insight:
    tags = {
        "areas": list(opportunity.areas),
        "priorities": list(opportunity.priorities),
        "local_issues": list(opportunity.local_issues),
        "beneficiary_groups": list(opportunity.beneficiary_groups),
        "prevention_levels": opportunity.prevention_levels,
    }
    expires_on = clock.today() + timedelta(days=365)
    content = {**STRENGTH, **tags, "statement": statement, "expires_on": expires_on}
    insight = evidence.begin(_key(statement), content, by=author)
    release = insight_queries.current_release(opportunity.id)
    if release:
        found = [name for name, _found in citable(release)]
        evidence.cite(insight, release, found[cited], by=author)
    return insight


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{TITLE} {name}")
