"""What tests of concerns share."""

from tests.pages import Page


def revealed(client, url, reason="decide"):
    """Return the page of a concern once it was opened with a reason."""
    return Page.post(client, f"{url}/reveal", {"reveal-reason": reason})
