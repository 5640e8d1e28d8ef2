"""The desk pages of safeguarding, as rules see them: on a phone and a desk."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.barriers import barriers
from tests.browser.test_public_pages import SIZES
from vrn_community.accounts.passwords import DEMO_PASSWORD

pytestmark = pytest.mark.browser
PATHS = ("/desk/cover", "/desk/contacts", "/desk/safeguarding")


def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    own_site: str, context: Callable[..., Any]
) -> None:
    page = context().new_page()
    page.goto(f"{own_site}/desk/sign-in")
    page.fill("input[name=email]", "safeguarding-lead@demo.example")
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{own_site}/desk")

    for path in PATHS:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"{own_site}{path}")
            assert barriers(page) == ""
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
