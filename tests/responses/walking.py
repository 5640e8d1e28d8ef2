"""Somebody who answers in a browser without JavaScript."""

import re
from typing import Any

from tests.pages import Page

CODE = re.compile(r"([0-9A-Z]{4} ){5}[0-9A-Z]{4}")


def carried(page: Page) -> dict[str, str]:
    names = {i.get("name"): i.get("value", "") for i in page.all("input")}
    return {name: value for name, value in names.items() if name in ("state", "v")}


def go(client, url, page: Page, act: str = "next", status: int = 200, **sent: Any) -> Page:
    answer = client.post(url, data={**carried(page), "go": act, **sent})
    return Page.of(answer, status=status)


def to_check_page(client, url) -> Page:
    page = go(client, url, Page.get(client, url))
    page = go(client, url, page, **{"age-band": "16-17"})
    page = go(client, url, page, feel="unsafe", why="It is dark by the canal.")
    return go(client, url, page, ideas=["lights", "other"], **{"ideas.other": "A night bus"})


def code_on(page: Page) -> str:
    """Return the receipt code that a page shows."""
    found = CODE.search(page.text)
    assert found, page.heading
    return found[0]
