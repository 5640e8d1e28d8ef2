"""Forms that bring a questionnaire in from a file."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import DataRequired, ValidationError

from vrn_community.foundation.forms import BaseForm
from vrn_community.questionnaires import importers
from vrn_community.questionnaires.importers.report import Imported, Unreadable


class ImportForm(BaseForm):
    file = FileField(
        _l("The file"),
        validators=[FileRequired(_l("Choose a file."))],
        description=_l(
            "An XLSForm (.xlsx, .xls or .csv), a LimeSurvey survey (.lss), a SurveyJS survey or "
            "a file of our own (.json), up to 2 MB. Nothing is changed yet: you first see what "
            "would come."
        ),
        render_kw={"accept": ",".join(importers.ENDINGS)},
    )
    found: Imported

    def validate_file(self, field: Any) -> None:
        try:
            self.found = importers.read(field.data.read())
        except Unreadable as refusal:
            message = _("The file cannot be read. %(reason)s", reason=str(refusal))
            raise ValidationError(message) from refusal


class TakeOverForm(BaseForm):
    carried = HiddenField(validators=[DataRequired()])
