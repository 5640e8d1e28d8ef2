"""Forms of rules: how tests hold together, and one test of an earlier answer."""

from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from vrn_community.foundation.forms import Choices
from vrn_community.questionnaires import joining
from vrn_community.questionnaires.forms.drafts import DraftForm
from vrn_community.questionnaires.forms.numbers import Amount
from vrn_community.questionnaires.joining import Join, Kind
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.base import Choice
from vrn_community.questionnaires.question_types.numbers import Banded
from vrn_community.questionnaires.rules import AnswerTest

JOINS: dict[Join, Any] = {
    Join.ALL: _l("All of these hold"),
    Join.ANY: _l("At least one of these holds"),
    Join.NONE: _l("None of these holds"),
}
KINDS: dict[Kind, Any] = {
    Kind.INCLUDES: _l("The answer is one of those ticked below"),
    Kind.ONLY: _l("The only answer is the one ticked below"),
    Kind.EXACTLY: _l("The answer is exactly the number below"),
    Kind.ABOVE: _l("The answer is above the number below"),
    Kind.BELOW: _l("The answer is below the number below"),
    Kind.ANSWERED: _l("It was answered"),
    Kind.UNANSWERED: _l("It was not answered"),
}
NUMBERED = (Kind.EXACTLY, Kind.ABOVE, Kind.BELOW)


class JoinForm(DraftForm):
    """How the tests hold together; a button can also take one of them out, or all."""

    join = RadioField(
        _l("Show it when"), choices=[SelectChoice(join.value, text) for join, text in JOINS.items()]
    )


class AnswerTestForm(DraftForm):
    """One test of the answer to an earlier question."""

    kind = RadioField(_l("What about the answer?"))
    includes = Choices(_l("Answers"))
    number = Amount(_l("Number"), validators=[Optional()])

    def __init__(self, asked: AnyQuestion, reference: str, before: AnswerTest | None) -> None:
        self.asked, self.reference = asked, reference
        self.kinds = joining.kinds(asked)
        chosen, number = joining.values_of(before) if before else ((), None)
        kind = joining.kind_of(before) if before else self.kinds[0]
        super().__init__(data={"kind": kind.value, "includes": list(chosen), "number": number})
        self.kind.choices = [SelectChoice(kind.value, KINDS[kind]) for kind in self.kinds]
        self.includes.choices = [SelectChoice(c.id, c.text) for c in self.offered()]
        if not self.includes.choices:
            del self.includes
        if not joining.has_numbers(asked):
            del self.number
        elif not isinstance(asked, Banded):
            self.number.description = _l("Steps are numbered: 5 is the first, 1 is the last.")

    def offered(self) -> tuple[Choice, ...]:
        """Return the choices that the test can name; bands of numbers are none."""
        row = self.reference.partition(".")[2]
        items = [] if isinstance(self.asked, Banded) else self.asked.items()
        return next((item.choices for item in items if not row or item.id == row), ())

    def validate_includes(self, field: Choices) -> None:
        if self.kind.data == Kind.INCLUDES and not field.data:
            raise ValidationError(_l("Choose at least one answer."))
        if self.kind.data == Kind.ONLY and len(field.data) != 1:
            raise ValidationError(_l("Choose one answer."))

    def validate_kind(self, field: RadioField) -> None:
        is_left_out = "number" in self and self.number.data is None
        if field.data in NUMBERED and is_left_out and not self.number.process_errors:
            raise ValidationError(_l("Enter the number."))

    @property
    def test(self) -> AnswerTest:
        """The test as it was typed."""
        chosen = self.includes.data if "includes" in self else ()
        number = self.number.data if "number" in self else None
        return joining.test_of(self.reference, Kind(self.kind.data), cast(Any, chosen), number)
