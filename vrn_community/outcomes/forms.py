"""Forms of outcomes."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields import HiddenField
from wtforms.validators import Length

from vrn_community.foundation.forms import BaseForm, Line, Lines, SplitDateField
from vrn_community.outcomes.models import Outcome

LONG = Length(max=4_000, message=_l("Use at most 4,000 characters."))


class OutcomeForm(BaseForm):
    version = HiddenField()
    we_asked = Lines(
        _l("We asked"), description=_l("The question in one or two sentences."), validators=[LONG]
    )
    you_said = Lines(
        _l("You said"),
        description=_l("What most people said, and what only some said. One point a line."),
        validators=[LONG],
    )
    changed = Lines(
        _l("What changed"),
        description=_l("What is different because of it. One point a line."),
        validators=[LONG],
    )
    not_changed = Lines(
        _l("What did not change, and why"),
        description=_l("What people asked for and do not get, each with the reason."),
        validators=[LONG],
    )
    decided_by = Line(
        _l("Who decided"),
        description=_l("A job title or a group, not a name."),
        validators=[Length(max=200, message=_l("Use at most 200 characters."))],
    )
    decided_on = SplitDateField(_l("Date of the decision"))

    WORDS = ("we_asked", "you_said", "changed", "not_changed", "decided_by", "decided_on")

    @classmethod
    def of(cls, outcome: Outcome) -> "OutcomeForm":
        return cls(data={name: getattr(outcome, name) for name in cls.WORDS})

    @property
    def content(self) -> dict[str, Any]:
        """What `services.edit` takes."""
        return {name: self[name].data for name in self.WORDS}
