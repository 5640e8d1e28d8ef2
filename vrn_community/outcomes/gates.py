"""What an outcome owes before it is published (Y27): each gap names the field that mends it."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community import config
from vrn_community.contributions import queries as contributions
from vrn_community.foundation import clock
from vrn_community.insights import queries as insights
from vrn_community.opportunities.gates import Gap
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Stage
from vrn_community.outcomes.models import Outcome

#: Fields that every outcome fills, in the form's order.
OWED: dict[str, Any] = {
    "we_asked": _l("Say what you asked."),
    "you_said": _l("Say what people told you."),
    "decided_by": _l("Say who decided."),
    "decided_on": _l("Give the date of the decision."),
}


def gaps(outcome: Outcome) -> list[Gap]:
    """Return everything that keeps an outcome from being published; no field: mended elsewhere."""
    found = [Gap(name, str(words)) for name, words in OWED.items() if not getattr(outcome, name)]
    if not (outcome.changed or outcome.not_changed):
        found.append(Gap("changed", _("Say what changed, or what did not change and why.")))
    if outcome.opportunity.duty("equality_note") and not outcome.equality_effect:
        words = _("Say how those whom the equality note names counted in the decision.")
        found.append(Gap("equality_effect", words))
    found.extend(_owed_by_level(outcome))
    if outcome.decided_on and outcome.decided_on > clock.today():
        found.append(Gap("decided_on", _("The decision cannot lie in the future.")))
    if outcome.opportunity.stage is not Stage.CLOSED:
        found.append(Gap("", _("It has not closed yet.")))
    elif _lacks_release(outcome):
        found.append(Gap("", _("People answered, and the results are not frozen yet.")))
    return found


def _owed_by_level(outcome: Outcome) -> Iterator[Gap]:
    """Go through what people under 18, and what the level promised, still owe."""
    if outcome.opportunity.includes_children and not outcome.young_summary:
        yield Gap("young_summary", _("Sum it up for young people: they were asked too."))
    if outcome.opportunity.level is not ParticipationLevel.CONSULT:
        if outcome.kept is None:
            yield Gap("kept", _("Say whether the promise of the level was kept."))
        if not outcome.kept_words:
            yield Gap(
                "kept_words", _("Say what shows that the promise was kept, or why it was not.")
            )


def _lacks_release(outcome: Outcome) -> bool:
    """Return whether there are results that could be published and are not.

    Of fewer people than the threshold no table may be published, so none is owed.
    """
    answered = contributions.count(outcome.opportunity_id)
    is_enough = answered >= config.current().disclosure_threshold
    return is_enough and insights.current_release(outcome.opportunity_id) is None
