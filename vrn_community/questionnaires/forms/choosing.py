"""Forms of questions with choices, which editors type one a line."""

from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from vrn_community.foundation import i18n
from vrn_community.foundation.forms import Lines, WholeNumber
from vrn_community.questionnaires import choice_lines
from vrn_community.questionnaires.forms.drafts import BRIEF, new_id, order_of
from vrn_community.questionnaires.forms.questions import TICKS, QuestionForm
from vrn_community.questionnaires.question_types.base import OFFERS, Choice, Missing
from vrn_community.questionnaires.question_types.choices import MOST_CHOICES
from vrn_community.questionnaires.question_types.orders import MOST

MOST_ALONE = 5


def check_lines(lines: list[str], *, least: int, most: int) -> None:
    """Raise a ValidationError if lines cannot be choices."""
    if len(lines) < least:
        raise ValidationError(_l("Give at least two choices, one a line."))
    if len(lines) > most:
        raise ValidationError(_l("There are too many choices."))
    if len(set(lines)) < len(lines):
        raise ValidationError(_l("Two choices say the same."))
    if any(len(line) > BRIEF for line in lines):
        raise ValidationError(_l("A choice has at most 200 characters."))


class ChoiceLinesForm(QuestionForm):
    lines = Lines(
        _l("Choices"),
        description=_l("One choice a line. A corrected line stays the same choice."),
        render_kw={"rows": 8},
    )
    is_random = BooleanField(_l("Put the choices in another order for each person"))
    MOST = MOST_CHOICES

    def __init__(self, kind: str, before: Any = None) -> None:
        self.choices: tuple[Choice, ...] = before.choices if before else ()
        super().__init__(kind, before)

    def shown(self, before: Any) -> dict[str, Any]:
        lines = choice_lines.joined(filter(self.is_plain, self.choices))
        is_random = before.choice_order == "random"
        return {**super().shown(before), "lines": lines, "is_random": is_random}

    def is_plain(self, choice: Choice) -> bool:
        return True

    def validate_lines(self, field: Lines) -> None:
        check_lines(choice_lines.split(field.data), least=2, most=self.MOST)

    def own(self) -> dict[str, Any]:
        order = order_of(self.is_random.data)
        return {**super().own(), "choices": self.typed(), "choice_order": order}

    def typed(self) -> tuple[Choice, ...]:
        lines = choice_lines.split(self.lines.data)
        return choice_lines.choices_of(lines, [c for c in self.choices if self.is_plain(c)], new_id)


class WeighingForm(ChoiceLinesForm):
    MOST = MOST


class PointsForm(WeighingForm):
    total = WholeNumber(
        _l("Points to share out"),
        validators=[
            InputRequired(_l("Enter a number.")),
            NumberRange(2, 100, _l("Enter a number from 2 to 100.")),
        ],
    )
    OWN = ("total",)


class OtherForm(ChoiceLinesForm):
    """Choices with room for other words, and offers that stand among them."""

    has_other = BooleanField(_l("Offer “Something else”, with room for a few words"))
    OWN: tuple[str, ...] = ("has_other",)

    def is_plain(self, choice: Choice) -> bool:
        return choice.missing not in TICKS

    def offered_by(self, before: Any) -> set[Missing | None]:
        return {*before.offers, *(choice.missing for choice in before.choices)}

    def own(self) -> dict[str, Any]:
        known = super().own()
        # Where somebody else's program put the offer, it stays.
        as_offers = self.before.offers if self.before else ()
        return {
            **known,
            "offers": tuple(kind for kind in known["offers"] if kind in as_offers),
            "choices": (*known["choices"], *self.standing(set(as_offers))),
        }

    def standing(self, elsewhere: set[Missing]) -> list[Choice]:
        known = {choice.missing: choice for choice in self.choices}
        named = [kind for kind in self.ticked() if kind in known or kind not in elsewhere]
        return [known.get(kind) or _standing_choice(kind) for kind in named]


class SingleChoiceForm(OtherForm):
    is_list = BooleanField(_l("Show the choices as a list that opens"))
    OWN = ("has_other", "is_list")


class MultipleChoiceForm(OtherForm):
    alone = Lines(
        _l("Choices that go with no other"),
        description=_l("Such as “None of these”. One a line; they stand last."),
        render_kw={"rows": 2},
    )
    most = WholeNumber(
        _l("At most this many answers"),
        description=_l("Leave it empty if people can choose as many as they like."),
        validators=[
            Optional(),
            NumberRange(1, MOST_CHOICES, _l("Enter a number from 1 to 200.")),
        ],
    )
    OWN = ("has_other", "most")

    def shown(self, before: Any) -> dict[str, Any]:
        alone = choice_lines.joined(filter(_stands_alone, self.choices))
        return {**super().shown(before), "alone": alone}

    def is_plain(self, choice: Choice) -> bool:
        return super().is_plain(choice) and not _stands_alone(choice)

    def validate_alone(self, field: Lines) -> None:
        lines = choice_lines.split(field.data)
        check_lines(lines, least=0, most=MOST_ALONE)
        if set(lines) & set(choice_lines.split(self.lines.data)):
            raise ValidationError(_l("A choice can only be in one of the two boxes."))

    def typed(self) -> tuple[Choice, ...]:
        lines = choice_lines.split(self.alone.data)
        known = [choice for choice in self.choices if _stands_alone(choice)]
        alone = choice_lines.choices_of(lines, known, new_id)
        exclusive = [choice.model_copy(update={"is_exclusive": True}) for choice in alone]
        return (*super().typed(), *exclusive)


def _stands_alone(choice: Choice) -> bool:
    return choice.is_exclusive and choice.missing is None


def _standing_choice(missing: Missing) -> Choice:
    # What staff write is English, whatever language their own pages have.
    with force_locale(i18n.SOURCE):
        return Choice(id=missing.value, text=str(OFFERS[missing]), missing=missing)
