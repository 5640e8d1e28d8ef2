"""What is tidied up by itself: who said how they are."""

from vrn_community import jobs
from vrn_community.responses import checking_in


@jobs.every_night
def fold() -> None:
    """Leave nothing but a count of what people said about how they are."""
    checking_in.fold()
