"""The pictures that a question can show: drawings of the service's own, and no uploads."""

from typing import Any

from flask_babel import lazy_gettext as _l

#: What editors call each picture, by the name of its file in static/img/pictures.
PICTURES: dict[str, Any] = {
    "street-light": _l("Street light"),
    "path": _l("Path"),
    "park": _l("Park"),
    "bench": _l("Bench"),
    "bus-stop": _l("Bus stop"),
    "bike": _l("Bike"),
    "school": _l("School"),
    "youth-club": _l("Youth club"),
    "shop": _l("Shop"),
    "home": _l("Home"),
    "group": _l("Group of people"),
    "adult": _l("Adult with a child"),
    "police-car": _l("Police car"),
    "phone": _l("Phone"),
    "day": _l("Day"),
    "night": _l("Night"),
}
