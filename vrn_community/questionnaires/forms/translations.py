"""Forms that bring the texts of a questionnaire into another language."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms.validators import DataRequired, Length

from vrn_community.foundation.forms import BaseForm, Lines
from vrn_community.questionnaires.forms.drafts import LONG
from vrn_community.questionnaires.readiness import Problem
from vrn_community.questionnaires.translating import Text


class PoForm(BaseForm):
    file = FileField(
        _l("A PO file that a translator has filled in"),
        validators=[DataRequired(_l("Choose a file."))],
        render_kw={"accept": ".po,text/x-gettext-translation"},
    )


class TextsForm(BaseForm):
    """A box for each text of one page, by the place of the text."""

    def __init__(self, rows: Sequence[Text]) -> None:
        super().__init__(data={row.place: row.text for row in rows})
        self.rows = rows

    @property
    def content(self) -> Mapping[str, str]:
        """What was typed and is not what was there, by place."""
        return {row.place: self[row.place].data for row in self.rows if self._is_new(row)}

    def refuses(self, problems: Sequence[Problem]) -> bool:
        """Say beside the boxes what is wrong with their texts; return whether anything is."""
        for problem in problems:
            box = self[problem.place]
            box.errors = [*box.errors, problem.message]
        return bool(problems)

    def _is_new(self, row: Text) -> bool:
        typed: str = self[row.place].data
        return typed != row.text or row.state == "outdated"


def texts_form(rows: Sequence[Text]) -> TextsForm:
    """Return the form for some texts; each text is the label of its box."""
    return _form_of(tuple((row.place, row.source) for row in rows))(rows)


@lru_cache(maxsize=64)
def _form_of(boxes: tuple[tuple[str, str], ...]) -> type[TextsForm]:
    fields: dict[str, Any] = {
        place: Lines(source, validators=[Length(max=LONG)], render_kw={"rows": 2})
        for place, source in boxes
    }
    return type("TextsOfOnePage", (TextsForm,), fields)
