"""What somebody with a receipt code may see and do: their own answers, and what came of them."""

from dataclasses import dataclass, field
from typing import Any

from vrn_community.contributions import queries as contributions
from vrn_community.contributions.models import Contribution
from vrn_community.foundation import i18n
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.responses import ages, flow
from vrn_community.responses import queries as responses


@dataclass(frozen=True)
class Found:
    """What a receipt code leads to."""

    contribution: Contribution
    can_withdraw: bool
    #: Questions with answers in words, as the check page showed them.
    answers: list[tuple[str, list[str]]] = field(default_factory=list)


def find(code: str) -> Found | None:
    """Return what a code leads to; None for a wrong code and for a withdrawn one alike."""
    contribution = contributions.by_receipt(code)
    if contribution is None:
        return None
    return Found(contribution, contributions.can_withdraw(contribution), _answers(contribution))


def _answers(contribution: Contribution) -> list[tuple[str, list[str]]]:
    sent = responses.walk_of(contribution, "")
    if sent is None:
        return []
    version, walk = sent
    document = questionnaires.document(version, i18n.current_language())
    summary: Any = flow.summary(document, ages.block_of(document, walk.profile), walk)
    return [row for _page, rows in summary for row in rows]
