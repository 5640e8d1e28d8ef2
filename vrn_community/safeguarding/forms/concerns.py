"""Forms in which worries are raised, read and closed."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from vrn_community.foundation import clock
from vrn_community.foundation.forms import BaseForm, NewId, SplitDateField
from vrn_community.safeguarding import labels, queries
from vrn_community.safeguarding.forms.fields import (
    AccusedField,
    AreaField,
    choices,
    lines,
    phrase,
)
from vrn_community.safeguarding.kinds import AgeBand, Source
from vrn_community.safeguarding.models import Urgency
from vrn_community.safeguarding.reasons import CloseReason, RevealReason
from vrn_community.safeguarding.services import Report

#: Ways in which a worry comes that no page of ours brings.
TOLD = {
    source: label
    for source, label in labels.SOURCES.items()
    if source not in (Source.PASSAGE, Source.ASKED_FOR_HELP)
}


class RaiseForm(BaseForm):
    """What a moderator noticed; it stands on moderation's page."""

    id = NewId()
    urgency = RadioField(
        _l("How soon must somebody act?"),
        description=_l("If somebody is in danger now, ring 999 before you send this."),
        choices=choices(labels.URGENCIES),
        coerce=Urgency,
        default=Urgency.TODAY,
        validators=[InputRequired(_l("Choose how soon somebody must act."))],
    )
    note = lines(
        _l("What did you notice?"),
        DataRequired(_l("Say what you noticed.")),
        description=_l("The safeguarding lead reads it beside the words. Others cannot."),
    )
    accused = AccusedField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.accused.offer()


class ReportForm(RaiseForm):
    """A worry from a call, a letter or a session, which anybody at the desk may have."""

    source = RadioField(
        _l("How did it come?"),
        choices=choices(TOLD),
        coerce=Source,
        validators=[InputRequired(_l("Choose how it came."))],
    )
    received_on = SplitDateField(
        _l("On which day did it come?"), validators=[DataRequired(_l("Give the day."))]
    )
    noticed_on = SplitDateField(
        _l("On which day did you notice it?"),
        description=_l("The time to decide runs from then."),
        validators=[DataRequired(_l("Give the day."))],
    )
    words = lines(
        _l("What was said or written, word for word?"),
        description=_l("Do not correct anything. Leave it empty if you do not have the words."),
    )
    area = AreaField(_l("In which area?"))
    age_band = RadioField(
        _l("How old is the person?"),
        choices=choices({"": _l("Not known"), **labels.AGE_BANDS}),
        coerce=lambda value: AgeBand(value) if value else "",
        default="",
        validators=[Optional()],
    )
    identity = lines(_l("What is known about who it is?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        today = clock.today()
        super().__init__(*args, data={"received_on": today, "noticed_on": today}, **options)
        self.area.offer(_l("Not known"))

    def validate_received_on(self, field: SplitDateField) -> None:
        _not_to_come(field)

    def validate_noticed_on(self, field: SplitDateField) -> None:
        _not_to_come(field)

    @property
    def told(self) -> Report:
        """What a form that is in order says."""
        return Report(
            source=self.source.data,
            urgency=self.urgency.data,
            texts={
                "noticed": self.note.data,
                "words": self.words.data,
                "identity": self.identity.data,
            },
            received_on=self.received_on.data,  # type: ignore[arg-type]
            noticed_on=self.noticed_on.data,  # type: ignore[arg-type]
            area_id=self.area.data,
            age_band=self.age_band.data or None,
            accused_id=self.accused.data,
        )


def _not_to_come(field: SplitDateField) -> None:
    if field.data and field.data > clock.today():
        raise ValidationError(_l("This day has not come yet."))


class FactsForm(BaseForm):
    """What became known about the person."""

    id = NewId()
    area = AreaField(_l("In which area?"))
    age_band = RadioField(
        _l("How old is the person?"),
        choices=choices({"": _l("As before"), **labels.AGE_BANDS}),
        coerce=lambda value: AgeBand(value) if value else "",
        default="",
        validators=[Optional()],
    )
    identity = lines(_l("What is known about who it is?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.areas = self.area.offer(_l("As before"))

    def validate_identity(self, field: Any) -> None:
        if not (field.data or self.area.data or self.age_band.data):
            raise ValidationError(_l("Say what became known."))

    @property
    def known(self) -> Mapping[str, str]:
        """What is kept in the case, in words."""
        band, area = self.age_band.data, self.areas.get(self.area.data)
        return {
            "identity": self.identity.data,
            "area": area.name if area else "",
            "age_band": str(labels.AGE_BANDS[band]) if band else "",
        }


class AccuseForm(BaseForm):
    """Whom an allegation is about."""

    accused = AccusedField(_l("Who is it?"), validators=[InputRequired(_l("Choose who it is."))])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.accused.offer()


class CloseForm(BaseForm):
    reason = RadioField(
        _l("How did it end?"),
        choices=choices(labels.CLOSE_REASONS),
        coerce=CloseReason,
        validators=[InputRequired(_l("Choose how it ended."))],
    )


class RevealForm(BaseForm):
    reason = RadioField(
        _l("Why do you need to read the case?"),
        description=_l("Your name, the time and the reason are kept in the audit trail."),
        choices=choices(labels.REVEAL_REASONS),
        coerce=RevealReason,
        validators=[InputRequired(_l("Choose a reason."))],
    )
    passphrase = phrase(
        _l("Your passphrase for cases"),
        InputRequired(_l("Enter your passphrase.")),
        description=_l("It opens the case for this one look. It is kept nowhere."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if queries.team_key() is None:
            del self.passphrase
