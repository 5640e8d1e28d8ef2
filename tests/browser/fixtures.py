"""A browser, and the service that it opens."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from tests.browser import server
from tests.later import Calendar
from vrn_community.foundation import clock

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
#: The same without what a window needs: it opens pages in a third of the time.
SHELL = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: Milliseconds: a machine that runs all tests at once may be slow, and nothing here is timed.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the demonstration's database, made once."""
    folder = tmp_path_factory.mktemp("demonstration")
    server.prepare(folder)
    return folder


@pytest.fixture(scope="session")
def site(prepared: Path) -> Iterator[str]:
    """Return the address of a running service that tests only read."""
    with server.serving(prepared) as address:
        yield address


@pytest.fixture
def own_site(prepared: Path, tmp_path: Path) -> Iterator[str]:
    """Return the address of a running service that a test may change, and many may answer."""
    server.copy(prepared, tmp_path)
    with server.serving(tmp_path, application="tests.crowded:app") as address:
        yield address


@pytest.fixture
def calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Calendar:
    """Return what lets days pass, here and at `own_site`: whoever is signed in comes in again."""
    found = Calendar(tmp_path)
    monkeypatch.setattr(clock, "datetime", found)
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=SHELL, args=list(QUIET))
    yield started
    started.close()


@pytest.fixture(scope="module")
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """Return the Chromium that people have, where its history is what a test is about."""
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
    yield started
    started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that makes a browser window of its own."""
    made: list[BrowserContext] = []

    def make(*, width: int = 1280, height: int = 900, **options: Any) -> BrowserContext:
        window = browser.new_context(viewport={"width": width, "height": height}, **options)
        window.set_default_timeout(PATIENCE)
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
