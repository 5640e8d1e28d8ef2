"""The registry of question types: a type is one class here, and one macro of the same name.

To add a type, write a class with `kind`, `label` and `read` in a module of this
folder, add it to `TYPES`, and write `templates/questionnaires/types/<kind>.html`
with a macro `question(question, answer, words, error)`.
"""

from typing import Annotated

from pydantic import Field

from vrn_community.questionnaires.question_types.base import Question
from vrn_community.questionnaires.question_types.choices import (
    AgreementScale,
    MultipleChoice,
    SingleChoice,
)
from vrn_community.questionnaires.question_types.places import AreaPicker
from vrn_community.questionnaires.question_types.texts import LongText, ShortText

TYPES: dict[str, type[Question]] = {
    kind.model_fields["kind"].default: kind
    for kind in (SingleChoice, MultipleChoice, AgreementScale, ShortText, LongText, AreaPicker)
}
AnyQuestion = Annotated[
    SingleChoice | MultipleChoice | AgreementScale | ShortText | LongText | AreaPicker,
    Field(discriminator="kind"),
]
