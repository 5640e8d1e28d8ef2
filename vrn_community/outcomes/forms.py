"""Forms of outcomes."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields import HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from vrn_community.foundation.forms import Line, Lines, SplitDateField
from vrn_community.outcomes.labels import KEPT
from vrn_community.outcomes.models import Kept, Outcome
from vrn_community.oversight.forms import PublicForm

LONG = Length(max=4_000, message=_l("Use at most 4,000 characters."))


#: A summary for young people is no longer than this (Y29).
MOST_WORDS = 200


class OutcomeForm(PublicForm):
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
    equality_effect = Lines(
        _l("Who may be affected more, and how that counted"),
        description=_l(
            "What they said, who of them was missing, and what that meant for the decision. "
            "Owed if an equality note was written before."
        ),
        validators=[LONG],
    )
    decided_by = Line(
        _l("Who decided"),
        description=_l("A job title or a group, not a name."),
        validators=[Length(max=200, message=_l("Use at most 200 characters."))],
    )
    decided_on = SplitDateField(_l("Date of the decision"))

    young_summary = Lines(
        _l("For young people, in a few words"),
        description=_l("At most 200 words. Owed if people under 18 were asked."),
        validators=[LONG],
    )
    easy_read = Lines(
        _l("In easy read"),
        description=_l("Short sentences, one idea a line. You can leave it empty."),
        validators=[LONG],
    )
    kept = RadioField(
        _l("Was the promise of the level kept?"),
        choices=[SelectChoice(kept.value, label) for kept, label in KEPT.items()],
        validators=[Optional()],
    )
    kept_words = Lines(
        _l("What shows it"),
        description=_l("What you made together, or what was handed over. If not, why not."),
        validators=[LONG],
    )

    WORDS = (
        "we_asked",
        "you_said",
        "changed",
        "not_changed",
        "equality_effect",
        "decided_by",
        "decided_on",
        "young_summary",
        "easy_read",
        "kept_words",
    )

    def validate_young_summary(self, field: Lines) -> None:
        count = len((field.data or "").split())
        if count > MOST_WORDS:
            words = _(
                "Use at most %(most)s words. Now it has %(count)s.", most=MOST_WORDS, count=count
            )
            raise ValidationError(words)

    @classmethod
    def of(cls, outcome: Outcome) -> "OutcomeForm":
        words = {name: getattr(outcome, name) for name in cls.WORDS}
        return cls(data={**words, "kept": outcome.kept})

    @property
    def content(self) -> dict[str, Any]:
        """What `services.edit` takes."""
        kept = Kept(self.kept.data) if self.kept.data else None
        return {**{name: self[name].data for name in self.WORDS}, "kept": kept}


class EasyReadForm(PublicForm):
    """An outcome in easy read, asked for after it was published."""

    easy_read = Lines(
        _l("In easy read"),
        description=_l("Short sentences, one idea a line. Everyone can read it at once."),
        validators=[DataRequired(_l("Write it in easy read.")), LONG],
    )
