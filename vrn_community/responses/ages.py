"""Questions about the person, and the ages that cannot take part here alone (Y6, Y8)."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from vrn_community.opportunities import children
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import equality
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.base import Answer
from vrn_community.responses.flow import Block, Walk

#: The first and the last year of each age band, by the ids of the question.
YEARS: dict[str, tuple[int, int]] = {
    "under-10": (0, 9),
    "10-12": (10, 12),
    "13-15": (13, 15),
    "16-17": (16, 17),
    "18-24": (18, 24),
    "25-34": (25, 34),
    "35-44": (35, 44),
    "45-54": (45, 54),
    "55-64": (55, 64),
    "65-74": (65, 74),
    "75-and-over": (75, 120),
}


def block_of(document: Questionnaire, profile: Mapping[str, Answer]) -> Block:
    """Return the questions about the person that go with a questionnaire and an age band."""
    age: Any = equality.AGE_BAND if document.asks_age_band else None
    if not document.equality_block:
        return Block(age, None)
    return Block(age, equality.block(document.equality_block, _band(profile)))


def whole_block(document: Questionnaire) -> Block:
    """Return all questions about the person that somebody of any age may be asked."""
    age: Any = equality.AGE_BAND if document.asks_age_band else None
    name = document.equality_block
    return Block(age, equality.whole(name) if name else None)


def _band(profile: Mapping[str, Answer]) -> str:
    return str(profile.get(equality.AGE_BAND.id, ""))


def refusal(opportunity: Opportunity, walk: Walk) -> str:
    """Return why somebody of the given age band cannot go on, or nothing; nothing is kept."""
    unknown = (children.YOUNGEST_ALONE, opportunity.max_age or 120)
    first, last = YEARS.get(_band(walk.profile), unknown)
    if last < children.YOUNGEST_ALONE and not walk.session:
        return str(_("Children under 13 take part together with an adult whom they trust."))
    if last < children.OWN_PERMISSION and not _is_permitted(opportunity, walk):
        return str(_("People under 16 need an adult who has a code for these questions."))
    youngest, oldest = opportunity.min_age, opportunity.max_age
    if youngest and last < youngest:
        return str(_("These questions are for people aged %(age)s and over.", age=youngest))
    if oldest and first > oldest:
        return str(_("These questions are for people up to %(age)s.", age=oldest))
    return ""


def decides(opportunity: Opportunity) -> bool:
    """Return whether people of some age who are invited cannot answer alone."""
    if not opportunity.needs_child_route:
        return False
    has_children = (opportunity.min_age or 0) < children.YOUNGEST_ALONE
    return has_children or opportunity.child_route is not children.ChildRoute.WAIVED


def _is_permitted(opportunity: Opportunity, walk: Walk) -> bool:
    """Return whether the permission route of the opportunity lets somebody under 16 begin (Y7)."""
    return children.is_let_in(
        opportunity.child_route,
        is_waived=opportunity.waived_on is not None,
        in_session=bool(walk.session),
        has_slip=bool(walk.slip),
    )
