"""Trying a questionnaire at the desk: the same pages as for the public, and nothing is stored.

The state is sealed for another purpose and for one revision of the version, so no form of
a trial can ever be sent as an answer.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vrn_community.foundation import sealed
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses import ages, flow
from vrn_community.responses.flow import Walk

desk = Blueprint(
    "responses_trial",
    __name__,
    url_prefix="/desk/opportunities/<uuid:opportunity_id>/questions/versions",
)
PURPOSE = "trial"
#: A trial is nobody's, so nothing in it has to be told apart.
SUBMISSION, SEED = "trial", 0


@desk.route("/<uuid:version_id>/try", methods=["GET", "POST"])
@requires(Permission.OPPORTUNITY_READ_DRAFT)
def attempt(opportunity_id: UUID, version_id: UUID) -> ResponseReturnValue:
    """Show the next page of a trial."""
    g.only_reads = True
    version = questionnaires.version(version_id)
    if version.opportunity_id != opportunity_id:
        abort(404)
    trial = Trial(version)
    return trial.step() if request.method == "POST" else trial.begin()


class Trial:
    """One step of somebody who tries a questionnaire."""

    def __init__(self, version: QuestionnaireVersion) -> None:
        """Read what is asked now; a draft can change between two steps."""
        self.version = version
        self.document = questionnaires.document(version)
        self.place = (PURPOSE, str(version.id), str(version.revision))

    def begin(self) -> ResponseReturnValue:
        """Show the first page."""
        walk = Walk(SUBMISSION, "start", seed=SEED)
        self.block = ages.block_of(self.document, {})
        return self._show(flow.forward(self.document, self.block, walk))

    def step(self) -> ResponseReturnValue:
        """Answer a page with the next one, as the public pages do."""
        try:
            state = sealed.open_state(request.form.get("state", ""), *self.place)
        except sealed.StateRefused:
            flash(_("The questions have changed, or the trial is old. It begins again."))
            return self.begin()
        walk = Walk.of_state(state)
        self.block = ages.block_of(self.document, walk.profile)
        act, _colon, target = request.form.get("go", "next").partition(":")
        read, errors = flow.read(self.document, self.block, walk, request.form)
        if act == "back":
            before = flow.back(self.document, self.block, read)
            return self._show(before) if before else self.begin()
        if act == "change":
            return self._show(flow.change(self.document, self.block, walk, target))
        if act == "skip":
            return self._show(flow.skip(self.document, self.block, walk))
        return self._show(read, errors) if errors else self._onward(act, read)

    def _onward(self, act: str, walk: Walk) -> ResponseReturnValue:
        if flow.refuses(self.document, walk):
            return self._end(walk, _("For whoever says no it ends here, and nothing is kept."))
        if walk.page == flow.AGE and (why := ages.refusal(self.version.opportunity, walk)):
            return self._end(walk, why)
        if act == "send":
            return self._send(walk)
        step = flow.finish if act == "finish" else flow.forward
        return self._show(step(self.document, self.block, walk))

    def _send(self, walk: Walk) -> ResponseReturnValue:
        if page := flow.page_to_mend(self.document, self.block, walk):
            mend = {"": _("Something here cannot be sent as it is. Look at it again.")}
            return self._show(flow.change(self.document, self.block, walk, page), mend)
        final = flow.final(self.document, self.block, walk)
        return self._end(final, _("A real answer would be sent now. This one is not kept."))

    def _end(self, walk: Walk, why: str) -> ResponseReturnValue:
        rows = flow.summary(self.document, self.block, walk)
        return self._page("trial_end", walk, why=why, summary=rows)

    def _show(self, walk: Walk, errors: dict[str, str] | None = None) -> ResponseReturnValue:
        try:
            state = sealed.seal_state(replace(walk, began=0).to_state(), *self.place)
        except sealed.StateTooLarge:
            flash(_("That is more than we can take. Shorten it a little."))
            return self.begin()
        is_check = walk.page == flow.CHECK
        return self._page(
            "trial",
            walk,
            state=state,
            questions=flow.questions(self.document, self.block, walk),
            answers={**walk.profile, **walk.answers},
            words={**walk.words, **walk.typed},
            errors=errors or {},
            summary=flow.summary(self.document, self.block, walk) if is_check else [],
            following=flow.following(self.document, self.block, walk),
            position=flow.position(self.document, self.block, walk),
            is_last=walk.page == flow.pages(self.document, self.block, walk)[-1] or walk.left_at,
        )

    def _page(self, name: str, walk: Walk, **shown: Any) -> ResponseReturnValue:
        section = flow.heading(self.document, walk)
        if section is None and walk.page == flow.ABOUT:
            section = self.block.about
        return render_template(
            f"responses/{name}.html", version=self.version, walk=walk, section=section, **shown
        )
