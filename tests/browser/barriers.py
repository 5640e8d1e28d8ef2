"""What axe finds on a page."""

from typing import Any

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only violations are described: describing what passes takes as long as finding it.
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}
RUN = "options => axe.run(document, options).then(({ violations }) => violations)"


def barriers(page: Any, *, in_colour: bool = True) -> str:
    """Return a report of the barriers on a page; nothing if axe finds none.

    Contrast takes most of the time: whoever has seen a page in colour may leave it out.
    """
    page.evaluate(Axe().axe_script)
    found = page.evaluate(RUN, {**OPTIONS, "rules": {"color-contrast": {"enabled": in_colour}}})
    return str(AxeResults({"violations": found}).generate_report()) if found else ""
