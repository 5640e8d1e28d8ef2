"""Pages of the desk for words: reading and coding, themes, suggestions, agreement."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import NoResultFound

from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.forms import clean
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.insights import labels as insight_labels
from vrn_community.insights import queries as insights
from vrn_community.insights.forms import key_of
from vrn_community.insights.words import forms, labels, queries, reports, services, suggested
from vrn_community.insights.words.models import CodeFrame, RunState, SuggestionState, Theme
from vrn_community.opportunities import queries as opportunities
from vrn_community.opportunities.models import Stage

listing = Blueprint("words_listing", __name__, url_prefix="/desk/words")
desk = Blueprint(
    "words_desk", __name__, url_prefix="/desk/opportunities/<uuid:opportunity_id>/words"
)


@desk.before_request
def keep_what_is_open() -> None:
    """Let those who may not see live results read only the words of what has closed."""
    if current_user.can(Permission.INSIGHT_READ_DRAFT):
        return
    key = (request.view_args or {})["opportunity_id"]
    if opportunities.opportunity(key).stage is not Stage.CLOSED:
        raise NoResultFound


@listing.get("")
@requires(Permission.THEME_CODE)
def closed() -> ResponseReturnValue:
    page = queries.closed(page_number(request.args.get("page")))
    return render_template("insights/words/closed.html", page=page)


@desk.get("")
@requires(Permission.THEME_CODE)
def index(opportunity_id: UUID) -> ResponseReturnValue:
    return render_template(
        "insights/words/index.html",
        opportunity=opportunities.opportunity(opportunity_id),
        questions=queries.questions(opportunity_id),
        texts=insights.question_texts(opportunity_id),
    )


@desk.get("/<question_id>")
@requires(Permission.THEME_CODE)
def read(opportunity_id: UUID, question_id: str) -> ResponseReturnValue:
    question = queries.question(opportunity_id, question_id)
    frame = queries.frame(opportunity_id, question)
    active = queries.active_themes(frame)
    wanted = key_of(request.args.get("theme", ""))
    theme = next((each for each in active if each.id == wanted), None)
    words = clean(request.args.get("q"))[:100]
    number = page_number(request.args.get("page"))
    page = queries.search(opportunity_id, question, number, words=words, theme=theme)
    codes = queries.codes(frame, [passage.id for passage in page]) if frame else {}
    return _page(
        "read",
        opportunity_id,
        question,
        page=page,
        themes=active,
        theme=theme,
        words=words,
        mine=codes.get(current_user.id, {}),
    )


@desk.post("/<question_id>")
@requires(Permission.THEME_CODE)
def code(opportunity_id: UUID, question_id: str) -> ResponseReturnValue:
    frame = services.frame_of(opportunity_id, question_id)
    form = forms.CodeForm()
    if not form.validate_on_submit():
        raise NotAllowed(_("The form could not be read. Open the page again."))
    services.code(frame, form.decisions, coder=current_user)
    flash(_("What you found in these passages is saved."))
    return redirect(url_for(".read", opportunity_id=opportunity_id, **_place(question_id)), 303)


def _place(question_id: str) -> dict[str, Any]:
    """Return where in the list of passages somebody was."""
    kept = {name: request.args[name] for name in ("page", "q", "theme") if name in request.args}
    return {"question_id": question_id, **kept}


@desk.route("/<question_id>/themes", methods=["GET", "POST"])
@requires(Permission.THEME_EDIT)
def themes(opportunity_id: UUID, question_id: str) -> ResponseReturnValue:
    question = queries.question(opportunity_id, question_id)
    form = forms.ThemeForm()
    if form.validate_on_submit():
        frame = services.frame_of(opportunity_id, question)
        services.add_theme(
            frame, form.name.data, form.definition.data, key=form.key.data, by=current_user
        )
        flash(_("The theme is added."))
        return _to("themes", frame)
    found = queries.frame(opportunity_id, question)
    return _page(
        "themes",
        opportunity_id,
        question,
        form=form,
        themes=queries.themes(found),
        table=reports.people_by_theme(found) if found else None,
        reasons=insight_labels.REASONS,
    )


@desk.route("/themes/<uuid:theme_id>", methods=["GET", "POST"])
@requires(Permission.THEME_EDIT)
def theme(opportunity_id: UUID, theme_id: UUID) -> ResponseReturnValue:
    found = queries.theme(opportunity_id, theme_id)
    form = forms.ThemeForm(obj=found)
    if form.validate_on_submit():
        services.change_theme(found, form.name.data, form.definition.data, by=current_user)
        flash(_("The theme is changed."))
        return _to("themes", found.frame)
    return _show_theme(found, form)


def _show_theme(found: Theme, form: forms.ThemeForm) -> ResponseReturnValue:
    frame = found.frame
    others = [each for each in queries.active_themes(frame) if each.id != found.id]
    merging = forms.MergeForm(formdata=None, prefix="merge")
    merging.offer(others)
    return _page(
        "theme",
        frame.opportunity_id,
        frame.question_id,
        theme=found,
        form=form,
        merging=merging if others else None,
    )


@desk.post("/themes/<uuid:theme_id>/merge")
@requires(Permission.THEME_EDIT)
def merge(opportunity_id: UUID, theme_id: UUID) -> ResponseReturnValue:
    found = queries.theme(opportunity_id, theme_id)
    form = forms.MergeForm(prefix="merge")
    form.offer(queries.active_themes(found.frame))
    if not form.validate_on_submit():
        raise NotAllowed(_("Choose another theme of the same question."))
    services.merge(found, queries.theme(opportunity_id, form.into.data), by=current_user)
    flash(_("The themes are merged."))
    return _to("themes", found.frame)


@desk.post("/themes/<uuid:theme_id>/retire")
@requires(Permission.THEME_EDIT)
def retire(opportunity_id: UUID, theme_id: UUID) -> ResponseReturnValue:
    found = queries.theme(opportunity_id, theme_id)
    services.retire(found, by=current_user)
    flash(_("The theme is given up."))
    return _to("themes", found.frame)


def _to(view: str, frame: CodeFrame) -> ResponseReturnValue:
    page = url_for(f".{view}", opportunity_id=frame.opportunity_id, question_id=frame.question_id)
    return redirect(page, 303)


@desk.get("/<question_id>/suggestions")
@requires(Permission.THEME_EDIT)
def suggestions(opportunity_id: UUID, question_id: str) -> ResponseReturnValue:
    question = queries.question(opportunity_id, question_id)
    run = queries.current_run(queries.frame(opportunity_id, question))
    is_done = run is not None and run.state is RunState.DONE
    return _page(
        "suggestions",
        opportunity_id,
        question,
        run=run,
        is_done=is_done,
        suggestions=suggested.waiting(run) if run and is_done else [],
        labels=labels,
    )


@desk.post("/<question_id>/suggestions")
@requires(Permission.THEME_EDIT)
def ask(opportunity_id: UUID, question_id: str) -> ResponseReturnValue:
    frame = services.frame_of(opportunity_id, question_id)
    services.ask(frame, by=current_user)
    flash(_("We look for themes. It begins within a minute."))
    return _to("suggestions", frame)


@desk.route("/suggestions/<uuid:suggestion_id>", methods=["GET", "POST"])
@requires(Permission.THEME_EDIT)
def accept(opportunity_id: UUID, suggestion_id: UUID) -> ResponseReturnValue:
    found = queries.suggestion(opportunity_id, suggestion_id)
    shown = suggested.one(found)
    if shown is None:
        raise NoResultFound
    form = forms.ThemeForm(name=", ".join(shown.words[:3]))
    if form.validate_on_submit():
        made = services.accept(found, form.name.data, form.definition.data, by=current_user)
        flash(_("The suggestion is a theme now. Read its passages and code them."))
        return _to("themes", made.frame)
    frame = found.run.frame
    return _page(
        "accept",
        frame.opportunity_id,
        frame.question_id,
        form=form,
        shown=shown,
        labels=labels,
        is_open=found.state is SuggestionState.OPEN,
    )


@desk.post("/suggestions/<uuid:suggestion_id>/dismiss")
@requires(Permission.THEME_EDIT)
def dismiss(opportunity_id: UUID, suggestion_id: UUID) -> ResponseReturnValue:
    found = queries.suggestion(opportunity_id, suggestion_id)
    services.dismiss(found, by=current_user)
    flash(_("The suggestion is put aside."))
    return _to("suggestions", found.run.frame)


@desk.get("/<question_id>/agreement")
@requires(Permission.THEME_CODE)
def agreement(opportunity_id: UUID, question_id: str) -> ResponseReturnValue:
    question = queries.question(opportunity_id, question_id)
    frame = queries.frame(opportunity_id, question)
    return _page(
        "agreement",
        opportunity_id,
        question,
        report=reports.agreement_of(frame) if frame else None,
        levels=labels.LEVELS,
    )


def _page(name: str, opportunity_id: UUID, question_id: str, **shown: Any) -> str:
    texts = insights.question_texts(opportunity_id)
    return render_template(
        f"insights/words/{name}.html",
        opportunity=opportunities.opportunity(opportunity_id),
        question_id=question_id,
        question=texts.get(question_id.partition(".")[0], ""),
        **shown,
    )
