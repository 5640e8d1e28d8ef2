"""The form that mends a typing error in the version in use."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, Length, ValidationError

from vrn_community.foundation.forms import Line, Lines
from vrn_community.questionnaires.forms.drafts import BRIEF, LONG, DraftForm


class MendForm(DraftForm):
    text = Lines(
        _l("The words, mended"),
        description=_l("Up to three words may differ, and the meaning stays."),
        validators=[DataRequired(_l("Write the words.")), Length(max=LONG)],
        render_kw={"rows": 3},
    )
    reason = Line(
        _l("Why"),
        description=_l("Such as: a letter was missing. It is kept in the audit trail."),
        validators=[DataRequired(_l("Say why.")), Length(max=BRIEF)],
    )

    def __init__(self, before: str, why_not: Callable[[str], str]) -> None:
        """Begin with the words as they are; `why_not` says what is wrong with others."""
        super().__init__(data={"text": before})
        self.before, self.why_not = before, why_not

    def validate_text(self, field: Lines) -> None:
        if field.data == self.before:
            raise ValidationError(_("These words are as they were. Change what is wrong."))
        if found := self.why_not(field.data):
            raise ValidationError(found)
