"""What leaves the service about members: claims for finance."""

from collections.abc import Iterable, Iterator

from vrn_community.foundation.sheets import Cell
from vrn_community.oversight.members.labels import pounds
from vrn_community.oversight.members.models import TimeClaim

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
