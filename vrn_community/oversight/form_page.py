"""What the desk pages of the group have in common: one form, and what is said when it is saved."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vrn_community.foundation.forms import BaseForm


def saved(words: str, endpoint: str, **values: Any) -> ResponseReturnValue:
    """Say what was done, and lead to the page that shows it."""
    flash(words)
    return redirect(url_for(endpoint, **values), 303)


def form_page(
    form: BaseForm, heading: str, back: tuple[str, str], send: str = ""
) -> ResponseReturnValue:
    """Show a page that is one form; `back` is an address and its words."""
    send = send or _("Save")
    return render_template("oversight/form.html", form=form, heading=heading, back=back, send=send)
