"""The page of a walk: the questions of a section, the check page, or a wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response

from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.responses import flow, noticing, pages, proof, support
from vrn_community.responses.flow import Block, Walk
from vrn_community.screening import labels

#: The templates of pages that are no section.
TEMPLATES = {flow.CHECK: "check", flow.ABOUT: "about", flow.WAIT: "wait", "note": "note"}
#: Pages that are made for one person each time.
OWN = frozenset({flow.CHECK, flow.WAIT})


@dataclass(frozen=True)
class Showing:
    """What people answer, ready to be shown page by page."""

    opportunity: Opportunity
    version: QuestionnaireVersion
    document: Questionnaire
    block: Block

    def page(self, walk: Walk, errors: Mapping[str, str], carried: Walk) -> Response:
        """Return the page of a walk, with a walk (mostly the same one) in its form."""
        if walk is carried and walk.page == flow.sending_page(self.block, walk):
            walk = carried = proof.asked(self.opportunity.id, walk)
        state = pages.sealed_walk(carried, self.opportunity, self.version)
        asked = flow.questions(self.document, self.block, walk)
        name = TEMPLATES.get(walk.page.partition(".")[0], "section")
        shown = self._shown(walk, asked, errors)
        if self._is_own(walk, asked, errors):
            own: dict[str, Any] = {"proof": proof.of(walk) if walk.asked else None}
            if walk.page == flow.CHECK:
                own["noticed"] = noticing.of(walk)
                own["signals"] = labels.SIGNALS
                own["summary"] = flow.summary(self.document, self.block, walk)
            return pages.filled(pages.render(name, **shown, **own), state)
        ids = (question.id for question in asked)
        said = support.said_by(walk) if self.opportunity.is_sensitive else ()
        seen = (walk.page, shown["position"], shown["following"], *said)
        key = (self.version.id, walk.is_easy, *seen, *ids)
        return pages.filled(pages.same_for_all(name, *key, **shown), state)

    def _shown(
        self, walk: Walk, asked: Sequence[AnyQuestion], errors: Mapping[str, str]
    ) -> dict[str, Any]:
        return {
            "opportunity": self.opportunity,
            "version": self.version,
            "walk": walk,
            "section": flow.heading(self.document, walk),
            "questions": asked,
            "answers": {**walk.profile, **walk.answers},
            "words": {**walk.words, **walk.typed},
            "errors": errors,
            "following": flow.following(self.document, self.block, walk),
            "support": support.panel(self.opportunity, *support.said_by(walk)),
            "position": flow.position(self.document, self.block, walk),
            "next_person": pages.next_person(walk),
            "can_keep": pages.can_keep(self.opportunity, walk),
            "has_about": flow.sending_page(self.block, walk) == flow.ABOUT,
        }

    def _is_own(self, walk: Walk, asked: Sequence[AnyQuestion], errors: Mapping[str, str]) -> bool:
        """Return whether the page shows anything but its state that is one person's own."""
        is_special = walk.page in OWN or walk.session or walk.asked
        has_own = errors or is_special or flow.has_answers(asked, walk)
        return bool(has_own) or not flow.is_same_for_all(self.document, walk)
