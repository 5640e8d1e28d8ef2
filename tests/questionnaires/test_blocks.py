import uuid

import pytest

from tests.pages import Page, send
from tests.questionnaires.conftest import TWO_PAGES, after, section, single
from tests.questionnaires.test_desk import asked
from tests.questionnaires.test_desk_forms import url
from vrn_community.questionnaires import bank, blocks, editing, queries
from vrn_community.questionnaires.document import Questionnaire, Translated
from vrn_community.questionnaires.question_types.grids import Grid
from vrn_community.questionnaires.rules import AllOf, Answered, NoneOf

GRID = Grid(id="grid", text="And?", rows=({"id": "r", "text": "R"},), scale="agreement")
#: Rules that ask inside the section, and one that asks outside it.
ROUTED = Questionnaire(
    sections=(
        section("start", single("age")),
        section(
            "main",
            single("safe", show_if=after("age", "yes")),
            GRID,
            single(
                "why",
                text="Why ${safe}?",
                show_if=AllOf(
                    all=(
                        after("safe", "no"),
                        NoneOf(none=(Answered(question="grid.r", is_answered=False),)),
                    )
                ),
            ),
            show_if=after("age", "no"),
        ),
    ),
    translations={
        "ur": {
            "main.title": Translated(source="Section main", text="Bara"),
            "why.text": Translated(source="Why ${safe}?", text="Kyun ${safe}?"),
            "age.text": Translated(source="Question age?", text="Umar?"),
        },
        "pl": {"age.text": Translated(source="Question age?", text="Wiek?")},
    },
)


def test_a_section_stands_for_itself_without_the_rules_that_ask_outside_it():
    block = blocks.block(ROUTED, "main")

    (alone,) = block.document.sections
    assert [part.id for part in block.left_out] == ["main", "safe"]
    assert (alone.show_if, alone.questions[0].show_if) == (None, None)
    assert alone.questions[2] == ROUTED.question("why")
    assert {tag: [*texts] for tag, texts in block.document.translations.items()} == {
        "ur": ["main.title", "why.text"]
    }


def test_an_unknown_section_is_no_block():
    with pytest.raises(KeyError):
        blocks.block(ROUTED, "elsewhere")


def test_a_block_keeps_its_names_where_they_are_free():
    taken = blocks.block(ROUTED, "main").document

    made = editing.add_block(Questionnaire(), taken, lambda: pytest.fail("No id is needed."))

    assert made.sections == taken.sections
    assert made.translations == taken.translations


def test_names_that_clash_are_new_in_rules_texts_and_translations_alike():
    ids = iter(["new-1", "new-2"])
    there = Questionnaire(sections=(section("main", single("safe")),))

    made = editing.add_block(there, blocks.block(ROUTED, "main").document, lambda: next(ids))

    assert made.sections[0] == there.sections[0]
    assert [part.id for part in (made.sections[1], *made.sections[1].questions)] == [
        "new-1", "new-2", "grid", "why",
    ]  # fmt: skip
    why = made.question("why")
    assert [test.question for test in why.show_if.tests()] == ["new-2", "grid.r"]
    assert why.text == "Why ${new-2}?"
    assert made.translations["ur"]["new-1.title"].text == "Bara"
    assert made.translations["ur"]["why.text"] == Translated(
        source="Why ${new-2}?", text="Kyun ${new-2}?"
    )


def look(client, there, words):
    """Open what a link of the page of blocks leads to."""
    page = Page.get(client, there)
    (link,) = [a for a in page.all("a") if "".join(a.itertext()) == words]
    return link.get("href"), Page.get(client, link.get("href"))


def test_an_editor_looks_at_a_section_of_another_questionnaire_and_takes_it(publisher, stored, app):
    stored(ROUTED)
    mine, _version = stored(Questionnaire())

    address, page = look(publisher, url(mine, "/blocks"), "Section main")
    assert page.has("Why ${safe}?")
    assert page.has("Here they would be shown to everybody:")
    assert send(publisher, address, {"revision": page.hidden("revision")}).status_code == 303
    told = Page.get(publisher, url(mine, ""))
    send(publisher, address, {"revision": page.hidden("revision")})

    assert told.has("Left out: when “Section main” is shown.")
    assert asked(app, mine).sections == blocks.block(ROUTED, "main").document.sections
    send(publisher, url(mine, "/undo"), {"revision": told.hidden("revision")})
    assert asked(app, mine).sections == ()


def test_a_block_of_the_bank_is_put_in_with_its_fixed_words(publisher, stored, app):
    mine, _version = stored()

    address, page = look(publisher, url(mine, "/blocks"), "Feeling safe where I live")
    send(publisher, address, {"revision": page.hidden("revision")})

    fixed = bank.wording("feeling-safe", blocks=True).section
    assert asked(app, mine).sections == (*TWO_PAGES.sections, fixed)
    assert Page.get(publisher, url(mine, "")).has("Fixed words, version 1")


def test_sections_are_found_by_words_of_their_questions(publisher, stored):
    mine, _version = stored()

    there = Page.get(publisher, url(mine, "/blocks?q=what+HELPS"))
    nowhere = Page.get(publisher, url(mine, "/blocks?q=zebra"))

    links = ["".join(a.itertext()) for a in there.all("a")]
    assert "Section second" in links
    assert "Section first" not in links
    assert "Feeling safe where I live" not in links
    assert nowhere.has("Nothing fits what you are looking for.")


def test_versions_are_listed_in_pages(stored, session):
    for _number in range(11):
        stored()

    first, second = (queries.versions_with([], number) for number in (1, 2))

    assert (len(first.rows), len(second.rows), first.pages) == (10, 1, 2)


@pytest.mark.parametrize("of", ["bank", "nonsense", str(uuid.UUID(int=1))])
def test_what_is_not_there_is_not_found(publisher, stored, of):
    mine, _version = stored()

    assert publisher.get(url(mine, f"/blocks?of={of}&section=nothing")).status_code == 404
