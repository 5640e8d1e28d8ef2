"""What editors read about each kind of question, in groups."""

from typing import Any

from flask_babel import lazy_gettext as _l

#: Names of groups with their kinds, each with one sentence about what people do.
GROUPS: dict[Any, dict[str, Any]] = {
    _l("Choosing"): {
        "single-choice": _l("People choose one answer of a list."),
        "multiple-choice": _l("People choose all answers that fit, or up to a number of them."),
        "picture-choice": _l("People choose one of several pictures, each with words."),
        "yes-no": _l("People say yes, no or not sure."),
    },
    _l("Scales"): {
        "agreement-scale": _l("People say how much they agree with a sentence, in five steps."),
        "frequency-scale": _l("People say how often something happens, in five steps."),
        "satisfaction-scale": _l("People say how satisfied they are, in five steps."),
        "sentiment": _l("People say how good or bad something is, and can write why."),
    },
    _l("Several statements or choices"): {
        "grid": _l("People give the same kind of answer to several statements."),
        "cards": _l("People agree with statements, disagree, or pass, one after another."),
        "ranking": _l("People put choices in order, the most important first."),
        "points": _l("People share out points between choices: the more, the more important."),
    },
    _l("Numbers and dates"): {
        "number": _l("People type a number, perhaps between a least and a greatest."),
        "month-year": _l("People give a month and a year, or only a year."),
    },
    _l("Words"): {
        "short-text": _l("People write a few words in one line."),
        "several-texts": _l("People write a few words on each of several lines."),
        "long-text": _l(
            "People write what they think. Somebody reads each answer before others do."
        ),
    },
    _l("Places"): {
        "area": _l("People choose their council area, or give a part of their postcode."),
        "area-map": _l("People choose their council area on a simple map, or from the list."),
    },
    _l("In between"): {
        "information": _l("People read something. Nobody answers it."),
        "consent": _l("People say whether they take part. A no ends it, and nothing is kept."),
    },
}
