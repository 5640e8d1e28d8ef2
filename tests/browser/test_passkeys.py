"""Passkeys in a real browser: a device is added, signs in, and shows that it is there again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import server
from tests.browser.test_second_step import look

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def named_site(prepared: Path, tmp_path: Path) -> Iterator[str]:
    """Return the address of a service under a name: browsers use no passkey under a number."""
    server.copy(prepared, tmp_path)
    with server.serving(tmp_path, host="localhost") as address:
        yield address


def test_a_passkey_is_added_signs_in_and_is_shown_again(named_site: str, context: Any) -> None:
    page = context().new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    give_password(page, named_site)
    page.get_by_role("button", name="Go on").click()

    page.goto(f"{named_site}/desk/my-sign-in")
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_text("This browser cannot use passkeys here")).to_have_count(0)
    look(page, "en-passkey-add")
    page.get_by_label("What to call it").fill("My phone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="My phone")).to_be_visible()
    look(page, "en-passkey-mine")

    page.get_by_role("button", name="Sign out", exact=True).click()
    give_password(page, named_site)
    look(page, "en-passkey-code")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What waits for you")

    page.goto(f"{named_site}/desk/prove?next=/desk/settings")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page).to_have_url(f"{named_site}/desk/settings")
    # Signing out clears what was kept, and the browser says so.
    assert [line for line in said if "Clear-Site-Data" not in line] == []


def test_without_javascript_the_page_offers_the_app(named_site: str, context: Any) -> None:
    page = context(java_script_enabled=False).new_page()
    give_password(page, named_site)
    page.get_by_role("button", name="Go on").click()

    page.goto(f"{named_site}/desk/second-step/passkey")

    expect(page.get_by_text("This browser cannot use passkeys here")).to_be_visible()
    expect(page.get_by_role("button", name="Make the passkey")).to_be_hidden()
    page.get_by_role("link", name="Use an app for codes").click()
    expect(page.get_by_role("textbox", name="Code")).to_be_visible()


def give_password(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/sign-in")
    page.locator("form:has([value='analyst@demo.example']) button").click()
