"""Answering: one address, where every page is the answer to a form, and nothing is kept."""

import secrets
from collections.abc import Hashable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community import config
from vrn_community.audit import memory
from vrn_community.contributions import queries as contributions
from vrn_community.contributions import receipts
from vrn_community.extensions import csrf
from vrn_community.foundation import clock, crypto, i18n, limits, sealed
from vrn_community.foundation.permissions import public
from vrn_community.foundation.text import plain
from vrn_community.opportunities import activities
from vrn_community.opportunities.gates import Gap
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership import queries as partnership
from vrn_community.questionnaires import arranging, labels
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses import ages, drafts, flow, paper, queries, services
from vrn_community.responses.flow import Walk

bp = Blueprint("responses", __name__)
csrf.exempt(bp)  # The sealed state protects these forms; there is no session.
PURPOSE = "answer"
NEXT_PERSON = "next-person"
#: What a pressed button may say that is written down.
WRITING = frozenset({"send", "keep", "resume", "correct"})
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


@activities.publish_check
def age_is_asked(opportunity: Opportunity) -> list[Gap]:
    """Want the age band asked where it decides who may answer (Y6, Y7)."""
    version = questionnaires.published(opportunity.id)
    if version is None or not ages.decides(opportunity):
        return []
    if questionnaires.document(version).asks_age_band:
        return []
    return [Gap("child_route", _("Ask the age first: people under 16 need an adult here."))]


@bp.route("/o/<code>/answer", methods=["GET", "POST"])
@public
def answer(code: str) -> ResponseReturnValue:
    # The other pages need not wait for whoever is sending.
    g.only_reads = request.form.get("go") not in WRITING
    typed = crypto.read_code(code)
    opportunity, version = memory.remembered(("asked", typed), lambda: questionnaires.asked(typed))
    if request.method == "POST":
        response = Answering(opportunity, version).post()
    else:
        response = start(opportunity, version)
    response.headers["Cache-Control"] = NO_STORE
    return response


@bp.get("/o/<code>/questions")
@public
def on_paper(code: str) -> ResponseReturnValue:
    typed = crypto.read_code(code)
    opportunity, version = memory.remembered(("asked", typed), lambda: questionnaires.asked(typed))
    if version is None or not opportunity.is_open:
        return _page("not_open", opportunity=opportunity, typed=[])
    document = questionnaires.document(version, i18n.current_language())
    shown = {
        "opportunity": opportunity,
        "document": document,
        "parts": paper.parts(document, ages.block_of(document, {})),
        "conditions": labels.conditions(document),
        "lines": partnership.help_lines(),
    }
    return _same_for_all("questions", version.id, **shown)


def start(
    opportunity: Opportunity,
    version: QuestionnaireVersion | None,
    *,
    session: str = "",
    slip: str = "",
) -> Response:
    """Show the first page to somebody, who may have been let in by a session or a slip."""
    if version is None or not opportunity.is_open:
        return _page("not_open", opportunity=opportunity, typed=[])
    if opportunity.needs_code and not (session or slip):
        return _page("needs_code", opportunity=opportunity)
    walk = replace(_new_walk(), session=session, slip=slip)
    shown = {
        "document": questionnaires.document(version, i18n.current_language()),
        "is_session": bool(session),
        "can_come_back": can_keep(opportunity) and not session,
    }
    body = _same_for_all("start", version.id, bool(session), opportunity=opportunity, **shown)
    return _filled(body, sealed.seal_state(walk.to_state(), *_place(opportunity, version)))


def _new_walk() -> Walk:
    seed, began = secrets.randbelow(arranging.SEEDS), int(clock.now().timestamp())
    return Walk(secrets.token_urlsafe(16), "start", seed=seed, began=began)


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


def next_person(walk: Walk | None) -> str:
    """Return what lets the next person of a session begin; nothing outside of a session."""
    if walk is None or not walk.session:
        return ""
    return sealed.seal_state({"session": walk.session}, NEXT_PERSON)


def can_keep(opportunity: Opportunity, walk: Walk | None = None) -> bool:
    """Return whether answers can be saved: not sensitive ones, and not on a shared device."""
    return not opportunity.is_sensitive and not (walk and walk.session)


def _count_draft() -> None:
    limits.count("draft", request.remote_addr or "", most=config.current().draft_tries)


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
        if request.form.get("go") in ("resume", "correct"):
            return self._begin_with_code()
        self.document = questionnaires.document(self.version, i18n.current_language())
        try:
            place = _place(self.opportunity, self.version)
            walk = Walk.of_state(sealed.open_state(request.form.get("state", ""), *place))
        except (sealed.StateRefused, KeyError, TypeError):
            return self._refuse("expired")
        if refused := self._refuse_walk(walk):
            return refused
        self.block = ages.block_of(self.document, walk.profile)
        try:
            return self._step(walk)
        except sealed.StateTooLarge:
            return self._show_too_much(walk)

    def _refuse_walk(self, walk: Walk) -> Response | None:
        if not (self.opportunity.is_open or walk.receipt):
            return self._refuse("not_open", walk)
        if walk.session and queries.was_sent(walk.submission):
            return self._page("sent_already", walk)
        return None

    def _step(self, walk: Walk) -> Response:
        """Read what was sent and do what the pressed button says."""
        act, _colon, target = request.form.get("go", "next").partition(":")
        if walk.page == flow.CHECK:
            walk = replace(walk, may_quote=request.form.get("may_quote") == "y")
        read, errors = flow.read(self.document, self.block, walk, request.form)
        if act == "again":
            return self._show(walk)
        if act == "back":
            return self._back(read)
        if act == "change":
            return self._show(flow.change(self.document, self.block, walk, target))
        if errors:
            return self._show(read, errors)
        return self._end(read) or self._onward(act, read)

    def _back(self, walk: Walk) -> Response:
        before = flow.back(self.document, self.block, walk)
        if before is None:
            return start(self.opportunity, self.version, session=walk.session, slip=walk.slip)
        return self._show(before)

    def _onward(self, act: str, walk: Walk) -> Response:
        if act == "send":
            return self._send(walk)
        if act == "keep" and can_keep(self.opportunity, walk):
            return self._keep(walk)
        if act == "finish":
            return self._show(flow.finish(self.document, self.block, walk))
        return self._show(flow.forward(self.document, self.block, walk))

    def _end(self, walk: Walk) -> Response | None:
        """Say goodbye to whoever does not want to take part, or cannot here; nothing is kept."""
        if flow.refuses(self.document, walk):
            return self._page("not_taking_part", walk)
        if walk.page == flow.AGE and (why := ages.refusal(self.opportunity, walk)):
            return self._page("too_young", walk, why=why)
        return None

    def _keep(self, walk: Walk) -> Response:
        """Save what was answered, and show the words that open it again; it can go on too."""
        assert self.version is not None  # noqa: S101 - `post` has refused without one.
        _count_draft()
        words, kept = drafts.keep(self.opportunity, str(self.version.id), walk)
        state = sealed.seal_state(kept.to_state(), *_place(self.opportunity, self.version))
        shown = {"words": words, "state": state, "version": self.version}
        return _page("kept", opportunity=self.opportunity, **shown)

    def _begin_with_code(self) -> Response:
        """Go on with a draft, or with what was sent, for whoever has the words or the code."""
        _count_draft()
        found = self._of_code() if request.form.get("go") == "correct" else self._of_words()
        if found is None:
            return _page("not_found", opportunity=self.opportunity)
        self.version, walk = found
        self.document = questionnaires.document(self.version, i18n.current_language())
        self.block = ages.block_of(self.document, walk.profile)
        return self._show(walk)

    def _of_words(self) -> tuple[QuestionnaireVersion, Walk] | None:
        """Return the draft of typed words; wrong words and unknown ones look the same."""
        found = drafts.find(self.opportunity, request.form.get("words", ""))
        version = queries.version(self.opportunity.id, found.version_id) if found else None
        is_answerable = found and version and (self.opportunity.is_open or found.walk.receipt)
        return (version, found.walk) if found and version and is_answerable else None

    def _of_code(self) -> tuple[QuestionnaireVersion, Walk] | None:
        """Return what was sent with a receipt code, while it can still be changed."""
        code = crypto.read_code(request.form.get("code", "")[: 2 * receipts.CHARACTERS])
        sent = contributions.by_receipt(code)
        if sent is None or sent.opportunity_id != self.opportunity.id:
            return None
        return queries.walk_of(sent, code) if contributions.can_withdraw(sent) else None

    def _send(self, walk: Walk) -> Response:
        assert self.version is not None  # noqa: S101 - `post` has refused without one.
        if page := flow.page_to_mend(self.document, self.block, walk):
            mend = {"": _("Something here cannot be sent as it is. Look at it again.")}
            return self._show(flow.change(self.document, self.block, walk, page), mend)
        language = i18n.current_language()
        try:
            code = services.send(self.version, self.document, walk, language=language)
        except services.NotLetIn:
            return make_response(self._refuse("no_place", walk), 409)  # So nothing is kept.
        lines = self._help()
        if walk.session:
            return _filled(self._page("done", walk).get_data(as_text=True), receipts.grouped(code))
        body = _same_for_all("done", lines, opportunity=self.opportunity, lines=lines)
        return _filled(body, receipts.grouped(code))

    def _page(self, name: str, walk: Walk | None, **shown: Any) -> Response:
        """Show a page on which it ends; in a session it leads to the next person."""
        return _page(
            name,
            opportunity=self.opportunity,
            lines=self._help(),
            next_person=next_person(walk),
            **shown,
        )

    def _show_too_much(self, walk: Walk) -> Response:
        """Show what was typed again; the form carries what it carried before."""
        read, errors = flow.read(self.document, self.block, walk, request.form)
        too_much = {"": _("That is more than we can take. Shorten it a little.")}
        return self._show(read, errors or too_much, carried=walk)

    def _show(
        self, walk: Walk, errors: dict[str, str] | None = None, carried: Walk | None = None
    ) -> Response:
        """Show the page of a walk, with a walk (the same one, if none is given) in its form."""
        assert self.version is not None  # noqa: S101 - `post` has refused without one.
        place = _place(self.opportunity, self.version)
        state = sealed.seal_state((carried or walk).to_state(), *place)
        asked = flow.questions(self.document, self.block, walk)
        position = flow.position(self.document, self.block, walk)
        name = {flow.CHECK: "check", flow.ABOUT: "about"}.get(walk.page, "section")
        shown = {
            "opportunity": self.opportunity,
            "version": self.version,
            "walk": walk,
            "section": flow.heading(self.document, walk),
            "questions": asked,
            "answers": {**walk.profile, **walk.answers},
            "words": {**walk.words, **walk.typed},
            "errors": errors or {},
            "position": position,
            "next_person": next_person(walk),
            "can_keep": can_keep(self.opportunity, walk),
            "has_about": self.block.about is not None and not walk.left_at,
        }
        is_own = errors or name == "check" or walk.session or flow.has_answers(asked, walk)
        if is_own or not flow.is_same_for_all(self.document, walk):
            summary = flow.summary(self.document, self.block, walk) if name == "check" else []
            return _filled(_render(name, **shown, summary=summary), state)
        key = (self.version.id, walk.page, position, *(question.id for question in asked))
        return _filled(_same_for_all(name, *key, **shown), state)

    def _refuse(self, name: str, walk: Walk | None = None) -> Response:
        """Say kindly why it cannot go on, and give back every word that was typed."""
        sent = request.form.items()
        typed = [plain(words) for name, words in sent if name not in ("state", "go", "v")]
        kept = list(walk.words.values()) if walk else []
        words = [text for text in dict.fromkeys([*kept, *typed]) if len(text) > 1]
        is_correction = bool(walk and walk.receipt)
        return self._page(name, walk, typed=words, is_correction=is_correction)

    def _help(self) -> Any:
        return partnership.help_lines()
