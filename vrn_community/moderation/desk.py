"""Pages of the desk on which moderators read what waits and decide what others may read."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.contributions import queries as contributions
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.foundation.forms import BaseForm
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, fresh, requires
from vrn_community.moderation import appeals, forms, labels, queries, services, welfare
from vrn_community.moderation.showing import show_passage
from vrn_community.opportunities import queries as opportunities
from vrn_community.safeguarding import forms as safeguarding_forms
from vrn_community.safeguarding import queries as safeguarding
from vrn_community.safeguarding import services as safeguarding_services
from vrn_community.safeguarding.desk.report import say_unseen
from vrn_community.screening.labels import SIGNALS
from vrn_community.screening.signals import Signal

desk = Blueprint("moderation_desk", __name__, url_prefix="/desk/moderation")


@desk.get("")
@requires(Permission.PASSAGE_MODERATE)
def index() -> ResponseReturnValue:
    wanted = request.args.get("state", "")
    state = PassageState(wanted) if wanted in set(PassageState) else None
    opportunity_id = _uuid(request.args.get("opportunity", ""))
    shown = request.args.get("signal", "")
    signal = Signal(shown) if shown in set(Signal) else None
    second = request.args.get("second") == "yes"
    page = queries.queue(
        page_number(request.args.get("page")),
        to=current_user.id,
        opportunity_id=opportunity_id,
        state=state,
        signal=signal,
        second_for=current_user.id if second else None,
    )
    return render_template(
        "moderation/desk/index.html",
        page=page,
        proposals=queries.proposals([passage.id for passage in page]),
        second=second,
        for_second=queries.number_for_second(current_user.id),
        appeals=appeals.number_waiting(current_user.id),
        day=welfare.today(current_user),
        page_size=queries.PAGE_SIZE,
        waiting=queries.waiting(current_user.id),
        opportunity_id=opportunity_id,
        state=state,
        states=labels.STATES,
        signal=signal,
        signals=SIGNALS,
    )


@desk.get("/appeals")
@requires(Permission.PASSAGE_MODERATE)
def asked_again() -> ResponseReturnValue:
    page = appeals.waiting(current_user.id, page_number(request.args.get("page")))
    return render_template(
        "moderation/desk/appeals.html", page=page, page_size=queries.PAGE_SIZE, states=labels.STATES
    )


@desk.get("/alike/<uuid:opportunity_id>")
@requires(Permission.PASSAGE_MODERATE)
def alike(opportunity_id: UUID) -> ResponseReturnValue:
    groups = queries.alike(opportunity_id)
    opened = welfare.opened_by(current_user, [group.passages[0].id for group in groups])
    shown = [group for group in groups if group.passages[0].id in opened]
    return render_template(
        "moderation/desk/alike.html",
        opportunity=opportunities.opportunity(opportunity_id),
        groups=shown,
        covered=len(groups) - len(shown),
        longest=queries.LONGEST_ALIKE,
    )


@desk.post("/alike/<uuid:opportunity_id>/open")
@requires(Permission.PASSAGE_MODERATE)
def open_alike(opportunity_id: UUID) -> ResponseReturnValue:
    """Show short answers that say the same: one of each kind is opened, and stands for all."""
    for group in queries.alike(opportunity_id):
        welfare.open_words(group.passages[0], by=current_user)
    return redirect(url_for(".alike", opportunity_id=opportunity_id), 303)


@desk.post("/<uuid:passage_id>/clear-alike")
@requires(Permission.PASSAGE_MODERATE)
def clear_alike(passage_id: UUID) -> ResponseReturnValue:
    passage = _passage(passage_id)
    try:
        count = services.clear_alike(passage, moderator=current_user)
        cleared = _("Cleared. So many answers said the same: %(count)s.", count=count)
        flash(cleared if count else _("There is nothing to clear any more."))
    except welfare.NotRead as refused:
        flash(str(refused), "warning")
    opportunity_id = passage.contribution.opportunity_id
    return redirect(url_for(".alike", opportunity_id=opportunity_id), 303)


@desk.get("/<uuid:passage_id>")
@requires(Permission.PASSAGE_MODERATE)
def show(passage_id: UUID) -> ResponseReturnValue:
    return show_passage(_passage(passage_id))


@desk.post("/<uuid:passage_id>/open")
@requires(Permission.PASSAGE_MODERATE)
def open_words(passage_id: UUID) -> ResponseReturnValue:
    """Show covered words; hard ones are counted for the reader alone."""
    passage, form = _passage(passage_id), forms.OpenForm(prefix="open")
    words = appeals.to_open(passage, current_user)
    goes_on = form.validate_on_submit() and form.go_on.data
    is_hard = welfare.is_hard(words)
    if is_hard and welfare.today(current_user).is_full and not goes_on:
        return redirect(url_for(".show", passage_id=passage_id), 303)
    day = welfare.open_words(words, by=current_user, goes_on=goes_on)
    return show_passage(passage, pause=is_hard and day.is_time_for_a_break)


@desk.post("/<uuid:passage_id>/agree")
@requires(Permission.PASSAGE_MODERATE)
def agree(passage_id: UUID) -> ResponseReturnValue:
    passage, form = _passage(passage_id), forms.AgreeForm(prefix="agree")
    try:
        services.agree(passage, form.proposal_id, moderator=current_user)
    except welfare.NotRead as refused:
        return _ask_to_read(passage, refused)
    return _go_on(passage)


@desk.post("/<uuid:passage_id>/appeal/<any(keep, reopen):answer>")
@requires(Permission.PASSAGE_MODERATE)
def answer_appeal(passage_id: UUID, answer: str) -> ResponseReturnValue:
    passage = _passage(passage_id)
    answers = {"keep": appeals.keep, "reopen": appeals.reopen}
    answers[answer](passage, moderator=current_user)
    flash(_("Saved. Whoever wrote the words sees it under their code."))
    return redirect(url_for(".show", passage_id=passage_id), 303)


@desk.post("/<uuid:passage_id>/clear")
@requires(Permission.PASSAGE_MODERATE)
def clear(passage_id: UUID) -> ResponseReturnValue:
    return _decide(passage_id, forms.ClearForm(prefix="clear"), services.clear)


@desk.post("/<uuid:passage_id>/hold")
@requires(Permission.PASSAGE_MODERATE)
def hold(passage_id: UUID) -> ResponseReturnValue:
    return _decide(passage_id, forms.HoldForm(prefix="hold"), services.hold)


@desk.post("/<uuid:passage_id>/withhold")
@requires(Permission.PASSAGE_MODERATE)
def withhold(passage_id: UUID) -> ResponseReturnValue:
    return _decide(passage_id, forms.WithholdForm(prefix="withhold"), services.withhold)


@desk.post("/<uuid:passage_id>/redact")
@requires(Permission.PASSAGE_MODERATE)
def redact(passage_id: UUID) -> ResponseReturnValue:
    passage = _passage(passage_id)
    form = forms.RedactForm(passage.unseal(), prefix="redact")
    if request.form.get("step") == "preview":
        form.words.validate(form)
    elif form.validate_on_submit():
        try:
            services.redact(passage, form.spans, moderator=current_user, reason=form.stated_reason)
            return _go_on(passage)
        except welfare.NotRead:
            flash(
                _("Nothing is saved: a new day has begun. Read the words again, then save."),
                "warning",
            )
    # The words come back with the form, so this is reading them.
    words = services.words_to_redact(passage, moderator=current_user)
    return show_passage(passage, sent=form, words=words)


@desk.post("/<uuid:passage_id>/reveal")
@fresh
@requires(Permission.PASSAGE_MODERATE)
def reveal(passage_id: UUID) -> ResponseReturnValue:
    passage, form = _passage(passage_id), forms.RevealForm(prefix="reveal")
    if not form.validate_on_submit():
        return show_passage(passage, sent=form)
    words = services.reveal(passage, form.reason.data, moderator=current_user)
    return show_passage(passage, words=words)


@desk.post("/<uuid:passage_id>/concern")
@requires(Permission.CONCERN_RAISE)
def raise_concern(passage_id: UUID) -> ResponseReturnValue:
    passage = _passage(passage_id)
    form = safeguarding_forms.RaiseForm(prefix="concern")
    if form.validate_on_submit():
        concern = safeguarding_services.raise_concern(
            passage,
            form.urgency.data,
            form.note.data,
            by=current_user,
            key=form.id.data,
            accused_id=form.accused.data,
        )
        if safeguarding.is_unseen(concern):
            return say_unseen()
        return _go_on(passage)
    if not current_user.can(Permission.PASSAGE_MODERATE):
        abort(403)  # The form comes back with the words.
    return show_passage(passage, sent=form)


def _passage(passage_id: UUID) -> Passage:
    """Return a passage, unless it alleges something about the moderator."""
    passage = contributions.passage(passage_id)
    if safeguarding.alleges(passage.id, current_user.id):
        abort(404)
    return passage


def _decide(passage_id: UUID, form: BaseForm, service: Callable[..., Any]) -> ResponseReturnValue:
    passage = _passage(passage_id)
    if not form.validate_on_submit():
        return show_passage(passage, sent=form)
    reason = getattr(form, "stated_reason", None) or form.data.get("reason", "")
    try:
        service(passage, moderator=current_user, reason=reason)
    except welfare.NotRead as refused:
        return _ask_to_read(passage, refused)
    return _go_on(passage)


def _ask_to_read(passage: Passage, refused: welfare.NotRead) -> ResponseReturnValue:
    """Show the page on which one press opens the words; nothing that was typed is asked there."""
    flash(str(refused), "warning")
    return show_passage(passage, status=409)


def _go_on(passage: Passage) -> ResponseReturnValue:
    """Lead to the next passage that waits for the same opportunity, else to the list.

    It is opened too, unless its words may be hard to read: then the reader says when.
    """
    following = queries.next_waiting(passage, current_user.id)
    if queries.proposal(passage.id):
        flash(_("It waits for another moderator to agree."))
    if following is None:
        flash(_("Saved. Nothing else waits for this opportunity."))
        return redirect(url_for(".index"), 303)
    flash(_("Saved. This is the next one."))
    after = contributions.passage(following)
    if not welfare.is_hard(after):
        welfare.open_words(after, by=current_user)
    return redirect(url_for(".show", passage_id=following), 303)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
