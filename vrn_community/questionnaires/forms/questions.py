"""What the forms of all kinds of questions share, and those that need little more."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from pydantic import TypeAdapter
from wtforms import BooleanField, Field
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from vrn_community.foundation.forms import Line, Lines, WholeNumber
from vrn_community.questionnaires.forms.drafts import LONG, DraftForm, NewPartId
from vrn_community.questionnaires.question_types import TYPES, AnyQuestion
from vrn_community.questionnaires.question_types.base import Missing, Question

_any_question: TypeAdapter[AnyQuestion] = TypeAdapter(AnyQuestion)
#: The tick of each kind of missing answer that people can choose.
TICKS = {Missing.DONT_KNOW: "dont_know", Missing.PREFER_NOT_TO_SAY: "prefer_not_to_say"}
#: Fields that stand in a place of their own on the page.
SHARED = frozenset({"csrf_token", "revision", "id", "text", "hint"})


class QuestionForm(DraftForm):
    """What all types share; a type adds its own fields, and `own` of what it makes of them."""

    id = NewPartId()
    text = Lines(
        _l("Question"),
        description=_l("One thing at a time, in plain words. Never ask for names."),
        validators=[DataRequired(_l("Write what the question asks.")), Length(max=LONG)],
        render_kw={"rows": 2},
    )
    hint = Line(
        _l("Hint"),
        description=_l("Only if people need it to answer."),
        validators=[Length(max=LONG)],
    )
    dont_know = BooleanField(_l("Offer “I do not know”"))
    prefer_not_to_say = BooleanField(_l("Offer “Prefer not to say”"))
    OWN: tuple[str, ...] = ()

    def __init__(self, kind: str, before: Any = None) -> None:
        self.before: Any = before
        self.kind = kind
        fields = TYPES[kind].model_fields.items()
        known = {name: field.default for name, field in fields if not field.is_required()}
        super().__init__(data={**known, **(self.shown(before) if before else {})})

    def shown(self, before: Any) -> dict[str, Any]:
        """Return what the form shows of a question."""
        offered = self.offered_by(before)
        return {**dict(before), **{name: kind in offered for kind, name in TICKS.items()}}

    def offered_by(self, before: Question) -> set[Missing | None]:
        return set(before.offers)

    @property
    def question(self) -> AnyQuestion:
        """What was typed, as a question; what the form does not show stays as it was."""
        known = dict(self.before) if self.before else {"id": self.id.data}
        typed = {"kind": self.kind, "text": self.text.data, "hint": self.hint.data}
        return _any_question.validate_python({**known, **typed, **self.own()})

    def own(self) -> dict[str, Any]:
        return {"offers": self.ticked(), **{name: self[name].data for name in self.OWN}}

    def ticked(self) -> tuple[Missing, ...]:
        return tuple(kind for kind, name in TICKS.items() if name in self and self[name].data)

    @property
    def own_fields(self) -> Iterable[Field]:
        """The fields of this kind alone, ticks last."""
        own = [field for field in self if field.short_name not in SHARED]
        return sorted(own, key=lambda field: isinstance(field, BooleanField))


class CardForm(QuestionForm):
    """Nobody has to answer it, so nothing is offered instead."""

    dont_know = None
    prefer_not_to_say = None


class InformationForm(CardForm):
    text = Lines(
        _l("What people read"),
        description=_l("A few short sentences. Nobody answers it."),
        validators=[DataRequired(_l("Write what people read.")), Length(max=LONG)],
        render_kw={"rows": 4},
    )


class ConsentForm(CardForm):
    text = Lines(
        _l("What people agree to"),
        description=_l("Whoever says no goes no further, and nothing is kept."),
        validators=[DataRequired(_l("Write what people agree to.")), Length(max=LONG)],
        render_kw={"rows": 4},
    )


def longest(least: int, most: int, message: Any) -> WholeNumber:
    """Return the field for the longest answer."""
    return WholeNumber(
        _l("Longest answer, in characters"),
        validators=[InputRequired(_l("Enter a number.")), NumberRange(least, most, message)],
    )


class ShortTextForm(QuestionForm):
    longest = longest(10, 300, _l("Enter a number from 10 to 300."))
    OWN = ("longest",)


class LongTextForm(QuestionForm):
    longest = longest(100, 4_000, _l("Enter a number from 100 to 4000."))
    OWN = ("longest",)
