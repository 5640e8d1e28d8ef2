"""The forms of members."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from vrn_community.foundation.forms import BaseForm, Lines, NewId

LONG = Length(max=4_000, message=_l("Use at most 4,000 characters."))


class ObservationForm(BaseForm):
    id = NewId()
    question_id = SelectField(_l("What it is about"))
    text = Lines(
        _l("What you noticed"),
        description=_l("The other members read it with your name. Do not name anybody."),
        validators=[DataRequired(_l("Write what you noticed.")), LONG],
    )

    def __init__(self, questions: Mapping[str, str]) -> None:
        super().__init__(data={"question_id": ""})
        named = [SelectChoice(key, text) for key, text in questions.items()]
        self.question_id.choices = [SelectChoice("", _l("The whole activity")), *named]
