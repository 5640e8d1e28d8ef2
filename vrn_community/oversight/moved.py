"""That a day on which something is owed was moved: an answer, evidence, a promise."""

from datetime import date

from sqlalchemy.orm import Mapped

from vrn_community.foundation.db import Base


class Moved(Base):
    """That a day was moved, from when to when, and why.

    A day that is moved in time counts no more. One that had passed counts still: what is
    overdue stays overdue, and the new day is what is promised.
    """

    __abstract__ = True

    former_day: Mapped[date]
    day: Mapped[date]
    reason: Mapped[str]
    #: Whether the day that counted had passed.
    came_late: Mapped[bool]

    @property
    def days(self) -> int:
        """By how many days it was moved."""
        return (self.day - self.former_day).days
