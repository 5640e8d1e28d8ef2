"""A real server process on a free port, with a demonstration in a folder of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vrn_community.config import PROJECT_ROOT

#: A machine that runs all tests at once may be slow, and nothing here is timed.
PATIENCE_SECONDS = 120
#: Where "Leave site" leads in tests: no test asks another server.
NEUTRAL = "/robots.txt"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(
    folder: Path, port: int, *, host: str = "127.0.0.1", **settings: str
) -> dict[str, str]:
    """Return the environment of a demonstration in a folder."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("VRN_")}
    own.pop("DATABASE_URL", None)
    return {
        **own,
        "PYTHONPATH": str(PROJECT_ROOT),
        "VRN_MODE": "demo",
        "VRN_DATA_DIR": str(folder),
        "VRN_BASE_URL": f"http://{host}:{port}",
        "VRN_EXIT_URL": f"http://127.0.0.1:{port}{NEUTRAL}",
        **settings,
    }


def prepare(folder: Path) -> None:
    """Make a database with the demonstration in a folder."""
    own = environment(folder, 8000)
    for command in (["db", "upgrade"], ["load-demo"]):
        flask = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
        subprocess.run(flask, env=own, cwd=PROJECT_ROOT, check=True, capture_output=True)


def copy(prepared: Path, folder: Path) -> None:
    """Copy the database of the demonstration to a folder in which a test may change it."""
    for path in prepared.glob("*.sqlite*"):
        (folder / path.name).write_bytes(path.read_bytes())


@contextmanager
def serving(
    folder: Path,
    *,
    workers: int = 1,
    application: str = "wsgi:app",
    host: str = "127.0.0.1",
    **settings: str,
) -> Iterator[str]:
    """Serve the database of a folder, and give the address."""
    port = free_port()
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [*granian, "--workers", str(workers), "--no-ws", application],
            env=environment(folder, port, host=host, **settings),
            cwd=PROJECT_ROOT,
            stdout=log,
            stderr=log,
        )
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/healthz")
            yield f"http://{host}:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def wait_until_ready(url: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError(f"{url} does not answer.")
