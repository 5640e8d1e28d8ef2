"""Pages of the desk for ballots of the oversight group."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.contributions import receipts
from vrn_community.foundation import sealed
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.oversight.ballots import forms, interests, labels, queries, services, voting
from vrn_community.oversight.ballots.lifecycle import STEPS, Act, BallotState
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.meetings import queries as meetings
from vrn_community.oversight.meetings.desk.items import items_desk, show_item
from vrn_community.oversight.meetings.forms import OtherInterestForm
from vrn_community.oversight.members import queries as members

desk = Blueprint("ballots_desk", __name__, url_prefix="/desk/ballots")


@desk.app_template_global()
def ballots_about(item_id: UUID) -> list[Ballot]:
    """Return the ballots about an item that the reader may see, for the page of the item."""
    return queries.about(item_id, current_user)


@desk.app_template_global()
def ballot_state(state: BallotState) -> Any:
    """Return what people read instead of a state."""
    return labels.STATES[state]


@desk.get("")
@requires(Permission.BALLOT_READ)
def index() -> ResponseReturnValue:
    asked = request.args.get("state", "")
    state = BallotState(asked) if asked in set(BallotState) else None
    page = queries.ballots(page_number(request.args.get("page")), current_user, state)
    return render_template("oversight/ballots/index.html", page=page, state=state, labels=labels)


@desk.route("/new", methods=["GET", "POST"])
@requires(Permission.BALLOT_PREPARE)
def new() -> ResponseReturnValue:
    form = forms.BallotForm(current_user, item=request.args.get("item", ""))
    if form.validate_on_submit():
        draft = services.begin(form.id.data, form.asked, by=current_user)
        flash(_("The draft is saved. Nobody can vote yet."))
        return _to(draft.id)
    return render_template("oversight/ballots/edit.html", form=form, ballot=None)


@desk.get("/<uuid:ballot_id>")
@requires(Permission.BALLOT_READ)
def show(ballot_id: UUID) -> ResponseReturnValue:
    return _show(queries.ballot(ballot_id, current_user))


def _show(found: Ballot, form: forms.VoteForm | None = None) -> str:
    voter, turnout = queries.voter(found.id, current_user), queries.turnout(found.id)
    if form is None and found.is_open and voter is not None and not voter.has_voted:
        form = forms.VoteForm(found, current_user)
    return render_template(
        "oversight/ballots/show.html",
        ballot=found,
        result=found.result,
        turnout=turnout,
        quorum=services.quorum_of(found, turnout),
        voter=voter,
        following=queries.following(found.id),
        acts=_acts(found),
        form=form,
        labels=labels,
        choices=labels.choice_words(found),
        grouped=receipts.grouped,
    )


def _acts(found: Ballot) -> list[Act]:
    """Return what the signed-in member can do now."""
    acts = [act for act in Act if not services.refusal(found, act, by=current_user)]
    hidden = set()
    if found.author_id != current_user.id:
        hidden.add(Act.EDIT)
    if not found.is_blocked or queries.following(found.id):
        hidden |= {Act.RESOLVE, Act.PUT_TO_VOTE}
    if Act.DISSENT in acts and not services.may_dissent(found, by=current_user):
        hidden.add(Act.DISSENT)
    return [act for act in acts if act not in hidden]


@desk.route("/<uuid:ballot_id>/edit", methods=["GET", "POST"])
@requires(STEPS[Act.EDIT].permission)
def edit(ballot_id: UUID) -> ResponseReturnValue:
    found = queries.ballot(ballot_id, current_user)
    if request.method == "GET" and Act.EDIT not in _acts(found):
        return _to(ballot_id)
    form = forms.BallotForm(current_user, found)
    if form.validate_on_submit():
        services.edit(found, form.asked, by=current_user)
        flash(_("The draft is saved. Nobody can vote yet."))
        return _to(ballot_id)
    return render_template("oversight/ballots/edit.html", form=form, ballot=found)


@desk.route("/<uuid:ballot_id>/open", methods=["GET", "POST"], endpoint="open")
@requires(STEPS[Act.OPEN].permission)
def open_ballot(ballot_id: UUID) -> ResponseReturnValue:
    found = queries.ballot(ballot_id, current_user)
    if request.method == "GET" and Act.OPEN not in _acts(found):
        return _to(ballot_id)
    declared = queries.declared(found)
    members = [member for member in queries.members() if member.id not in declared]
    form = forms.OpenForm(found, members)
    if form.validate_on_submit():
        try:
            services.open_ballot(found, form.rules, by=current_user, version=form.version.data)
        except NotAllowed as refusal:
            if found.state is not BallotState.DRAFT:
                raise
            form.form_errors.append(str(refusal))
        else:
            flash(_("The ballot is open. Members can vote."))
            return _to(ballot_id)
    return render_template(
        "oversight/ballots/open.html", form=form, ballot=found, members=members, labels=labels
    )


@desk.post("/<uuid:ballot_id>/vote")
@requires(STEPS[Act.VOTE].permission)
def vote(ballot_id: UUID) -> ResponseReturnValue:
    found = queries.ballot(ballot_id, current_user)
    form = forms.VoteForm(found, current_user)
    if not form.validate():
        services.refuse_step(found, Act.VOTE, current_user)
        return _show(found, form)
    try:
        tracker = voting.tracker_of(form.form.data, found, current_user)
    except sealed.StateRefused:
        form.form.data = voting.new_form(found, current_user)
        form.form_errors.append(_("This page was open for too long. Choose again."))
        return _show(found, form)
    voting.vote(found, form.cast, tracker, by=current_user)
    if found.is_secret:
        # No address holds the tracker: it stands in this answer alone.
        return render_template(
            "oversight/ballots/voted.html", ballot=found, code=receipts.grouped(tracker)
        )
    flash(_("Your vote is in."))
    return _to(ballot_id)


@desk.post("/<uuid:ballot_id>/close")
@requires(STEPS[Act.CLOSE].permission)
def close(ballot_id: UUID) -> ResponseReturnValue:
    services.close(queries.ballot(ballot_id, current_user), by=current_user)
    flash(_("The ballot is closed and counted."))
    return _to(ballot_id)


@desk.post("/<uuid:ballot_id>/put-to-vote")
@requires(STEPS[Act.PUT_TO_VOTE].permission)
def put_to_vote(ballot_id: UUID) -> ResponseReturnValue:
    found = queries.ballot(ballot_id, current_user)
    draft = services.put_to_vote(found, (_("Yes"), _("No")), by=current_user)
    flash(_("A draft of the vote is made. Open it when it is ready."))
    return _to(draft.id)


@desk.route("/<uuid:ballot_id>/resolve", methods=["GET", "POST"])
@requires(STEPS[Act.RESOLVE].permission)
def resolve(ballot_id: UUID) -> ResponseReturnValue:
    return _with_words(ballot_id, Act.RESOLVE)


@desk.route("/<uuid:ballot_id>/dissent", methods=["GET", "POST"])
@requires(STEPS[Act.DISSENT].permission)
def dissent(ballot_id: UUID) -> ResponseReturnValue:
    return _with_words(ballot_id, Act.DISSENT)


@desk.route("/<uuid:ballot_id>/withdraw", methods=["GET", "POST"])
@requires(STEPS[Act.WITHDRAW].permission)
def withdraw(ballot_id: UUID) -> ResponseReturnValue:
    return _with_words(ballot_id, Act.WITHDRAW)


def _with_words(ballot_id: UUID, act: Act) -> ResponseReturnValue:
    """Ask for the words that an act owes, and do it."""
    found, form = queries.ballot(ballot_id, current_user), forms.WordsForm()
    if request.method == "GET" and act not in _acts(found):
        return _to(ballot_id)
    if form.validate_on_submit():
        words = form.words.data
        if act is Act.DISSENT:
            services.dissent(form.id.data, found, words, by=current_user)
        else:
            {Act.RESOLVE: services.resolve, Act.WITHDRAW: services.withdraw}[act](
                found, words, by=current_user
            )
        flash(_("Your words are kept with the decision."))
        return _to(ballot_id)
    return render_template(f"oversight/ballots/{act}.html", ballot=found, form=form)


@items_desk.post("/<uuid:item_id>/interest-of-another")
@requires(Permission.MEETING_CHAIR)
def declare_for(item_id: UUID) -> ResponseReturnValue:
    item = meetings.item_for(item_id, current_user)
    form = OtherInterestForm(members.accounts(), prefix="other")
    if not form.validate():
        return show_item(item, form)
    chosen = form.members[form.member.data]
    try:
        interests.declare_for(item, chosen, form.words.data, by=current_user)
    except NotAllowed as refusal:
        form.member.errors = [str(refusal)]
        return show_item(item, form)
    flash(_("The interest is noted. The member sees only the title of this item now."))
    return redirect(url_for("items_desk.show", item_id=item_id), 303)


def _to(ballot_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(".show", ballot_id=ballot_id), 303)
