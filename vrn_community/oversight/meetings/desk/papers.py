"""Papers: read on the page, in large text, or on paper."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation import text
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.oversight.form_page import form_page, saved
from vrn_community.oversight.meetings import forms, items, queries
from vrn_community.oversight.meetings.lifecycle import STEPS, Act
from vrn_community.oversight.rules import acts_for

papers_desk = Blueprint("papers_desk", __name__, url_prefix="/desk/papers")
papers_desk.add_app_template_global(text.lowered)


@papers_desk.get("/<uuid:paper_id>")
@requires(Permission.MEETING_READ)
def show(paper_id: UUID) -> ResponseReturnValue:
    paper = queries.paper(paper_id, current_user)
    acts = acts_for(STEPS, paper.item.meeting.state, current_user)
    is_mine = paper.author_id == current_user.id
    return render_template(
        "oversight/meetings/paper.html",
        paper=paper,
        can_edit=is_mine and Act.FILE_PAPER in acts,
        is_open=request.args.get("show") == "yes",
    )


@papers_desk.get("/<uuid:paper_id>/copy")
@requires(Permission.MEETING_READ)
def copy(paper_id: UUID) -> ResponseReturnValue:
    paper = queries.paper(paper_id, current_user)
    is_large = request.args.get("text") == "large"
    return render_template("oversight/meetings/paper_copy.html", paper=paper, is_large=is_large)


@papers_desk.route("/new/<uuid:item_id>", methods=["GET", "POST"])
@requires(Permission.MEETING_PREPARE)
def new(item_id: UUID) -> ResponseReturnValue:
    item = queries.item_for(item_id, current_user)
    form = forms.PaperForm()
    if form.validate_on_submit():
        items.file_paper(form.id.data, item, form.draft, by=current_user)
        return saved(_("The paper is there."), "items_desk.show", item_id=item_id)
    return form_page(
        form, _("Add a paper"), (url_for("items_desk.show", item_id=item_id), item.title)
    )


@papers_desk.route("/<uuid:paper_id>/edit", methods=["GET", "POST"])
@requires(Permission.MEETING_PREPARE)
def edit(paper_id: UUID) -> ResponseReturnValue:
    paper = queries.paper(paper_id, current_user)
    form = forms.PaperForm(paper)
    if form.validate_on_submit():
        items.edit_paper(paper, form.draft, by=current_user)
        return saved(_("The paper is changed."), ".show", paper_id=paper_id)
    return form_page(
        form, _("Change the paper"), (url_for(".show", paper_id=paper_id), paper.title)
    )
