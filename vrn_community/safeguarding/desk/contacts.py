"""Whether the numbers that people ring are still right: looked at once a month (G4)."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community.foundation.permissions import Permission, fresh, requires
from vrn_community.safeguarding import contacts as kept

contacts = Blueprint("contacts_desk", __name__, url_prefix="/desk/contacts")


@contacts.get("")
@requires(Permission.CONTACT_CHECK)
def index() -> ResponseReturnValue:
    return render_template("safeguarding/desk/contacts.html", rows=kept.listed())


@contacts.post("/<uuid:contact_id>/right")
@fresh
@requires(Permission.CONTACT_CHECK)
def right(contact_id: UUID) -> ResponseReturnValue:
    service = kept.contact(contact_id)
    kept.say_right(service, by=current_user)
    flash(_("Written down: %(name)s is right.", name=service.name))
    return redirect(url_for(".index"), 303)


@contacts.post("/<uuid:contact_id>/wrong")
@fresh
@requires(Permission.CONTACT_CHECK)
def wrong(contact_id: UUID) -> ResponseReturnValue:
    service = kept.contact(contact_id)
    kept.say_wrong(service, by=current_user)
    flash(
        _(
            "%(name)s is hidden from everyone but staff. The administrators see it.",
            name=service.name,
        )
    )
    return redirect(url_for(".index"), 303)
