"""What is suggested, read afresh: only passages that may be read now, and their words."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from vrn_community import config
from vrn_community.contributions.models import READABLE, Passage
from vrn_community.extensions import db
from vrn_community.insights import suggestions
from vrn_community.insights.suggestions import Steadiness
from vrn_community.insights.wording import Wording
from vrn_community.insights.words.models import (
    SuggestedPassage,
    Suggestion,
    SuggestionState,
    ThemeRun,
)


@dataclass(frozen=True)
class Shown:
    """A suggestion as it can be shown now."""

    id: uuid.UUID
    language: str
    state: SuggestionState
    #: Whether it comes again when some texts are left out.
    steadiness: Steadiness
    #: Words that tell it from the other suggestions of the run.
    words: Sequence[str]
    passages: Sequence[uuid.UUID]
    #: The words of those that are most like all others.
    nearest: Sequence[str]


@dataclass(frozen=True)
class _Member:
    passage_id: uuid.UUID
    words: str
    is_near: bool


def waiting(run: ThemeRun) -> list[Shown]:
    """Return the suggestions of a run that wait for a person, the largest first.

    What withdrawing or withholding left with fewer passages than the threshold is not there.
    """
    shown = [each for each in of_run(run.id) if each.state is SuggestionState.OPEN]
    return sorted(shown, key=lambda each: (-len(each.passages), each.id))


def one(suggestion: Suggestion) -> Shown | None:
    """Return one suggestion, unless too few of its passages may be read."""
    return next((each for each in of_run(suggestion.run_id) if each.id == suggestion.id), None)


def of_run(run_id: uuid.UUID) -> Iterator[Shown]:
    """Go through all suggestions of a run that have enough passages."""
    query = select(Suggestion).where(Suggestion.run_id == run_id)
    stored = db.session.scalars(query).all()
    members = _members(run_id)
    by_language: defaultdict[str, list[str]] = defaultdict(list)
    for suggestion in stored:
        by_language[suggestion.language] += [m.words for m in members[suggestion.id]]
    wordings = {key: Wording(words) for key, words in by_language.items()}
    first: dict[str, int] = dict.fromkeys(by_language, 0)
    for suggestion in stored:
        found = members[suggestion.id]
        start = first[suggestion.language]
        first[suggestion.language] = start + len(found)
        if len(found) >= config.current().disclosure_threshold:
            places = range(start, start + len(found))
            telling = wordings[suggestion.language].telling(places)
            yield _show(suggestion, found, telling)


def _members(run_id: uuid.UUID) -> defaultdict[uuid.UUID, list[_Member]]:
    query = (
        select(SuggestedPassage.suggestion_id, SuggestedPassage.is_near)
        .add_columns(Passage.id, Passage.cleared_words)
        .join(Suggestion, Suggestion.id == SuggestedPassage.suggestion_id)
        .join(Passage, Passage.id == SuggestedPassage.passage_id)
        .where(Suggestion.run_id == run_id, Passage.state.in_(READABLE))
        .order_by(Passage.id)
    )
    found: defaultdict[uuid.UUID, list[_Member]] = defaultdict(list)
    for suggestion_id, is_near, passage_id, words in db.session.execute(query):
        found[suggestion_id].append(_Member(passage_id, words or "", is_near))
    return found


def _show(suggestion: Suggestion, found: Sequence[_Member], telling: Sequence[str]) -> Shown:
    return Shown(
        suggestion.id,
        suggestion.language,
        suggestion.state,
        suggestions.steadiness(suggestion.stability),
        telling,
        [member.passage_id for member in found],
        [member.words for member in found if member.is_near],
    )
