"""What people read instead of the names of states, choices and results."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from vrn_community.oversight.ballots.counting import ABSTAIN, AGREE, ASIDE, OBJECT, Method, Outcome
from vrn_community.oversight.ballots.lifecycle import BallotState
from vrn_community.oversight.ballots.models import Ballot

STATES: dict[BallotState, Any] = {
    BallotState.DRAFT: _l("Draft"),
    BallotState.OPEN: _l("Open"),
    BallotState.CLOSED: _l("Closed"),
    BallotState.WITHDRAWN: _l("Withdrawn"),
}
METHODS: dict[Method, Any] = {
    Method.CONSENT: _l("By consent: it passes when nobody objects"),
    Method.VOTE: _l("By vote: what more than half choose"),
}
CHOICES: dict[str, Any] = {
    AGREE: _l("I agree"),
    ASIDE: _l("I stand aside: I neither agree nor stop it"),
    OBJECT: _l("I object"),
    ABSTAIN: _l("I abstain"),
}
OUTCOMES: dict[Outcome, Any] = {
    Outcome.DECIDED: _l("Decided"),
    Outcome.OBJECTED: _l("Somebody objected"),
    Outcome.TIE: _l("A tie: nothing is decided"),
    Outcome.NO_MAJORITY: _l("No option has more than half: nothing is decided"),
    Outcome.NO_QUORUM: _l("Too few took part: nothing is decided"),
}
#: Beside the reasons of a vote, by how it is decided and whether it is secret.
REASON_HINTS: dict[tuple[Method, bool], Any] = {
    (Method.CONSENT, False): _l(
        "Whoever objects says why. All members read it after the end, with your name."
    ),
    (Method.CONSENT, True): _l(
        "Whoever objects says why. All members read it after the end, without your name."
    ),
    (Method.VOTE, False): _l(
        "You need not give any. All members read them after the end, with your name."
    ),
    (Method.VOTE, True): _l(
        "You need not give any. All members read them after the end, without your name."
    ),
}


def choice_words(ballot: Ballot) -> dict[str, Any]:
    """Return what people read for each choice of a ballot."""
    options = {str(number): words for number, words in enumerate(ballot.options, 1)}
    return {choice: options.get(choice) or CHOICES[choice] for choice in ballot.choices}


def outcome_words(ballot: Ballot) -> str:
    """Return what came of a ballot, with the option that won, or that an objection was met."""
    result = ballot.result
    if result is None:
        return ""
    if result.outcome is Outcome.DECIDED and ballot.method is Method.VOTE:
        option = choice_words(ballot)[result.leading[0]]
        return str(_("Decided: %(option)s", option=option))
    if result.outcome is Outcome.OBJECTED and ballot.resolution:
        return str(_("Decided, after an objection was met"))
    return str(OUTCOMES[result.outcome])


def count_words(ballot: Ballot) -> list[str]:
    """Return how many chose what, for everybody; nothing of any secret ballot.

    Where all chose the same, the numbers would tell who chose what; so would their absence,
    if others gave theirs.
    """
    result = ballot.result
    if result is None or ballot.is_secret:
        return []
    found = {choice: number for choice, number in result.counts.items() if number}
    return [_counted(ballot, choice, number) for choice, number in found.items()]


def _counted(ballot: Ballot, choice: str, number: int) -> str:
    match choice:
        case "agree":
            return str(ngettext("%(num)s agreed", "%(num)s agreed", number))
        case "aside":
            return str(ngettext("%(num)s stood aside", "%(num)s stood aside", number))
        case "object":
            return str(ngettext("%(num)s objected", "%(num)s objected", number))
        case "abstain":
            return str(ngettext("%(num)s abstained", "%(num)s abstained", number))
    words = choice_words(ballot)[choice]
    return str(_("%(option)s: %(number)s", option=words, number=number))
