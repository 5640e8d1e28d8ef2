"""Pages of the desk for rights requests and complaints: the officer alone reads them."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.contributions import receipts
from vrn_community.foundation import i18n
from vrn_community.foundation.forms import BaseForm
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, fresh, requires
from vrn_community.rights import forms, labels, queries, services
from vrn_community.rights.models import PrivacyRequest
from vrn_community.rights.reasons import ReadReason

desk = Blueprint("rights_desk", __name__, url_prefix="/desk/privacy-requests")


@desk.get("")
@requires(Permission.PRIVACY_REQUEST_ANSWER)
def index() -> ResponseReturnValue:
    answered = request.args.get("state") == "answered"
    page = queries.page(page_number(request.args.get("page")), answered=answered)
    return render_template(
        "rights/desk/index.html", page=page, answered=answered, kinds=labels.KINDS
    )


@desk.route("/enter", methods=["GET", "POST"])
@requires(Permission.PRIVACY_REQUEST_ENTER)
def enter() -> ResponseReturnValue:
    form = forms.EnterForm()
    if form.validate_on_submit():
        asking = form.entered
        stored = services.enter(asking, by=current_user)
        code = receipts.grouped(asking.code)
        return render_template("rights/desk/entered.html", asked=stored, code=code)
    form.renew()
    return render_template("rights/desk/enter.html", form=form)


@desk.get("/<uuid:request_id>")
@requires(Permission.PRIVACY_REQUEST_ANSWER)
def show(request_id: UUID) -> ResponseReturnValue:
    return _show(queries.request(request_id))


@desk.post("/<uuid:request_id>/reveal")
@fresh
@requires(Permission.PRIVACY_REQUEST_ANSWER)
def reveal(request_id: UUID) -> ResponseReturnValue:
    asked, form = queries.request(request_id), forms.ReadForm(prefix="read")
    if not form.validate_on_submit():
        return _show(asked, sent=form)
    return _show(asked, text=services.reveal(asked, form.reason.data, by=current_user))


@desk.post("/<uuid:request_id>/letter")
@fresh
@requires(Permission.PRIVACY_REQUEST_ANSWER)
def letter(request_id: UUID) -> ResponseReturnValue:
    asked = queries.request(request_id)
    if not asked.answered_on:
        flash(_("There is no answer to print yet."))
        return redirect(url_for(".show", request_id=request_id), 303)
    text = services.reveal(asked, ReadReason.LETTER, by=current_user)
    return render_template(
        "rights/desk/letter.html",
        asked=asked,
        text=text,
        kinds=labels.KINDS,
        results=labels.RESULTS,
    )


@desk.post("/<uuid:request_id>/acknowledge")
@requires(Permission.PRIVACY_REQUEST_ANSWER)
def acknowledge(request_id: UUID) -> ResponseReturnValue:
    services.acknowledge(queries.request(request_id), by=current_user)
    flash(_("It is noted that the person was told."))
    return redirect(url_for(".show", request_id=request_id), 303)


@desk.post("/<uuid:request_id>/note")
@requires(Permission.PRIVACY_REQUEST_ANSWER)
def note(request_id: UUID) -> ResponseReturnValue:
    asked, form = queries.request(request_id), forms.NoteForm(prefix="note")
    if not form.validate_on_submit():
        return _show(asked, sent=form)
    services.note(form.id.data, asked, form.words.data, by=current_user)
    flash(_("The note is kept."))
    return redirect(url_for(".show", request_id=request_id), 303)


@desk.post("/<uuid:request_id>/extend")
@requires(Permission.PRIVACY_REQUEST_ANSWER)
def extend(request_id: UUID) -> ResponseReturnValue:
    asked, form = queries.request(request_id), forms.ExtendForm(prefix="extend")
    if not form.validate_on_submit():
        return _show(asked, sent=form)
    services.extend(asked, form.reason.data, by=current_user)
    flash(_("The answer is put off. The person reads why."))
    return redirect(url_for(".show", request_id=request_id), 303)


@desk.post("/<uuid:request_id>/answer")
@requires(Permission.PRIVACY_REQUEST_ANSWER)
def answer(request_id: UUID) -> ResponseReturnValue:
    asked, form = queries.request(request_id), forms.AnswerForm(prefix="answer")
    if not form.validate_on_submit():
        return _show(asked, sent=form)
    services.answer(asked, form.result.data, form.words.data, by=current_user)
    flash(_("The answer is written down. The person reads it with the code."))
    return redirect(url_for(".show", request_id=request_id), 303)


FORMS: dict[str, type[BaseForm]] = {
    "read": forms.ReadForm,
    "note": forms.NoteForm,
    "extend": forms.ExtendForm,
    "answer": forms.AnswerForm,
}


def _show(
    asked: PrivacyRequest,
    *,
    sent: BaseForm | None = None,
    text: services.RequestText | None = None,
) -> ResponseReturnValue:
    shown: dict[str, Any] = {
        name: sent if isinstance(sent, kind) else kind(formdata=None, prefix=name)
        for name, kind in FORMS.items()
    }
    return render_template(
        "rights/desk/show.html",
        asked=asked,
        language=i18n.LANGUAGES.get(asked.language, asked.language),
        forms=shown,
        sent=sent,
        text=text,
        kinds=labels.KINDS,
        ways=labels.WAYS,
        results=labels.RESULTS,
    )
