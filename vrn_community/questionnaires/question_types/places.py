"""Questions about where: a council area or a postcode sector, never a full postcode (Y22)."""

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.questionnaires.question_types import cells
from vrn_community.questionnaires.question_types.base import Choice, Question, Reading, Sent
from vrn_community.questionnaires.question_types.cells import Cell, NotCarried, Pairs

#: LE3 9, and also LE3 9AB: then only the sector is taken.
ELSEWHERE = "elsewhere"
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
        elsewhere = Choice(id=ELSEWHERE, text=str(_("Somewhere else")))
        return (*named, elsewhere, *self.offered())

    def cells(self) -> Mapping[str, Cell]:
        """Read the code or the name of an area, or a postcode sector."""
        options = tuple(self.options())

        def read(cell: str) -> Pairs:
            try:
                return ((self.id, cells.found(options, cell)),)
            except NotCarried:
                return ((f"{self.id}.sector", cell),)

        return {"": read}

    def read_answer(self, sent: Sent) -> Reading:
        """Read an area, or the area in which most of a postcode sector lies."""
        value = sent.get(self.id, "")
        if value in {choice.id for choice in self.options()}:
            return Reading(value)
        typed = " ".join(sent.get(f"{self.id}.sector", "").upper().split())
        if not typed:
            return Reading()
        area = area_of(typed)
        if area is None:
            error = _("Enter the first part and one digit, such as LE3 9.")
            return Reading(None, {f"{self.id}.sector": typed[:10]}, error)
        return Reading(area)


class AreaMap(AreaPicker):
    """The same on a map of tiles, with the list as an equal way."""

    kind: Literal["area-map"] = "area-map"  # type: ignore[assignment]
    label: ClassVar = _l("Area, on a map")

    def tiles(self) -> Sequence[tuple[Choice, int, int]]:
        """Return each area with its column and its row on the map, in the order of reading."""
        from vrn_community.partnership import queries

        areas = {choice.id: choice for choice in self.options()}
        by_place = sorted(queries.area_tiles(), key=lambda tile: (tile[2], tile[1]))
        tiles = [(code.lower(), column, row) for code, column, row in by_place]
        return tuple((areas[code], column, row) for code, column, row in tiles if code in areas)

    def off_map(self) -> Sequence[Choice]:
        """Return what can be chosen and has no place on the map."""
        placed = {choice.id for choice, _column, _row in self.tiles()}
        return tuple(choice for choice in self.options() if choice.id not in placed)

    def read_answer(self, sent: Sent) -> Reading:
        """Read the tile or the list, whichever was changed; two different ones are an error.

        The page sends along which area it was shown with, because a tile that was
        chosen before is sent again by whoever then uses the list.
        """
        tile, listed = sent.get(self.id, ""), sent.get(f"{self.id}.list", "")
        known = {choice.id for choice in self.options()}
        if listed not in known:
            return super().read_answer(sent)
        if tile in known - {listed, sent.get(f"{self.id}.was", "")}:
            error = _("You have chosen two different places. Choose one of them.")
            return Reading(tile, {f"{self.id}.list": listed}, error)
        return Reading(listed)


def area_of(typed: str) -> str | None:
    """Return the area in which most of a typed postcode sector lies; the rest is not read."""
    from vrn_community.partnership import queries

    found = SECTOR.match(typed)
    if found is None:
        return None
    areas = queries.areas_of_sector(f"{found[1]} {found[2]}")
    return areas[0].area.code.lower() if areas else ELSEWHERE
