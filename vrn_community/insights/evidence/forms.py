"""Forms of insights, and the filters of the library."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from vrn_community.foundation import clock
from vrn_community.foundation.forms import BaseForm, Line, Lines, NewId, SplitDateField, clean
from vrn_community.insights.evidence import services
from vrn_community.insights.evidence.labels import CERTAINTY, PURPOSES, WAYS
from vrn_community.insights.evidence.models import Certainty, Insight, Purpose, ReceiptWay, Routing
from vrn_community.insights.evidence.queries import LONGEST_SEARCH, Filters
from vrn_community.opportunities.forms import TagsForm
from vrn_community.partnership import queries as partnership

SHORT = Length(max=500, message=_l("Use at most 500 characters."))
LONG = Length(max=1_000, message=_l("Use at most 1,000 characters."))
#: An insight counts as current for so long unless its author says otherwise.
USUAL_LIFE = timedelta(days=365)


class InsightForm(TagsForm):
    id = NewId()
    statement = Lines(
        _l("What we know"),
        description=_l("One or two plain sentences. Everyone can read them. Do not name anybody."),
        validators=[DataRequired(_l("Write what we know.")), SHORT],
    )
    from_whom = Lines(
        _l("From whom it comes"),
        description=_l("How people answered, in which places, and who they are."),
        validators=[DataRequired(_l("Say from whom it comes.")), LONG],
    )
    certainty = RadioField(
        _l("How sure it is"),
        choices=[SelectChoice(value.value, label) for value, label in CERTAINTY.items()],
        validators=[InputRequired(_l("Choose how sure it is."))],
    )
    who_is_missing = Lines(
        _l("Who is missing"),
        description=_l("Who did not answer, or too few of them. The page “Who is missing” helps."),
        validators=[DataRequired(_l("Say who is missing.")), LONG],
    )
    expires_on = SplitDateField(
        _l("Current until"), description=_l("Later it is still found, and marked as old.")
    )

    def __init__(self, insight: Insight | None = None) -> None:
        stored: dict[str, Any] = {"expires_on": clock.today() + USUAL_LIFE}
        if insight:
            stored = {name: getattr(insight, name) for name in ("id", *services.PLAIN)}
        super().__init__(insight or Insight(), stored)

    def validate_expires_on(self, field: SplitDateField) -> None:
        if field.data is None or field.data <= clock.today():
            raise ValidationError(_l("Choose a day after today."))

    @property
    def content(self) -> dict[str, Any]:
        """What `services.begin` and `services.edit` take."""
        plain = {name: self[name].data for name in services.PLAIN}
        certainty = Certainty(self.certainty.data)
        levels = self.prevention_levels.data
        return {**plain, **self.tags, "certainty": certainty, "prevention_levels": levels}


class CiteForm(BaseForm):
    """What of one release an insight rests on; whether it may is known to the service."""

    chosen = SelectMultipleField(validate_choice=False)


class RouteForm(BaseForm):
    body = SelectField(_l("Send it to"), validators=[DataRequired(_l("Choose a body."))])

    def __init__(self, without: Collection[str] = ()) -> None:
        self.bodies = {row.slug: row for row in partnership.bodies()}
        super().__init__()
        named = [
            SelectChoice(slug, row.name) for slug, row in self.bodies.items() if slug not in without
        ]
        self.body.choices = [SelectChoice("", _l("Choose")), *named]


class UseForm(BaseForm):
    id = NewId()
    purpose = RadioField(
        _l("What you used it for"),
        choices=[SelectChoice(purpose.value, label) for purpose, label in PURPOSES.items()],
        validators=[InputRequired(_l("Choose what you used it for."))],
    )
    words = Lines(
        _l("In one sentence"),
        description=_l("Which paper or decision, and what the insight changed in it."),
        validators=[DataRequired(_l("Say it in one sentence.")), SHORT],
    )
    used_on = SplitDateField(_l("On which day"))

    def __init__(self) -> None:
        super().__init__(data={"used_on": clock.today()})

    def validate_used_on(self, field: SplitDateField) -> None:
        if field.data is None or field.data > clock.today():
            raise ValidationError(_l("Choose today or a day before."))

    @property
    def used(self) -> services.Used:
        """What `services.use` takes."""
        day = self.used_on.data or clock.today()
        return services.Used(Purpose(self.purpose.data), self.words.data, day)


class ReasonForm(BaseForm):
    """Why an insight is corrected or withdrawn; everybody reads that."""

    id = NewId()
    reason = Lines(
        _l("Why"),
        description=_l("Everybody can read this. Do not name anybody."),
        validators=[DataRequired(_l("Give a reason.")), SHORT],
    )


class ReceiptForm(BaseForm):
    """What a body without accounts said outside the service."""

    way = RadioField(
        _l("How they said it"),
        choices=[SelectChoice(way.value, label) for way, label in WAYS.items()],
        validators=[InputRequired(_l("Choose how they said it."))],
    )
    role = Line(
        _l("Who said it"),
        description=_l("What they are there, not their name: “head of community safety”."),
        validators=[
            DataRequired(_l("Say what they are there.")),
            Length(max=100, message=_l("Use at most 100 characters.")),
        ],
    )
    said_on = SplitDateField(_l("On which day"))

    def __init__(self, routing: Routing) -> None:
        self._sent_on = routing.sent_on
        super().__init__(data={"said_on": clock.today()})

    def validate_said_on(self, field: SplitDateField) -> None:
        if field.data is None or not self._sent_on <= field.data <= clock.today():
            raise ValidationError(_l("Choose a day from the one on which it was sent until today."))

    @property
    def receipt(self) -> services.Receipt:
        """What `services.note_receipt` takes."""
        day = self.said_on.data or clock.today()
        return services.Receipt(ReceiptWay(self.way.data), self.role.data, day)


def filters_of(sent: Mapping[str, str]) -> Filters:
    """Return the filters of an address; what makes no sense is left out."""
    priority, age = sent.get("priority", ""), sent.get("age", "")
    return Filters(
        words=" ".join(clean(sent.get("q")).split())[:LONGEST_SEARCH],
        priority=int(priority) if priority in set("1234567") else None,
        area=clean(sent.get("area"))[:9],
        local_issue=clean(sent.get("issue"))[:60],
        is_expired={"current": False, "expired": True}.get(age),
    )
