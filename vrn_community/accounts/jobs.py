"""What is tidied up by itself within the hour: counts of tries that have expired."""

from vrn_community import jobs
from vrn_community.foundation import limits


@jobs.hourly
def purge() -> None:
    """Delete what limits nobody any more."""
    limits.purge()
