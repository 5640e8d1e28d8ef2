"""How people are after sensitive questions: asked at the end, kept as a count alone (Y20)."""

import uuid
from collections import Counter

from sqlalchemy import delete, func, select

from vrn_community.extensions import db
from vrn_community.foundation import crypto, sealed
from vrn_community.foundation.upsert import upsert
from vrn_community.opportunities.models import Opportunity
from vrn_community.responses import support
from vrn_community.responses.flow import Walk
from vrn_community.responses.models import CheckIn, Feeling, FeelingCount

PURPOSE = "check-in"


def sealed_token(opportunity: Opportunity, walk: Walk) -> str:
    """Return what the form carries: the same for a person, however often they press Send."""
    token = crypto.keyed_hash(PURPOSE, walk.submission)
    state = {"token": token, "said": support.said_by(walk)}
    return sealed.seal_state(state, PURPOSE, opportunity.code)


def keep(opportunity: Opportunity, state: str, feeling: Feeling) -> tuple[str, ...]:
    """Count how somebody is; pressed again it counts once, and the last word holds.

    Return what is known of who can be rung by them, which is not kept.
    StateRefused if the form was changed, is of another activity, or is older than a day.
    """
    form = sealed.open_state(state, PURPOSE, opportunity.code)
    one = {"token_hash": form["token"], "opportunity_id": opportunity.id, "feeling": feeling}
    added = upsert(CheckIn).values(one)
    db.session.execute(
        added.on_conflict_do_update(index_elements=["token_hash"], set_={"feeling": feeling})
    )
    return tuple(form.get("said", ()))


def feelings(opportunity_id: uuid.UUID) -> dict[Feeling, int]:
    """Return how many people said each: for disclosure control, not to be shown as it is."""
    totals: Counter[Feeling] = Counter()
    of_now = select(CheckIn.feeling, func.count()).group_by(CheckIn.feeling)
    for feeling, count in db.session.execute(
        of_now.where(CheckIn.opportunity_id == opportunity_id)
    ):
        totals[feeling] += count
    counted = select(FeelingCount.feeling, FeelingCount.count)
    for feeling, count in db.session.execute(
        counted.where(FeelingCount.opportunity_id == opportunity_id)
    ):
        totals[feeling] += count
    return {feeling: totals[feeling] for feeling in Feeling}


def fold() -> None:
    """Add what people said to the counts, and forget who said it."""
    said = db.session.execute(
        delete(CheckIn).returning(CheckIn.opportunity_id, CheckIn.feeling)
    ).all()
    for (opportunity_id, feeling), count in Counter(map(tuple, said)).items():
        added = upsert(FeelingCount).values(
            opportunity_id=opportunity_id, feeling=feeling, count=count
        )
        more = {"count": FeelingCount.count + count}
        db.session.execute(
            added.on_conflict_do_update(index_elements=["opportunity_id", "feeling"], set_=more)
        )
