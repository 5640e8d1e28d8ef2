"""What is looked for by itself: concerns that wait too long, days without anybody, open entries."""

from vrn_community import jobs
from vrn_community.safeguarding import alerts, contacts, covering, entries


@jobs.every_quarter
def tell_who_must_act() -> None:
    """Tell the lead of what was raised and the deputy of what is overdue, each once."""
    alerts.tell()


@jobs.hourly
def ask_to_look_at_contacts() -> None:
    """Ask once a month that somebody looks at the numbers that people ring."""
    contacts.ask_to_look()


@jobs.every_quarter
def lock_entries() -> None:
    """Lock for the team's key what was written while there was none."""
    entries.lock_open_ones()


@jobs.every_quarter
def pause_what_nobody_is_there_for() -> None:
    """Pause sensitive questions on a day without a lead or a deputy."""
    covering.pause_uncovered()
