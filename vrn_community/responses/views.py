"""Answering: one address, where every page is the answer to a form, and nothing is kept."""

import secrets
from collections.abc import Hashable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.audit import memory
from vrn_community.contributions import receipts
from vrn_community.extensions import csrf
from vrn_community.foundation import crypto, i18n, sealed
from vrn_community.foundation.permissions import public
from vrn_community.opportunities import activities
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership import queries as partnership
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses import ages, flow, queries, services
from vrn_community.responses.flow import Walk

bp = Blueprint("responses", __name__)
csrf.exempt(bp)  # The sealed state protects these forms; there is no session.
PURPOSE = "answer"
NO_STORE = "no-store"
#: What stands for the sealed state or the code in a page that is kept; nobody can guess it.
GAP = secrets.token_hex(16)


@activities.register
def activity(opportunity: Opportunity) -> activities.Activity | None:
    """Offer the questionnaire on the page of its opportunity."""
    if questionnaires.published(opportunity.id) is None:
        return None
    url = url_for("responses.answer", code=opportunity.code)
    return activities.Activity(_l("Answer the questions"), url, opportunity.is_open)


@bp.route("/o/<code>/answer", methods=["GET", "POST"])
@public
def answer(code: str) -> ResponseReturnValue:
    # Only sending writes: the other pages need not wait for whoever is sending.
    g.only_reads = request.form.get("go") != "send"
    typed = crypto.read_code(code)
    opportunity, version = memory.remembered(("asked", typed), lambda: questionnaires.asked(typed))
    if request.method == "POST":
        response = Answering(opportunity, version).post()
    else:
        response = _start(opportunity, version)
    response.headers["Cache-Control"] = NO_STORE
    return response


def _start(opportunity: Opportunity, version: QuestionnaireVersion | None) -> Response:
    if version is None or not opportunity.is_open:
        return _page("not_open", opportunity=opportunity, typed=[])
    place = _place(opportunity, version)
    walk = Walk(secrets.token_urlsafe(16), "start")
    document = questionnaires.document(version)
    body = _same_for_all("start", version.id, opportunity=opportunity, document=document)
    return _filled(body, sealed.seal_state(walk.to_state(), *place))


def _place(opportunity: Opportunity, version: QuestionnaireVersion) -> tuple[str, ...]:
    """Return what a sealed state is bound to."""
    return (PURPOSE, opportunity.code, str(version.id))


def _page(name: str, **shown: Any) -> Response:
    return make_response(_render(name, **shown))


def _render(name: str, **shown: Any) -> str:
    return render_template(f"responses/{name}.html", gap=GAP, **shown)


def _same_for_all(name: str, *key: Hashable, **shown: Any) -> str:
    """Return a page that differs between people in one text only, with a gap for that text."""
    saves_data = request.headers.get("Save-Data") == "on"
    whole = (name, i18n.current_language(), saves_data, request.path, *key)
    return memory.remembered(whole, lambda: _render(name, **shown))


def _filled(body: str, text: str) -> Response:
    """Fill the gap of a page with a text that holds nothing to escape."""
    return make_response(body.replace(GAP, text))


class Answering:
    """One step of somebody who answers."""

    def __init__(self, opportunity: Opportunity, version: QuestionnaireVersion | None) -> None:
        """Find the version that the form was made for; it may be an earlier one."""
        self.opportunity = opportunity
        made_for = request.form.get("v", "")
        is_current = version is not None and made_for == str(version.id)
        self.version = version if is_current else queries.version(opportunity.id, made_for)
        self.version = self.version or version

    def post(self) -> Response:
        """Answer a sent page with the next one."""
        if self.version is None:
            return self._refuse("not_open")
        self.document = questionnaires.document(self.version)
        try:
            place = _place(self.opportunity, self.version)
            walk = Walk.of_state(sealed.open_state(request.form.get("state", ""), *place))
        except (sealed.StateRefused, KeyError, TypeError):
            return self._refuse("expired")
        if not self.opportunity.is_open:
            return self._refuse("not_open", walk)
        self.block = ages.block_of(self.document, walk.profile)
        try:
            return self._step(walk)
        except sealed.StateTooLarge:
            return self._show(walk, {"": _("That is more than we can take. Shorten it a little.")})

    def _step(self, walk: Walk) -> Response:
        """Read what was sent and do what the pressed button says."""
        act, _colon, target = request.form.get("go", "next").partition(":")
        if walk.page == flow.CHECK:
            walk = replace(walk, may_quote=request.form.get("may_quote") == "y")
        read, errors = flow.read(self.document, self.block, walk, request.form)
        if act == "back":
            before = flow.back(self.document, self.block, read)
            return self._show(before) if before else _start(self.opportunity, self.version)
        if act == "change":
            return self._show(flow.change(self.document, self.block, walk, target))
        if errors:
            return self._show(read, errors)
        if walk.page == flow.AGE and (why := ages.refusal(self.opportunity, read)):
            return _page("too_young", opportunity=self.opportunity, why=why, lines=self._help())
        if act == "send":
            return self._send(read)
        return self._show(flow.forward(self.document, self.block, read))

    def _send(self, walk: Walk) -> Response:
        assert self.version is not None  # noqa: S101 - `post` has refused without one.
        language = i18n.current_language()
        code = services.send(self.version, self.document, walk, language=language)
        lines = self._help()
        body = _same_for_all("done", lines, opportunity=self.opportunity, lines=lines)
        return _filled(body, receipts.grouped(code))

    def _show(self, walk: Walk, errors: dict[str, str] | None = None) -> Response:
        """Show the page of a walk, with the walk sealed into its form."""
        assert self.version is not None  # noqa: S101 - `post` has refused without one.
        state = sealed.seal_state(walk.to_state(), *_place(self.opportunity, self.version))
        asked = flow.questions(self.document, self.block, walk)
        position = flow.position(self.document, self.block, walk)
        name = {flow.CHECK: "check", flow.ABOUT: "about"}.get(walk.page, "section")
        shown = {
            "opportunity": self.opportunity,
            "version": self.version,
            "walk": walk,
            "section": flow.section_of(self.document, walk.page),
            "questions": asked,
            "answers": {**walk.profile, **walk.answers},
            "errors": errors or {},
            "position": position,
            "has_about": self.block.about is not None,
        }
        if errors or walk.page == flow.CHECK or flow.has_answers(asked, walk):
            summary = flow.summary(self.document, self.block, walk) if name == "check" else []
            return _filled(_render(name, **shown, summary=summary), state)
        key = (self.version.id, walk.page, position, *(question.id for question in asked))
        return _filled(_same_for_all(name, *key, **shown), state)

    def _refuse(self, name: str, walk: Walk | None = None) -> Response:
        """Say kindly why it cannot go on, and give back every word that was typed."""
        typed = [text for key, text in request.form.items() if key not in ("state", "go", "v")]
        kept = list(walk.words.values()) if walk else []
        words = [text for text in dict.fromkeys([*kept, *typed]) if len(text) > 1]
        return _page(name, opportunity=self.opportunity, typed=words)

    def _help(self) -> Any:
        return partnership.help_lines()
