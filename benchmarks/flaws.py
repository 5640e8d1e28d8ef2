"""Compare each pinned version with the flaws that the package index has published for it.

`make flaws` is the monthly task of SECURITY.md. It ends with 1 if a version has a known flaw, and
with 2 if the index did not answer for each of them: no answer is never taken for a good one. An
index that knows of no flaw in a version that is full of them does not know of any.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.error import URLError
from urllib.request import urlopen

from vrn_community.config import PROJECT_ROOT

INDEX = "https://pypi.org/pypi"
PINNED = re.compile(r"([\w.-]+)(?:\[[\w,-]+\])?==([\w.]+)")
#: A version with flaws that everybody knows of.
CONTROL = ("jinja2", "2.4.1")
WAIT_SECONDS = 20
#: Returns the names of the flaws of a version, or None where the index does not say.
Ask = Callable[[str, str], list[str] | None]


@dataclass(frozen=True)
class Comparison:
    """What came out: flaws by version, and versions of which nothing is known."""

    flaws: dict[str, list[str]]
    unknown: list[str]
    asked: int

    @property
    def status(self) -> int:
        """What the command ends with."""
        return 1 if self.flaws else 2 if self.unknown else 0


def pinned() -> Iterator[tuple[str, str]]:
    """Return name and version of each line of requirements.txt; ValueError if one is not exact."""
    for line in (PROJECT_ROOT / "requirements.txt").read_text("utf-8").splitlines():
        if wanted := line.partition("#")[0].strip():
            found = PINNED.fullmatch(wanted)
            if found is None:
                raise ValueError(wanted)
            yield found[1], found[2]


def ask_index(name: str, version: str) -> list[str] | None:
    """Return the flaws of one version as the index tells them."""
    try:
        with urlopen(f"{INDEX}/{name}/{version}/json", timeout=WAIT_SECONDS) as answer:
            known = json.load(answer)["vulnerabilities"]
    except (URLError, ValueError, KeyError, TimeoutError):
        return None
    return [flaw["id"] for flaw in known if not flaw.get("withdrawn")]


def compare(ask: Ask = ask_index) -> Comparison:
    """Ask for each pinned version, if the index knows of flaws at all."""
    versions = list(pinned())
    if not ask(*CONTROL):
        return Comparison({}, [f"{name} {version}" for name, version in versions], 0)
    flaws, unknown = {}, []
    for name, version in versions:
        found = ask(name, version)
        if found is None:
            unknown.append(f"{name} {version}")
        elif found:
            flaws[f"{name} {version}"] = found
    return Comparison(flaws, unknown, len(versions))


def main() -> None:
    """Print what came out."""
    found = compare()
    for version, ids in found.flaws.items():
        print(f"{version}: {', '.join(ids)}")
    print(f"{found.asked} versions asked for; {len(found.flaws)} with a published flaw.")
    if found.unknown:
        print(f"Not known, ask elsewhere: {', '.join(found.unknown)}")
    raise SystemExit(found.status)


if __name__ == "__main__":
    main()
