"""What is tidied up by itself: drafts that nobody came back for."""

from vrn_community import jobs
from vrn_community.responses import drafts


@jobs.hourly
def purge() -> None:
    """Delete drafts after their week."""
    drafts.purge()
