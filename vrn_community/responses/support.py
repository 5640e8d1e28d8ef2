"""Who can be rung from the pages of sensitive questions: near, for that age, and now (Y19).

What somebody said of themselves decides, where they did; else the areas of the activity.
"""

from collections.abc import Callable
from datetime import datetime

from vrn_community.foundation import clock
from vrn_community.opportunities import queries as opportunities
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.models import SupportService
from vrn_community.questionnaires import equality
from vrn_community.responses import ages
from vrn_community.responses.flow import Walk

#: Services, those first where somebody answers at the moment that stands beside them.
Panel = tuple[list[SupportService], datetime]


def said_by(walk: Walk | None) -> tuple[str, str]:
    """Return the age band and the code of the area that somebody gave; each may be empty."""
    if walk is None:
        return "", ""
    said = {answer for answer in walk.answers.values() if isinstance(answer, str)}
    codes = (code for code, _name in partnership.area_names() if code.lower() in said)
    return str(walk.profile.get(equality.AGE_BAND.id, "")), next(codes, "")


def panel(opportunity: Opportunity, band: str = "", area: str = "") -> Callable[[], Panel] | None:
    """Return what looks the services up when a page needs them; None if nothing is sensitive."""
    if not opportunity.is_sensitive:
        return None
    return lambda: near(opportunity, band, area)


def near(opportunity: Opportunity, band: str = "", area: str = "") -> Panel:
    """Return who can be rung by somebody of an age in an area, so far as they are known."""
    now, years = clock.now(), ages.YEARS.get(band)
    here = [found.id for found in partnership.areas() if found.code == area]
    services = partnership.support_near(here or opportunities.area_ids(opportunity.id), years)
    return sorted(services, key=lambda one: one.is_open(now) is False), now
