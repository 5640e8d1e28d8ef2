"""The forms of members, and what all forms share whose words everybody will read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from vrn_community.foundation import clock
from vrn_community.foundation.forms import BaseForm, Line, Lines, NewId, SplitDateField
from vrn_community.oversight import clearing, reading
from vrn_community.oversight.labels import SPOTS
from vrn_community.oversight.reading import WHOLE, Spot
from vrn_community.partnership.models import Body

LONG = Length(max=4_000, message=_l("Use at most 4,000 characters."))


class PublicForm(BaseForm):
    """A form whose words everybody will read: what seems to name somebody is asked about."""

    is_checked = BooleanField(
        _l("I looked: it names nobody, and nobody can tell from it who somebody is.")
    )
    #: Fields whose words stay in the group.
    kept_inside: frozenset[str] = frozenset()
    #: Whether to ask for the tick: only where something was found.
    asks_to_check = False

    def validate(self, *rest: Any, **options: Any) -> bool:
        """Say beside a field what in it may tell who somebody is."""
        if not super().validate(*rest, **options):
            self.asks_to_check = bool(self.is_checked.data)
            return False
        if self.is_checked.data:
            return True
        read = (field for field in self if field.short_name not in self.kept_inside)
        texts = {field.name: field.data or "" for field in read if isinstance(field, Line | Lines)}
        found = clearing.find(texts)
        for each in found:
            self.add_error(each.name, each.told)
        self.asks_to_check = bool(found)
        return not found


class LaterDay(BaseForm):
    """What each form has that names a later day."""

    id = NewId()
    day = SplitDateField(_l("The new day"))

    def validate_day(self, field: SplitDateField) -> None:
        if not field.data and not field.process_errors:
            raise ValidationError(_l("Enter the new day."))

    @property
    def new_day(self) -> date:
        """The day; today, which no service takes, if none was typed."""
        return self.day.data or clock.today()


def body_choices(bodies: Mapping[str, Body]) -> list[SelectChoice]:
    """Return bodies as they are chosen by their slugs; none is chosen at first."""
    named = [SelectChoice(slug, row.name) for slug, row in bodies.items()]
    return [SelectChoice("", _l("Choose")), *named]


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
