"""What happens by itself: officers are told of days, and how to reach people is forgotten."""

from vrn_community import config, jobs
from vrn_community.foundation import clock
from vrn_community.rights import services, telling


@jobs.hourly
def tell_officers() -> None:
    """Tell data protection officers of last week and of days that are near or past, each once."""
    telling.tell()


@jobs.every_night
def forget_reach() -> None:
    """Forget how people can be reached a while after they had their answer."""
    services.forget_reach(clock.today() - config.current().reach_kept)
