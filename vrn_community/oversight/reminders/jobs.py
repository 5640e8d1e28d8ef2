"""What is told by itself: days by which something is owed."""

from vrn_community import jobs
from vrn_community.oversight.reminders import services


@jobs.hourly
def remind() -> None:
    """Tell those who owe something before its day and after it, each once."""
    services.remind()
