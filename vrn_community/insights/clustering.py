"""Short texts of one language in groups of similar words; pure, and the same for the same seed.

Texts become weights of character 3-5-grams (TF-IDF), which need no list of word endings and
so work in any script; their main directions (latent semantic analysis: Deerwester and others
1990) of length one are grouped by k-means; then naive Bayes sorts the texts again by whole
words (Rennie and others 2003). What each step is worth was measured on labelled comments:
`python -m benchmarks.themes`.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import ComplementNB
from sklearn.preprocessing import normalize

from vrn_community.insights import wording
from vrn_community.insights.wording import MOST_COMMON

Floats = npt.NDArray[np.float64]
#: Groups or places of texts, or places of words.
Labels = npt.NDArray[np.intp]
#: The label of texts in no group.
NONE = -1
#: A text tells what it is about in its first characters; the rest would only take memory.
LONGEST = 1_000
#: How often k-means starts, and naive Bayes sorts again at most.
STARTS, RESORTS = 3, 5


@dataclass(frozen=True)
class Corpus:
    """Texts of one language as numbers; those that say nothing have no direction."""

    texts: tuple[str, ...]
    seed: int

    @cached_property
    def directions(self) -> Floats:
        """Where each text lies, of length one, or zero if it says nothing; (texts, directions)."""
        grams = _matrix(
            TfidfVectorizer(
                analyzer="char_wb",
                ngram_range=(3, 5),
                sublinear_tf=True,
                min_df=2,
                max_df=MOST_COMMON,
                dtype=np.float32,
            ),
            self.texts,
        )
        wanted = min(_directions(len(self.texts)), min(grams.shape) - 1)
        if wanted < 1:
            return np.zeros((len(self.texts), 1))
        found: Floats = TruncatedSVD(wanted, random_state=self.seed).fit_transform(grams)
        return np.asarray(normalize(found))

    @cached_property
    def words(self) -> csr_matrix:
        """Weights of the words of each text; (texts, words)."""
        vectorizer = TfidfVectorizer(
            analyzer=wording.words_of,
            sublinear_tf=True,
            min_df=2,
            max_df=MOST_COMMON,
            dtype=np.float32,
        )
        return _matrix(vectorizer, self.texts)

    @cached_property
    def speaking(self) -> npt.NDArray[np.intp]:
        """The places of texts that say something, shape (speaking,)."""
        return np.flatnonzero(np.abs(self.directions).sum(axis=1) > 0)


def _matrix(vectorizer: TfidfVectorizer, texts: tuple[str, ...]) -> csr_matrix:
    try:
        return vectorizer.fit_transform([text[:LONGEST].lower() for text in texts])
    except ValueError:  # Nothing is left that some texts have and others have not.
        return csr_matrix((len(texts), 0), dtype=np.float32)


def _directions(texts: int) -> int:
    """Return how many directions so many texts can tell apart from chance."""
    return int(np.clip(texts // 30, 20, 100))


def group(corpus: Corpus, places: Labels, groups: int, seed: int, starts: int = STARTS) -> Labels:
    """Return the group of each text at some places, shape (places,), from 0."""
    directions = corpus.directions[places]
    groups = min(groups, len(np.unique(directions, axis=0)))
    labels: Labels = KMeans(groups, n_init=starts, random_state=seed).fit_predict(directions)
    return _sorted_by_words(corpus.words[places], labels)


def _sorted_by_words(words: csr_matrix, labels: Labels) -> Labels:
    """Let words decide: each text goes where texts with its words are, until all stay."""
    tells = np.flatnonzero(words.getnnz(axis=1))
    for _ in range(RESORTS):
        if len(tells) == 0 or len(np.unique(labels[tells])) < 2:
            break
        moved = labels.copy()
        model = ComplementNB(alpha=0.3).fit(words[tells], labels[tells])
        moved[tells] = model.predict(words[tells])
        if np.array_equal(moved, labels):
            break
        labels = moved
    return labels


def without_small(labels: Labels, smallest: int) -> Labels:
    """Return labels in which groups that are too small are none, the largest from 0 on."""
    found, sizes = np.unique(labels[labels != NONE], return_counts=True)
    order = found[np.argsort(-sizes, kind="stable")][: int((sizes >= smallest).sum())]
    renamed = np.full_like(labels, NONE)
    for name, label in enumerate(order):
        renamed[labels == label] = name
    return renamed


def stability(corpus: Corpus, labels: Labels, groups: int, resamples: int = 5) -> list[float]:
    """Return how alike each group comes again when a fifth of the texts is left out.

    It is the mean of the Jaccard coefficient (0 to 1) with the most similar group of each
    resample (Hennig 2007, Cluster-wise assessment of cluster stability).
    """
    dice = np.random.default_rng(corpus.seed)
    names = range(int(labels.max(initial=NONE)) + 1)
    found = np.zeros((resamples, len(names)))
    for turn in range(resamples):
        kept = np.sort(dice.permutation(corpus.speaking)[: len(corpus.speaking) * 4 // 5])
        again = group(corpus, kept, groups, corpus.seed + turn + 1, starts=1)
        found[turn] = [_likeness(labels[kept] == name, again) for name in names]
    return [float(mean) for mean in found.mean(axis=0)]


def _likeness(members: npt.NDArray[np.bool_], again: Labels) -> float:
    """Return the Jaccard coefficient of a group with the most similar of others."""
    size = np.bincount(again)
    shared = np.bincount(again[members], minlength=len(size))
    return float((shared / np.maximum(size + members.sum() - shared, 1)).max())


def nearest(corpus: Corpus, members: npt.NDArray[np.intp], most: int = 3) -> list[int]:
    """Return the places of different texts nearest to the centre of a group."""
    directions = corpus.directions[members]
    order = members[np.argsort(-(directions @ directions.mean(axis=0)), kind="stable")]
    first = {corpus.texts[place].strip().lower(): int(place) for place in order[::-1]}
    return sorted(first.values(), key=list(order).index)[:most]
