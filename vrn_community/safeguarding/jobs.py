"""What is looked for by itself: concerns that wait too long, and what is not locked yet."""

from vrn_community import jobs
from vrn_community.safeguarding import alerts, entries


@jobs.every_quarter
def tell_who_must_act() -> None:
    """Tell the lead of what was raised and the deputy of what is overdue, each once."""
    alerts.tell()


@jobs.every_quarter
def lock_entries() -> None:
    """Lock for the team's key what was written while there was none."""
    entries.lock_open_ones()
