"""Made-up words of people who took part."""

import uuid
from typing import Any

from vrn_community.contributions.models import READABLE, Contribution, Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation import record_keys
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.responses.models import Response

WORDS = "My cousin Ravi waits at the Haymarket every night and nobody helps."


def make_passage(
    opportunity: Opportunity,
    words: str = WORDS,
    state: PassageState = PassageState.PENDING,
    question_id: str = "q1",
) -> Passage:
    """Return a stored passage of a contribution of its own; cleared words are all of it."""
    (key,) = record_keys.make([uuid.uuid4()])
    contribution = Contribution(
        id=key, opportunity_id=opportunity.id, receipt_hash=uuid.uuid4().hex
    )
    passage = Passage(
        id=uuid.uuid4(), contribution=contribution, state=state, question_id=question_id
    )
    passage.seal(words)
    if state in READABLE:
        passage.cleared_words = words
    db.session.add(passage)
    db.session.flush()
    return passage


def with_answers(passages: list[Passage], **changes: Any) -> list[Passage]:
    """Let those who wrote some passages have closed answers too, as everybody who writes has."""
    for passage in passages:
        version = questionnaires.published(passage.contribution.opportunity_id)
        key = passage.contribution_id
        empty = {"answers": {}, "profile": {}}
        made = Response(contribution_id=key, version_id=version.id, **{**empty, **changes})
        db.session.add(made)
    db.session.flush()
    return passages
