"""People who answer as fast as they can, with as little work of their own as possible."""

import re
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from benchmarks.measure import processor_ms

HIDDEN = re.compile(rb'name="(state|v)" value="([^"]+)"')
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Browser:
    """One connection that is kept open; pages come uncompressed, to be read quickly."""

    def __init__(self, site: str) -> None:
        """Connect."""
        parts = urlsplit(site)
        self.host = parts.netloc.encode()
        self.socket = socket.create_connection((parts.hostname, parts.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str) -> bytes:
        """Open a page."""
        return self._ask(b"GET %s HTTP/1.1\r\nHost: %s\r\n\r\n" % (path.encode(), self.host))

    def post(self, path: str, body: bytes) -> bytes:
        """Send a form."""
        return self._ask(
            b"POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (path.encode(), self.host, len(body), body)
        )

    def _ask(self, request: bytes) -> bytes:
        self.socket.sendall(request)
        answer = self.socket.recv(65_536)
        while b"\r\n\r\n" not in answer:
            answer += self.socket.recv(65_536)
        head, _, body = answer.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if not head.startswith(b"HTTP/1.1 200") or length is None:
            raise RuntimeError(head.decode("latin-1"))
        while len(body) < int(length[1]):
            body += self.socket.recv(65_536)
        return body


@dataclass
class Answerer:
    """Somebody who answers a questionnaire from the first page to the code, again and again."""

    site: str
    path: str
    #: What is sent on each page, ready for a form; the last one sends the answers.
    pages: Sequence[bytes]
    complete: int = 0
    waits: list[float] = field(default_factory=list)

    def answer_until(self, until: float) -> None:
        """Answer until a moment of the monotonic clock."""
        browser = Browser(self.site)
        while time.monotonic() < until:
            began = time.perf_counter()
            page = browser.get(self.path)
            for sent in self.pages:
                hidden = (b"%s=%s&" % found for found in HIDDEN.findall(page))
                page = browser.post(self.path, b"".join(hidden) + sent)
            if b"receipt-code" not in page:
                raise RuntimeError("There is no receipt code.")
            self.complete += 1
            self.waits.append((time.perf_counter() - began) * 1_000)


@dataclass(frozen=True)
class Pace:
    """How many people finished a second, and the processor time of the server for each."""

    rate: float
    cpu: float


def pace(people: Sequence[Answerer], pid: int, seconds: float) -> Pace:
    """Let people answer side by side for a while."""
    until = time.monotonic() + seconds
    before, began = processor_ms(pid), time.monotonic()
    threads = [threading.Thread(target=one.answer_until, args=(until,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    complete = sum(one.complete for one in people)
    spent = time.monotonic() - began
    return Pace(complete / spent, (processor_ms(pid) - before) / max(complete, 1))


def form(**fields: str) -> bytes:
    """Return fields as a form sends them."""
    return "&".join(f"{name}={quote(text)}" for name, text in fields.items()).encode()
