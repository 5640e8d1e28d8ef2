"""What people read instead of the names of states, problems and levels."""

from typing import Any

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from vrn_community.insights.agreement import Level
from vrn_community.insights.suggestions import Problem, Steadiness

PROBLEMS: dict[Problem, Any] = {
    Problem.FEW_TEXTS: _l("So few people wrote in this language that reading them is quicker."),
    Problem.FEW_WORDS: _l("The texts have too few words to suggest themes."),
    Problem.TOO_ALIKE: _l("The texts are too much alike to suggest themes."),
    Problem.NO_GROUPS: _l("The texts do not fall into groups."),
}
STEADINESS: dict[Steadiness, Any] = {
    Steadiness.STEADY: _l("Comes again when some texts are left out."),
    Steadiness.DOUBTFUL: _l("Comes again only in part when some texts are left out."),
    Steadiness.UNSTEADY: _l("Falls apart when some texts are left out: be careful."),
}
LEVELS: dict[Level, Any] = {
    Level.GOOD: _l("Good: you can rely on it."),
    Level.TENTATIVE: _l("Fair: only for careful conclusions."),
    Level.LOW: _l("Low: talk about what the themes mean, and code again."),
}


def language(code: str) -> str:
    """Return the name of a language as the reader calls it, or its code if nobody knows one."""
    try:
        return Locale.parse(code).get_display_name(get_locale()) or code
    except UnknownLocaleError:
        return code
