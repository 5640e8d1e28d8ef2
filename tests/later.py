"""A clock that a test sets forward, for itself and for a service that runs beside it.

Nobody can set the clock of another process: both look into one file for how many days are over.
"""

from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from vrn_community.foundation import clock


class Calendar:
    """Stands where `foundation.clock` finds `datetime`: it is so many days later as was turned."""

    combine = datetime.combine

    def __init__(self, folder: Path) -> None:
        self.file = folder / "days-later"

    def now(self, zone: tzinfo) -> datetime:
        return datetime.now(zone) + timedelta(days=self.days)  # noqa: TID251 - it is a clock.

    @property
    def days(self) -> int:
        return int(self.file.read_text()) if self.file.exists() else 0

    def turn(self, days: int) -> None:
        """Let days pass for everybody who looks at this calendar."""
        later = self.file.with_suffix(".new")
        later.write_text(str(self.days + days))
        later.replace(self.file)  # Whoever reads it meanwhile finds it whole.


def follow(calendar: Calendar) -> None:
    """Let this process live by a calendar."""
    clock.datetime = calendar  # type: ignore[misc, assignment]
