"""The form of a question with pictures: a row for each, with its words."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from vrn_community.foundation.forms import Line
from vrn_community.questionnaires.forms.drafts import BRIEF, new_id, order_of
from vrn_community.questionnaires.forms.questions import QuestionForm
from vrn_community.questionnaires.question_types.pictures import PICTURES
from vrn_community.questionnaires.rules import SLUG

MOST_PICTURES = 12
EMPTY_ROWS = 2
SHOWN = [SelectChoice("", _l("None")), *(SelectChoice(*pair) for pair in PICTURES.items())]


class PictureRow(Form):
    """One picture; a row without words and without a picture is left out."""

    id = HiddenField()
    picture = SelectField(_l("Picture"), choices=SHOWN)
    text = Line(_l("Words below it"), validators=[Length(max=BRIEF)])
    alternative = Line(
        _l("What it shows, for people who cannot see it"), validators=[Length(max=BRIEF)]
    )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.picture.data or self.text.data or self.alternative.data)

    @property
    def option(self) -> dict[str, Any]:
        """The picture, as it stands in the question."""
        names = ("picture", "text", "alternative")
        known = self.id.data if re.fullmatch(SLUG, self.id.data or "") else new_id()
        return {"id": known, **{name: self[name].data for name in names}}


class PictureChoiceForm(QuestionForm):
    pictures = FieldList(FormField(PictureRow), max_entries=MOST_PICTURES)
    has_other = BooleanField(_l("Offer “Something else”, with room for a few words"))
    is_random = BooleanField(_l("Put the pictures in another order for each person"))
    OWN = ("has_other",)

    def __init__(self, kind: str, before: Any = None) -> None:
        super().__init__(kind, before)
        while not self.is_submitted() and len(self.pictures) < self.rooms():
            self.pictures.append_entry({})

    def rooms(self) -> int:
        """How many rows are shown: two empty ones at least."""
        known = len(self.before.choices) if self.before else EMPTY_ROWS
        return min(known + EMPTY_ROWS, MOST_PICTURES)

    def shown(self, before: Any) -> dict[str, Any]:
        rows = [dict(choice) for choice in before.choices]
        is_random = before.choice_order == "random"
        return {**super().shown(before), "pictures": rows, "is_random": is_random}

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each row, and all together."""
        is_valid = bool(super().validate(extra_validators))
        rows = self.filled()
        texts = [row.text.data for row in rows]
        if len(rows) < 2:
            self.form_errors.append(_("Give at least two pictures."))
        elif not all(row.picture.data and row.text.data for row in rows):
            self.form_errors.append(_("Each picture needs words below it."))
        elif not all(row.alternative.data for row in rows):
            self.form_errors.append(_("Say what each picture shows."))
        elif len(set(texts)) < len(texts):
            self.form_errors.append(_("Two choices say the same."))
        return is_valid and not self.form_errors

    def filled(self) -> list[PictureRow]:
        return [entry.form for entry in self.pictures if not entry.form.is_empty]

    def own(self) -> dict[str, Any]:
        known = {choice.id: choice for choice in self.before.choices} if self.before else {}
        options = [{**dict(known.get(row["id"], {})), **row} for row in map(_option, self.filled())]
        return {**super().own(), "choices": options, "choice_order": order_of(self.is_random.data)}


def _option(row: PictureRow) -> dict[str, Any]:
    return row.option
