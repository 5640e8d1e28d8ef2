"""What somebody with a receipt code may see and do: their own answers, and what came of them."""

from dataclasses import dataclass, field
from typing import Any

from vrn_community.contributions import queries as contributions
from vrn_community.contributions.models import READABLE, Contribution, Passage, PassageState
from vrn_community.foundation import i18n
from vrn_community.moderation import appeals
from vrn_community.moderation import queries as moderation
from vrn_community.moderation.models import Appeal
from vrn_community.moderation.reasons import told
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.responses import ages, flow
from vrn_community.responses import queries as responses


@dataclass(frozen=True)
class OwnWords:
    """How words of one's own stand: what waits and what is held look the same."""

    passage: Passage
    question: str
    #: Why words were taken out or kept back, by name; empty where that is not so.
    reason: str
    appeal: Appeal | None

    @property
    def key(self) -> str:
        """What names the words among those of one person."""
        return self.passage.question_id

    @property
    def standing(self) -> str:
        """How they stand, as far as whoever wrote them is told."""
        is_decided = self.passage.state in READABLE or self.passage.state is PassageState.WITHHELD
        return str(self.passage.state) if is_decided else "waiting"

    @property
    def can_be_looked_at_again(self) -> bool:
        """Whether they were decided about, and nobody has asked to look again."""
        return self.appeal is None and self.passage.state in appeals.APPEALABLE


@dataclass(frozen=True)
class Found:
    """What a receipt code leads to."""

    contribution: Contribution
    can_withdraw: bool
    #: Questions with answers in words, as the check page showed them.
    answers: list[tuple[str, list[str]]] = field(default_factory=list)
    words: list[OwnWords] = field(default_factory=list)

    def passage(self, key: str) -> Passage | None:
        """Return the passage of one's own that a form names."""
        return next((own.passage for own in self.words if own.key == key), None)


def find(code: str) -> Found | None:
    """Return what a code leads to; None for a wrong code and for a withdrawn one alike."""
    contribution = contributions.by_receipt(code)
    if contribution is None:
        return None
    document, answers = _answers(contribution)
    can_withdraw = contributions.can_withdraw(contribution)
    return Found(contribution, can_withdraw, answers, _words(contribution, document))


def _answers(
    contribution: Contribution,
) -> tuple[Questionnaire | None, list[tuple[str, list[str]]]]:
    sent = responses.walk_of(contribution, "")
    if sent is None:
        return None, []
    version, walk = sent
    document = questionnaires.document(version, i18n.current_language())
    summary: Any = flow.summary(document, ages.block_of(document, walk.profile), walk)
    return document, [row for _page, rows in summary for row in rows]


def _words(contribution: Contribution, document: Questionnaire | None) -> list[OwnWords]:
    passages = contributions.passages_of(contribution)
    keys = [passage.id for passage in passages]
    asked, decided = appeals.of_passages(keys), moderation.last_decisions(keys)
    found = []
    for passage in sorted(passages, key=lambda passage: passage.question_id):
        last = decided.get(passage.id)
        reason = told(last.reason) if last and passage.state in appeals.APPEALABLE else ""
        question = _question(document, passage.question_id)
        found.append(OwnWords(passage, question, reason, asked.get(passage.id)))
    return found


def _question(document: Questionnaire | None, key: str) -> str:
    """Return the question that words answer; nothing if it is not known."""
    try:
        return document.question(key.partition(".")[0]).text if document else ""
    except KeyError:
        return ""
