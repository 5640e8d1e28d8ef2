"""What is tidied up by itself: how to reach people who have their answer."""

from vrn_community import config, jobs
from vrn_community.foundation import clock
from vrn_community.rights import services


@jobs.every_night
def forget_reach() -> None:
    """Forget how people can be reached a while after they had their answer."""
    services.forget_reach(clock.today() - config.current().reach_kept)
