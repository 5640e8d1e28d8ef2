"""The address where people answer, and the same questions to be read on paper."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.audit import memory
from vrn_community.extensions import csrf
from vrn_community.foundation import crypto, i18n, sealed
from vrn_community.foundation.permissions import public
from vrn_community.opportunities import activities
from vrn_community.opportunities.gates import Gap
from vrn_community.opportunities.models import Opportunity
from vrn_community.opportunities.views import after_warning
from vrn_community.partnership import queries as partnership
from vrn_community.questionnaires import labels, offences
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.responses import ages, checking_in, pages, paper, support
from vrn_community.responses.answering import Answering
from vrn_community.responses.models import Feeling

bp = Blueprint("responses", __name__)
csrf.exempt(bp)  # The sealed state protects these forms; there is no session.
#: What a pressed button may say that is written down.
WRITING = frozenset({"send", "keep", "resume", "correct"})
NO_STORE = "no-store"
#: Pages of other stages ask too who can be rung.
bp.add_app_template_global(support.panel, "support_for")


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


@activities.publish_check
def hard_parts_are_announced(opportunity: Opportunity) -> list[Gap]:
    """Warn where sensitive questions come without a note before them, by which to skip (Y16)."""
    version = questionnaires.published(opportunity.id)
    if version is None or not opportunity.is_sensitive:
        return []
    if any(section.content_note for section in questionnaires.document(version).sections):
        return []
    words = _("No section says what is hard about it. With a note people can skip it at once.")
    return [Gap("is_sensitive", words, is_warning=True)]


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
        response = pages.start(opportunity, version)
    response.headers["Cache-Control"] = NO_STORE
    return response


@bp.post("/o/<code>/feeling")
@public
def check_in(code: str) -> ResponseReturnValue:
    opportunity, _version = questionnaires.asked(crypto.read_code(code))
    said = request.form.get("feeling", "")
    feeling = Feeling(said) if said in set(Feeling) else None
    known: tuple[str, ...] = ()
    try:
        if feeling:
            known = checking_in.keep(opportunity, request.form.get("state", ""), feeling)
    except sealed.StateRefused:
        feeling = None
    shown = {"opportunity": opportunity, "support": support.panel(opportunity, *known)}
    response = pages.page("checked_in", feeling=feeling, **shown)
    response.headers["Cache-Control"] = NO_STORE
    return response


@bp.route("/o/<code>/questions", methods=["GET", "POST"])
@public
def on_paper(code: str) -> ResponseReturnValue:
    typed = crypto.read_code(code)
    opportunity, version = memory.remembered(("asked", typed), lambda: questionnaires.asked(typed))
    if version is None or not opportunity.is_open:
        return pages.not_open(opportunity)
    document = questionnaires.document(version, i18n.current_language())
    if offences.lets_write(opportunity, document):
        return pages.not_open(opportunity)
    shown = {
        "opportunity": opportunity,
        "document": document,
        "parts": paper.parts(document, ages.block_of(document, {})),
        "conditions": labels.conditions(document),
        "lines": partnership.help_lines(),
    }
    return after_warning(opportunity, lambda: pages.same_for_all("questions", version.id, **shown))
