"""A server process under load: milliseconds for each request, its processor time, its bytes."""

import http.client
import os
import re
import statistics
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

#: A file that a page loads.
ASSET = re.compile(r'(?:src|href)="(/static/[^"#]+)')
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Figures:
    """What one address cost: milliseconds of waiting and of processor time per request."""

    p50: float
    p95: float
    cpu: float
    size: int

    def line(self, name: str, yardstick: "Figures | None" = None) -> str:
        """Return a row of the printed table."""
        times = f"{self.cpu / yardstick.cpu:6.1f}x" if yardstick else "   1.0x"
        return f"{name:44} {self.p50:8.2f} {self.p95:8.2f} {self.cpu:8.2f} {times} {self.size:8,}"


HEADINGS = f"{'':44} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'CPU':>7} {'bytes':>8}"


def processor_ms(pid: int) -> float:
    """Return the processor time that a process and its children have used."""
    total = 0.0
    for found in family(pid):
        fields = Path(f"/proc/{found}/stat").read_text().rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) * 1_000 / CLOCK_TICKS
    return total


def family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in family(int(child)))]


def measure(url: str, pid: int, *, requests: int = 400, warm_up: int = 40) -> Figures:
    """Ask for an address many times over one connection, one request after the other."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    waits: list[float] = []
    size = before = 0
    for number in range(warm_up + requests):
        if number == warm_up:
            before = int(processor_ms(pid))
        began = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        size = len(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{url} answered {answer.status}.")
        if number >= warm_up:
            waits.append((time.perf_counter() - began) * 1_000)
    cpu = (processor_ms(pid) - before) / requests
    connection.close()
    waits.sort()
    return Figures(statistics.median(waits), waits[int(len(waits) * 0.95)], cpu, size)


def size_of(url: str) -> int:
    """Return how many bytes of content come over the line for an address."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return len(answer.read())


def weights_of(page: str, site: str) -> dict[str, int]:
    """Return what the files that a page names weigh, by the ending of their names."""
    weights: dict[str, int] = {}
    for name in sorted(set(ASSET.findall(page))):
        ending = name.rpartition(".")[2]
        weights[ending] = weights.get(ending, 0) + size_of(f"{site}{name}")
    return weights
