"""Forms of scrutiny: topics, requests for evidence and their answers, ratings and feedback."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from vrn_community.foundation import clock, working_days
from vrn_community.foundation.forms import BaseForm, Line, Lines, NewId, SplitDateField
from vrn_community.oversight.forms import LaterDay, PublicForm, body_choices
from vrn_community.oversight.meetings.models import Meeting
from vrn_community.oversight.scrutiny import rating, services
from vrn_community.oversight.scrutiny.labels import COLOURS
from vrn_community.oversight.scrutiny.models import Colour, EvidenceRequest, Rating
from vrn_community.partnership import queries as partnership

LONG = Length(max=4_000, message=_l("Use at most 4,000 characters."))
SHORT = Length(max=200, message=_l("Use at most 200 characters."))


class TopicForm(PublicForm):
    kept_inside = frozenset({"reasons"})
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
        self.bodies = {row.slug: row for row in partnership.answering_bodies()}
        self.body.choices = body_choices(self.bodies)

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


class EnterForm(AnswerForm):
    """The answer of a body for which nobody can sign in."""

    words = Lines(
        _l("What the body says"),
        description=_l("In its own words. It cannot be changed later. Do not name anybody."),
        validators=[DataRequired(_l("Write the answer.")), LONG],
    )
    source = Line(
        _l("Who said it, and how it came"),
        description=_l("A post, not a person. For example: head of housing, by letter on 3 May"),
        validators=[DataRequired(_l("Say who answered, and how it came.")), SHORT],
    )


class MoveForm(LaterDay):
    """A later day, and why."""

    reason = Lines(
        _l("Why it takes longer"),
        description=_l("The group and the body read it, beside both days."),
        validators=[DataRequired(_l("Give a reason.")), LONG],
    )


class RaiseForm(BaseForm):
    id = NewId()
    reasons = Lines(
        _l("Why the board should look at it"),
        description=_l("The board reads it, with what the body was asked. Do not name anybody."),
        validators=[DataRequired(_l("Give your reasons.")), LONG],
    )


class RatingForm(PublicForm):
    id = NewId()
    colour = RadioField(
        _l("How you find it"),
        choices=[SelectChoice(colour.value, label) for colour, label in COLOURS.items()],
        validators=[InputRequired(_l("Choose a colour."))],
    )
    reasons = Lines(
        _l("Your reasons"),
        description=_l(
            "The group reads them with your name. They cannot be changed later. If it is red, the "
            "body that you choose reads them too, without your name."
        ),
        validators=[DataRequired(_l("Give your reasons.")), LONG],
    )
    body = SelectField(_l("If it is red: which body must look at it"))
    escalated_to = Line(
        _l("If it is red: which senior post there"),
        description=_l("A post, not a person. For example: head of community safety"),
        validators=[SHORT],
    )
    answer_by = SplitDateField(
        _l("If it is red: answer by"),
        description=_l("A working day. If nothing has come back by then, it is overdue."),
    )

    def __init__(self) -> None:
        super().__init__(data={"answer_by": rating.usual_answer_by(), "body": ""})
        self.bodies = {row.slug: row for row in partnership.answering_bodies()}
        self.body.choices = body_choices(self.bodies)

    @property
    def is_red(self) -> bool:
        """Whether it goes to a body."""
        return bool(self.colour.data == Colour.RED)

    def validate(self, *rest: Any, **options: Any) -> bool:
        """Look for names only in what leaves the group."""
        if self.is_red:
            return bool(super().validate(*rest, **options))
        return bool(BaseForm.validate(self, *rest, **options))

    def validate_body(self, field: SelectField) -> None:
        if self.is_red and not field.data:
            raise ValidationError(_l("Choose which body must look at it."))

    def validate_escalated_to(self, field: Line) -> None:
        if self.is_red and not field.data:
            raise ValidationError(_l("Say which senior post must look at it."))

    def validate_answer_by(self, field: SplitDateField) -> None:
        if not self.is_red or not field.data:
            return
        if field.data <= clock.today():
            raise ValidationError(_l("Choose a day after today."))
        if not working_days.is_working_day(field.data):
            raise ValidationError(
                _l("Choose a working day: not a weekend, and not a bank holiday.")
            )

    @property
    def verdict(self) -> rating.Verdict:
        """What the service takes."""
        if not self.is_red:
            return rating.Verdict(Colour(self.colour.data), self.reasons.data)
        day = self.answer_by.data or rating.usual_answer_by()
        to = rating.Addressed(self.bodies[self.body.data], self.escalated_to.data, day)
        return rating.Verdict(Colour.RED, self.reasons.data, to)


class FeedbackForm(BaseForm):
    meeting = SelectField(
        _l("The meeting that heard it"), validators=[DataRequired(_l("Choose a meeting."))]
    )
    words = Lines(
        _l("What came back"),
        description=_l("If the body answered here, you can leave it empty: its answer stands."),
        validators=[LONG],
    )

    def __init__(self, rated: Rating, meetings: Sequence[Meeting]) -> None:
        super().__init__(data={"meeting": ""})
        self.has_answer = bool(rated.answer)
        self.meetings = {str(row.id): row for row in meetings}
        named = [SelectChoice(key, row.title) for key, row in self.meetings.items()]
        self.meeting.choices = [SelectChoice("", _l("Choose")), *named]

    def validate_words(self, field: Lines) -> None:
        if not field.data and not self.has_answer:
            raise ValidationError(_l("Write what came back."))
