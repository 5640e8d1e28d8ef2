"""The parts of a draft for which proposers suggest words, and how each is read and set."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.opportunities import gates
from vrn_community.opportunities.models import Opportunity

#: Columns of an opportunity that are words, and how many characters each may have.
PLAIN: dict[str, tuple[Any, int]] = {
    "title": (_l("Title"), 120),
    "summary": (_l("In one or two sentences"), 300),
    "description_source": (_l("Description"), 4_000),
    "audience": (_l("Who it is for"), 300),
    "time_needed": (_l("Time needed"), 200),
    "payment": (_l("Payment or thank-you"), 4_000),
    "can_change": (_l("What can still change"), 4_000),
    "cannot_change": (_l("What cannot change, and why"), 4_000),
}
DUTY_CHARACTERS = 4_000


def labels(opportunity: Opportunity) -> dict[str, Any]:
    """Return the parts of a draft by name, in the order of its form."""
    owed = gates.duties_of(opportunity.level, with_children=True)
    plain = {name: label for name, (label, _most) in PLAIN.items()}
    return {**plain, **{duty.name: duty.label for duty in owed}}


def longest(name: str) -> int:
    """Return how many characters a part may have."""
    return PLAIN[name][1] if name in PLAIN else DUTY_CHARACTERS


def words(opportunity: Opportunity, name: str) -> str:
    """Return what a part says now."""
    return str(getattr(opportunity, name)) if name in PLAIN else opportunity.duty(name)


def content(opportunity: Opportunity, name: str, text: str) -> dict[str, Any]:
    """Return what `opportunities.services.edit` takes to set a part."""
    return {name: text} if name in PLAIN else {"duties": {**opportunity.duties, name: text}}
