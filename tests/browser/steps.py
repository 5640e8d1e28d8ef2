"""One step of a person in a browser, which is over when the next page is there."""

from playwright.sync_api import Locator


def follow(control: Locator) -> None:
    """Press what opens another page, and wait until that page is whole.

    Whoever only clicks may still look at the page before on a busy machine, or at half of
    the next: what it then counts is not there yet.
    """
    with control.page.expect_navigation():
        control.click()
