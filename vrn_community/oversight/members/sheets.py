"""What leaves the service about members: claims for finance, and a member's own data."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation.sheets import Cell
from vrn_community.oversight import reading
from vrn_community.oversight.members import queries
from vrn_community.oversight.members.labels import pounds
from vrn_community.oversight.members.models import TimeClaim
from vrn_community.oversight.models import Observation

HEADINGS = (
    "key", "name", "date", "activity", "minutes", "rate", "expenses", "amount", "state",
)  # fmt: skip


def rows(claims: Iterable[TimeClaim]) -> Iterator[list[Cell]]:
    """Go through claims as finance reads them, in pounds."""
    for claim in claims:
        yield [
            str(claim.id),
            claim.account.display_name,
            claim.done_on.isoformat(),
            claim.activity,
            claim.minutes,
            pounds(claim.hourly_pence),
            pounds(claim.expenses_pence),
            pounds(claim.pence),
            claim.state.value,
        ]


def own_data(account: Account) -> dict[str, Any]:
    """Return what the group holds about a member, and what the member noted, as a document."""
    member = queries.of_account(account.id)
    written = select(Observation).where(Observation.author_id == account.id)
    observations = list(db.session.scalars(written.order_by(Observation.created_at)))
    found: dict[str, Any] = {"name": account.display_name, "email": account.email}
    if member:
        found |= {
            "area": member.area.name if member.area else None,
            "term": [member.starts_on, member.ends_on],
            "interests": member.interests,
            "access needs": member.access_needs,
            "training": member.training,
        }
    found["claims"] = [
        dict(zip(HEADINGS, row, strict=True)) for row in rows(queries.all_claims(account.id))
    ]
    found["observations"] = [
        {"on": each.created_at.date(), "text": each.text}
        for each in reading.with_words(observations)
    ]
    return found
