"""What a record says unless somebody says otherwise, so that a publisher fills in three fields."""

from typing import Any

from vrn_community import config
from vrn_community.opportunities.models import Opportunity
from vrn_community.privacy import queries
from vrn_community.privacy.models import LawfulBasis, OffenceData, SpecialCategory


def of(opportunity: Opportunity) -> dict[str, Any]:
    """Return the content of a new record, as far as the activity and the settings tell it."""
    settings = config.current()
    asks_equality = queries.asks_equality(opportunity)
    monitoring, nothing = SpecialCategory.EQUALITY_MONITORING, SpecialCategory.NOT_ASKED
    return {
        "lawful_basis": LawfulBasis.PUBLIC_TASK,
        "special_category": monitoring if asks_equality else nothing,
        "offence_data": OffenceData.NOT_COLLECTED,
        "joint_controllers": "",
        "processors": "\n".join(part.strip() for part in settings.processors.split(";")),
        "policy_url": "",
        "dpia_reference": "",
        "dpia_on": None,
        "equality_note": "",
        "reach_gaps": "",
        "equality_effect": "",
        "words_months": settings.words_kept_months,
        "cleared_months": settings.cleared_words_kept_months,
        "answers_months": settings.answers_kept_months,
    }
