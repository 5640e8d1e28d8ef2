"""Pages of the builder on which the texts of a questionnaire are translated."""

from uuid import UUID

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user

from vrn_community.foundation import downloads, i18n
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.questionnaires import offences, po, queries, services, translating
from vrn_community.questionnaires.desk.drafts import desk, redirect_to
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.forms.translations import PoForm, texts_form
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.questionnaires.translating import EASY_READ, Text, TextState

STATES = {
    TextState.MISSING: _l("Not translated yet"),
    TextState.OUTDATED: _l("The English has changed since"),
    TextState.DONE: _l("Done"),
}


@desk.get("/translations")
@requires(Permission.QUESTIONNAIRE_EDIT)
def translations(opportunity_id: UUID) -> ResponseReturnValue:
    version = _version(opportunity_id)
    document = queries.document(version)
    done = {tag: translating.percent_done(document, tag) for tag in _languages(document)}
    return render_template(
        "questionnaires/desk/translations.html",
        version=version,
        languages=_languages(document),
        done=done,
        form=PoForm(),
        why_not=services.why_not_reworded(version),
    )


@desk.route("/translations/<language>/<part_id>", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def translate(opportunity_id: UUID, language: str, part_id: str) -> ResponseReturnValue:
    version = _version(opportunity_id)
    document = queries.document(version)
    rows = _rows(document, _known(document, language), part_id)
    form = texts_form(rows)
    if form.validate_on_submit():
        after = translating.translated(document, language, form.content)
        if not form.refuses(offences.new_problems(version.opportunity, document, after)):
            services.translate(version, after, language=language, by=current_user)
            flash(_("The translation is saved."))
            here = {"language": language, "part_id": part_id}
            return redirect_to(".translate", opportunity_id=opportunity_id, **here)
    return render_template(
        "questionnaires/desk/translate.html",
        version=version,
        document=document,
        language=i18n.page_language(language.partition("-")[0]),
        name=_languages(document)[language],
        tag=language,
        part_id=part_id,
        rows=rows,
        states=STATES,
        form=form,
        why_not=services.why_not_reworded(version),
    )


@desk.get("/translations/<language>.po")
@requires(Permission.QUESTIONNAIRE_EDIT)
def translations_file(opportunity_id: UUID, language: str) -> ResponseReturnValue:
    version = _version(opportunity_id)
    document = queries.document(version)
    body = po.write(document, _known(document, language))
    name = f"questions-{version.opportunity.code}-{language}.po"
    return downloads.file(body, name, "text/x-gettext-translation")


@desk.post("/translations/<language>.po")
@requires(Permission.QUESTIONNAIRE_EDIT)
def read_translations(opportunity_id: UUID, language: str) -> ResponseReturnValue:
    version = _version(opportunity_id)
    document = queries.document(version)
    _known(document, language)
    sent = request.files.get("file")
    try:
        entries = list(po.read(sent.read() if sent else b""))
    except po.UnreadablePo as refusal:
        flash(_("The file cannot be read: %(reason)s", reason=refusal), "warning")
        return redirect_to(".translations", opportunity_id=opportunity_id)
    if PoForm().validate_on_submit():
        _take_over(version, language, entries)
    return redirect_to(".translations", opportunity_id=opportunity_id)


def _take_over(version: QuestionnaireVersion, language: str, entries: list[po.Entry]) -> None:
    """Take over what fits of a file; nothing of it, if it says what may not be asked."""
    document = queries.document(version)
    sources = translating.texts(document)
    fitting = {e.place: e.text for e in entries if sources.get(e.place) == e.source}
    after = translating.translated(document, language, fitting)
    if problems := offences.new_problems(version.opportunity, document, after):
        first = problems[0]
        words = {"source": sources[first.place], "why": first.message}
        flash(_("Nothing was taken over. At “%(source)s”: %(why)s", **words), "warning")
        return
    if fitting:
        services.translate(version, after, language=language, by=current_user)
    _report(len(fitting), len(entries) - len(fitting))


def _report(taken: int, left: int) -> None:
    flash(ngettext("%(num)s text was taken over.", "%(num)s texts were taken over.", taken))
    if left:
        words = "%(num)s text was left: the English has changed since the file was made."
        many = "%(num)s texts were left: the English has changed since the file was made."
        flash(ngettext(words, many, left))


def _version(opportunity_id: UUID) -> QuestionnaireVersion:
    version = queries.draft(opportunity_id) or queries.published(opportunity_id)
    if version is None:
        raise NotAllowed(_("Nothing is asked yet."))
    return version


def _languages(document: Questionnaire) -> dict[str, str]:
    """Return the names of the languages into which a questionnaire can be translated, by tag."""
    ours = [tag for tag in i18n.LANGUAGES if tag != i18n.SOURCE]
    tags = dict.fromkeys([*ours, *sorted(document.translations), EASY_READ])
    return {tag: translating.name_of(tag) for tag in tags}


def _known(document: Questionnaire, language: str) -> str:
    if language not in _languages(document):
        abort(404)
    return language


def _rows(document: Questionnaire, language: str, part_id: str) -> list[Text]:
    """Return the texts of one page of the questionnaire, or of what stands before the pages."""
    rows = translating.standing(document, language)
    section = next((found for found in document.sections if found.id == part_id), None)
    if section is None and part_id != translating.FRAME:
        abort(404)
    ids = {section.id, *(q.id for q in section.questions)} if section else {translating.FRAME}
    return [row for row in rows if row.place.partition(".")[0] in ids]
