"""The public form with which somebody leaves a way to be reached, for help only."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired

from vrn_community.foundation.forms import BaseForm
from vrn_community.safeguarding.entries import Texts
from vrn_community.safeguarding.forms.fields import AreaField, line, lines


class HelpForm(BaseForm):  # nosemgrep: forgery
    """How to be reached; only that is asked, and only one thing is needed."""

    class Meta:
        """Its page has no session: a sealed state protects it instead."""

        csrf = False

    reach = lines(
        _l("How can somebody reach you safely?"),
        DataRequired(_l("Say how somebody can reach you.")),
        description=_l("A phone number, an e-mail address, or something else. Say what to avoid."),
    )
    best_time = line(_l("When is it safe for you?"), description=_l("You can leave this empty."))
    name = line(
        _l("What may we call you?"), description=_l("It need not be your real name, or any.")
    )
    area = AreaField(_l("Where do you live?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.area.offer(_l("I do not want to say"))
        for part in self:
            part.render_kw = {**(part.render_kw or {}), "autocomplete": "off"}

    @property
    def texts(self) -> Texts:
        """What is sealed."""
        return {part: self[part].data for part in ("name", "reach", "best_time")}
