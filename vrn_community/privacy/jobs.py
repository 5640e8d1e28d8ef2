"""What runs by itself: what is over is deleted every night."""

from vrn_community import jobs
from vrn_community.privacy import running


@jobs.every_night
def apply_retention() -> None:
    """Delete what is over; a night without it is caught up by the next."""
    running.tidy({kind for kind, _number in running.run()})
