"""Generated answers to the questionnaires of the demonstration; all are marked as demo data."""

import random
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from vrn_community.contributions.models import Contribution
from vrn_community.demo.opportunities import NAMESPACE, read
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires import routing
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.responses import ages, services
from vrn_community.responses.flow import CHECK, SECTION, Walk

#: How many people "answered" each questionnaire.
NUMBERS = {
    "Safe on the way home from school": 140,
    "The path behind the leisure centre": 260,
    "Tell us what you notice": 45,
    "One quick question: the bus stop": 180,
    "Questions about daily life": 60,
}
#: One person in this many writes something, skips a question, or lets us quote them.
WRITES, SKIPS, LETS_QUOTE = 4, 9, 2
#: One in this many hurries through, fills in what no person sees, or sends before the end.
HURRIES, CAUGHT, LEAVES = 8, 12, 9
AGES = ("13-15", "16-17", "18-24", "25-34", "45-54")


def load(made: Mapping[str, Opportunity]) -> int:
    """Answer the questionnaires that nobody has answered yet, and return all answers there are."""
    for title, number in NUMBERS.items():
        opportunity = made[title]
        if not _count(opportunity):
            _answer(opportunity, number)
    return sum(_count(made[title]) for title in NUMBERS)


def _count(opportunity: Opportunity) -> int:
    query = select(func.count()).select_from(Contribution)
    return db.session.scalar(query.where(Contribution.opportunity_id == opportunity.id)) or 0


def _answer(opportunity: Opportunity, number: int) -> None:
    chance = random.Random(opportunity.title)  # noqa: S311 - always the same. nosemgrep: chance
    version = questionnaires.published(opportunity.id)
    assert version is not None  # noqa: S101 - the demonstration has just published it.
    document = questionnaires.document(version)
    texts = read("words.json")
    for index in range(number):
        token = str(uuid.uuid5(NAMESPACE, f"{opportunity.title} {index}"))
        walk = _walk(chance, document, texts, token)
        walk = replace(walk, profile={"age-band": _age(chance, opportunity)})
        services.send(version, document, walk, language="en")
    _spread(opportunity, chance)


def _walk(
    chance: random.Random, document: Questionnaire, texts: dict[str, list[str]], token: str
) -> Walk:
    answers: dict[str, Any] = {}
    words: dict[str, str] = {}
    leaves = len(document.sections) > 1 and not chance.randrange(LEAVES)
    left_at = f"{SECTION}{document.sections[-1].id}" if leaves else ""
    for question in document.questions():
        if left_at and question in document.sections[-1].questions:
            break
        if not routing.is_shown(question, document, answers) or not chance.randrange(SKIPS):
            continue
        if question.id in texts and not chance.randrange(WRITES):
            words[question.id] = chance.choice(texts[question.id])
        elif question.options():
            answers[question.id] = _choose(chance, question)
    return Walk(
        token,
        CHECK,
        answers,
        words,
        may_quote=not chance.randrange(LETS_QUOTE),
        began=int(clock.now().timestamp()) - _seconds(chance),
        is_caught=not chance.randrange(CAUGHT),
        left_at=left_at,
    )


def _age(chance: random.Random, opportunity: Opportunity) -> str:
    """Choose an age band of somebody who may answer."""
    youngest = opportunity.min_age or 0
    return chance.choice([band for band in AGES if ages.YEARS[band][1] >= youngest])


def _seconds(chance: random.Random) -> int:
    """Choose how long somebody took: some minutes, a few too fast to have read anything."""
    return chance.randrange(60, 1200) if chance.randrange(HURRIES) else 1


def _choose(chance: random.Random, question: AnyQuestion) -> Any:
    """Choose earlier options more often than later ones, as people do."""
    keys = [choice.id for choice in question.options() if choice.id != "other"]
    weights = [len(keys) - place / 2 for place in range(len(keys))]
    if question.kind != "multiple-choice":
        return chance.choices(keys, weights)[0]
    together = [c.id for c in question.options() if c.id in keys and not c.is_exclusive]
    return [key for key in together if chance.random() < 0.5] or [chance.choice(keys)]


def _spread(opportunity: Opportunity, chance: random.Random) -> None:
    """Mark the answers as demo data, and spread them over the days since it opened."""
    opens_on = opportunity.opens_on or clock.today()
    last = min(clock.today(), opportunity.closes_on or clock.today())
    days = max(1, (last - opens_on).days + 1)
    of_this = Contribution.opportunity_id == opportunity.id
    for key in db.session.scalars(select(Contribution.id).where(of_this)).all():
        day = opens_on + timedelta(days=chance.randrange(days))
        values = {"received_on": day, "is_demo": True}
        db.session.execute(update(Contribution).where(Contribution.id == key).values(values))
