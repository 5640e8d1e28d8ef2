"""Looking waiting words through again, and forgetting what moderators opened."""

from collections.abc import Iterator

from vrn_community import jobs
from vrn_community.contributions import services as contributions
from vrn_community.extensions import db
from vrn_community.foundation import kept
from vrn_community.moderation import urgent, welfare


@jobs.job
def screen_again() -> None:
    """Look every waiting passage through again; safe to run twice."""
    for _done in each_batch():
        pass


def each_batch() -> Iterator[int]:
    """Look some waiting passages through at a time, commit, and yield how many it were."""
    kept.forget()
    key = None
    while (found := contributions.screen_again(key)).last:
        key = found.last
        db.session.commit()
        yield found.count


@jobs.every_quarter
def tell_moderators() -> None:
    """Tell moderators once a day while words wait in which somebody may need help now."""
    urgent.tell()


@jobs.every_night
def forget_openings() -> None:
    """Forget who opened which hard words on the days before."""
    welfare.forget()
    db.session.commit()
