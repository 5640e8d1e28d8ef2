"""Fields and choices that several forms of safeguarding share."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from vrn_community.foundation.forms import Line, Lines
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.models import Area
from vrn_community.safeguarding import queries
from vrn_community.safeguarding.kinds import Accused, Helper

LONGEST, LONGEST_LINE, LONGEST_PHRASE = 4_000, 200, 200
TOO_LONG = _l("Use at most 4,000 characters.")
LINE_TOO_LONG = _l("Use at most 200 characters.")


def choices(labels: Mapping[Any, Any]) -> list[SelectChoice]:
    """Return what can be chosen, with its words."""
    return [SelectChoice(value, label) for value, label in labels.items()]


def lines(label: Any, *validators: Any, description: Any = "") -> Lines:
    """Return a field for several lines of a case."""
    checks = [*validators, Length(max=LONGEST, message=TOO_LONG)]
    return Lines(label, description=description, validators=checks)


def line(label: Any, *validators: Any, description: Any = "") -> Line:
    """Return a field for one line of a case."""
    checks = [*validators, Length(max=LONGEST_LINE, message=LINE_TOO_LONG)]
    return Line(label, description=description, validators=checks)


def phrase(label: Any, *validators: Any, description: Any = "", is_new: bool = False) -> Any:
    """Return a field for a passphrase, which no page shows again."""
    offered = "new-password" if is_new else "off"
    checks = [*validators, Length(max=LONGEST_PHRASE, message=LINE_TOO_LONG)]
    shown = {"autocomplete": offered}
    return PasswordField(label, description=description, validators=checks, render_kw=shown)


def key_or_none(value: Any) -> uuid.UUID | None:
    """Return a chosen key; None where nothing was chosen. ValueError if it is none."""
    return uuid.UUID(str(value)) if value else None


class AreaField(SelectField):
    """The area of a council, or none where it is not known."""

    def __init__(self, label: Any, **options: Any) -> None:
        """Begin with nothing to choose from: areas are looked up when a form is made."""
        super().__init__(label, coerce=key_or_none, choices=[], **options)

    def offer(self, nothing: Any) -> dict[uuid.UUID, Area]:
        """Offer the areas of today, and return them by key."""
        areas = {area.id: area for area in partnership.areas()}
        named = [SelectChoice(str(key), area.name) for key, area in areas.items()]
        self.choices = [SelectChoice("", nothing), *named]
        return areas


def _accused_or_none(value: Any) -> Accused | None:
    return Helper(value) if value in set(Helper) else key_or_none(value)


class AccusedField(SelectField):
    """Somebody who works or volunteers here and whom an allegation is about, or nobody.

    Not everybody who does has an account.
    """

    def __init__(self, label: Any = "", **options: Any) -> None:
        """Begin with nobody to choose: accounts are looked up when a form is made."""
        label = label or _l("Is it about somebody who works or volunteers here?")
        hint = _l("Then it goes another way, and this person sees nothing of it.")
        super().__init__(label, description=hint, coerce=_accused_or_none, choices=[], **options)

    def offer(self) -> None:
        """Offer everybody who has an account, and one choice for all who have none."""
        named = [SelectChoice(str(row.id), row.display_name) for row in queries.colleagues()]
        helper = SelectChoice(
            Helper.WITHOUT_ACCOUNT,
            _l("Somebody who works or volunteers here and has no account"),
        )
        self.choices = [SelectChoice("", _l("No")), helper, *named]
