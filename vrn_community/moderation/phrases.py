"""The page of the desk on which safeguarding leads change what screening looks for."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community import jobs
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.moderation import forms
from vrn_community.moderation.jobs import screen_again
from vrn_community.screening import labels, lists, queries, services
from vrn_community.screening.phrases import Phrase

phrases = Blueprint("phrases_desk", __name__, url_prefix="/desk/screening")


@phrases.get("")
@requires(Permission.SCREENING_EDIT)
def index() -> ResponseReturnValue:
    """Show the lists, and what was changed in them."""
    return _show(forms.PhraseForm(formdata=None))


@phrases.post("")
@requires(Permission.SCREENING_EDIT)
def change() -> ResponseReturnValue:
    """Add a phrase or an exception, or leave a phrase out."""
    form = forms.PhraseForm()
    if not form.validate_on_submit():
        return _show(form)
    phrase = Phrase(form.signal.data, form.words.data, form.act.data == forms.EXCEPT)
    try:
        if form.act.data == forms.LEAVE_OUT:
            services.leave_out(phrase, by=current_user)
        else:
            services.add(phrase, by=current_user)
    except NotAllowed as refused:
        form.add_error("words", str(refused))
        return _show(form)
    return _done()


@phrases.post("/<uuid:phrase_id>/take-back")
@requires(Permission.SCREENING_EDIT)
def take_back(phrase_id: UUID) -> ResponseReturnValue:
    """Undo a change; one that is undone already stays so."""
    if found := queries.change(phrase_id):
        services.take_back(found, by=current_user)
    return _done()


def _done() -> ResponseReturnValue:
    jobs.enqueue(screen_again)
    flash(_("Saved. Words that wait are looked through again."))
    return redirect(url_for(".index"), 303)


def _show(form: forms.PhraseForm) -> ResponseReturnValue:
    shown: dict[str, Any] = {
        "page": queries.changes(page_number(request.args.get("page"))),
        "languages": lists.LANGUAGES,
        "shipped": {name: lists.shipped(name) for name in lists.LANGUAGES},
    }
    return render_template(
        "moderation/desk/phrases.html", form=form, labels=labels.SIGNALS, **shown
    )
