"""Forms that change a draft as a whole: its frame, its sections, the order of its parts."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import AnyOf, DataRequired, Length

from vrn_community.foundation import crypto
from vrn_community.foundation.forms import BaseForm, Line, Lines
from vrn_community.questionnaires import equality
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.editing import Move
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.questionnaires.question_types.base import Order

ID_LENGTH = 8
SENT_ID = re.compile(rf"[0-9a-z]{{{ID_LENGTH}}}")
LONG, BRIEF = 1_000, 200


def new_id() -> str:
    """Return a short random id, which says nothing about what it names."""
    return crypto.new_code(ID_LENGTH).lower()


def order_of(is_random: bool) -> Order:
    """Return the order that a tick stands for."""
    return "random" if is_random else "fixed"


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
    before = HiddenField()


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
    is_random = BooleanField(
        _l("Put the sections in another order for each person"),
        description=_l("Only while no section depends on an answer in another."),
    )

    def __init__(self, document: Questionnaire) -> None:
        super().__init__(
            data={
                "introduction": document.introduction,
                "asks_age_band": document.asks_age_band,
                "asks_equality": document.equality_block is not None,
                "is_random": document.section_order == "random",
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
            "section_order": order_of(self.is_random.data),
        }


class SectionForm(DraftForm):
    id = NewPartId()
    title = Line(
        _l("Title"), validators=[DataRequired(_l("Give the section a title.")), Length(max=BRIEF)]
    )
    introduction = Lines(
        _l("Introduction"),
        validators=[Length(max=LONG)],
    )
    content_note = Lines(
        _l("What may be hard to answer"),
        description=_l(
            "For example: feeling unsafe at home. Then people read this first, "
            "and can skip the whole section with one press."
        ),
        validators=[Length(max=LONG)],
    )
    is_random = BooleanField(_l("Put the questions in another order for each person"))

    def __init__(self, before: Section | None = None) -> None:
        known = {**dict(before), "is_random": before.question_order == "random"} if before else None
        super().__init__(data=known)

    @property
    def content(self) -> dict[str, Any]:
        """What `editing.change_section` takes."""
        return {
            "title": self.title.data,
            "introduction": self.introduction.data,
            "content_note": self.content_note.data,
            "question_order": order_of(self.is_random.data),
        }
