"""A ballot or a meeting in words for the public: never who chose or said what."""

from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from vrn_community.oversight.ballots.counting import Method, Outcome, Result
from vrn_community.oversight.ballots.labels import METHODS, OUTCOMES, choice_words
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.meetings.queries import ItemView


def notes_of(views: Iterable[ItemView]) -> str:
    """Return the newest note of each item of an agenda, as a draft of a text."""
    return "\n\n".join(f"{view.item.title}\n{view.notes[-1].text}" for view in views if view.notes)


def words_of(ballot: Ballot) -> str:
    """Return what a closed ballot decided, as a draft of a text; nothing before it is closed."""
    return "\n".join(_lines(ballot))


def _outcome(ballot: Ballot, result: Result) -> str:
    """Return what came of a ballot, with the option that won, or that an objection was met."""
    if result.outcome is Outcome.DECIDED and ballot.method is Method.VOTE:
        option = choice_words(ballot)[result.leading[0]]
        return str(_("Decided: %(option)s", option=option))
    if result.outcome is Outcome.OBJECTED and ballot.resolution:
        return str(_("Decided, after an objection was met"))
    return str(OUTCOMES[result.outcome])


def _lines(ballot: Ballot) -> Iterator[str]:
    result, words = ballot.result, choice_words(ballot)
    if result is None:
        return
    yield ballot.question
    yield _("How it was decided: %(how)s.", how=METHODS[ballot.method])
    yield _("What came of it: %(outcome)s.", outcome=_outcome(ballot, result))
    if any(result.counts.values()):
        for choice, number in result.counts.items():
            yield f"{words[choice]}: {number}"
    if ballot.resolution:
        yield _("How objections were met: %(words)s", words=ballot.resolution)
    for view in ballot.views:
        yield _("A minority sees it otherwise: %(words)s", words=view.words)
