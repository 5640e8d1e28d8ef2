"""Who is the safeguarding lead and the deputy on which days."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community import config
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.i18n import local_date
from vrn_community.foundation.paging import page_number
from vrn_community.foundation.permissions import Permission, fresh, requires, signed_in
from vrn_community.safeguarding import checking, checks, covering, forms, labels, queries

cover = Blueprint("cover_desk", __name__, url_prefix="/desk/cover")


@cover.get("")
@requires(Permission.COVER_EDIT)
def index() -> ResponseReturnValue:
    return _show(forms.CoverForm())


@cover.post("")
@fresh
@requires(Permission.COVER_EDIT)
def name() -> ResponseReturnValue:
    form = forms.CoverForm()
    if not form.validate() or not _is_named(form):
        return _show(form)
    flash(_("The days are saved."))
    _warn(form)
    return redirect(url_for(".index"), 303)


def _show(form: forms.CoverForm) -> ResponseReturnValue:
    today = clock.today()
    gaps = queries.cover_gaps(today, today + config.current().cover_ahead)
    return render_template(
        "safeguarding/desk/cover.html",
        form=form,
        page=queries.cover_page(page_number(request.args.get("page"))),
        gaps=[str(checks.NOBODY[role]) % {"days": checks.say(s)} for role, s in gaps.items() if s],
        roles=labels.COVER_ROLES,
        levels=labels.DBS_LEVELS,
        staff=checking.staff(),
        soon=today + config.current().cover_ahead,
    )


def _is_named(form: forms.CoverForm) -> bool:
    try:
        covering.name_cover(
            form.id.data, form.account.data, form.role.data, form.days, by=current_user
        )
    except covering.NotChecked as refused:
        form.add_error("account", str(refused))
    except NotAllowed as refused:
        form.add_error("role", str(refused))
    return not form.errors


def _warn(form: forms.CoverForm) -> None:
    """Say so if somebody is named for longer than their training and check last."""
    check = checking.of(form.account.data)
    if check and check.good_until < form.days[1]:
        until = local_date(check.good_until)
        flash(
            _("Their training or check ends on %(date)s: later days count as nobody.", date=until)
        )


@cover.post("/<uuid:cover_id>/remove")
@fresh
@requires(Permission.COVER_EDIT)
def remove(cover_id: UUID) -> ResponseReturnValue:
    covering.remove_cover(queries.cover(cover_id), by=current_user)
    flash(_("The days are taken out."))
    return redirect(url_for(".index"), 303)


@cover.route("/my-checks", methods=["GET", "POST"])
@signed_in
def my_checks() -> ResponseReturnValue:
    form = forms.CheckForm(obj=checking.of(current_user.id))
    if form.validate_on_submit():
        checking.confirm(current_user, *form.days, level=form.dbs_level.data)
        flash(_("Your training and your check are written down."))
        return redirect(url_for(".my_checks"), 303)
    return render_template(
        "safeguarding/desk/my_checks.html", form=form, own=checking.looked_at(current_user)
    )
