"""A ballot or a meeting in words for the public: never who chose or said what."""

from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from vrn_community.oversight.ballots.labels import METHODS, choice_words, outcome_words
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.meetings.queries import ItemView


def notes_of(views: Iterable[ItemView]) -> str:
    """Return the newest note of each item of an agenda, as a draft of a text."""
    return "\n\n".join(f"{view.item.title}\n{view.notes[-1].text}" for view in views if view.notes)


def words_of(ballot: Ballot) -> str:
    """Return what a closed ballot decided, as a draft of a text; nothing before it is closed."""
    return "\n".join(_lines(ballot))


def _lines(ballot: Ballot) -> Iterator[str]:
    result, words = ballot.result, choice_words(ballot)
    if result is None:
        return
    yield ballot.question
    yield _("How it was decided: %(how)s.", how=METHODS[ballot.method])
    yield _("What came of it: %(outcome)s.", outcome=outcome_words(ballot))
    if any(result.counts.values()):
        for choice, number in result.counts.items():
            yield f"{words[choice]}: {number}"
    if ballot.resolution:
        yield _("How objections were met: %(words)s", words=ballot.resolution)
    for view in ballot.views:
        yield _("A minority sees it otherwise: %(words)s", words=view.words)
