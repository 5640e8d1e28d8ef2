"""One step of somebody who answers: what a sent page says, and which page comes next."""

from dataclasses import replace
from typing import Any

from flask import Response, make_response, request
from flask_babel import gettext as _

from vrn_community import config
from vrn_community.contributions import receipts
from vrn_community.foundation import i18n, limits, sealed
from vrn_community.foundation.text import plain
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership import queries as partnership
from vrn_community.questionnaires import offences
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses import (
    ages,
    checking_in,
    drafts,
    flow,
    pages,
    proof,
    queries,
    returning,
    services,
    support,
)
from vrn_community.responses.flow import Walk
from vrn_community.responses.showing import Showing

#: The button that leads here from a page on which somebody was told how to leave fast.
TOLD = "told"
#: The button of the first page for whoever wants easy read.
EASY = "easy"
#: A field that no person sees; no question can have its name.
TRAP = "your_website"
#: What a form carries besides what somebody typed.
CARRIED = frozenset({"state", "go", "v", "proof", TRAP})


def _count_try() -> None:
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
        if begun := self._begin():
            return begun
        try:
            sent = request.form.get("state", "")
            walk = pages.opened_walk(sent, self.opportunity, self.version)
        except sealed.StateRefused:
            return self._refuse("expired")
        if request.form.get("go") == EASY:
            walk = replace(walk, is_easy=True)
        self._read(self.version, walk)
        if refused := self._refuse_walk(walk):
            return refused
        try:
            return self._step(walk)
        except sealed.StateTooLarge:
            return self._show_too_much(walk)

    def _begin(self) -> Response | None:
        """Begin for whoever comes without a walk; None for all others."""
        if request.form.get("go") == TOLD:
            return pages.start(self.opportunity, self.version, is_told=True)
        if request.form.get("go") in ("resume", "correct"):
            return self._begin_with_code()
        return None

    def _read(self, version: QuestionnaireVersion, walk: Walk) -> None:
        """Read what is asked, in the words that somebody has chosen."""
        self.document = pages.document_of(version, walk)
        self.block = ages.block_of(self.document, walk.profile)

    def _refuse_walk(self, walk: Walk) -> Response | None:
        if not (self.opportunity.is_open or walk.receipt or self._may_finish(walk)):
            return self._refuse("not_open", walk)
        if offences.lets_write(self.opportunity, self.document):
            return self._refuse("expired", walk)
        if walk.session and queries.was_sent(walk.submission):
            return self._page("sent_already", walk)
        return None

    def _may_finish(self, walk: Walk) -> bool:
        """Return whether somebody who has begun may send, though nobody can begin now."""
        return self.opportunity.lets_finish and walk.page not in (pages.START, pages.BEFORE)

    def _step(self, walk: Walk) -> Response:
        """Read what was sent and do what the pressed button says."""
        if walk.page == pages.BEFORE:
            return self._start(walk)
        act, _colon, target = request.form.get("go", "next").partition(":")
        if request.form.get(TRAP):
            walk = replace(walk, is_caught=True)
        if walk.page == flow.CHECK:
            walk = replace(walk, may_quote=request.form.get("may_quote") == "y")
        read, errors = flow.read(self.document, self.block, walk, request.form)
        if act == "back":
            return self._back(read)
        if (other := self._without_reading(act, target, walk)) is not None:
            return self._show(other)
        if errors:
            return self._show(read, errors)
        return self._end(read) or self._onward(act, read)

    def _without_reading(self, act: str, target: str, walk: Walk) -> Walk | None:
        """Return the walk after a button for which the page is not read; None for others."""
        if act == "change":
            return flow.change(self.document, self.block, walk, target)
        if act == "skip":
            return flow.skip(self.document, self.block, walk)
        return walk if act == "again" else None

    def _back(self, walk: Walk) -> Response:
        before = flow.back(self.document, self.block, walk)
        return self._show(before) if before else self._start(walk)

    def _start(self, walk: Walk) -> Response:
        """Show the first page to somebody who knows how to leave fast."""
        let_in = {"session": walk.session, "slip": walk.slip}
        return pages.start(self.opportunity, self.version, is_told=True, **let_in)

    def _onward(self, act: str, walk: Walk) -> Response:
        if act == "send":
            return self._send(walk)
        if act == "keep" and pages.can_keep(self.opportunity, walk):
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
        _count_try()
        words, kept = drafts.keep(self.opportunity, str(self.version.id), walk)
        state = pages.sealed_walk(kept, self.opportunity, self.version)
        shown = {"words": words, "state": state, "version": self.version}
        return pages.page("kept", opportunity=self.opportunity, **shown)

    def _begin_with_code(self) -> Response:
        """Go on with a draft, or with what was sent, for whoever has the words or the code."""
        _count_try()
        if request.form.get("go") == "correct":
            found = returning.of_code(self.opportunity, request.form.get("code", ""))
        else:
            found = returning.of_words(self.opportunity, request.form.get("words", ""))
        if found is None:
            return pages.page("not_found", opportunity=self.opportunity)
        self.version, walk = found
        self._read(self.version, walk)
        if offences.lets_write(self.opportunity, self.document):
            return pages.page("not_found", opportunity=self.opportunity)
        return self._show(walk)

    def _send(self, walk: Walk) -> Response:
        assert self.version is not None  # noqa: S101 - `post` has refused without one.
        if page := flow.page_to_mend(self.document, self.block, walk):
            mend = {"": _("Something here cannot be sent as it is. Look at it again.")}
            return self._show(flow.change(self.document, self.block, walk, page), mend)
        proof.count(self.opportunity.id, walk)
        asked = proof.asked(self.opportunity.id, walk)
        if asked.asked and not self._may_send(asked):
            return self._show(replace(asked, page=flow.WAIT))
        language = i18n.current_language()
        try:
            code = services.send(self.version, self.document, walk, language=language)
        except services.NotLetIn:
            return make_response(self._refuse("no_place", walk), 409)  # So nothing is kept.
        return pages.filled(self._thanks(walk), receipts.grouped(code))

    def _thanks(self, walk: Walk) -> str:
        """Return the page after sending, with a gap for the receipt code."""
        assert self.version is not None  # noqa: S101 - `post` has refused without one.
        # Looked for only when the page is made: it goes through every question.
        shown: dict[str, Any] = {
            "asks_words": lambda: any(q.passage_ids() for q in self.document.questions())
        }
        if walk.session:
            return self._page("done", walk, **shown).get_data(as_text=True)
        lines = self._help()
        shown |= {"opportunity": self.opportunity, "lines": lines}
        if self.opportunity.is_sensitive:
            shown["support"] = support.panel(self.opportunity, *support.said_by(walk))
            shown["check_in"] = checking_in.sealed_token(self.opportunity, walk)
            return pages.render("done", **shown)
        return pages.same_for_all("done", self.version.id, lines, **shown)

    def _may_send(self, walk: Walk) -> bool:
        """Return whether the sum is done or the wait is over, or it was all sent before."""
        is_enough = proof.is_enough(walk, request.form.get("proof", ""))
        return is_enough or queries.was_sent(walk.submission)

    def _page(self, name: str, walk: Walk | None, **shown: Any) -> Response:
        """Show a page on which it ends; in a session it leads to the next person."""
        return pages.page(
            name,
            opportunity=self.opportunity,
            lines=self._help(),
            support=support.panel(self.opportunity, *support.said_by(walk)),
            next_person=pages.next_person(walk),
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
        shown = Showing(self.opportunity, self.version, self.document, self.block)
        return shown.page(walk, errors or {}, carried or walk)

    def _refuse(self, name: str, walk: Walk | None = None) -> Response:
        """Say kindly why it cannot go on, and give back every word that was typed."""
        sent = request.form.items()
        typed = [plain(words) for name, words in sent if name not in CARRIED]
        kept = list(walk.words.values()) if walk else []
        words = [text for text in dict.fromkeys([*kept, *typed]) if len(text) > 1]
        is_correction = bool(walk and walk.receipt)
        return self._page(name, walk, typed=words, is_correction=is_correction)

    def _help(self) -> Any:
        return partnership.help_lines()
