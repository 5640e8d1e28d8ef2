"""Forms with which a moderator decides."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from vrn_community.foundation.forms import BaseForm, Choices, Line, Lines
from vrn_community.moderation import labels, redaction
from vrn_community.moderation.reasons import OTHER, RedactionReason, RevealReason, WithholdReason
from vrn_community.screening.labels import SIGNALS
from vrn_community.screening.signals import Signal

REASON = Length(max=1_000, message=_l("Use at most 1,000 characters."))
DO_NOT_REPEAT = _l("Other moderators read it. Do not repeat what the person wrote.")


class ClearForm(BaseForm):
    """Nothing is asked."""


class HoldForm(BaseForm):
    reason = Lines(_l("Reason"), description=DO_NOT_REPEAT, validators=[Optional(), REASON])


class ReasonForm(BaseForm):
    """What is taken from readers has a main reason: one of ours, or the moderator's own words."""

    other = Line(
        _l("If it is something else: what is it?"),
        description=DO_NOT_REPEAT,
        validators=[Length(max=200, message=_l("Use at most 200 characters."))],
    )

    def validate_other(self, field: Line) -> None:
        if self["reason"].data == OTHER and not field.data:
            raise ValidationError(_l("Say what the reason is."))

    @property
    def stated_reason(self) -> str:
        """The reason as it is kept."""
        chosen = self["reason"].data
        return str(self.other.data if chosen == OTHER else chosen)


def _reasons(kind: type[StrEnum], words: Mapping[Any, Any]) -> RadioField:
    return RadioField(
        _l("Main reason"),
        choices=[SelectChoice(value, label) for value, label in words.items()],
        coerce=kind,
        validators=[InputRequired(_l("Choose the main reason."))],
    )


class WithholdForm(ReasonForm):
    reason = _reasons(WithholdReason, labels.WITHHOLD_REASONS)


class AgreeForm(BaseForm):
    """Names the proposal that was read, so that nobody agrees to another one."""

    proposal = HiddenField()

    @property
    def proposal_id(self) -> UUID:
        """The key of the proposal; one that nothing has if it makes no sense."""
        try:
            return UUID(str(self.proposal.data))
        except ValueError:
            return UUID(int=0)


class OpenForm(BaseForm):
    """Opens covered words; past the number for a day only with a tick."""

    go_on = BooleanField(_l("I have read this, and I choose to go on today"))


class RedactForm(ReasonForm):
    words = Choices(
        _l("Tick each word that must be taken out"),
        coerce=int,
        validators=[InputRequired(_l("Tick at least one word."))],
    )
    reason = _reasons(RedactionReason, labels.REDACTION_REASONS)

    def __init__(self, words: str, spans: redaction.Spans = (), **options: Any) -> None:
        self.source, self.tokens = words, redaction.split(words)
        before = redaction.numbers_of(spans, len(self.tokens))
        super().__init__(data={"words": before}, **options)
        self.words.choices = [SelectChoice(word.number, word.text) for word in self.tokens]

    def validate_words(self, field: Choices) -> None:
        if len(self.ticked) == len(self.tokens):
            raise ValidationError(_l("If every word has to go, withhold it instead."))

    @property
    def ticked(self) -> set[int]:
        """The words that are ticked."""
        return set(self.words.data or ())

    @property
    def result(self) -> str:
        """What others will read; only of a form whose words are right."""
        return redaction.redact(self.source, self.spans)

    @property
    def left_over(self) -> list[str]:
        """Words that are ticked in one place and not in another."""
        return redaction.left_over(self.source, self.spans)

    @property
    def spans(self) -> list[list[int]]:
        """The runs of words that are ticked."""
        return redaction.spans_of(self.ticked)


ADD, EXCEPT, LEAVE_OUT = "add", "except", "leave-out"


class PhraseForm(BaseForm):
    words = Line(
        _l("Words to look for"),
        description=_l("“suicid*” finds every word that begins so. “..” stands for up to 3 words."),
        validators=[
            DataRequired(_l("Enter the words.")),
            Length(max=100, message=_l("Use at most 100 characters.")),
        ],
    )
    signal = RadioField(
        _l("What they are a sign of"),
        choices=[SelectChoice(signal, SIGNALS[signal]) for signal in SIGNALS],
        coerce=Signal,
        validators=[InputRequired(_l("Choose a sign."))],
    )
    act = RadioField(
        _l("What to do"),
        choices=[
            SelectChoice(ADD, _l("Look for them")),
            SelectChoice(EXCEPT, _l("Never count them as this sign")),
            SelectChoice(LEAVE_OUT, _l("Stop looking for them: they are in a list")),
        ],
        validators=[InputRequired(_l("Choose what to do."))],
    )


class RevealForm(BaseForm):
    reason = RadioField(
        _l("Why do you need to read the words?"),
        description=_l("Your name, the time and the reason are kept in the audit trail."),
        choices=[SelectChoice(value, label) for value, label in labels.REVEAL_REASONS.items()],
        coerce=RevealReason,
        validators=[InputRequired(_l("Choose a reason."))],
    )
