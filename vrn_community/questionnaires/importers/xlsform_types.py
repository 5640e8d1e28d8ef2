"""What the types of XLSForm mean, under all their names since the first version; pure."""

import re
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

SELECT = re.compile(
    r"(?:add )?(?P<kind>select[ _]?one|select1|select[ _]?multiple|select all that apply|rank)"
    r"(?P<file>[ _]from[ _]file|[ _]external)?"
    r"(?: prompt using| from)? +(?P<list>.+?)"
    r"(?P<other>[ _]+(?:or[ _]other|or specify other))?",
    re.IGNORECASE,
)
MARK = re.compile(
    r"(?P<edge>begin|end)[ _]*(?P<kind>group|repeat|loop)?(?: +over +(?P<list>\S+))?", re.IGNORECASE
)
PROMPT = re.compile(r"(?:add )?(.+?) prompt")


@dataclass(frozen=True)
class Select:
    """A question with choices: its kind here, its list, and whether others can be named."""

    kind: str
    list_name: str
    has_other: bool = False
    is_outside: bool = False


@dataclass(frozen=True)
class Mark:
    """The beginning or the end of a group, a repeat or a loop."""

    is_begin: bool
    kind: str
    list_name: str = ""


#: What needs no name, because nothing refers to it.
NAMELESS = frozenset({"note", "audit"})
#: Kinds of questions here, with what they always have.
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "text": ("short-text", {}), "string": ("short-text", {}), "note": ("information", {}),
    "phone number": ("short-text", {}), "add note": ("information", {}),
    "integer": ("number", {}), "int": ("number", {}), "number": ("number", {"is_whole": False}),
    "decimal": ("number", {"is_whole": False}), "range": ("number", {}),
    "percentage": ("number", {"least": 0, "greatest": 100, "unit": "%", "is_whole": False}),
    "date": ("month-year", {}), "datetime": ("month-year", {}), "date time": ("month-year", {}),
    "time": ("short-text", {}), "acknowledge": ("yes-no", {}), "trigger": ("yes-no", {}),
}  # fmt: skip
#: What was changed about a type, in words.
CHANGED = {
    "date": _l("Only the month and the year are asked: a day can tell who somebody is."),
    "datetime": _l("Only the month and the year are asked: a day can tell who somebody is."),
    "date time": _l("Only the month and the year are asked: a day can tell who somebody is."),
    "time": _l("The time is asked in words."),
    "acknowledge": _l("It is asked as yes, no or not sure."),
    "trigger": _l("It is asked as yes, no or not sure."),
    "phone number": _l("It asks for a telephone number. Think about whether you need it."),
}
NEVER = _l("It is never asked here: it can tell who or where somebody is.")
DEVICE = _l("It records something about the device or the time, which is never kept here.")
COMPUTED = _l("Nothing is calculated here.")
LEFT_OUT = {
    **dict.fromkeys(
        ("geopoint", "gps", "location", "geotrace", "geoshape", "photo", "image", "audio", "video",
         "file", "barcode", "signature", "osm", "start-geopoint", "background-audio",
         "background-geopoint"),
        NEVER,
    ),
    **dict.fromkeys(
        ("start", "start time", "end", "end time", "today", "deviceid", "device id", "imei",
         "subscriberid", "subscriber id", "get subscriber id", "simserial", "sim id",
         "get sim id", "phonenumber", "get phone number", "get device id", "get start time",
         "get end time", "get today", "username", "email", "audit", "uri:deviceid",
         "uri:subscriberid", "uri:simserial", "uri:phonenumber", "uri:username", "uri:email",
         "property"),
        DEVICE,
    ),
    **dict.fromkeys(
        ("calculate", "hidden", "calculate here", "xml-external", "csv-external", "entity"),
        COMPUTED,
    ),
}  # fmt: skip


def plain(type_: str) -> str:
    """Return a type as it stands in the tables above."""
    lower = " ".join(type_.lower().split())
    prompt = PROMPT.fullmatch(lower)
    name = prompt[1] if prompt else lower
    if name.startswith("osm "):  # Followed by a list of tags.
        return "osm"
    return name.removeprefix("q ").replace("date-time", "date time")


def select_of(type_: str) -> Select | None:
    """Return what a type with choices says, or None if it has none."""
    found = SELECT.fullmatch(" ".join(type_.split()))
    if found is None:
        return None
    kind = found["kind"].lower().replace("_", " ")
    kinds = {"rank": "ranking", "select one": "single-choice", "select1": "single-choice"}
    is_file = bool(found["file"]) or bool(re.search(r"\.(csv|xml|geojson)$|^\$\{", found["list"]))
    return Select(
        kinds.get(kind, "single-choice" if kind == "selectone" else "multiple-choice"),
        found["list"].strip(),
        bool(found["other"]),
        is_file,
    )


def mark_of(type_: str) -> Mark | None:
    """Return whether a type begins or ends something, or None."""
    found = MARK.fullmatch(" ".join(type_.split()))
    if found is None or not (found["kind"] or found["edge"].lower() == "begin"):
        return None
    return Mark(
        found["edge"].lower() == "begin", (found["kind"] or "group").lower(), found["list"] or ""
    )
