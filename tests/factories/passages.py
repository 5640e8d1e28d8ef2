"""Made-up words of people who took part."""

import uuid

from vrn_community.contributions.models import READABLE, Contribution, Passage, PassageState
from vrn_community.extensions import db
from vrn_community.opportunities.models import Opportunity

WORDS = "My cousin Ravi waits at the Haymarket every night and nobody helps."


def make_passage(
    opportunity: Opportunity,
    words: str = WORDS,
    state: PassageState = PassageState.PENDING,
    question_id: str = "q1",
) -> Passage:
    """Return a stored passage of a contribution of its own; cleared words are all of it."""
    contribution = Contribution(opportunity_id=opportunity.id, receipt_hash=uuid.uuid4().hex)
    passage = Passage(
        id=uuid.uuid4(), contribution=contribution, state=state, question_id=question_id
    )
    passage.seal(words)
    if state in READABLE:
        passage.cleared_words = words
    db.session.add(passage)
    db.session.flush()
    return passage
