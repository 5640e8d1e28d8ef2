"""Forms for asking for raw data, and for deciding about it."""

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import RadioField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from vrn_community.foundation.forms import BaseForm, Line, Lines, NewId
from vrn_community.rights import labels
from vrn_community.rights.forms.fields import SHORT, TOO_LONG, choices
from vrn_community.rights.models import LegalBasis, RawDataDecision
from vrn_community.rights.raw_data import Wish


class RawDataForm(BaseForm):
    id = NewId()
    organisation = Line(
        _l("Which organisation asks"),
        description=_l("Its name, and no name of a person."),
        validators=[SHORT],
    )
    wanted = Lines(
        _l("What is asked for"),
        validators=[DataRequired(_l("Say what is asked for.")), TOO_LONG],
    )
    purpose = Lines(
        _l("What it is for"),
        description=_l("Say also why published results are not enough."),
        validators=[DataRequired(_l("Say what it is for.")), TOO_LONG],
    )
    basis = RadioField(
        _l("The legal ground"),
        choices=choices(labels.BASES),
        coerce=LegalBasis,
        validators=[InputRequired(_l("Choose the legal ground."))],
    )

    def __init__(self) -> None:
        super().__init__()
        if current_user.body_id:
            del self.organisation

    def validate_organisation(self, field: Line) -> None:
        if not field.data:
            raise ValidationError(_l("Say which organisation asks."))

    @property
    def wish(self) -> Wish:
        asker = self.organisation.data if "organisation" in self else ""
        return Wish(self.wanted.data, self.purpose.data, self.basis.data, asker)


class DecideForm(BaseForm):
    decision = RadioField(
        _l("The decision"),
        choices=choices(labels.DECISIONS),
        coerce=RawDataDecision,
        validators=[InputRequired(_l("Choose the decision."))],
    )
    reasons = Lines(
        _l("The reasons"),
        description=_l("Whoever asked reads them."),
        validators=[DataRequired(_l("Give the reasons.")), TOO_LONG],
    )
