"""Who can be rung from the pages of sensitive questions: near, for that age, and now (Y19)."""

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


def band_of(walk: Walk | None) -> str:
    """Return the age band that somebody gave, or nothing."""
    return str(walk.profile.get(equality.AGE_BAND.id, "")) if walk else ""


def panel(opportunity: Opportunity, walk: Walk | None) -> Callable[[], Panel] | None:
    """Return what looks the services up when a page needs them; None if nothing is sensitive."""
    if not opportunity.is_sensitive:
        return None
    years = ages.YEARS.get(band_of(walk))

    def found() -> Panel:
        now = clock.now()
        services = partnership.support_near(opportunities.area_ids(opportunity.id), years)
        return sorted(services, key=lambda one: one.is_open(now) is False), now

    return found
