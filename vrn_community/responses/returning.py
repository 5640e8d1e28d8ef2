"""Coming back to answers: with the words of a draft, or with the receipt code of what was sent."""

from vrn_community.contributions import queries as contributions
from vrn_community.contributions import receipts
from vrn_community.foundation import crypto
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses import drafts, queries
from vrn_community.responses.flow import Walk

Found = tuple[QuestionnaireVersion, Walk]


def of_words(opportunity: Opportunity, typed: str) -> Found | None:
    """Return the draft of typed words; wrong words and unknown ones look the same."""
    found = drafts.find(opportunity, typed)
    version = queries.version(opportunity.id, found.version_id) if found else None
    is_answerable = found and version and (opportunity.is_open or found.walk.receipt)
    return (version, found.walk) if found and version and is_answerable else None


def of_code(opportunity: Opportunity, typed: str) -> Found | None:
    """Return what was sent with a receipt code, while it can still be changed."""
    code = crypto.read_code(typed[: 2 * receipts.CHARACTERS])
    sent = contributions.by_receipt(code)
    if sent is None or sent.opportunity_id != opportunity.id:
        return None
    return queries.walk_of(sent, code) if contributions.can_withdraw(sent) else None
