"""How the sample of each kind of question is answered: in a form, with keys, and wrongly."""

from dataclasses import dataclass, field
from typing import Any

Sent = dict[str, Any]
LEICESTER, BLABY = "e06000016", "e07000129"
#: Longer than any sample allows.
TOO_LONG = "x" * 250


@dataclass(frozen=True)
class Way:
    """One way to answer; names of fields follow the id of the question."""

    #: What a form sends, by what follows the id; and what the check page then says.
    sent: Sent = field(default_factory=dict)
    says: tuple[str, ...] = ()
    #: Keys pressed from the first control on; text is typed.
    keys: tuple[str, ...] = ()
    #: What the check page says after these keys.
    typed: tuple[str, ...] = ()
    #: What cannot be taken as it is, and a part of the message.
    wrong: Sent = field(default_factory=dict)
    problem: str = ""
    #: Controls as they are read out: role and a part of the name.
    controls: tuple[tuple[str, str], ...] = ()


def chosen(value: str, says: str, typed: str, *keys: str) -> Way:
    """Return the way of a question with round buttons, whose name is read with each of them."""
    return Way({"": value}, (says,), keys, (typed,), controls=(("radio", says), ("radio", typed)))


WAYS: dict[str, Way] = {
    "single-choice": Way(
        {"": "other", ".other": "By boat"},
        ("Something else", "By boat"),
        ("Space",),
        ("Bus",),
        {"": "other", ".other": TOO_LONG},
        "at most 200 characters",
        (("radio", "Bus"), ("textbox", "If something else: what is it?")),
    ),
    "multiple-choice": Way(
        {"": ["lights", "buses"]},
        ("Lights", "Buses"),
        ("Space", "Tab", "Space"),
        ("Lights", "Buses"),
        {"": ["lights", "none"]},
        "does not go with the other answers",
        (("checkbox", "Lights"), ("checkbox", "Prefer not to say")),
    ),
    "picture-choice": chosen("shop", "Shop", "Home", "Space", "ArrowDown", "ArrowDown"),
    "yes-no": chosen("not-sure", "Not sure", "No", "Space", "ArrowDown"),
    "agreement-scale": chosen("disagree", "Disagree", "Agree", "Space", "ArrowDown"),
    "frequency-scale": chosen("never", "Never", "Often", "Space", "ArrowDown"),
    "satisfaction-scale": chosen("neither", "Neither satisfied", "Satisfied", "Space", "ArrowDown"),
    "sentiment": Way(
        {"": "bad", ".why": "It is dark."},
        ("Bad", "It is dark."),
        ("Space", "Tab", "Lamps"),
        ("Very good", "Lamps"),
        {".why": TOO_LONG},
        "at most 100 characters",
        (("radio", "Very bad"), ("textbox", "Why do you feel this way?")),
    ),
    "grid": Way(
        {".parks": "agree", ".buses": "strongly-disagree"},
        ("Parks are cared for.: Agree", "Buses are cared for.: Strongly disagree"),
        ("Space", "Tab", "Space", "ArrowDown"),
        ("Parks are cared for.: Strongly agree", "Streets are cared for.: Agree"),
        controls=(("radiogroup", "Parks are cared for."), ("radio", "Strongly agree")),
    ),
    "cards": Way(
        {".parks": "pass"},
        ("Parks are cared for.: Pass",),
        ("Space", "ArrowDown", "Tab", "Space"),
        ("Parks are cared for.: Disagree", "Streets are cared for.: Agree"),
        controls=(("radiogroup", "Buses are cared for."), ("radio", "Pass")),
    ),
    "ranking": Way(
        {".clubs": "1", ".lights": "2"},
        ("1. Clubs", "2. Lights"),
        ("Tab", "Enter"),
        ("1. Buses", "2. Lights", "3. Clubs"),
        {".clubs": "1", ".lights": "1"},
        "Two answers have the same place",
        (("button", "Up : Clubs"), ("button", "Down : Lights"), ("button", "This order is right")),
    ),
    "points": Way(
        {".lights": "7", ".clubs": "3"},
        ("Lights: 7", "Clubs: 3"),
        ("4", "Tab", "6"),
        ("Lights: 4", "Buses: 6"),
        {".lights": "7", ".clubs": "many"},
        "whole numbers",
        (("textbox", "Lights"), ("textbox", "Clubs")),
    ),
    "number": Way(
        {"": "25"},
        ("25 minutes",),
        ("40",),
        ("40 minutes",),
        {"": "a while"},
        "Enter a whole number",
        (("textbox", "How long is your way to school?"),),
    ),
    "month-year": Way(
        {".month": "3", ".year": "2019"},
        ("March 2019",),
        ("ArrowDown", "Tab", "2001"),
        ("January 2001",),
        {".month": "3", ".year": "19"},
        "Enter a year from 1950 to 2026",
        (("combobox", "Month"), ("textbox", "Year")),
    ),
    "short-text": Way(
        {"": "Quiet"},
        ("Quiet",),
        ("Narrow",),
        ("Narrow",),
        {"": TOO_LONG},
        "at most 50 characters",
        (("textbox", "Your street in one word"),),
    ),
    "several-texts": Way(
        {".first": "Lamps", ".third": "Benches"},
        ("The first thing: Lamps", "The third thing: Benches"),
        ("Lamps", "Tab", "Paths"),
        ("The first thing: Lamps", "The second thing: Paths"),
        {".second": TOO_LONG},
        "at most 50 characters",
        (("textbox", "The second thing"),),
    ),
    "long-text": Way(
        {"": "Lamps.\nAnd people."},
        ("Lamps. And people.",),
        ("People about",),
        ("People about",),
        {"": TOO_LONG},
        "at most 100 characters",
        (("textbox", "What makes you feel safe?"),),
    ),
    "area": Way(
        {".sector": "LE3 9"},
        ("Leicester",),
        ("ArrowDown",),
        ("Blaby",),
        {".sector": "LE"},
        "such as LE3 9",
        (("combobox", "The council area"), ("textbox", "Or a part of the postcode")),
    ),
    "area-map": Way(
        {".list": BLABY},
        ("Blaby",),
        ("Space",),
        ("North West Leicestershire",),
        {"": LEICESTER, ".list": BLABY},
        "two different places",
        (("radio", "Melton"), ("combobox", "Or choose from the list")),
    ),
    "information": Way(),
    "consent": chosen("yes", "I want to take part", "I want to take part", "Space"),
}


def fields(kind: str, sent: Sent) -> Sent:
    """Return what a form sends for the sample of a kind."""
    return {f"a-{kind}{name}": value for name, value in sent.items()}
