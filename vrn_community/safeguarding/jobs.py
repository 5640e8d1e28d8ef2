"""What is looked for by itself: concerns that wait longer than they may."""

from vrn_community import jobs
from vrn_community.safeguarding import alerts


@jobs.every_quarter
def tell_who_must_act() -> None:
    """Tell the lead of what was raised and the deputy of what is overdue, each once."""
    alerts.tell()
