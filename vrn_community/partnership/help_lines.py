"""The few numbers at the foot of every page, even when the database does not answer."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from vrn_community.extensions import db
from vrn_community.foundation.kept import kept
from vrn_community.partnership.models import SupportService


@dataclass(frozen=True)
class HelpLine:
    """A number to call: as it is read, as it is dialled, and when somebody answers."""

    name: str
    phone: str
    hours: str

    @property
    def tel(self) -> str:
        """Return the digits alone, for a link."""
        return self.phone.replace(" ", "")


#: What the foot of a page shows, in this order; the words are those of the data file.
ALWAYS = "Day and night, every day"
FALLBACK = {
    "emergency": HelpLine("Police, ambulance or fire service", "999", ALWAYS),
    "childline": HelpLine("Childline", "0800 1111", ALWAYS),
    "samaritans": HelpLine("Samaritans", "116 123", ALWAYS),
    "police": HelpLine("Leicestershire Police", "101", ALWAYS),
}


def help_lines() -> tuple[HelpLine, ...]:
    """Return the most important help lines, from the last minute's memory if there is one."""
    return _read() or tuple(FALLBACK.values())


@kept
def _read() -> tuple[HelpLine, ...]:
    line = (SupportService.name, SupportService.phone, SupportService.hours)
    query = select(SupportService.slug, SupportService.wrong_since, *line)
    query = query.where(SupportService.slug.in_(FALLBACK), SupportService.current())
    try:
        with db.session.no_autoflush:
            rows = db.session.execute(query).all()
    except SQLAlchemyError:
        return ()  # A page about an error must not fail for want of its footer.
    if {slug for slug, *_line in rows} != FALLBACK.keys():
        return ()
    right = {slug: HelpLine(*line) for slug, wrong_since, *line in rows if not wrong_since}
    return tuple(right[slug] for slug in FALLBACK if slug in right)
