"""How everybody follows one matter through the public pages, in a language, with a code."""

from collections.abc import Callable
from dataclasses import dataclass

from babel.support import Translations
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.steps import follow
from tests.journeys import duty, group
from tests.journeys.people import press, stay_on_the_screen
from vrn_community.config import PROJECT_ROOT

urdu = Translations.load(PROJECT_ROOT / "translations", ["ur"]).gettext
#: Texts of a page, apart from people's own words: those are marked by where they may run.
OURS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const place = walker.currentNode.parentElement;
    if (!place.closest("[dir=auto], [dir=ltr], [lang=en], bdi, script, style"))
      found.push(walker.currentNode.data.trim());
  }
  return found.filter(text => /[A-Za-z]{2,} +[A-Za-z]{2,}/.test(text));
}"""
MEMBERS = ("Imran Malik", "Joy Mensah", "Tess Byrne")


@dataclass(frozen=True)
class Reader:
    """Somebody who reads the public pages in one language."""

    page: Page
    site: str
    say: Callable[[str], str] = str
    looks_for_barriers: bool = False

    def open(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")
        self.look_around()

    def follow(self, name: str) -> None:
        follow(self.page.get_by_role("main").get_by_role("link", name=name).first)
        self.look_around()

    def look_around(self) -> None:
        """See that the page fits, keeps no trace, and is in one language; from where it runs."""
        stay_on_the_screen(self.page)
        assert self.page.context.cookies() == []
        if self.say is urdu:
            expect(self.page.locator("html")).to_have_attribute("dir", "rtl")
            assert self.page.evaluate(OURS) == [], self.page.url
        if self.looks_for_barriers:
            assert barriers(self.page) == "", self.page.url

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()


def late_debts(page: Page, site: str, body: str) -> int:
    """Return how much a body owes too late, as the list of debts says it."""
    page.goto(f"{site}/register/debts")
    late = page.get_by_role("row").filter(has_text=body).get_by_role("cell").last
    return int(late.inner_text().partition(",")[0].replace("None", "0"))


def see_that_the_reply_is_late(page: Page, site: str, key: str) -> None:
    page.goto(f"{site}/recommendations/{key}")
    expect(page.get_by_text(duty.ASKED)).to_be_visible()
    expect(page.get_by_text("No reply yet, overdue since")).to_be_visible()


def open_the_trail_with_a_code(reader: Reader, code: str) -> None:
    """Find with the code of an answer what came of it, all on one page."""
    reader.open("/code")
    reader.page.get_by_label(reader.say("Your code")).fill(code.lower())
    press(reader.page, reader.say("Open"))
    reader.look_around()
    assert code.replace(" ", "").lower() not in reader.page.url.lower()
    reader.follow(reader.say("See what came of it"))
    reader.sees(duty.YOU_SAID, duty.EFFECT, duty.DECIDED, duty.CHANGED)
    reader.sees(duty.ASKED)
    for fold in reader.page.get_by_text(reader.say("Why, and what was answered")).all():
        fold.click()
    reader.sees(duty.PARTLY, duty.CHALLENGE, duty.AGAIN)
    reader.sees(duty.PROMISED, duty.OWNER, duty.STEP, duty.SHOWN)
    expect(reader.page.get_by_text(f"{duty.STEP}:")).to_have_count(0)


def follow_the_trail(reader: Reader, known: str) -> None:
    """Go from the outcome over each link of the chain to what is different, and back."""
    for link, texts in (
        (known, (duty.ASKED, duty.DECIDED)),
        (duty.ASKED, (group.PROPOSAL, duty.PARTLY, duty.CHALLENGE, duty.SHOWN, duty.CHANGED)),
        (duty.DECIDED, (duty.AGAIN, duty.NOT_DONE, known)),
        (duty.CHANGED, (duty.EFFECT, duty.DECIDED, duty.PROMISED)),
    ):
        reader.follow(link)
        reader.sees(*texts)


def read_what_the_group_decided(reader: Reader) -> None:
    """Read a decision with how it was met and what a minority says, and nobody's name."""
    reader.open("/oversight")
    expect(reader.page.locator("ul.prose")).to_have_css("list-style-type", "disc")
    reader.follow(group.PROPOSAL)
    reader.sees(group.MET, group.MINORITY)
    for name in MEMBERS:
        expect(reader.page.get_by_text(name)).to_have_count(0)


def find_it_in_the_register(reader: Reader, activity: str) -> None:
    reader.open("/register/debts")
    reader.open("/register")
    reader.follow(activity)
    reader.sees(duty.EFFECT)
