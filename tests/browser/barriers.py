"""What axe finds on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only violations are described: describing what passes takes as long as finding it.
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}


def barriers(page: Any) -> str:
    """Return a report of the barriers on a page; nothing if axe finds none."""
    found = Axe().run(page, options=OPTIONS)
    return str(found.generate_report()) if found.violations_count else ""
