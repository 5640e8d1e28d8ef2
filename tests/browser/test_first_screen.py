"""What somebody needs to decide whether to take part is on the first screen (Y1)."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
#: Everything that an invitation says before anybody scrolls at a desk.
ON_A_DESK = (
    "What can still change",
    "What cannot change",
    "Closes",
    "Time needed",
    "Who can take part",
    "Who decides",
    "Decision on",
    "Payment or thank-you",
    "Who asks",
)
#: What has at least begun on the first screen of a phone; the first facts are the days and times.
ON_A_PHONE = ("level", "title", "promise", "fact 0", "fact 1")

#: Where each labelled fact begins and ends, counted from the top of the page.
PLACES = """() => {
    const span = (label, last) => {
        const from = label.getBoundingClientRect(), to = last.getBoundingClientRect();
        return [label.textContent.trim(), [from.top + scrollY, to.bottom + scrollY]];
    };
    const main = document.querySelector('main');
    const facts = [...main.querySelectorAll('.facts dt')];
    const texts = [...main.querySelectorAll('.first-screen h2')];
    const [title, tag] = [main.querySelector('h1'), main.querySelector('.tag')];
    const promise = main.querySelector('.first-screen p:has(> strong)');
    return Object.fromEntries([
        ...[...facts, ...texts].map(label => span(label, label.nextElementSibling)),
        ...facts.map((label, place) => [`fact ${place}`, span(label, label)[1]]),
        ['title', span(title, title)[1]],
        ['level', span(tag, tag)[1]],
        ['promise', span(promise, promise)[1]],
    ]);
}"""


@pytest.fixture(scope="module")
def invitations(site: str, browser: Any) -> list[str]:
    """Return the addresses of everything that people can take part in now."""
    page = browser.new_page()
    found = []
    for level in ("consult", "collaborate", "empower"):
        page.goto(f"{site}/opportunities?state=open&level={level}")
        for link in page.locator("main a[href^='/o/']").all():
            found.append(site + str(link.get_attribute("href")))
    page.close()
    assert len(found) >= 5
    return found


def places(page: Any, url: str, size: dict[str, int]) -> dict[str, tuple[float, float]]:
    page.set_viewport_size(size)
    page.goto(url, wait_until="networkidle")  # With its fonts.
    if not page.locator("main .first-screen").count():
        # Sensitive questions say first how to leave fast.
        page.locator("main form button").click()
        page.wait_for_load_state("networkidle")
    found: dict[str, tuple[float, float]] = page.evaluate(PLACES)
    return found


def test_at_a_desk_nobody_scrolls_to_decide(invitations: list[str], context: Any) -> None:
    page = context().new_page()
    for url in invitations:
        found = places(page, url, DESK)

        below = {name: found[name] for name in ON_A_DESK if found[name][1] > DESK["height"]}
        assert not below, f"{page.title()}: {below}"


@pytest.mark.parametrize("language", ["", "/ur"])
def test_on_a_phone_the_most_important_begins_on_the_first_screen(
    invitations: list[str], context: Any, language: str
) -> None:
    page = context(**PHONE).new_page()
    for url in invitations:
        found = places(page, url.replace("/o/", f"{language}/o/"), PHONE)

        below = {name: found[name] for name in ON_A_PHONE if found[name][0] > PHONE["height"]}
        assert not below, f"{page.title()}: {below}"


def test_on_a_phone_the_order_is_that_of_importance(invitations: list[str], context: Any) -> None:
    page = context(**PHONE).new_page()
    for url in invitations:
        found = places(page, url, PHONE)

        order = ("level", "title", "promise", "Closes", "Time needed", "What can still change")
        tops = [found[name][0] for name in order]
        assert tops == sorted(tops), page.title()
