"""The desk pages of safeguarding, as rules see them: on a phone and a desk."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.barriers import barriers
from tests.browser.test_public_pages import SIZES
from tests.journeys.people import sign_in

pytestmark = pytest.mark.browser
PATHS = ("/desk/cover", "/desk/contacts", "/desk/safeguarding")


def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    own_site: str, context: Callable[..., Any]
) -> None:
    page = sign_in(context(), own_site, "safeguarding-lead")

    for path in PATHS:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"{own_site}{path}")
            assert barriers(page) == ""
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
