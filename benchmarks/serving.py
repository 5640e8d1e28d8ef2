"""A server process to be measured, in a folder of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.server import environment, free_port, wait_until_ready


@contextmanager
def serving(
    application: str, folder: Path, *, workers: int = 1, **settings: str
) -> Iterator[tuple[str, int]]:
    """Serve an application from a folder; give its address and the id of its process."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--workers", str(workers), "--port", str(port), "--log-level", "error"]
    own = environment(folder, port, **settings)
    process = subprocess.Popen([*command, application], env=own)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait()
