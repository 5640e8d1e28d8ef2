"""The registry of question types: a type is one class here, and one macro of the same name.

To add a type, write a class with `kind`, `label` and `read_answer` in a module of this
folder, add it to `TYPES` and to `AnyQuestion`, and write
`templates/questionnaires/types/<kind>.html` with a macro
`question(question, answer, words, error)`. What is counted follows from `items` and `chosen`.
"""

from typing import Annotated

from pydantic import Field

from vrn_community.questionnaires.question_types.base import Question
from vrn_community.questionnaires.question_types.cards import Consent, Information
from vrn_community.questionnaires.question_types.choices import (
    MultipleChoice,
    PictureChoice,
    SingleChoice,
    YesNo,
)
from vrn_community.questionnaires.question_types.grids import Cards, Grid
from vrn_community.questionnaires.question_types.numbers import MonthYear, Number
from vrn_community.questionnaires.question_types.orders import Points, Ranking
from vrn_community.questionnaires.question_types.places import AreaMap, AreaPicker
from vrn_community.questionnaires.question_types.scales import (
    AgreementScale,
    FrequencyScale,
    SatisfactionScale,
    Sentiment,
)
from vrn_community.questionnaires.question_types.texts import LongText, SeveralTexts, ShortText

#: In the order in which editors choose from them.
TYPES: dict[str, type[Question]] = {
    kind.model_fields["kind"].default: kind
    for kind in (
        SingleChoice, MultipleChoice, PictureChoice, YesNo,
        AgreementScale, FrequencyScale, SatisfactionScale, Sentiment,
        Grid, Cards, Ranking, Points,
        Number, MonthYear, ShortText, SeveralTexts, LongText,
        AreaPicker, AreaMap, Information, Consent,
    )
}  # fmt: skip
AnyQuestion = Annotated[
    SingleChoice
    | MultipleChoice
    | PictureChoice
    | YesNo
    | AgreementScale
    | FrequencyScale
    | SatisfactionScale
    | Sentiment
    | Grid
    | Cards
    | Ranking
    | Points
    | Number
    | MonthYear
    | ShortText
    | SeveralTexts
    | LongText
    | AreaPicker
    | AreaMap
    | Information
    | Consent,
    Field(discriminator="kind"),
]
