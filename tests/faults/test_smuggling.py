"""Where a request ends is the same for every server on the way, or there is no answer (V19).

What two servers could end in different places is refused, and the connection with it: so nothing
that somebody hid in one request is answered as a second one.
"""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser import server

pytestmark = pytest.mark.once
HIDDEN = "GET /robots.txt?hidden HTTP/1.1\r\nHost: {host}\r\n\r\n"
BEGIN = "POST /code HTTP/1.1\r\nHost: {host}\r\n"
#: Each says in two ways, or in none that counts, where it ends.
AMBIGUOUS = {
    "two lengths": "Content-Length: 0\r\nContent-Length: {length}\r\n\r\n",
    "two lengths in one": "Content-Length: 0, {length}\r\n\r\n",
    "a length with a sign": "Content-Length: +0\r\n\r\n",
    "a length in words": "Content-Length: 0x0\r\n\r\n",
    "a negative length": "Content-Length: -1\r\n\r\n",
    "a blank before the colon": "Content-Length : {length}\r\n\r\n",
    "a coding that is not known": "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunked, but not at last": "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
}
#: Lengths of chunks that are none: what came before may be answered, what comes after never.
BROKEN = ("z", "+0", "0x0", "-1", "")


@pytest.fixture(scope="module")
def site(prepared: Path) -> Iterator[str]:
    with server.serving(prepared) as address:
        yield address


def exchanged(site: str, text: str) -> str:
    """Send bytes, and return all that comes until the server hangs up or is silent."""
    found = urlsplit(site)
    with socket.create_connection((found.hostname, found.port), timeout=30) as line:
        line.sendall(text.replace("{host}", found.netloc).encode())
        line.settimeout(3)
        answer = b""
        try:
            while part := line.recv(65_536):
                answer += part
        except TimeoutError:
            pass
        except ConnectionResetError:
            pass
    return answer.decode(errors="replace")


def test_two_requests_on_one_line_get_two_answers(site: str) -> None:
    answer = exchanged(site, HIDDEN * 2)

    assert answer.count("HTTP/1.1 200") == 2  # So the tests below would see a second one.


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_what_ends_in_two_places_is_refused_and_nothing_hidden_is_answered(
    site: str, kind: str
) -> None:
    head = BEGIN + AMBIGUOUS[kind].replace("{length}", str(len(HIDDEN)))

    answer = exchanged(site, head + HIDDEN)

    assert answer == "" or answer.startswith("HTTP/1.1 4"), answer[:200]
    assert answer.count("HTTP/1.1") <= 1
    assert "Disallow" not in answer


@pytest.mark.parametrize("length", BROKEN)
def test_after_a_broken_chunk_nothing_is_answered(site: str, length: str) -> None:
    head = f"{BEGIN}Transfer-Encoding: chunked\r\n\r\n{length}\r\n\r\n"

    answer = exchanged(site, head + HIDDEN)

    assert answer.count("HTTP/1.1") <= 1
    assert "Disallow" not in answer


def test_a_length_beside_chunks_counts_for_nothing(site: str) -> None:
    """The chunks alone say where it ends, as RFC 9112 (6.3) wants, or it is refused."""
    inside = HIDDEN.replace("{host}", urlsplit(site).netloc)
    chunk = f"{len(inside):x}\r\n{inside}\r\n0\r\n\r\n"
    head = BEGIN + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"

    answer = exchanged(site, head + chunk)

    assert answer.count("HTTP/1.1") == 1
    assert "Disallow" not in answer
