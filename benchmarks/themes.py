"""How well and how fast themes are suggested, beside the usual baseline and beside chance."""

import csv
import resource
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from tests.realdata import FOLDER
from vrn_community.insights import themes

TEXT = FOLDER / "text"
MANY = 10_000
SEEDS = (0, 1)
Labelled = list[tuple[str, str]]
Method = Callable[[Sequence[str], int, int], npt.NDArray[np.intp]]
#: Of the framework of the NHS: what says that there is no label.
UNLABELLED = {"Not assigned", "Labelling not possible"}


def _rows(path: Path, **format_: str | int) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, **format_)  # type: ignore[arg-type]


def _nhs() -> Labelled:
    """Return the comments with exactly one label, of labels with ten comments at least."""
    found: Labelled = []
    for row in _rows(TEXT / "nhs_v6framework_230831.csv"):
        labels = [name for name in list(row)[11:] if row[name] == "1" and name not in UNLABELLED]
        if len(labels) == 1 and row["FFT answer"].strip():
            found.append((row["FFT answer"], labels[0]))
    sizes = Counter(label for _text, label in found)
    return [(text, label) for text, label in found if sizes[label] >= 10]


def _banking() -> Labelled:
    return [(row["text"], row["category"]) for row in _rows(TEXT / "banking77_train.csv")]


def _cycling() -> Labelled:
    rows = _rows(TEXT / "cycling_dialogues_de.csv")
    return [(f"{row['title']}. {row['text']}", row["main_category_level1"]) for row in rows]


def _sib200(folder: Path) -> Labelled:
    return [
        (row["text"], row["category"])
        for path in sorted(folder.glob("*.tsv"))
        for row in _rows(path, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]


def _sets() -> dict[str, Labelled]:
    sets = {"NHS": _nhs(), "banking77": _banking(), "cycling (de)": _cycling()}
    for folder in sorted((TEXT / "sib200").iterdir()):
        sets[f"SIB-200 {folder.name}"] = _sib200(folder)
    return sets


def _ours(texts: Sequence[str], groups: int | None, seed: int) -> npt.NDArray[np.intp]:
    """Return the theme of each text; the rest is a group of its own."""
    labels = np.full(len(texts), -1)
    found = themes.suggest(texts, seed=seed, smallest=2 if groups else 10, groups=groups)
    for name, theme in enumerate(found.themes):
        labels[list(theme.members)] = name
    return labels


def _words_and_nmf(texts: Sequence[str], groups: int, seed: int) -> npt.NDArray[np.intp]:
    weights = TfidfVectorizer(min_df=2, max_df=0.95).fit_transform(texts)
    model = NMF(groups, init="nndsvd", random_state=seed, max_iter=200)
    with warnings.catch_warnings(action="ignore", category=ConvergenceWarning):
        return np.asarray(model.fit_transform(weights).argmax(axis=1))


def _chance(texts: Sequence[str], groups: int, seed: int) -> npt.NDArray[np.intp]:
    return np.random.default_rng(seed).integers(groups, size=len(texts))


METHODS: dict[str, Method] = {
    "ours": _ours,
    "words, NMF": _words_and_nmf,
    "chance": _chance,
    "ours, own k": lambda texts, _groups, seed: _ours(texts, None, seed),
}


def _score(method: Method, labelled: Labelled) -> tuple[float, float]:
    """Return the mean NMI and ARI of some seeds."""
    texts, labels = zip(*labelled, strict=True)
    scores = []
    for seed in SEEDS:
        found = method(texts, len(set(labels)), seed)
        nmi = normalized_mutual_info_score(labels, found)
        scores.append((nmi, adjusted_rand_score(labels, found)))
    nmi, ari = np.mean(scores, axis=0)
    return float(nmi), float(ari)


def _quality(sets: dict[str, Labelled]) -> None:
    print("Likeness to the labels of people, NMI / ARI (1 is perfect, 0 is chance)")
    print(f"{'':22}{'texts':>7}{'k':>4}" + "".join(f"{name:>15}" for name in METHODS))
    for name, labelled in sets.items():
        scores = (_score(method, labelled) for method in METHODS.values())
        cells = "".join(f"{nmi:>8.3f} /{ari:>5.2f}" for nmi, ari in scores)
        groups = len({label for _text, label in labelled})
        print(f"{name:22}{len(labelled):>7,}{groups:>4}{cells}")


def _speed(sets: dict[str, Labelled]) -> None:
    """Suggest themes for many comments, before anything else has taken memory."""
    texts = [text for text, _label in islice(cycle(sets["NHS"] + sets["banking77"]), MANY)]
    began, worked = time.perf_counter(), time.process_time()
    found = themes.suggest(texts)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    print(
        f"Themes of {MANY:,} comments: {seconds:.1f} s, {work:.1f} s of CPU, {peak:,.0f} MB at "
        f"most; {len(found.themes)} themes, stability {found.stability:.2f}"
    )


def run() -> None:
    """Print speed and quality, or that the texts are not here."""
    if not TEXT.is_dir():
        print("Themes: ../shared/realdata/text is not here, so nothing is measured.")
        return
    sets = _sets()
    _speed(sets)
    _quality(sets)


if __name__ == "__main__":
    sys.exit(run())
