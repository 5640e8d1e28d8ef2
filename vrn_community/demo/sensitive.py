"""An activity with sensitive questions: some words wait, some wait for a second moderator."""

from sqlalchemy import select

from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Contribution, Passage
from vrn_community.demo.opportunities import People
from vrn_community.extensions import db
from vrn_community.moderation import services as moderation
from vrn_community.moderation import welfare
from vrn_community.moderation.models import Decision
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.followers import services as followers
from vrn_community.screening.signals import SOON

TITLE = "Questions about daily life"
AGREED, PROPOSED = 4, 8
FOLLOWERS = 12


def load(opportunity: Opportunity, people: People, second: Account) -> None:
    """Let two moderators read a few of the words, unless they did already."""
    query = select(Passage).join(Passage.contribution)
    # What is urgent waits to be read first by whoever tries this.
    is_calm = (Contribution.opportunity_id == opportunity.id, Passage.urgency < SOON)
    query = query.where(*is_calm).order_by(Passage.id)
    passages = list(db.session.scalars(query.limit(PROPOSED)))
    decided = select(Decision.id).where(Decision.passage_id.in_([found.id for found in passages]))
    if db.session.scalars(decided).first():
        return
    first = people[Role.MODERATOR]
    for place, passage in enumerate(passages):
        _propose(passage, first)
        if place < AGREED:
            _propose(passage, second)  # Two who say the same agree.
    for number in range(FOLLOWERS):
        followers.follow(opportunity, f"resident.{number}@example.org")


def _propose(passage: Passage, moderator: Account) -> None:
    welfare.open_words(passage, by=moderator, goes_on=True)
    words = passage.unseal().split()
    if "Example" not in words:
        moderation.clear(passage, moderator=moderator)
        return
    name = words.index("Example")
    spans = [[name - 1, name]]
    moderation.redact(passage, spans, moderator=moderator, reason="names-somebody")
