"""Forms of the builder: one for each type of question, made of fields that several share."""

import re
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from pydantic import TypeAdapter
from wtforms import BooleanField, HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    AnyOf,
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    ValidationError,
)

from vrn_community.foundation import crypto, i18n
from vrn_community.foundation.forms import BaseForm, Choices, Line, Lines, WholeNumber
from vrn_community.questionnaires import choice_lines, equality
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.editing import Move
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.questionnaires.question_types import TYPES, AnyQuestion
from vrn_community.questionnaires.question_types.base import Choice, Condition, Missing, Question

ID_LENGTH = 8
SENT_ID = re.compile(rf"[0-9a-z]{{{ID_LENGTH}}}")
LONG, BRIEF = 1_000, 200
MOST_CHOICES, MOST_ALONE = 30, 5
#: Answers that say why there is no answer; they stand last, in this order.
STANDING: dict[Missing, Any] = {
    Missing.DONT_KNOW: _l("I do not know"),
    Missing.PREFER_NOT_TO_SAY: _l("Prefer not to say"),
}
_any_question: TypeAdapter[AnyQuestion] = TypeAdapter(AnyQuestion)


def new_id() -> str:
    """Return a short random id, which says nothing about what it names."""
    return crypto.new_code(ID_LENGTH).lower()


class NewPartId(HiddenField):
    """The id of the section or question that the form will make: sent twice, it makes one."""

    data: Any

    def process(self, formdata: Any, data: Any = None, **options: Any) -> None:
        """Take the sent id, or a new one."""
        super().process(formdata, data, **options)
        if not SENT_ID.fullmatch(str(self.data)):
            self.data = new_id()


class DraftForm(BaseForm):
    """A form that changes a draft as it stood when the form was opened."""

    revision = HiddenField()

    def is_overtaken(self, version: QuestionnaireVersion) -> bool:
        """Whether the form was sent and the draft has changed since it was opened."""
        return bool(self.is_submitted()) and self.revision.data != str(version.revision)


class MoveForm(DraftForm):
    move = HiddenField(validators=[AnyOf(list(Move))])


class FrameForm(DraftForm):
    introduction = Lines(
        _l("Introduction"),
        description=_l("It stands before the first question. Say what it is about."),
        validators=[Length(max=LONG)],
    )
    asks_age_band = BooleanField(
        _l("Ask the age first"),
        description=_l("Children under 13 are then told kindly how they can take part instead."),
    )
    asks_equality = BooleanField(
        _l("Ask the equality questions at the end"),
        description=_l("People can skip them all with one press."),
    )

    def __init__(self, document: Questionnaire) -> None:
        super().__init__(
            data={
                "introduction": document.introduction,
                "asks_age_band": document.asks_age_band,
                "asks_equality": document.equality_block is not None,
            }
        )
        self.block = document.equality_block or equality.LATEST

    @property
    def content(self) -> dict[str, Any]:
        """What `editing.change_frame` takes."""
        return {
            "introduction": self.introduction.data,
            "asks_age_band": self.asks_age_band.data,
            "equality_block": self.block if self.asks_equality.data else None,
        }


class SectionForm(DraftForm):
    id = NewPartId()
    title = Line(
        _l("Title"), validators=[DataRequired(_l("Give the section a title.")), Length(max=BRIEF)]
    )
    introduction = Lines(
        _l("Introduction"),
        description=_l("Warn people here if something may be hard to answer."),
        validators=[Length(max=LONG)],
    )

    def __init__(self, before: Section | None = None) -> None:
        super().__init__(data=dict(before) if before else None)

    @property
    def content(self) -> dict[str, Any]:
        """What `editing.change_section` takes."""
        return {"title": self.title.data, "introduction": self.introduction.data}


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
    OWN: tuple[str, ...] = ()

    def __init__(self, kind: str, before: Question | None = None) -> None:
        self.before = before
        fields = TYPES[kind].model_fields.items()
        known = dict(before) if before else {n: f.default for n, f in fields if not f.is_required()}
        super().__init__(data=known)
        self.kind = kind

    @property
    def question(self) -> AnyQuestion:
        """What was typed, as a question; what the form does not show stays as it was."""
        return _any_question.validate_python(
            {
                "kind": self.kind,
                "id": self.before.id if self.before else self.id.data,
                "text": self.text.data,
                "hint": self.hint.data,
                "show_if": self.before.show_if if self.before else None,
                **self.own(),
            }
        )

    def own(self) -> dict[str, Any]:
        return {name: self[name].data for name in self.OWN}


class ShortTextForm(QuestionForm):
    longest = WholeNumber(
        _l("Longest answer, in characters"),
        validators=[
            InputRequired(_l("Enter a number.")),
            NumberRange(10, 300, _l("Enter a number from 10 to 300.")),
        ],
    )
    OWN = ("longest",)


class LongTextForm(QuestionForm):
    longest = WholeNumber(
        _l("Longest answer, in characters"),
        validators=[
            InputRequired(_l("Enter a number.")),
            NumberRange(100, 4_000, _l("Enter a number from 100 to 4000.")),
        ],
    )
    OWN = ("longest",)


class SingleChoiceForm(QuestionForm):
    lines = Lines(
        _l("Choices"),
        description=_l("One choice a line. A corrected line stays the same choice."),
        render_kw={"rows": 8},
    )
    has_other = BooleanField(_l("Offer “Something else”, with room for a few words"))
    dont_know = BooleanField(_l("Offer “I do not know”"))
    prefer_not_to_say = BooleanField(_l("Offer “Prefer not to say”"))
    OWN = ("has_other",)
    TICKS = {Missing.DONT_KNOW: "dont_know", Missing.PREFER_NOT_TO_SAY: "prefer_not_to_say"}

    def __init__(self, kind: str, before: Any = None) -> None:
        super().__init__(kind, before)
        self.choices: tuple[Choice, ...] = before.choices if before else ()
        if before and not self.is_submitted():
            self.lines.data = choice_lines.joined(filter(self.is_plain, self.choices))
            offered = {choice.missing for choice in self.choices}
            for missing, name in self.TICKS.items():
                self[name].data = missing in offered

    def is_plain(self, choice: Choice) -> bool:
        return choice.missing not in self.TICKS

    def validate_lines(self, field: Lines) -> None:
        _check_lines(choice_lines.split(field.data), least=2, most=MOST_CHOICES)

    def own(self) -> dict[str, Any]:
        return {**super().own(), "choices": (*self.typed(), *self.standing())}

    def typed(self) -> tuple[Choice, ...]:
        lines = choice_lines.split(self.lines.data)
        return choice_lines.choices_of(lines, [c for c in self.choices if self.is_plain(c)], new_id)

    def standing(self) -> list[Choice]:
        known = {choice.missing: choice for choice in self.choices}
        ticked = [missing for missing, name in self.TICKS.items() if self[name].data]
        return [known.get(missing) or _standing_choice(missing) for missing in ticked]


class MultipleChoiceForm(SingleChoiceForm):
    alone = Lines(
        _l("Choices that go with no other"),
        description=_l("Such as “None of these”. One a line; they stand last."),
        render_kw={"rows": 2},
    )

    def __init__(self, kind: str, before: Any = None) -> None:
        super().__init__(kind, before)
        if before and not self.is_submitted():
            self.alone.data = choice_lines.joined(filter(_stands_alone, self.choices))

    def is_plain(self, choice: Choice) -> bool:
        return super().is_plain(choice) and not _stands_alone(choice)

    def validate_alone(self, field: Lines) -> None:
        lines = choice_lines.split(field.data)
        _check_lines(lines, least=0, most=MOST_ALONE)
        if set(lines) & set(choice_lines.split(self.lines.data)):
            raise ValidationError(_l("A choice can only be in one of the two boxes."))

    def typed(self) -> tuple[Choice, ...]:
        lines = choice_lines.split(self.alone.data)
        known = [choice for choice in self.choices if _stands_alone(choice)]
        alone = choice_lines.choices_of(lines, known, new_id)
        exclusive = [choice.model_copy(update={"is_exclusive": True}) for choice in alone]
        return (*super().typed(), *exclusive)


class ConditionForm(DraftForm):
    includes = Choices(_l("Show it after any of these answers"))
    always = HiddenField()

    def __init__(self, asked: AnyQuestion | None, before: Condition | None) -> None:
        is_same = before and asked and before.question == asked.id
        super().__init__(data={"includes": list(before.includes) if before and is_same else []})
        offered = asked.options() if asked else ()
        self.includes.choices = [SelectChoice(choice.id, choice.text) for choice in offered]
        self.asked = asked

    def validate_includes(self, field: Choices) -> None:
        if not self.always.data and not field.data:
            raise ValidationError(_l("Choose at least one answer."))

    @property
    def condition(self) -> Condition | None:
        """When it is shown; None for always."""
        if self.always.data or self.asked is None:
            return None
        return Condition(question=self.asked.id, includes=tuple(self.includes.data))


#: The form of each type of question.
FORMS: dict[str, type[QuestionForm]] = {
    "single-choice": SingleChoiceForm,
    "multiple-choice": MultipleChoiceForm,
    "agreement-scale": QuestionForm,
    "short-text": ShortTextForm,
    "long-text": LongTextForm,
    "area": QuestionForm,
}


def _check_lines(lines: list[str], *, least: int, most: int) -> None:
    if len(lines) < least:
        raise ValidationError(_l("Give at least two choices, one a line."))
    if len(lines) > most:
        raise ValidationError(_l("There are too many choices."))
    if len(set(lines)) < len(lines):
        raise ValidationError(_l("Two choices say the same."))
    if any(len(line) > BRIEF for line in lines):
        raise ValidationError(_l("A choice has at most 200 characters."))


def _stands_alone(choice: Choice) -> bool:
    return choice.is_exclusive and choice.missing is None


def _standing_choice(missing: Missing) -> Choice:
    # What staff write is English, whatever language their own pages have.
    with force_locale(i18n.SOURCE):
        return Choice(id=missing.value, text=str(STANDING[missing]), missing=missing)
