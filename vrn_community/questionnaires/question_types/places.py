"""Questions about where: a council area or a postcode sector, never a full postcode (Y22)."""

import re
from collections.abc import Sequence
from typing import ClassVar, Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.questionnaires.question_types.base import Choice, Question, Reading, Sent

#: LE3 9, and also LE3 9AB: then only the sector is taken.
SECTOR = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9])(?:[A-Z]{2})?$")


class AreaPicker(Question):
    """Which council area; the list is the partnership's, so that it changes with the place."""

    kind: Literal["area"] = "area"
    label: ClassVar = _l("Area")
    has_outside_choices: ClassVar = True

    def options(self) -> Sequence[Choice]:
        """Return the areas of today, by name."""
        from vrn_community.partnership import queries

        named = [Choice(id=code.lower(), text=name) for code, name in queries.area_names()]
        return (*named, Choice(id="elsewhere", text=str(_("Somewhere else"))))

    def read(self, sent: Sent) -> Reading:
        """Read an area, or the area in which most of a postcode sector lies."""
        value = sent.get(self.id, "")
        if value in {choice.id for choice in self.options()}:
            return Reading(value)
        typed = " ".join(sent.get(f"{self.id}.sector", "").upper().split())
        if not typed:
            return Reading()
        area = area_of(typed)
        if area is None:
            return Reading(error=_("Enter the first part and one digit, such as LE3 9."))
        return Reading(area)


def area_of(typed: str) -> str | None:
    """Return the area in which most of a typed postcode sector lies; the rest is not read."""
    from vrn_community.partnership import queries

    found = SECTOR.match(typed)
    if found is None:
        return None
    areas = queries.areas_of_sector(f"{found[1]} {found[2]}")
    return areas[0].area.code.lower() if areas else "elsewhere"
