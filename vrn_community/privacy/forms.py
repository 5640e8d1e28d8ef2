"""The form of the record of processing: three fields to fill in, and the rest is there already."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields import HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import URL, DataRequired, Length, NumberRange, Optional, ValidationError

from vrn_community.foundation.forms import BaseForm, Line, Lines, SplitDateField, WholeNumber
from vrn_community.opportunities.models import Opportunity
from vrn_community.privacy import defaults, gates
from vrn_community.privacy.labels import BASES, OFFENCES, SPECIAL
from vrn_community.privacy.models import LawfulBasis, OffenceData, ProcessingRecord, SpecialCategory

LONG = Length(max=4_000, message=_l("Use at most 4,000 characters."))
LINE = Length(max=200, message=_l("Use at most 200 characters."))
MONTHS = [
    DataRequired(_l("Enter a number of months.")),
    NumberRange(1, 120, _l("Enter a number of months from 1 to 120.")),
]


def _choices(labels: dict[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(value.value, label) for value, label in labels.items()]


class RecordForm(BaseForm):
    version = HiddenField()
    purpose = Lines(
        _l("What it is for"),
        description=_l("What you do with the answers, in plain words. People read this."),
        validators=[DataRequired(_l("Say what it is for.")), LONG],
    )
    dpia_reference = Line(
        _l("Reference of the impact assessment (DPIA)"),
        description=_l("Owed where people under 18 can answer, and for sensitive questions."),
        validators=[LINE],
    )
    dpia_on = SplitDateField(_l("Date of the impact assessment"))
    equality_note = Lines(
        _l("Who may be affected more than others"),
        description=_l("The equality note: which groups, in which way, and what you do about it."),
        validators=[LONG],
    )
    lawful_basis = RadioField(_l("Lawful basis"), choices=_choices(BASES), coerce=LawfulBasis)
    special_category = RadioField(
        _l("Health, ethnicity, faith and the like: why we may ask"),
        choices=_choices(SPECIAL),
        coerce=SpecialCategory,
    )
    offence_data = RadioField(
        _l("Crimes of people who can be known: why we may hold it"),
        choices=_choices(OFFENCES),
        coerce=OffenceData,
    )
    joint_controllers = Lines(
        _l("Who else decides how information is used"),
        description=_l("One body a line. None: the controller alone."),
        validators=[LONG],
    )
    processors = Lines(
        _l("Who else works on it for us"),
        description=_l("One company a line, with what it does."),
        validators=[LONG],
    )
    policy_url = Line(
        _l("Address of the appropriate policy document"),
        description=_l("Owed where we hold information on crimes, or know who people are."),
        validators=[Optional(), LINE, URL(message=_l("Enter an address with https://."))],
    )
    words_months = WholeNumber(
        _l("Months for words as they were written"),
        description=_l("With the codes and the equality answers. It begins when people hear back."),
        validators=MONTHS,
    )
    cleared_months = WholeNumber(_l("Months for cleared words"), validators=MONTHS)
    answers_months = WholeNumber(_l("Months for closed answers"), validators=MONTHS)
    reach_gaps = Lines(
        _l("While it is open: who is missing"),
        description=_l("Which groups do not answer, and what you do about it."),
        validators=[LONG],
    )
    equality_effect = Lines(
        _l("After the decision: what equality changed in it"), validators=[LONG]
    )

    FIRST = ("purpose", "dpia_reference", "dpia_on", "equality_note")
    LATER = ("reach_gaps", "equality_effect")

    def __init__(
        self,
        opportunity: Opportunity,
        record: ProcessingRecord | None,
        *,
        adds_notes: bool = False,
    ) -> None:
        """Begin with what a record says; whoever only adds notes to it sees nothing else."""
        names = [name for name in vars(type(self)) if hasattr(ProcessingRecord, name)]
        stored = {name: getattr(record, name) for name in names} if record else {}
        super().__init__(data=stored or defaults.of(opportunity))
        if opportunity.duty(gates.EQUALITY_DUTY):
            del self.equality_note  # The page of the opportunity says it already.
        if adds_notes:
            for field in (*self.first, *self.prefilled):
                del self[field.name]

    def validate_cleared_months(self, field: WholeNumber) -> None:
        if field.data and self.words_months.data and field.data < self.words_months.data:
            raise ValidationError(_l("Cleared words stay at least as long as the words."))

    def validate_answers_months(self, field: WholeNumber) -> None:
        if field.data and self.cleared_months.data and field.data < self.cleared_months.data:
            raise ValidationError(_l("Closed answers stay at least as long as cleared words."))

    @property
    def first(self) -> list[Any]:
        """What somebody has to fill in."""
        return [self[name] for name in self.FIRST if name in self]

    @property
    def later(self) -> list[Any]:
        """What is noted once people can answer."""
        return [self[name] for name in self.LATER]

    @property
    def prefilled(self) -> list[Any]:
        """What is filled in already, and can be changed."""
        own = (*self.FIRST, *self.LATER, "version", "csrf_token")
        return [field for field in self if field.name not in own]

    @property
    def content(self) -> dict[str, Any]:
        """What `services.write` takes."""
        return {
            field.name: field.data for field in self if field.name not in ("version", "csrf_token")
        }
