"""How long changing the data key takes, and what it costs those who write meanwhile."""

import os
import statistics
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import replace

from benchmarks import questionnaires
from benchmarks.answers import filled, store
from tests import databases
from vrn_community import config, create_app
from vrn_community.contributions import services
from vrn_community.contributions.services import Sending
from vrn_community.extensions import db
from vrn_community.foundation import rotation

#: With the variable set, `make bench` takes a minute or two: fewer rows.
PASSAGES = 10_000 if os.environ.get("VRN_BENCH_QUICK") else 100_000
NEW = "n" * 32


def _measure(kind: str) -> None:
    with filled(kind) as (found, opportunity, version):
        store(opportunity, version, PASSAGES)
        key = opportunity.id
        db.session.rollback()  # To read it takes the lock for writing.
        settings = replace(found.settings, data_key=f"{NEW},{found.settings.data_key}")
        quiet = _while_writing(settings, key, lambda: time.sleep(2))
        began, cpu = time.perf_counter(), time.process_time()
        waited = _while_writing(settings, key, lambda: _rotate(settings))
        seconds, busy = time.perf_counter() - began, time.process_time() - cpu
        print(
            f"{kind}: {PASSAGES:,} passages in {seconds:.1f} s ({busy:.1f} s of CPU); storing an "
            f"answer {_told(waited)} meanwhile, {_told(quiet)} in quiet times",
            flush=True,
        )


def _rotate(settings: config.Settings) -> None:
    with databases.opened(settings):
        assert sum(rotation.rotate()) >= PASSAGES
        assert rotation.left() == 0


def _while_writing(
    settings: config.Settings, key: uuid.UUID, act: Callable[[], None]
) -> list[float]:
    """Do something while somebody stores answers, and return how long each took, in ms."""
    took: list[float] = []
    until = threading.Event()

    def write() -> None:
        with create_app(settings).app_context():
            while not until.wait(0.02):
                began = time.perf_counter()
                words = {"q10": questionnaires.WORDS}
                services.receive(key, Sending(f"{time.time_ns()}", "en", False, words))
                db.session.commit()
                took.append((time.perf_counter() - began) * 1_000)
            db.session.remove()
            db.engine.dispose()

    writer = threading.Thread(target=write)
    writer.start()
    act()
    until.set()
    writer.join()
    return took


def _told(took: list[float]) -> str:
    worst = statistics.quantiles(took, n=100, method="inclusive")[98]
    return f"{statistics.median(took):.1f} ms p50, {worst:.0f} ms p99, {max(took):.0f} ms at most"


def main() -> None:
    """Print the lines."""
    for kind in ("sqlite", *(["postgresql"] if databases.has_postgresql() else [])):
        _measure(kind)


if __name__ == "__main__":
    main()
