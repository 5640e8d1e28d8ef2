"""The pages of answering: most are kept for all, with a gap for what is one person's own."""

import secrets
from collections.abc import Hashable
from dataclasses import replace
from typing import Any

from flask import Response, make_response, render_template, request

from vrn_community.audit import memory
from vrn_community.foundation import clock, i18n, sealed
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import arranging, translating
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses import support
from vrn_community.responses.flow import Walk

PURPOSE = "answer"
NEXT_PERSON = "next-person"
#: The page on leaving fast, and the first page.
BEFORE, START = "before", "start"
#: What stands for the sealed state or the code in a page that is kept; nobody can guess it.
GAP = secrets.token_hex(16)


def start(
    opportunity: Opportunity,
    version: QuestionnaireVersion | None,
    *,
    session: str = "",
    slip: str = "",
    is_told: bool = False,
) -> Response:
    """Show the first page to somebody, who may have been let in by a session or a slip.

    Before sensitive questions stands a page on leaving fast, until they were told (Y14).
    """
    if version is None or not opportunity.is_open:
        return not_open(opportunity)
    if opportunity.needs_code and not (session or slip):
        return page("needs_code", opportunity=opportunity)
    walk = replace(_new_walk(), session=session, slip=slip)
    if opportunity.is_sensitive and not is_told:
        body = same_for_all(BEFORE, opportunity=opportunity)
        return filled(body, sealed_walk(replace(walk, page=BEFORE), opportunity, version))
    document = questionnaires.document(version, i18n.current_language())
    is_english = i18n.current_language() == i18n.SOURCE
    shown = {
        "document": document,
        # Easy read is English in other words: it would not help on pages in another language.
        # Looked for only when the page is made: it reads every text.
        "has_easy_read": lambda: is_english and translating.has_easy_read(document),
        "is_session": bool(session),
        "support": support.panel(opportunity),
        "can_come_back": can_keep(opportunity) and not session,
    }
    body = same_for_all("start", version.id, bool(session), opportunity=opportunity, **shown)
    return filled(body, sealed_walk(walk, opportunity, version))


def document_of(version: QuestionnaireVersion, walk: Walk) -> Questionnaire:
    """Return what a version asks in the language of the page, perhaps in easy read."""
    language = i18n.current_language()
    is_easy = walk.is_easy and language == i18n.SOURCE
    return questionnaires.document(version, translating.EASY_READ if is_easy else language)


def _new_walk() -> Walk:
    seed, began = secrets.randbelow(arranging.SEEDS), int(clock.now().timestamp())
    return Walk(secrets.token_urlsafe(16), START, seed=seed, began=began)


def sealed_walk(walk: Walk, opportunity: Opportunity, version: QuestionnaireVersion) -> str:
    """Return a walk as the form of a page carries it."""
    return sealed.seal_state(walk.to_state(), *_place(opportunity, version))


def opened_walk(text: str, opportunity: Opportunity, version: QuestionnaireVersion) -> Walk:
    """Return the walk of a form; StateRefused if it was changed, moved, or is too old."""
    state = sealed.open_state(text, *_place(opportunity, version))
    try:
        return Walk.of_state(state)
    except (KeyError, TypeError) as error:
        raise sealed.StateRefused from error


def _place(opportunity: Opportunity, version: QuestionnaireVersion) -> tuple[str, ...]:
    """Return what a sealed state is bound to."""
    return (PURPOSE, opportunity.code, str(version.id))


def not_open(opportunity: Opportunity) -> Response:
    """Say that nobody can answer now, and who can be rung all the same."""
    shown = {"opportunity": opportunity, "support": support.panel(opportunity)}
    return page("not_open", typed=[], **shown)


def page(name: str, **shown: Any) -> Response:
    """Return a page that is made for one person."""
    return make_response(render(name, **shown))


def render(name: str, **shown: Any) -> str:
    """Return the text of a page, perhaps with a gap in it."""
    return render_template(f"responses/{name}.html", gap=GAP, **shown)


def same_for_all(name: str, *key: Hashable, **shown: Any) -> str:
    """Return a page that differs between people in one text only, with a gap for that text."""
    saves_data = request.headers.get("Save-Data") == "on"
    whole = (name, i18n.current_language(), saves_data, request.path, *key)
    return memory.remembered(whole, lambda: render(name, **shown))


def filled(body: str, text: str) -> Response:
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
