"""The three levels of prevention, in the strategy's terms and in plain words."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class PreventionLevel(StrEnum):
    """When an activity acts: before violence, when there are first signs, or afterwards."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"

    @property
    def label(self) -> LazyString:
        """Return the name of the level."""
        return WORDS[self].label

    @property
    def meaning(self) -> LazyString:
        """Return what the level means, in plain words."""
        return WORDS[self].meaning


@dataclass(frozen=True)
class Words:
    """The name and the meaning of one level."""

    label: LazyString
    meaning: LazyString


WORDS = {
    PreventionLevel.PRIMARY: Words(
        _l("Primary prevention"),
        _l("Stopping violence before it starts. This is for everyone."),
    ),
    PreventionLevel.SECONDARY: Words(
        _l("Secondary prevention"),
        _l("Helping early, when there are signs that someone may be hurt or may hurt others."),
    ),
    PreventionLevel.TERTIARY: Words(
        _l("Tertiary prevention"),
        _l("Helping after violence: so that people recover and it does not happen again."),
    ),
}
