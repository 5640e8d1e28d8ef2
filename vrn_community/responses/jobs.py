"""What is tidied up by itself: drafts that nobody came back for, and who said how they are."""

from vrn_community import jobs
from vrn_community.responses import checking_in, drafts


@jobs.hourly
def purge() -> None:
    """Delete drafts after their week."""
    drafts.purge()


@jobs.every_night
def fold() -> None:
    """Leave nothing but a count of what people said about how they are."""
    checking_in.fold()
