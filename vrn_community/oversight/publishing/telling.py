"""A ballot or a meeting in words for the public: never who chose or said what.

Of a secret ballot it is what came of it alone, and no number.
"""

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
    if ballot.result is None:
        return
    yield ballot.question
    if ballot.is_secret:
        yield _("Decided by secret ballot.")
    else:
        yield _("How it was decided: %(how)s.", how=METHODS[ballot.method])
    yield _("What came of it: %(outcome)s.", outcome=outcome_words(ballot))
    if not ballot.is_secret:
        yield from _counts(ballot)
    if ballot.resolution:
        yield _("How objections were met: %(words)s", words=ballot.resolution)
    for view in ballot.views:
        yield _("A minority sees it otherwise: %(words)s", words=view.words)


def _counts(ballot: Ballot) -> Iterator[str]:
    words, counts = choice_words(ballot), ballot.result.counts if ballot.result else {}
    if any(counts.values()):
        for choice, number in counts.items():
            yield f"{words[choice]}: {number}"
