"""What happens by itself: officers are told of days that are near."""

from vrn_community import jobs
from vrn_community.rights import telling


@jobs.hourly
def tell_officers() -> None:
    """Tell data protection officers of last week and of days that are near or past, each once."""
    telling.tell()


@jobs.every_quarter
def tell_of_urgent_requests() -> None:
    """Tell officers and the safeguarding lead of requests in which somebody needs help soon."""
    telling.tell_urgent()
