"""Forms of questions with several rows, which editors type one a line."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from vrn_community.foundation.forms import Lines
from vrn_community.questionnaires import choice_lines
from vrn_community.questionnaires.forms.choosing import check_lines
from vrn_community.questionnaires.forms.drafts import BRIEF, new_id, order_of
from vrn_community.questionnaires.forms.questions import QuestionForm, longest
from vrn_community.questionnaires.question_types.base import Choice
from vrn_community.questionnaires.question_types.grids import Statement

OWN_CHOICES = "own"
MOST_COLUMNS = 11


class RowsForm(QuestionForm):
    row_lines = Lines(
        _l("Statements"),
        description=_l("One a line. A corrected line stays the same statement."),
        render_kw={"rows": 6},
    )
    MOST = 30

    def shown(self, before: Any) -> dict[str, Any]:
        return {**super().shown(before), "row_lines": choice_lines.joined(before.rows)}

    def validate_row_lines(self, field: Lines) -> None:
        lines = choice_lines.split(field.data)
        if not lines:
            raise ValidationError(_l("Give at least one line."))
        if len(lines) > self.MOST:
            raise ValidationError(_l("There are too many lines."))
        if len(set(lines)) < len(lines):
            raise ValidationError(_l("Two lines say the same."))
        if any(len(line) > BRIEF for line in lines):
            raise ValidationError(_l("A line has at most 200 characters."))

    def own(self) -> dict[str, Any]:
        before: tuple[Statement, ...] = self.before.rows if self.before else ()
        known = [Choice(id=row.id, text=row.text) for row in before]
        lines = choice_lines.split(self.row_lines.data)
        found = choice_lines.choices_of(lines, known, new_id)
        rows = tuple(Statement(id=row.id, text=row.text) for row in found)
        return {**super().own(), "rows": rows}


class SeveralTextsForm(RowsForm):
    row_lines = Lines(
        _l("Lines"),
        description=_l("What each line asks for, one a line."),
        render_kw={"rows": 6},
    )
    longest = longest(10, 300, _l("Enter a number from 10 to 300."))
    MOST = 10
    OWN = ("longest",)


class CardsForm(RowsForm):
    is_random = BooleanField(_l("Put the statements in another order for each person"))

    def shown(self, before: Any) -> dict[str, Any]:
        return {**super().shown(before), "is_random": before.row_order == "random"}

    def own(self) -> dict[str, Any]:
        return {**super().own(), "row_order": order_of(self.is_random.data)}


class GridForm(CardsForm):
    scale = RadioField(
        _l("Answers to each statement"),
        choices=[
            SelectChoice("agreement", _l("How much people agree")),
            SelectChoice("frequency", _l("How often")),
            SelectChoice("satisfaction", _l("How satisfied people are")),
            SelectChoice(OWN_CHOICES, _l("Answers of your own")),
        ],
        default="agreement",
    )
    lines = Lines(
        _l("Answers of your own"),
        description=_l("Only if you chose them above. One a line."),
        render_kw={"rows": 5},
    )

    def __init__(self, kind: str, before: Any = None) -> None:
        super().__init__(kind, before)
        if not before and not self.is_submitted():
            self.scale.data = "agreement"

    def shown(self, before: Any) -> dict[str, Any]:
        scale, lines = before.scale or OWN_CHOICES, choice_lines.joined(before.choices)
        return {**super().shown(before), "scale": scale, "lines": lines}

    def validate_lines(self, field: Lines) -> None:
        lines = choice_lines.split(field.data)
        if self.scale.data == OWN_CHOICES:
            check_lines(lines, least=2, most=MOST_COLUMNS)
        elif lines:
            raise ValidationError(_l("Choose “Answers of your own” above, or empty this box."))

    def own(self) -> dict[str, Any]:
        if self.scale.data != OWN_CHOICES:
            return {**super().own(), "scale": self.scale.data, "choices": ()}
        known = self.before.choices if self.before else ()
        columns = choice_lines.choices_of(choice_lines.split(self.lines.data), known, new_id)
        return {**super().own(), "scale": None, "choices": columns}
