"""How fast results are counted, beside DuckDB, plain SQL and a bare Flask page, in one run."""

import os
import resource
import statistics
import sys
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
from sqlalchemy import delete, insert, text

from benchmarks.answers import consultation
from tests import databases
from vrn_community import config, create_app, demo
from vrn_community.contributions.models import Contribution, DayColumns
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights import dataset, results
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses.models import Response

#: The short form is for a quick look.
STORED = (10_000,) if os.environ.get("VRN_BENCH_QUICK") else (10_000, 100_000, 1_000_000)
#: People answered on so many days. The latest of them shows, for enough came on a day after it.
DAYS = 20
#: How many days ago: those who come after the others, and those who hold nobody back.
NEW_DAY, LAST_DAY = 2, 1
NEW = 1_000
AREAS = [f"E0700013{n}".lower() for n in range(6)] + ["e06000016", "e06000017", "e07000129"]
BANDS = ("13-15", "16-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-and-over")


def _question(number: int) -> dict[str, Any]:
    choices = [{"id": f"c{n}", "text": f"Answer {n}"} for n in range(5)]
    return {
        "kind": "single-choice",
        "id": f"q{number}",
        "text": f"Question {number}",
        "choices": choices,
    }


DOCUMENT = {
    "asks_age_band": True,
    "sections": [
        {
            "id": "s",
            "title": "",
            "questions": [
                *map(_question, range(9)),
                {"kind": "area", "id": "where", "text": "Where?"},
            ],
        }
    ],
}


def _store(version: QuestionnaireVersion, number: int, days_ago: int | None = None) -> None:
    """Store people who answer by chance, on one past day or on many before."""
    chance = np.random.default_rng(number)
    for start in range(0, number, 10_000):
        size = min(10_000, number - start)
        keys = [uuid.uuid4() for _ in range(size)]
        first, last = (days_ago, days_ago) if days_ago else (NEW_DAY + 1, NEW_DAY + DAYS)
        days = chance.integers(first, last + 1, size)
        came = [clock.today() - timedelta(days=int(day)) for day in days]
        people = [
            {"id": key, "opportunity_id": version.opportunity_id, "received_on": day,
             "receipt_hash": key.hex}
            for key, day in zip(keys, came, strict=True)
        ]  # fmt: skip
        picks = chance.integers(0, 5, (size, 9))
        where, band = chance.integers(0, 9, size), chance.integers(0, 9, size)
        responses = [
            {
                "contribution_id": key,
                "version_id": version.id,
                "answers": {
                    **{f"q{n}": f"c{pick}" for n, pick in enumerate(row)},
                    "where": AREAS[place],
                },
                "profile": {"age-band": BANDS[age]},
            }
            for key, row, place, age in zip(keys, picks.tolist(), where, band, strict=True)
        ]
        db.session.execute(insert(Contribution), people)
        db.session.execute(insert(Response), responses)
    db.session.commit()


def _median_ms(work: Callable[[], Any], times: int = 9) -> float:
    waits = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        waits.append((time.perf_counter() - began) * 1_000)
    return statistics.median(waits)


def _line(name: str, milliseconds: float) -> None:
    print(f"{name:64} {milliseconds:10.1f} ms", flush=True)


def _measure(kind: str) -> None:
    with databases.of_kind(kind, "bench_insights") as found:
        settings = config.Settings(
            mode=config.Mode.DEMO,
            data_dir=found.settings.data_dir,
            database_url=found.settings.database_url,
        )
        app = create_app(settings)
        with app.app_context():
            demo.load()
            opportunity, version = consultation(DOCUMENT)
            db.session.commit()
            _store(version, config.current().disclosure_threshold, LAST_DAY)
            stored = 0
            for total in STORED:
                _store(version, total - stored)
                stored = total
                db.session.execute(delete(DayColumns))
                db.session.commit()
                began = time.perf_counter()
                list(dataset.keep_past_days(opportunity.id))
                _line(
                    f"{kind}, {total:,}: making the columns (a job)",
                    (time.perf_counter() - began) * 1e3,
                )
                app.extensions.pop("columns", None)
                _line(
                    f"{kind}, {total:,}: cold, from kept columns",
                    _median_ms(lambda: _cross(opportunity), 1),
                )
                _line(
                    f"{kind}, {total:,}: live cross-tab, protected, warm",
                    _median_ms(lambda: _cross(opportunity)),
                )
                _line(
                    f"{kind}, {total:,}: all live tables, protected, warm",
                    _median_ms(lambda: results.live(opportunity)),
                )
                _yardsticks(kind, version, total)
            _store(version, NEW, NEW_DAY)
            new_day = clock.today() - timedelta(days=NEW_DAY)
            db.session.execute(delete(DayColumns).where(DayColumns.received_on == new_day))
            db.session.commit()
            _line(
                f"{kind}, {stored:,}: live cross-tab after {NEW:,} new answers",
                _median_ms(lambda: _cross(opportunity)),
            )
            db.session.remove()
            db.engine.dispose()


def _cross(opportunity: Opportunity) -> Any:
    db.session.rollback()
    return results.live(opportunity).crossed("q0", "where")


def _yardsticks(kind: str, version: QuestionnaireVersion, total: int) -> None:
    a, b = "json_extract(answers, '$.q0')", "json_extract(answers, '$.where')"
    if kind == "postgresql":
        a, b = "answers->>'q0'", "answers->>'where'"
    query = text(f"SELECT {a}, {b}, count(*) FROM response WHERE version_id = :v GROUP BY 1, 2")
    key = version.id if kind == "postgresql" else version.id.hex
    plain = lambda: db.session.execute(query, {"v": key}).all()  # noqa: E731
    _line(f"{kind}, {total:,}: plain SQL over JSON, unprotected", _median_ms(plain, 3))
    try:
        import duckdb
    except ImportError:
        print("DuckDB is not installed: left out (pip install duckdb).")
        return
    rows = dataset.read(version.opportunity_id)
    codes = {
        key: np.concatenate([part.columns[key].codes for part in rows.parts])
        for key in ("q0", "where")
    }
    connection = duckdb.connect()
    frame = {"a": codes["q0"], "b": codes["where"]}
    connection.execute("SET threads=2")
    connection.execute("CREATE TABLE t AS SELECT * FROM frame")
    assert frame
    duck = lambda: connection.execute("SELECT a, b, count(*) FROM t GROUP BY a, b").fetchall()  # noqa: E731
    _line(f"{total:,}: DuckDB over the same codes, unprotected", _median_ms(duck))


def main() -> None:
    """Print the table, and how much memory it took."""
    for kind in ("sqlite", *(["postgresql"] if databases.has_postgresql() else [])):
        _measure(kind)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    print(
        f"peak memory of this process, with the making of the answers: {peak:,.0f} MB",
        file=sys.stdout,
    )


if __name__ == "__main__":
    main()
