"""A mail server that keeps what it is sent: one of Python alone, and one behind a socket."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from vrn_community.foundation import clock
from vrn_community.notifications import post


class Mailbox:
    """What was sent, with when; it can be silent for a while, or refuse somebody."""

    def __init__(self):
        self.mails, self.tries, self.is_silent, self.refused = [], 0, lambda: False, set()

    @contextmanager
    def connected(self):
        self.tries += 1
        if self.is_silent():
            raise ConnectionRefusedError
        yield self

    def send_message(self, message):
        if message["To"] in self.refused:
            raise post.smtplib.SMTPRecipientsRefused({})
        self.mails.append((clock.now(), message))

    def addresses(self):
        return [str(message["To"]) for _at, message in self.mails]

    def texts(self):
        return {(str(one["Subject"]), one.get_content()) for _at, one in self.mails}


@pytest.fixture
def mailbox(app, policy, monkeypatch):
    """Return the mailbox into which all mail goes."""
    box = Mailbox()
    policy(smtp_url="smtp://mail.example.org")
    monkeypatch.setattr(post, "connected", box.connected)
    return box


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 ready")
        for line in self.rfile:
            word = line[:4].upper()
            self._say({b"DATA": "354 go on", b"QUIT": "221 bye"}.get(word, "250 fine"))
            if word == b"DATA":
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))
                self._say("250 taken")
            if word == b"QUIT":
                return

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    """A server behind a socket that takes all mail."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mails: list[EmailMessage] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def serving() -> Iterator[Server]:
    """Give a running mail server."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
