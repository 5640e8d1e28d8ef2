"""Reads of response quality: how responses came about, as far as it may be seen."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from vrn_community import config
from vrn_community.contributions.models import Contribution
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights import paradata, results, tabulate
from vrn_community.insights.disclosure import Refusal
from vrn_community.insights.paradata import Came, Shares
from vrn_community.insights.tabulate import Table
from vrn_community.opportunities.models import Opportunity, Stage
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.responses import checking_in
from vrn_community.responses.models import Response

FEELINGS = "feelings"
#: So long somebody can still say how they are after sending.
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Quality:
    """What an analyst may see of how an activity was answered."""

    has_answers: bool
    #: Tables of closed questions, each with the whole per cent of people without an answer:
    #: all of them, or none where that is not shown.
    nonresponse: Sequence[tuple[Table, int]]
    shares: Sequence[Shares]
    refused: Sequence[Refusal]
    #: As of `Results`.
    until: date | None


def of_opportunity(opportunity: Opportunity) -> Quality:
    """Return how an activity was answered, from the responses that live figures show."""
    live = results.live(opportunity)
    rows = _came(opportunity.id, live.until or date.max)
    used = {row.version_id for row in rows}
    versions = [found for found in questionnaires.versions(opportunity.id) if found.id in used]
    documents = {version.id: questionnaires.document(version) for version in versions}
    threshold = config.current().disclosure_threshold
    found = paradata.shares(rows, documents, threshold) + _feelings(opportunity, threshold)
    return Quality(
        bool(rows),
        _nonresponse(live.shown),
        [part for part in found if isinstance(part, Shares)],
        [part for part in found if isinstance(part, Refusal)],
        live.until,
    )


def _feelings(opportunity: Opportunity, threshold: int) -> list[Shares | Refusal]:
    """Return how people said that they were after sensitive questions, once no more can say so.

    While answers can still come or change, two looks could differ by one person.
    """
    last_day = opportunity.answers_change_until
    if not opportunity.is_sensitive or opportunity.stage is not Stage.CLOSED or last_day is None:
        return []
    if clock.today() <= last_day + A_DAY:
        return []
    counts = {str(key): number for key, number in checking_in.feelings(opportunity.id).items()}
    return [paradata.of_counts(FEELINGS, counts, threshold)]


def _nonresponse(shown: Sequence[Table]) -> list[tuple[Table, int]]:
    told = [(table, table.no_answer) for table in shown if not table.is_of_themes]
    return [
        (table, tabulate.percent(number, table.base + number))
        for table, number in told
        if number is not None
    ]


def _came(opportunity_id: uuid.UUID, until: date) -> list[Came]:
    columns = (
        Response.version_id,
        Response.answers,
        Response.profile,
        Response.is_partial,
        Response.way,
        Response.minutes,
        Response.flags,
    )
    query = (
        select(*columns)
        .join(Contribution, Contribution.id == Response.contribution_id)
        .where(Contribution.opportunity_id == opportunity_id, Contribution.received_on <= until)
        .order_by(Response.contribution_id)
    )
    return [Came(*row) for row in db.session.execute(query)]
