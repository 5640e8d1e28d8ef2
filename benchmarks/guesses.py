"""Time the answers to guesses: what exists must not take longer than what never did."""

import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Flask
from scipy.stats import mannwhitneyu

from tests import databases
from tests.architecture.guessing import Door, store
from vrn_community.extensions import db
from vrn_community.partnership import loader

#: As many tries as anybody likes: pauses are tested elsewhere.
NO_PAUSE = 10**9
PAUSES = (
    "sign_in_tries",
    "sign_in_tries_per_account",
    "sign_in_tries_per_address",
    "draft_tries",
)
LEAST_P = 0.01
MOST_MS = 2.0


@dataclass(frozen=True)
class Timing:
    """How long answers took for what exists and for what does not, in milliseconds."""

    door: str
    known: list[float]
    unknown: list[float]

    @property
    def gap(self) -> float:
        """How much longer what exists takes, in the middle."""
        return statistics.median(self.known) - statistics.median(self.unknown)

    @property
    def p(self) -> float:
        """How likely such a difference is where there is none (Mann and Whitney)."""
        return float(mannwhitneyu(self.known, self.unknown).pvalue)

    @property
    def is_alike(self) -> bool:
        """Whether nobody can tell the two from each other."""
        return self.p > LEAST_P and abs(self.gap) < MOST_MS

    def __str__(self) -> str:
        """Say it in one line."""
        middle = statistics.median(self.unknown)
        return f"{self.door} {self.gap:+.2f} ms of {middle:.0f} ms, p = {self.p:.2f}"


def timings(tries: int) -> Iterator[Timing]:
    """Try every door many times, what exists and what does not in random turns."""
    with databases.of_kind("sqlite", "guesses") as found, databases.opened(found.settings) as app:
        loader.load()
        doors = store()
        db.session.commit()
        db.session.remove()
        app.config["WTF_CSRF_ENABLED"] = False
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], **dict.fromkeys(PAUSES, NO_PAUSE))
        for door in doors:
            yield _timed(app, door, tries)


def _timed(app: Flask, door: Door, tries: int) -> Timing:
    times: dict[str, list[float]] = {door.known: [], door.unknown: []}
    turns = [door.known, door.unknown] * tries
    random.Random(22).shuffle(turns)
    for number, guess in enumerate([*times, *turns]):
        client = app.test_client()
        # Somebody else each time: nobody is asked to wait.
        client.environ_base["REMOTE_ADDR"] = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        # The processor's time: what other programs do meanwhile would only blur the picture.
        began = time.process_time()
        answer = door.knock(client, guess)
        times[guess].append((time.process_time() - began) * 1_000)
        if answer.status_code not in (200, 410):
            raise RuntimeError(f"{door.name}: {answer.status}")
    return Timing(door.name, times[door.known][1:], times[door.unknown][1:])
