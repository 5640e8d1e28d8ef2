"""Suggestions of themes in short texts: where a person can begin to read; pure.

A suggestion is texts with similar words. It knows nothing of what they mean: irony, "not",
two themes in one text, and one thing said in different words are lost on it. So it is
labelled as a suggestion, with how far to trust it, and becomes a theme only through a
person. The same texts and seed give the same suggestions.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from threadpoolctl import threadpool_limits

from vrn_community.insights import clustering, languages, wording
from vrn_community.insights.clustering import Corpus
from vrn_community.insights.suggestions import Note, Problem, SuggestedTheme, Suggestions
from vrn_community.insights.tabulate import percent
from vrn_community.insights.wording import Wording

#: So many texts somebody reads sooner than suggestions about them; and so many words.
FEWEST_TEXTS = 30
FEWEST_WORDS = 3
#: More suggestions than this nobody looks through.
MOST_THEMES = 30


def number_of_themes(texts: int, smallest: int) -> int:
    """Return how many groups to look for: the root of a tenth of the texts.

    A rule and not a search: with such texts silhouette and stability grow or fall with the
    number all the way, so they find its limit, not the number of themes. Groups grow with
    the texts as their number does: 10 of 100 for 1,000 texts.
    """
    return int(np.clip(round((texts / 10) ** 0.5), 2, min(MOST_THEMES, texts // smallest)))


def suggest(
    texts: Sequence[str],
    declared: Sequence[str] | None = None,
    *,
    seed: int = 0,
    smallest: int = 10,
    groups: int | None = None,
    tell: Callable[[int], None] = lambda _percent: None,
) -> Suggestions:
    """Return suggested themes of at least `smallest` texts, for each language on its own.

    `declared` are the languages in which people answered, for texts too short to tell
    theirs; `groups` is how many themes to look for in each language; `tell` is called with
    how many per cent of the work is done. ValueError if `declared` has another length, or
    `smallest` is not positive.
    """
    if smallest < 1:
        raise ValueError("A theme has one text at least.")
    spoken = languages.detect(texts, declared)
    done, work = len(texts) // 5, len(texts) * 6 // 5  # Languages take a fifth of the time.
    tell(percent(done, work))
    found: list[SuggestedTheme] = []
    notes: list[Note] = []
    with threadpool_limits(1):  # One thread adds in one order, and leaves the other core alone.
        for language in sorted(set(spoken)):
            places = [place for place, code in enumerate(spoken) if code == language]
            said = _suggest(language, [texts[place] for place in places], seed, smallest, groups)
            if isinstance(said, Problem):
                notes.append(Note(language, said, len(places)))
            else:
                found += [_at(theme, places) for theme in said]
            done += len(places)
            tell(percent(done, work))
    found.sort(key=lambda theme: -len(theme.members))
    grouped = {place for theme in found for place in theme.members}
    rest = tuple(place for place in range(len(texts)) if place not in grouped)
    return Suggestions(tuple(found), rest, tuple(notes))


def _suggest(
    language: str, texts: Sequence[str], seed: int, smallest: int, groups: int | None
) -> list[SuggestedTheme] | Problem:
    """Return the themes of texts of one language, or why there are none."""
    fewest = max(FEWEST_TEXTS, 2 * smallest)
    if len(texts) < fewest:
        return Problem.FEW_TEXTS
    if sum(len(wording.words_of(text)) >= FEWEST_WORDS for text in texts) < fewest:
        return Problem.FEW_WORDS
    corpus = Corpus(tuple(texts), seed)
    speaking = corpus.speaking
    if len(speaking) < fewest or len(np.unique(corpus.directions[speaking], axis=0)) < 3:
        return Problem.TOO_ALIKE
    groups = groups or number_of_themes(len(speaking), smallest)
    labels = np.full(len(texts), clustering.NONE)
    labels[speaking] = clustering.group(corpus, speaking, groups, seed)
    labels = clustering.without_small(labels, smallest)
    if labels.max() < 1:  # One group of all texts says nothing of any.
        return Problem.NO_GROUPS
    steady = clustering.stability(corpus, labels, groups)
    words = Wording(texts)
    groups_of = [np.flatnonzero(labels == name) for name in range(len(steady))]
    return [
        SuggestedTheme(
            language,
            tuple(words.telling(members)),
            tuple(int(place) for place in members),
            tuple(clustering.nearest(corpus, members)),
            stable,
        )
        for members, stable in zip(groups_of, steady, strict=True)
    ]


def _at(theme: SuggestedTheme, places: Sequence[int]) -> SuggestedTheme:
    """Return a theme of some texts as one of all texts."""
    members = tuple(places[member] for member in theme.members)
    nearest = tuple(places[member] for member in theme.nearest)
    return replace(theme, members=members, nearest=nearest)
