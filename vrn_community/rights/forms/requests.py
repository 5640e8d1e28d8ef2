"""Forms for asking, complaining and answering."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from vrn_community.foundation import clock, crypto, i18n, sealed
from vrn_community.foundation.forms import BaseForm, Line, Lines, NewId, SplitDateField
from vrn_community.rights import labels
from vrn_community.rights.forms.fields import SHORT, TOO_LONG, choices
from vrn_community.rights.models import RequestKind, RequestWay, Result
from vrn_community.rights.reasons import ReadReason
from vrn_community.rights.services import Asking


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
