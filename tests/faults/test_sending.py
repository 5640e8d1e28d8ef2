"""What is acknowledged is stored once: pressed many times, and when the server is killed."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests import databases
from tests.browser import server
from tests.faults.people import Person
from vrn_community.config import PROJECT_ROOT
from vrn_community.foundation import sqlite

KINDS = ("sqlite", "postgresql")
ROUNDS = int(os.environ.get("VRN_KILLS", "3"))
PRESSES = 50


class Service:
    """The demonstration on one database, served by processes that can be killed."""

    def __init__(self, folder: Path, address: str) -> None:
        """Load the demonstration."""
        self.folder, self.address = folder, address
        self.port = server.free_port()
        self.site = f"http://127.0.0.1:{self.port}"
        self.settings = {"DATABASE_URL": address} if address else {}
        self.own = server.environment(folder, self.port, **self.settings)
        for command in (["db", "upgrade"], ["load-demo"]):
            flask = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
            subprocess.run(flask, env=self.own, cwd=PROJECT_ROOT, check=True, capture_output=True)

    def start(self) -> None:
        """Serve with two workers, in a process group of its own."""
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port)]
            + ["--workers", "2", "--no-ws", "tests.crowded:app"],
            env=self.own, cwd=PROJECT_ROOT, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        log.close()
        server.wait_until_ready(f"{self.site}/healthz")

    def kill(self) -> None:
        """End every process at once, without warning."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End the service in order."""
        self.process.terminate()
        self.process.wait(15)

    def scalar(self, query: str) -> int:
        """Return one number from the database."""
        path = f"sqlite:///{self.folder / 'vrn-community.sqlite'}"
        options = {} if self.address else sqlite.engine_options()
        engine = create_engine(self.address or path, **options)
        with engine.connect() as connection:
            found = int(connection.execute(text(query)).scalar_one())
        engine.dispose()
        return found


@contextmanager
def service(kind: str, worker: str) -> Iterator[Service]:
    with databases.of_kind(kind, f"faults_{worker}", migrated=False) as found:
        made = Service(found.settings.data_dir, found.settings.database_url)
        made.start()
        try:
            yield made
        finally:
            made.stop()


@pytest.mark.parametrize("kind", KINDS)
def test_fifty_presses_at_once_are_one_response_with_one_code(kind: str, worker: str) -> None:
    with service(kind, worker) as running:
        before = running.scalar("SELECT count(*) FROM response")
        people = [Person(running.site) for _ in range(PRESSES)]
        form = people[0].walk()

        with ThreadPoolExecutor(PRESSES) as pool:
            codes = list(pool.map(lambda person: person.send(form), people))
        for person in people:
            person.close()

        assert len(set(codes)) == 1
        assert running.scalar("SELECT count(*) FROM response") == before + 1


@pytest.mark.parametrize("kind", KINDS)
def test_killing_the_server_loses_and_doubles_nothing_acknowledged(kind: str, worker: str) -> None:
    with service(kind, worker) as running:
        before = running.scalar("SELECT count(*) FROM response")
        acknowledged: list[str] = []
        unsure = 0

        for _ in range(ROUNDS):
            unsure += kill_under_load(running, acknowledged)
            running.start()

        stored = running.scalar("SELECT count(*) FROM response") - before
        assert len(set(acknowledged)) == len(acknowledged) > 0
        assert len(acknowledged) <= stored <= len(acknowledged) + unsure
        with closing(Looking(running.site)) as looking:
            for code in acknowledged[-20:]:
                assert "What you sent" in looking.open(code)


class Looking(Person):
    """Somebody who uses a receipt code."""

    def open(self, code: str) -> str:
        """Return the page that a code opens."""
        self.url = "/code"
        return self.post({"code": code})


def kill_under_load(running: Service, acknowledged: list[str]) -> int:
    """Let four people answer again and again, kill the server, and count who got no answer."""
    unanswered: list[int] = []

    def answer() -> None:
        try:
            with closing(Person(running.site)) as person:
                while True:
                    form = person.walk()
                    unanswered.append(1)
                    acknowledged.append(person.send(form))
                    unanswered.pop()
        except (OSError, http.client.HTTPException):
            return

    people = [threading.Thread(target=answer) for _ in range(4)]
    for person in people:
        person.start()
    time.sleep(2.5)
    running.kill()
    for person in people:
        person.join(30)
    return len(unanswered)
