"""The page of one step with a request for evidence: its form, and why it is refused."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.forms import BaseForm
from vrn_community.oversight.scrutiny import labels, steps
from vrn_community.oversight.scrutiny.lifecycle import Act
from vrn_community.oversight.scrutiny.models import EvidenceRequest


def step_page(
    asked: EvidenceRequest,
    act: Act,
    form: BaseForm,
    take: Callable[[], Any],
    back: tuple[str, str],
) -> ResponseReturnValue:
    """Show the page of one step with its form, or take the step; `back` is an address and words."""
    possible = steps.acts(asked, steps.able(by=current_user), by=current_user)
    if request.method == "GET" and act not in possible:
        return redirect(back[0], 303)
    if form.validate_on_submit():
        try:
            take()
        except NotAllowed as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(labels.TAKEN[act])
            return redirect(back[0], 303)
    return render_template(
        "oversight/scrutiny/step.html",
        asked=asked,
        act=act,
        form=form,
        back=back,
        heading=labels.HEADINGS[act],
        states=labels.STATES,
    )
