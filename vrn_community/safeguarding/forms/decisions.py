"""The form in which a lead writes down what was decided, and why."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from vrn_community import config
from vrn_community.foundation.forms import BaseForm, NewId
from vrn_community.safeguarding import labels
from vrn_community.safeguarding.entries import Texts
from vrn_community.safeguarding.forms.fields import choices, line, lines
from vrn_community.safeguarding.kinds import Outcome

#: Asked only where the place has switched the duty to report on (G6).
OF_DUTY = ("duty", "duty_told", "duty_when", "duty_delay")
#: Nobody can be told where these were chosen.
WITHOUT_OTHERS = frozenset({Outcome.NO_ACTION, Outcome.CANNOT_IDENTIFY, Outcome.SUPPORT})


class DecideForm(BaseForm):
    """A decision: a later one is added, none is ever changed."""

    id = NewId()
    outcome = RadioField(
        _l("What did you decide?"),
        description=_l("If it was more than one thing, save one decision after the other."),
        choices=choices(labels.OUTCOMES),
        coerce=Outcome,
        validators=[InputRequired(_l("Choose what you decided."))],
    )
    reasons = lines(_l("Why?"), DataRequired(_l("Say why.")))
    pattern = lines(
        _l("If nobody can be identified: what was passed on without a person?"),
        description=_l("A place and a time can help others. If nothing was passed on, say so."),
    )
    told = line(_l("Who was told?"), description=_l("The service, and the person who answered."))
    told_when = line(_l("When?"))
    told_how = line(_l("How?"))
    reference = line(_l("Their reference"))
    shared = lines(_l("What was passed on?"))
    person_told = RadioField(
        _l("Was the person told?"),
        description=_l("Tell them, unless that could put somebody in more danger."),
        choices=choices(labels.PERSON_TOLD),
        validators=[InputRequired(_l("Choose one."))],
    )
    not_told_why = lines(_l("If the person was not told: why not?"))
    duty = RadioField(
        _l("Was the duty to report child sexual abuse considered?"),
        choices=choices(labels.DUTY),
        validators=[InputRequired(_l("Choose one."))],
    )
    duty_told = line(_l("Whom did you notify?"))
    duty_when = line(_l("When did you notify them?"))
    duty_delay = lines(_l("If you waited: why?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not config.current().asks_duty_to_report:
            for name in OF_DUTY:
                del self[name]

    def validate_pattern(self, field: Any) -> None:
        if self.outcome.data is Outcome.CANNOT_IDENTIFY and not field.data:
            raise ValidationError(_l("Say what was passed on, or that nothing was."))

    def validate_told(self, field: Any) -> None:
        is_passed_on = self.outcome.data and self.outcome.data not in WITHOUT_OTHERS
        if is_passed_on and not field.data:
            raise ValidationError(_l("Say who was told."))

    def validate_shared(self, field: Any) -> None:
        if self.told.data and not field.data:
            raise ValidationError(_l("Say what was passed on."))

    def validate_not_told_why(self, field: Any) -> None:
        if self.person_told.data == "no" and not field.data:
            raise ValidationError(_l("Say why the person was not told."))

    @property
    def texts(self) -> Texts:
        """What is kept in the case."""
        left_out = {"id", "outcome", "csrf_token"}
        return {name: text for name, text in self.data.items() if name not in left_out and text}
