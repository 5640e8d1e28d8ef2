"""A lead opens a case of the demonstration in a real browser, on a phone."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.barriers import barriers
from tests.journeys.people import PHONE, sign_in, stay_on_the_screen

pytestmark = pytest.mark.browser


def test_a_lead_opens_a_case_with_the_passphrase_that_the_page_shows(
    own_site: str, context: Callable[..., Any]
) -> None:
    page = sign_in(context(**PHONE), own_site, "safeguarding-lead")
    page.goto(f"{own_site}/desk/safeguarding")
    page.get_by_role("link", name="Somebody should act today").click()
    assert not page.get_by_text("My brother says").count()

    page.get_by_label("To decide about the concern").check()
    page.get_by_label("Your passphrase for cases").fill("seven slow silver ferries")
    page.get_by_role("button", name="Show the case").click()

    assert page.get_by_text("My brother says").is_visible()
    assert barriers(page) == ""
    stay_on_the_screen(page)
