"""Forms for what bodies promise and do."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, Length, ValidationError

from vrn_community.foundation import clock
from vrn_community.foundation.forms import Line, Lines, NewId, SplitDateField
from vrn_community.oversight.commitments.services import Promise
from vrn_community.oversight.forms import LONG
from vrn_community.oversight.recommendations.forms import SHORT, BodyForm

#: How many steps a form has room for.
STEPS = 4


class PromiseForm(BodyForm):
    id = NewId()
    text = Lines(
        _l("What you will do"),
        description=_l("Everyone can read it. It cannot be changed later."),
        validators=[DataRequired(_l("Write what you will do.")), LONG],
    )
    owner = Line(
        _l("Who answers for it"),
        description=_l("The title of a job, for example “Head of parks”. Not a name."),
        validators=[DataRequired(_l("Write the title of a job.")), SHORT],
    )
    due_on = SplitDateField(_l("Done by"))
    step_1, step_2, step_3, step_4 = (
        Line(_l("Step %(number)s", number=number), validators=[SHORT])
        for number in range(1, STEPS + 1)
    )
    day_1, day_2, day_3, day_4 = (
        SplitDateField(_l("By when is step %(number)s done?", number=number))
        for number in range(1, STEPS + 1)
    )

    def validate_due_on(self, field: SplitDateField) -> None:
        _need(field)

    @property
    def steps(self) -> list[tuple[Any, Any]]:
        """The fields of each step: what, and by when."""
        numbers = range(1, STEPS + 1)
        return [(self[f"step_{number}"], self[f"day_{number}"]) for number in numbers]

    def validate(self, *rest: Any, **options: Any) -> bool:
        """Ask of each step for both its parts."""
        is_right = super().validate(*rest, **options)
        for text, day in self.steps:
            if text.data and not day.data and not day.errors:
                self.add_error(day.name, _l("Enter a day for this step."))
                is_right = False
            if day.data and not text.data:
                self.add_error(text.name, _l("Write what the step is."))
                is_right = False
        return is_right

    @property
    def promise(self) -> Promise:
        """What `services.promise` takes."""
        steps: list[tuple[str, date]] = [(t.data, d.data) for t, d in self.steps if t.data]
        due_on = self.due_on.data or clock.today()
        return Promise(self.owner.data, self.text.data, due_on, steps, self.source)


def _need(field: SplitDateField) -> None:
    if not field.data and not field.process_errors:
        raise ValidationError(_l("Enter the day."))


class SayForm(BodyForm):
    """That it began, or that a step is reached: the body says no more than that."""


class NoteForm(BodyForm):
    id = NewId()
    text = Lines(
        _l("How far it is"),
        description=_l("Everyone can read it. It cannot be changed later."),
        validators=[DataRequired(_l("Write how far it is.")), LONG],
    )


class FinishForm(BodyForm):
    evidence = Lines(
        _l("What shows that it is done"),
        description=_l("For example what people can see or use now. Everyone can read it."),
        validators=[DataRequired(_l("Say what shows that it is done.")), LONG],
    )
    link = Line(
        _l("A page that shows it"),
        description=_l("You can leave this empty. It begins with https://."),
        validators=[Length(max=500)],
    )

    def validate_link(self, field: Line) -> None:
        if field.data and not field.data.startswith("https://"):
            raise ValidationError(_l("Enter an address that begins with https://."))


class DropForm(BodyForm):
    reason = Lines(
        _l("Why it will not be done"),
        description=_l("Everyone can read it."),
        validators=[DataRequired(_l("Give a reason.")), LONG],
    )
