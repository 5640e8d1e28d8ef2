"""Forms of scrutiny: topics, requests for evidence and their answers, ratings and feedback."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from vrn_community.foundation import clock
from vrn_community.foundation.forms import BaseForm, Line, Lines, NewId, SplitDateField
from vrn_community.oversight.meetings.models import Meeting
from vrn_community.oversight.scrutiny import services
from vrn_community.oversight.scrutiny.labels import COLOURS
from vrn_community.oversight.scrutiny.models import Colour, EvidenceRequest
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.models import BodyKind

LONG = Length(max=4_000, message=_l("Use at most 4,000 characters."))
SHORT = Length(max=200, message=_l("Use at most 200 characters."))


class TopicForm(BaseForm):
    id = NewId()
    title = Line(
        _l("What it is called"),
        description=_l("Everyone in the group sees it, and it can be public. Do not name anybody."),
        validators=[DataRequired(_l("Enter a name.")), SHORT],
    )
    reasons = Lines(
        _l("Why the group looks into it"),
        validators=[DataRequired(_l("Give your reasons.")), LONG],
    )


class EvidenceForm(BaseForm):
    id = NewId()
    body = SelectField(_l("Who is asked"), validators=[DataRequired(_l("Choose who is asked."))])
    text = Lines(
        _l("What you want to know"),
        validators=[DataRequired(_l("Write what you want to know.")), LONG],
    )
    answer_by = SplitDateField(_l("Answer by"))

    def __init__(self, asked: EvidenceRequest | None = None) -> None:
        stored: dict[str, Any] = {"answer_by": services.usual_answer_by(), "body": ""}
        if asked:
            stored = {"body": asked.body.slug, "text": asked.text, "answer_by": asked.answer_by}
        super().__init__(data=stored)
        bodies = partnership.bodies()
        # The group does not write to itself.
        self.bodies = {row.slug: row for row in bodies if row.kind is not BodyKind.OVERSIGHT_GROUP}
        named = [SelectChoice(slug, row.name) for slug, row in self.bodies.items()]
        self.body.choices = [SelectChoice("", _l("Choose")), *named]

    def validate_answer_by(self, field: SplitDateField) -> None:
        if field.data and field.data <= clock.today():
            raise ValidationError(_l("Choose a day after today."))

    @property
    def question(self) -> services.Question:
        """What the services take."""
        due = self.answer_by.data or services.usual_answer_by()
        return services.Question(self.bodies[self.body.data], self.text.data, due)


class AnswerForm(BaseForm):
    words = Lines(
        _l("Your answer"),
        description=_l("The group reads it. It cannot be changed later. Do not name anybody."),
        validators=[DataRequired(_l("Write the answer.")), LONG],
    )


class RatingForm(BaseForm):
    id = NewId()
    colour = RadioField(
        _l("How you find it"),
        choices=[SelectChoice(colour.value, label) for colour, label in COLOURS.items()],
        validators=[InputRequired(_l("Choose a colour."))],
    )
    reasons = Lines(
        _l("Your reasons"),
        description=_l("The group reads them with your name. They cannot be changed later."),
        validators=[DataRequired(_l("Give your reasons.")), LONG],
    )
    escalated_to = Line(
        _l("If it is red: which senior post must look at it"),
        description=_l("A post, not a person. For example: head of community safety"),
        validators=[SHORT],
    )

    def validate_escalated_to(self, field: Line) -> None:
        if self.colour.data == Colour.RED and not field.data:
            raise ValidationError(_l("Say which senior post must look at it."))

    @property
    def verdict(self) -> services.Verdict:
        """What the service takes."""
        colour = Colour(self.colour.data)
        escalated_to = self.escalated_to.data if colour is Colour.RED else ""
        return services.Verdict(colour, self.reasons.data, escalated_to)


class FeedbackForm(BaseForm):
    meeting = SelectField(
        _l("The meeting that heard it"), validators=[DataRequired(_l("Choose a meeting."))]
    )
    words = Lines(
        _l("What came back"),
        validators=[DataRequired(_l("Write what came back.")), LONG],
    )

    def __init__(self, meetings: Sequence[Meeting]) -> None:
        super().__init__(data={"meeting": ""})
        self.meetings = {str(row.id): row for row in meetings}
        named = [SelectChoice(key, row.title) for key, row in self.meetings.items()]
        self.meeting.choices = [SelectChoice("", _l("Choose")), *named]
