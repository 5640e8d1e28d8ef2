"""Forms of the builder: one for each type of question, made of fields that several share."""

from vrn_community.questionnaires.forms.choosing import (
    MultipleChoiceForm,
    PointsForm,
    SingleChoiceForm,
    WeighingForm,
)
from vrn_community.questionnaires.forms.conditions import AnswerTestForm, JoinForm
from vrn_community.questionnaires.forms.drafts import (
    DraftForm,
    FrameForm,
    MoveForm,
    SectionForm,
    new_id,
)
from vrn_community.questionnaires.forms.mending import MendForm
from vrn_community.questionnaires.forms.numbers import MonthYearForm, NumberForm
from vrn_community.questionnaires.forms.pictures import PictureChoiceForm
from vrn_community.questionnaires.forms.questions import (
    ConsentForm,
    InformationForm,
    LongTextForm,
    QuestionForm,
    ShortTextForm,
)
from vrn_community.questionnaires.forms.rows import CardsForm, GridForm, SeveralTextsForm

__all__ = [
    "FORMS",
    "AnswerTestForm",
    "DraftForm",
    "FrameForm",
    "JoinForm",
    "MendForm",
    "MoveForm",
    "SectionForm",
    "new_id",
]
#: The form of each type of question.
FORMS: dict[str, type[QuestionForm]] = {
    "single-choice": SingleChoiceForm,
    "multiple-choice": MultipleChoiceForm,
    "picture-choice": PictureChoiceForm,
    "yes-no": QuestionForm,
    "agreement-scale": QuestionForm,
    "frequency-scale": QuestionForm,
    "satisfaction-scale": QuestionForm,
    "sentiment": LongTextForm,
    "grid": GridForm,
    "cards": CardsForm,
    "ranking": WeighingForm,
    "points": PointsForm,
    "number": NumberForm,
    "month-year": MonthYearForm,
    "short-text": ShortTextForm,
    "several-texts": SeveralTextsForm,
    "long-text": LongTextForm,
    "area": QuestionForm,
    "area-map": QuestionForm,
    "information": InformationForm,
    "consent": ConsentForm,
}
