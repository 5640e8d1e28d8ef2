"""What goes of contributions when their time is over; released figures stay as they are."""

import secrets
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from vrn_community.contributions import services as contributions
from vrn_community.contributions.models import Contribution, Passage
from vrn_community.extensions import db
from vrn_community.foundation.db import table_of
from vrn_community.insights.models import Release
from vrn_community.privacy.ends import GONE
from vrn_community.responses.models import Response
from vrn_community.rights.models import Breach, BreachEntry

Keys = Collection[uuid.UUID]


def originals(keys: Keys) -> None:
    """Delete words as they were written, equality answers, and what the codes lead to."""
    _forget_days(keys)
    contributions.forget_originals(Passage.contribution_id.in_(keys))
    _run(update(Response).where(Response.contribution_id.in_(keys)).values(profile={}))
    rows = table_of(Contribution)
    shut = update(rows).where(rows.c.id == bindparam("key")).values(receipt_hash=bindparam("gone"))
    gone = [{"key": key, "gone": f"{GONE}{secrets.token_hex(16)}"} for key in keys]
    db.session.connection().execute(shut, gone)


def words(keys: Keys) -> None:
    """Delete cleared words with their codings, and take them out of released quotes."""
    query = select(Passage.id).where(Passage.contribution_id.in_(keys))
    passages = set(db.session.scalars(query))
    _blank_quotes(keys, {str(passage) for passage in passages})
    _run(delete(Passage).where(Passage.id.in_(passages)))


def answers(keys: Keys) -> None:
    """Delete all that is left of contributions; what was released of them stays."""
    words(keys)
    _forget_days(keys)
    _run(delete(Contribution).where(Contribution.id.in_(keys)))


def breaches(keys: Keys) -> None:
    """Delete breaches with their histories."""
    _run(delete(BreachEntry).where(BreachEntry.breach_id.in_(keys)))
    _run(delete(Breach).where(Breach.id.in_(keys)))


def _blank_quotes(keys: Keys, passages: set[str]) -> None:
    """Empty the copies of words in releases; each quote keeps its place, which others name."""
    activities = select(Contribution.opportunity_id).where(Contribution.id.in_(keys))
    for release in db.session.scalars(
        select(Release).where(Release.opportunity_id.in_(activities))
    ):
        blank = [_blanked(quote, passages) for quote in release.quotes]
        if blank != release.quotes:
            release.quotes = blank
    db.session.flush()


def _blanked(quote: dict[str, Any], passages: set[str]) -> dict[str, Any]:
    is_gone = "words" in quote and quote.get("passage") in passages
    return {**quote, "words": "", "who": {}} if is_gone else quote


def _forget_days(keys: Keys) -> None:
    days: dict[uuid.UUID, set[date]] = defaultdict(set)
    query = select(Contribution.opportunity_id, Contribution.received_on)
    for opportunity_id, day in db.session.execute(query.where(Contribution.id.in_(keys))):
        days[opportunity_id].add(day)
    for opportunity_id, found in days.items():
        contributions.forget_days(opportunity_id, found)


def _run(*statements: Any) -> None:
    for statement in statements:
        db.session.execute(statement, execution_options={"synchronize_session": False})


def rows_of(model: type[Any], keys: Iterable[Any]) -> None:
    """Delete rows by their keys."""
    (key,) = table_of(model).primary_key
    _run(delete(table_of(model)).where(key.in_(list(keys))))
