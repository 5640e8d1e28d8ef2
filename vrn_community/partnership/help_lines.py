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
    query = select(
        SupportService.slug, SupportService.name, SupportService.phone, SupportService.hours
    ).where(SupportService.slug.in_(FALLBACK), SupportService.current())
    try:
        with db.session.no_autoflush:
            found = {slug: HelpLine(*line) for slug, *line in db.session.execute(query)}
    except SQLAlchemyError:
        return ()  # A page about an error must not fail for want of its footer.
    return tuple(found[slug] for slug in FALLBACK) if found.keys() == FALLBACK.keys() else ()
