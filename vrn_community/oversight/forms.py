"""Forms of oversight: for members, for chairs, and for those who must reply."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from vrn_community.foundation import clock
from vrn_community.foundation.forms import BaseForm, Lines, NewId, SplitDateField
from vrn_community.oversight import reading, services
from vrn_community.oversight.labels import ANSWERS, SPOTS
from vrn_community.oversight.models import Recommendation
from vrn_community.oversight.reading import WHOLE, Spot
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.models import BodyKind

LONG = Length(max=4_000, message=_l("Use at most 4,000 characters."))


class ObservationForm(BaseForm):
    id = NewId()
    about = SelectField(_l("What it is about"))
    text = Lines(
        _l("What you noticed"),
        description=_l("The other members read it with your name. Do not name anybody."),
        validators=[DataRequired(_l("Write what you noticed.")), LONG],
    )

    def __init__(self, spots: Mapping[Spot, str], about: Spot = WHOLE) -> None:
        super().__init__(data={"about": about.name})
        choices = [SelectChoice(spot.name, named(spot, text)) for spot, text in spots.items()]
        self.about.choices = [SelectChoice(WHOLE.name, named(WHOLE, "")), *choices]

    @property
    def spot(self) -> Spot:
        """What the observation is about."""
        return reading.spot(self.about.data)


def named(spot: Spot, text: str) -> Any:
    """Return what an observation is about, in words."""
    return SPOTS[spot.kind] % {"words": text}


class RecommendationForm(BaseForm):
    id = NewId()
    body = SelectField(
        _l("Who should do it"), validators=[DataRequired(_l("Choose who should do it."))]
    )
    text = Lines(
        _l("What should be done"),
        description=_l("Everyone can read it when it is sent. Do not name anybody."),
        validators=[DataRequired(_l("Write what should be done.")), LONG],
    )
    reasons = Lines(
        _l("Why"),
        description=_l("What in the results leads you there."),
        validators=[DataRequired(_l("Give your reasons.")), LONG],
    )
    reply_by = SplitDateField(
        _l("Reply by"), description=_l("If no reply has come by then, everyone can see that.")
    )

    def __init__(self, recommendation: Recommendation | None = None) -> None:
        bodies = partnership.bodies()
        # The group does not write to itself.
        self.bodies = {row.slug: row for row in bodies if row.kind is not BodyKind.OVERSIGHT_GROUP}
        super().__init__(data=_stored(recommendation))
        named = [SelectChoice(slug, row.name) for slug, row in self.bodies.items()]
        self.body.choices = [SelectChoice("", _l("Choose")), *named]

    def validate_reply_by(self, field: SplitDateField) -> None:
        if field.data and field.data <= clock.today():
            raise ValidationError(_l("Choose a day after today."))

    @property
    def request(self) -> services.Request:
        """What `services.recommend` and `services.edit` take."""
        return services.Request(
            body=self.bodies[self.body.data],
            text=self.text.data,
            reasons=self.reasons.data,
            reply_by=self.reply_by.data or services.usual_reply_by(),
        )


def _stored(recommendation: Recommendation | None) -> dict[str, object]:
    if recommendation is None:
        return {"reply_by": services.usual_reply_by()}
    return {
        "body": recommendation.body.slug,
        "text": recommendation.text,
        "reasons": recommendation.reasons,
        "reply_by": recommendation.reply_by,
    }


class ReplyForm(BaseForm):
    answer = RadioField(
        _l("Your answer"),
        choices=[SelectChoice(answer.value, label) for answer, label in ANSWERS.items()],
        validators=[InputRequired(_l("Choose an answer."))],
    )
    reasons = Lines(
        _l("Your reasons"),
        description=_l("Everyone can read them. They cannot be changed later."),
        validators=[DataRequired(_l("Give your reasons.")), LONG],
    )
