"""Run the long tests, whose figures stand in docs/assurance.md."""

import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from unittest import mock

import pysqlite3.dbapi2
from sqlalchemy import text

from benchmarks import crawling
from benchmarks.guesses import timings
from tests import databases
from tests.browser.payloads import NAUGHTY, PAYLOADS
from tests.insights import solvers
from vrn_community import audit, cli, config, demo
from vrn_community.audit import services as audit_services
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.insights import crossing

HEAD = "| Tried | Result | On | |\n|---|---|---|---|\n"
ASSURANCE = config.PROJECT_ROOT / "docs" / "assurance.md"
ROUNDS = 20
MALFORMED = 10_000
CODES = 1_000_000
ENTRIES = 10_000
TIMINGS = 500
KILLS = 30
PASSAGES = 10_000
FUZZING = 600
#: Small cells that are tried of each set of items of a survey.
SURVEYS, SMALL_CELLS = 200, 100
FAULTS = config.PROJECT_ROOT / "tests" / "faults"


@dataclass(frozen=True)
class Finding:
    """One row of the table: what was tried, what came out, and whether that is good."""

    tried: str
    figure: str
    is_good: bool


def _migrate(settings: config.Settings) -> None:
    databases.migrate(settings)


def two_migrators(kind: str) -> Finding:
    """Start two migrators at once on an empty database, many times (T5)."""
    spawn = multiprocessing.get_context("spawn")
    clean = 0
    for _ in range(ROUNDS):
        with databases.of_kind(kind, "drill", migrated=False) as found:
            both = [spawn.Process(target=_migrate, args=(found.settings,)) for _ in range(2)]
            for process in both:
                process.start()
            for process in both:
                process.join()
            clean += [process.exitcode for process in both] == [0, 0]
    tried = f"Two migrators at once on {kind}, {ROUNDS} rounds"
    return Finding(tried, f"{clean} of {ROUNDS} rounds: both ended cleanly", clean == ROUNDS)


def malformed_requests() -> Finding:
    """Send nonsense to every route as everybody, and watch for errors and for memory (T28)."""
    tried = f"{MALFORMED:,} malformed requests over all routes"
    module = config.PROJECT_ROOT / "tests" / "architecture" / "test_requests.py"
    return _passed(tried, module, "malformed", VRN_NONSENSE=str(MALFORMED))


def many_codes() -> Finding:
    """Make a million codes, and compare their order with the order of making (T9)."""
    codes = [crypto.new_code(24) for _ in range(CODES)]
    unique = len(set(codes))
    ranks = {code: rank for rank, code in enumerate(sorted(codes))}
    correlation = statistics.correlation(range(CODES), [ranks[code] for code in codes])
    figure = f"{CODES - unique} twice; rank correlation with time {correlation:+.4f}"
    good = unique == CODES and abs(correlation) < 0.01
    return Finding(f"{CODES:,} random codes", figure, good)


def audit_chain() -> Finding:
    """Write a long chain, check it, then change one entry behind the service's back (T22)."""
    with databases.of_kind("sqlite", "drill") as found, databases.opened(found.settings):
        for number in range(ENTRIES):
            audit.record("drill:act", None, actor=None, number=number)
        db.session.commit()
        sound = audit_services.check_chain().is_sound
        db.session.execute(text("DROP TRIGGER audit_entry_refuses_update"))
        db.session.execute(text("UPDATE audit_entry SET action = 'x' WHERE number = 5000"))
        noticed = audit_services.check_chain().first_wrong
    figure = f"sound: {sound}; a change of entry 5,000 is noticed at {noticed}"
    return Finding(f"Audit trail of {ENTRIES:,} entries", figure, sound and noticed == 5_000)


def backup_under_load() -> Finding:
    """Copy the database while it is written to, and compare the copy with itself (T7)."""
    with databases.of_kind("sqlite", "drill") as found, databases.opened(found.settings) as app:
        demo.load()
        db.session.commit()
        target = Path(tempfile.mkdtemp(prefix="vrn-drill-")) / "copy.sqlite"
        writer = multiprocessing.get_context("spawn").Process(target=_write, args=(found.settings,))
        writer.start()
        time.sleep(2)
        result = app.test_cli_runner().invoke(cli.backup, [str(target)])
        writer.join()
        copied = pysqlite3.dbapi2.connect(str(target))
        entries = copied.execute("SELECT count(*) FROM audit_entry").fetchone()[0]
        intact = copied.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        copied.close()
    good = result.exit_code == 0 and intact and entries > 0
    return Finding(
        "Backup while 300 acts are written", f"{entries} entries, intact: {intact}", good
    )


def _write(settings: config.Settings) -> None:
    with databases.opened(settings):
        for number in range(300):
            audit.record("drill:act", None, actor=None, number=number)
            db.session.commit()
            time.sleep(0.01)


def kills(kind: str) -> Finding:
    """Kill the server under load again and again: nothing acknowledged is lost or doubled (T1)."""
    tried = f"Server killed under load on {kind}, {KILLS} rounds: 0 acknowledged lost or doubled"
    module = FAULTS / "test_sending.py"
    return _passed(tried, module, f"killing and {kind}", VRN_KILLS=str(KILLS))


def changing_keys(kind: str) -> Finding:
    """Change the data key while two processes write and two read: no read fails (T6)."""
    tried = f"Data key of {PASSAGES:,} passages changed on {kind} under load: 0 failed reads"
    module = FAULTS / "test_changing_keys.py"
    return _passed(tried, module, kind, VRN_PASSAGES=str(PASSAGES))


def foreign_text() -> Finding:
    """Put every payload into every field and row, and open every page of every role (T23)."""
    tried = f"{len(PAYLOADS)} payloads and {len(NAUGHTY)} naughty texts on every page of every role"
    module = config.PROJECT_ROOT / "tests" / "browser" / "test_foreign_text.py"
    return _passed(tried, module, "test_foreign_text", VRN_XSS="all")


def leaving(script: str) -> Finding:
    """Leave a sensitive activity after each of its steps, and go back ten times (T31)."""
    tried = f"Leaving at all ten depths, then Back ten times, {script.replace('-', ' ')}"
    module = config.PROJECT_ROOT / "tests" / "browser" / "test_leaving_fast.py"
    return _passed(tried, module, f"test_back_never_shows and {script}", VRN_LEAVING="all")


def scanned(start: str, who: str) -> Finding:
    """Let a scanner of somebody else attack what it finds; its report must be empty."""
    tried = f"wapiti, as {who}"
    if not crawling.PROGRAM.exists():
        return Finding(tried, "skipped: wapiti is not installed", False)
    found = crawling.visit(start)
    figure = f"{found.pages} pages, {len(found.reports)} reports: {'; '.join(found.reports[:3])}"
    return Finding(tried, figure.rstrip(": "), not found.reports and found.pages > 0)


def _passed(tried: str, module: Path, which: str, **long: str) -> Finding:
    """Run a test in its long form."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-k", which, str(module)],
        env={**os.environ, "VRN_MODE": "test", **long},
        cwd=config.PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    last = run.stdout.strip().splitlines()[-1] if run.stdout.strip() else "no answer"
    return Finding(tried, last, run.returncode == 0)


def guesses() -> Finding:
    """Compare how long answers take for what exists and for what never did (T22)."""
    found = list(timings(TIMINGS))
    tried = f"Time of answers, {TIMINGS} guesses of what exists and {TIMINGS} of what does not"
    return Finding(tried, "; ".join(map(str, found)), all(one.is_alike for one in found))


def hostile_files() -> Finding:
    """Search for a file that an importer of questionnaires neither reads nor refuses."""
    tried = f"Files made to break the importers, {FUZZING // 60} minutes"
    if find_spec("atheris") is None:
        return Finding(tried, "skipped: atheris is not installed", False)
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.fuzzing", str(FUZZING)],
        env={**os.environ, "VRN_MODE": "test"},
        cwd=config.PROJECT_ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    found = re.search(r"number_of_executed_units: (\d+)", run.stderr)
    figure = f"{int(found[1]) if found else 0:,} files; only refusals: {run.returncode == 0}"
    return Finding(tried, figure, run.returncode == 0)


def small_cells() -> Finding:
    """Add up all that is shown of made-up surveys, with and without secondary suppression."""
    findings = [solvers.attack(seed, SMALL_CELLS) for seed in range(SURVEYS)]
    with mock.patch.object(crossing, "_hide_rectangle", return_value=None):
        control = sum(len(solvers.attack(seed, SMALL_CELLS).recovered) for seed in range(20))
    tried, recovered = sum(f.tried for f in findings), sum(len(f.recovered) for f in findings)
    figure = f"{recovered} of {tried:,} recovered; {control} in 20 without secondary suppression"
    is_good = not recovered and control > 0
    return Finding(f"Small cells of {SURVEYS} random questionnaires", figure, is_good)


DRILLS: dict[str, Callable[[], Finding]] = {
    "migrators-sqlite": lambda: two_migrators("sqlite"),
    "migrators-postgresql": lambda: two_migrators("postgresql"),
    "malformed": malformed_requests,
    "codes": many_codes,
    "chain": audit_chain,
    "backup": backup_under_load,
    "kills-sqlite": lambda: kills("sqlite"),
    "kills-postgresql": lambda: kills("postgresql"),
    "keys-sqlite": lambda: changing_keys("sqlite"),
    "keys-postgresql": lambda: changing_keys("postgresql"),
    "guesses": guesses,
    "files": hostile_files,
    "cells": small_cells,
    "foreign-text": foreign_text,
    "leaving-with-script": lambda: leaving("with-script"),
    "leaving-without-script": lambda: leaving("without-script"),
    "scanner-visitor": lambda: scanned("/", "a visitor"),
    "scanner-administrator": lambda: scanned("/desk/", "an administrator"),
}


def run(names: list[str]) -> Iterator[Finding]:
    """Run the drills with these names, and print each figure as it comes."""
    for number, name in enumerate(names, 1):
        began = time.monotonic()
        finding = DRILLS[name]()
        seconds = time.monotonic() - began
        verdict = "good" if finding.is_good else "BAD"
        print(f"[{number}/{len(names)}] {finding.tried}: {finding.figure} ({seconds:.0f} s)")
        print(f"      {verdict}", flush=True)
        yield finding


def report(before: str, found: Finding) -> str:
    """Return the report with a new row in the place of the old one; what stands below stays."""
    head, _, below = before.partition(HEAD)
    table, _, below = below.partition("\n\n")
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in table.splitlines()}
    verdict = "good" if found.is_good else "BAD"
    told = f"{clock.today():%-d %B %Y}"
    rows[found.tried] = f"| {found.tried} | {found.figure} | {told} | {verdict} |"
    return "".join((head, HEAD, "\n".join(rows.values()), "\n\n", below))


def main(names: list[str]) -> None:
    """Run some drills, or all, and write each row as it comes; exit with 1 if any is bad."""
    if unknown := set(names) - set(DRILLS):
        raise SystemExit(f"No such drill: {', '.join(unknown)}. There are: {', '.join(DRILLS)}")
    is_good = True
    for finding in run(names or list(DRILLS)):
        ASSURANCE.write_text(report(ASSURANCE.read_text("utf-8"), finding), "utf-8")
        is_good &= finding.is_good
    raise SystemExit(0 if is_good else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
