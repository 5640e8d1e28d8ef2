from tests.opportunities.conftest import at
from tests.pages import Page
from tests.questionnaires.conftest import TWO_PAGES, after, section, single
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.cards import Consent
from vrn_community.questionnaires.rules import AllOf

CONTRADICTION = AllOf(all=(after("q", "yes"), after("q", "no")))
LOST = Questionnaire(
    sections=(
        section("a", single("q"), Consent(id="ok", text="You may stop.")),
        section("b", single("r", show_if=CONTRADICTION)),
        section("c", single("s", show_if=after("r", "yes"))),
    )
)


def test_the_map_shows_who_comes_where(approver, stored):
    opportunity, version = stored(TWO_PAGES)

    page = Page.get(approver, at(opportunity, f"/questions/versions/{version.id}/map"))

    for words in ("Question safe? Everybody", "The answer decides about: Why?", "Some people"):
        assert page.has(words)
    assert "#stop-why" in page.links()
    assert not page.has("Nobody")


def test_the_map_shows_what_is_lost_and_why(publisher, stored):
    opportunity, version = stored(LOST)

    overview = Page.get(publisher, at(opportunity, "/questions"))
    assert overview.has("Nobody can come to “Question r?”. See the map.")
    there = at(opportunity, f"/questions/versions/{version.id}/map")
    assert there in overview.links()
    page = Page.get(publisher, there)

    assert page.has("No answers fulfil this together.")
    assert page.has("It depends on a question that nobody comes to: Question r?")
    assert page.has("For whoever says no it ends here, and nothing is kept.")
