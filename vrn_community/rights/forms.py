"""Forms for asking, complaining, answering, and writing down what happened."""

from datetime import UTC, date, datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from vrn_community.foundation import clock, crypto, i18n, sealed
from vrn_community.foundation.forms import BaseForm, Line, Lines, NewId, SplitDateField
from vrn_community.rights import labels
from vrn_community.rights.models import (
    BreachEntryKind,
    LegalBasis,
    RawDataDecision,
    RequestKind,
    RequestWay,
    Result,
)
from vrn_community.rights.raw_data import Wish
from vrn_community.rights.reasons import ReadReason
from vrn_community.rights.services import Asking

LONGEST = 4_000
TOO_LONG = Length(max=LONGEST, message=_l("Use at most 4,000 characters."))
SHORT = Length(max=200, message=_l("Use at most 200 characters."))


def choices(labelled: Any) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labelled.items()]


class WordsForm(BaseForm):
    """What all ways in have: the words, whether it is urgent, and how to reach the person.

    The token in the sealed state is what makes pressing twice one request. The seal protects
    public forms, where there is no session, against forgery.
    """

    state = HiddenField()
    words = Lines(
        _l("Tell us in your own words"),
        validators=[DataRequired(_l("Write something, even if it is short.")), TOO_LONG],
    )
    is_urgent = BooleanField(_l("I need help soon"))
    reach = Line(
        _l("How can we reach you? You can leave this empty."),
        description=_l(
            "For example an e-mail address or a phone number. "
            "If you leave it empty, you read our answer here, with a code."
        ),
        validators=[SHORT],
    )

    @property
    def token(self) -> str:
        """The token that came with the form; empty if there is none, or it is a day old."""
        try:
            content = sealed.open_state(self.state.data or "", "privacy-request")
        except sealed.StateRefused:
            return ""
        return str(content.get("token", ""))

    def renew(self) -> None:
        """Give the form a token, unless it has one that is good."""
        if not self.token:
            state = {"token": crypto.new_token()}
            self.state.data = sealed.seal_state(state, "privacy-request")

    def asking(self, kind: RequestKind, **more: Any) -> Asking:
        """Return what was written."""
        return Asking(
            token=self.token,
            kind=kind,
            words=self.words.data,
            reach=self.reach.data,
            is_urgent=self.is_urgent.data,
            language=i18n.current_language(),
            **more,
        )

    def validate_state(self, _field: HiddenField) -> None:
        if not self.token:
            raise ValidationError(
                _l("This page was open for more than a day. Your words are still here: send again.")
            )


class PublicForm(WordsForm):
    def __init__(self) -> None:
        super().__init__(meta={"csrf": False})  # Nobody is signed in here.


class ComplainForm(PublicForm):
    @property
    def kind(self) -> RequestKind:
        return RequestKind.COMPLAINT


class AskForm(PublicForm):
    asked = RadioField(
        _l("What do you want us to do?"),
        choices=choices(labels.ASKED),
        coerce=RequestKind,
        validators=[InputRequired(_l("Choose what you want us to do."))],
    )

    @property
    def kind(self) -> RequestKind:
        chosen: RequestKind = self.asked.data
        return chosen


class EnterForm(WordsForm):
    asked = RadioField(
        _l("What it is"),
        choices=choices(labels.KINDS),
        coerce=RequestKind,
        validators=[InputRequired(_l("Choose what it is."))],
    )
    way = RadioField(
        _l("How it came"),
        choices=choices({way: labels.WAYS[way] for way in RequestWay if way != RequestWay.FORM}),
        coerce=RequestWay,
        validators=[InputRequired(_l("Choose how it came."))],
    )
    received_on = SplitDateField(
        _l("The day on which it came"),
        description=_l("The clock runs from this day, whoever in the organisation it came to."),
        validators=[DataRequired(_l("Give the day on which it came."))],
    )

    def validate_received_on(self, field: SplitDateField) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError(_l("This day has not come yet."))

    @property
    def entered(self) -> Asking:
        return self.asking(self.asked.data, way=self.way.data, received_on=self.received_on.data)


class ReadForm(BaseForm):
    reason = RadioField(
        _l("Why do you need to read it?"),
        description=_l("Your name, the time and the reason are kept in the audit trail."),
        choices=choices(labels.READ_REASONS),
        coerce=ReadReason,
        validators=[InputRequired(_l("Choose a reason."))],
    )


class NoteForm(BaseForm):
    id = NewId()
    words = Lines(
        _l("What was done?"), validators=[DataRequired(_l("Say what was done.")), TOO_LONG]
    )


class ExtendForm(BaseForm):
    reason = Lines(
        _l("Why does it take longer?"),
        description=_l("The person reads this. It must be hard, or one of many requests."),
        validators=[DataRequired(_l("Say why it takes longer.")), TOO_LONG],
    )


class AnswerForm(BaseForm):
    result = RadioField(
        _l("The answer, in short"),
        choices=choices(labels.RESULTS),
        coerce=Result,
        validators=[InputRequired(_l("Choose the answer in short."))],
    )
    words = Lines(
        _l("The answer, and why"),
        description=_l("In plain words. The letter adds the right to go to the ICO by itself."),
        validators=[DataRequired(_l("Write the answer.")), TOO_LONG],
    )


class BreachForm(BaseForm):
    id = NewId()
    noticed_on = SplitDateField(
        _l("The day on which somebody noticed it"),
        validators=[DataRequired(_l("Give the day on which it was noticed."))],
    )
    noticed_at = StringField(
        _l("The time, such as 14:30"),
        description=_l("The clock of 72 hours runs from this moment, at night and weekends too."),
        validators=[DataRequired(_l("Give the time, such as 14:30."))],
    )
    happened = Lines(
        _l("What happened"),
        description=_l("Which information, of about how many people, and what could follow."),
        validators=[DataRequired(_l("Say what happened.")), TOO_LONG],
    )

    def validate_noticed_at(self, field: StringField) -> None:
        try:
            moment = self.moment
        except ValueError as error:
            raise ValidationError(
                _l("Give the time as hours and minutes, such as 14:30.")
            ) from error
        if moment and moment > clock.now():
            raise ValidationError(_l("This moment has not come yet."))

    @property
    def moment(self) -> datetime | None:
        """When it was noticed; ValueError if the time cannot be read."""
        day: date | None = self.noticed_on.data
        clock_time = time.fromisoformat((self.noticed_at.data or "").strip().zfill(5))
        if day is None:
            return None
        return datetime.combine(day, clock_time, clock.LONDON).astimezone(UTC)


class BreachEntryForm(BaseForm):
    id = NewId()
    kind = RadioField(
        _l("What you add"),
        choices=choices(labels.ENTRY_KINDS),
        coerce=BreachEntryKind,
        validators=[InputRequired(_l("Choose what you add."))],
    )
    words = Lines(
        _l("Details and reasons"),
        description=_l("If the ICO is told after 72 hours, say why so late."),
        validators=[DataRequired(_l("Give details or reasons.")), TOO_LONG],
    )


class RawDataForm(BaseForm):
    id = NewId()
    organisation = Line(
        _l("Which organisation asks"),
        description=_l("Its name, and no name of a person."),
        validators=[SHORT],
    )
    wanted = Lines(
        _l("What is asked for"),
        validators=[DataRequired(_l("Say what is asked for.")), TOO_LONG],
    )
    purpose = Lines(
        _l("What it is for"),
        description=_l("Say also why published results are not enough."),
        validators=[DataRequired(_l("Say what it is for.")), TOO_LONG],
    )
    basis = RadioField(
        _l("The legal ground"),
        choices=choices(labels.BASES),
        coerce=LegalBasis,
        validators=[InputRequired(_l("Choose the legal ground."))],
    )

    def __init__(self) -> None:
        super().__init__()
        if current_user.body_id:
            del self.organisation

    def validate_organisation(self, field: Line) -> None:
        if not field.data:
            raise ValidationError(_l("Say which organisation asks."))

    @property
    def wish(self) -> Wish:
        asker = self.organisation.data if "organisation" in self else ""
        return Wish(self.wanted.data, self.purpose.data, self.basis.data, asker)


class DecideForm(BaseForm):
    decision = RadioField(
        _l("The decision"),
        choices=choices(labels.DECISIONS),
        coerce=RawDataDecision,
        validators=[InputRequired(_l("Choose the decision."))],
    )
    reasons = Lines(
        _l("The reasons"),
        description=_l("Whoever asked reads them."),
        validators=[DataRequired(_l("Give the reasons.")), TOO_LONG],
    )
