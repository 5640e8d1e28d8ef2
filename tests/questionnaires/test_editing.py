from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.questionnaires.conftest import TWO_PAGES, after, choices, section, single
from vrn_community.questionnaires import editing, outline
from vrn_community.questionnaires.document import MOST_QUESTIONS, Questionnaire, Translated
from vrn_community.questionnaires.editing import Move, Refused


def order(document):
    return {found.id: [q.id for q in found.questions] for found in document.sections}


BEFORE = order(TWO_PAGES)


def test_a_new_document_is_made_and_the_old_one_stays():
    changed = editing.change_frame(TWO_PAGES, introduction="Hello", asks_age_band=False)

    assert (changed.introduction, changed.asks_age_band) == ("Hello", False)
    assert changed.sections == TWO_PAGES.sections
    assert TWO_PAGES.introduction == ""


def test_a_section_comes_last():
    assert [*order(editing.add_section(TWO_PAGES, section("third")))] == [*BEFORE, "third"]


def test_the_words_of_a_section_change_and_its_questions_stay():
    changed = editing.change_section(TWO_PAGES, "first", title="New", introduction="Warm")

    found = outline.section(changed, "first")
    assert (found.title, found.introduction) == ("New", "Warm")
    assert order(changed) == BEFORE


def test_a_section_does_not_move_over_what_it_depends_on():
    free = Questionnaire(sections=(section("a", single("q")), section("b")))

    assert [*order(editing.move_section(free, "b", -1))] == ["b", "a"]
    assert [*order(editing.move_section(free, "a", 1))] == ["b", "a"]
    for step in (-1, 1):
        with pytest.raises(Refused, match="earlier question"):
            editing.move_section(TWO_PAGES, "second" if step < 0 else "first", step)


def test_nothing_moves_over_the_edge():
    assert editing.move_section(TWO_PAGES, "first", -1) == TWO_PAGES
    assert editing.move_section(TWO_PAGES, "second", 1) == TWO_PAGES
    assert editing.move_question(TWO_PAGES, "safe", -1) == TWO_PAGES
    assert editing.move_question(TWO_PAGES, "area", 1) == TWO_PAGES


def test_a_section_goes_with_its_questions_unless_one_is_needed():
    assert order(editing.remove_section(TWO_PAGES, "second")) == {"first": BEFORE["first"]}
    with pytest.raises(Refused, match="“Why\\?” is shown only after an answer to it"):
        editing.remove_section(TWO_PAGES, "first")


def test_a_section_can_go_with_a_condition_inside_it():
    inside = section("a", single("q"), single("r", show_if=after("q", "yes")))

    assert editing.remove_section(Questionnaire(sections=(inside,)), "a").sections == ()


def test_a_question_comes_last_in_its_section():
    changed = editing.add_question(TWO_PAGES, "first", single("new"))

    assert order(changed)["first"] == [*BEFORE["first"], "new"]


def test_a_question_is_replaced_where_it_stands():
    changed = editing.change_question(TWO_PAGES, single("safe", "yes", "no", "maybe"))

    assert order(changed) == BEFORE
    assert len(changed.question("safe").choices) == 3


def test_a_choice_that_a_condition_names_cannot_go():
    with pytest.raises(Refused, match="“Why\\?” is shown only after a choice that would be gone"):
        editing.change_question(TWO_PAGES, single("safe", "yes", "maybe"))


@pytest.mark.parametrize(
    ("moved", "step", "first", "second"),
    [
        ("way", -1, ["way", "safe"], ["why", "help", "area"]),
        ("safe", 1, ["way", "safe"], ["why", "help", "area"]),
        ("why", -1, ["safe", "way", "why"], ["help", "area"]),
        ("way", 1, ["safe"], ["way", "why", "help", "area"]),
        ("help", 1, ["safe", "way"], ["why", "area", "help"]),
    ],
)
def test_a_question_moves_within_its_section_and_into_the_next(moved, step, first, second):
    changed = editing.move_question(TWO_PAGES, moved, step)

    assert order(changed) == {"first": first, "second": second}


def test_a_question_does_not_move_before_what_it_depends_on():
    close = editing.move_question(editing.move_question(TWO_PAGES, "why", -1), "why", -1)

    assert order(close)["first"] == ["safe", "why", "way"]
    with pytest.raises(Refused):
        editing.move_question(close, "why", -1)
    with pytest.raises(Refused):
        editing.move_question(close, "safe", 1)


def test_a_question_goes_unless_it_is_needed():
    assert order(editing.remove_question(TWO_PAGES, "way"))["first"] == ["safe"]
    with pytest.raises(Refused, match="Why"):
        editing.remove_question(TWO_PAGES, "safe")


def test_a_copy_stands_below_under_an_id_of_its_own():
    changed = editing.duplicate(TWO_PAGES, "why", "copy")

    assert order(changed)["second"] == ["why", "copy", "help", "area"]
    assert changed.question("copy").show_if == after("safe", "no")
    with pytest.raises(Refused):
        editing.duplicate(TWO_PAGES, "why", "safe")


def test_a_condition_can_be_set_and_taken_away():
    set_ = editing.show_when(TWO_PAGES, "help", after("way", "bus"))
    on_page = editing.show_when(set_, "second", after("safe", "yes"))
    away = editing.show_when(on_page, "help", None)

    assert set_.question("help").show_if == after("way", "bus")
    assert outline.section(on_page, "second").show_if == after("safe", "yes")
    assert away.question("help").show_if is None
    with pytest.raises(Refused):
        editing.show_when(TWO_PAGES, "safe", after("way", "bus"))


def test_there_is_an_end_to_questions():
    full = Questionnaire(
        sections=(section("a", *(single(f"q{n}") for n in range(MOST_QUESTIONS))),)
    )

    with pytest.raises(Refused, match="300 questions"):
        editing.add_question(full, "a", single("one-more"))


@pytest.mark.parametrize(
    "change",
    [
        lambda: editing.change_section(TWO_PAGES, "x", title="?"),
        lambda: editing.move_section(TWO_PAGES, "x", 1),
        lambda: editing.remove_section(TWO_PAGES, "x"),
        lambda: editing.add_question(TWO_PAGES, "x", single("q")),
        lambda: editing.change_question(TWO_PAGES, single("x")),
        lambda: editing.move_question(TWO_PAGES, "first", 1),
        lambda: editing.remove_question(TWO_PAGES, "x"),
        lambda: editing.duplicate(TWO_PAGES, "x", "y"),
        lambda: editing.show_when(TWO_PAGES, "x", None),
        lambda: editing.rearrange(TWO_PAGES, "x", Move.COPY, str),
        lambda: outline.askable(TWO_PAGES, "x"),
    ],
)
def test_what_is_not_there_is_a_key_error(change):
    with pytest.raises(KeyError):
        change()


def test_only_questions_with_choices_on_an_earlier_page_can_be_asked_about():
    assert [q.id for q in outline.askable(TWO_PAGES, "second")] == ["safe", "way"]
    assert [q.id for q in outline.askable(TWO_PAGES, "help")] == ["safe", "way"]
    assert outline.askable(TWO_PAGES, "way") == outline.askable(TWO_PAGES, "first") == []


PARTS = [*BEFORE, *sum(BEFORE.values(), [])]
MOVES = st.lists(
    st.tuples(st.sampled_from(PARTS), st.sampled_from(Move), st.sampled_from(["", *PARTS])),
    max_size=12,
)


@settings(deadline=None)
@given(MOVES)
def test_whatever_is_pressed_the_questionnaire_holds_together(moves):
    document = TWO_PAGES
    numbers = count()
    for part_id, move, target in moves:
        before = document
        try:
            document = editing.rearrange(
                document, part_id, move, lambda: f"new{next(numbers)}", target
            )
        except (KeyError, Refused):
            document = before
        if move in (Move.UP, Move.DOWN, Move.PLACE):
            assert sorted(q.id for q in document.questions()) == sorted(
                q.id for q in before.questions()
            )

    assert Questionnaire.model_validate(document.model_dump()) == document


def test_choices_without_a_condition_may_change_freely():
    changed = editing.change_question(TWO_PAGES, single("way", "train", "boat"))

    assert changed.question("way").choices == choices("train", "boat")


def test_a_copied_section_has_ids_of_its_own_and_its_translations():
    texts = {
        "first.title": Translated(source="Section first", text="Pehla"),
        "way.text": Translated(source="Question way?", text="Kaise?"),
    }
    document = editing.change_frame(TWO_PAGES, translations={"ur": texts})
    ids = iter(["copy", "copy-safe", "copy-way"])

    changed = editing.duplicate_section(document, "first", lambda: next(ids))

    assert list(order(changed)) == ["first", "copy", "second"]
    assert order(changed)["copy"] == ["copy-safe", "copy-way"]
    assert changed.question("copy-way").choices == changed.question("way").choices
    translated = changed.translations["ur"]
    assert translated["copy.title"] == translated["first.title"]
    assert translated["copy-way.text"].text == "Kaise?"


def test_a_rule_inside_a_copied_section_asks_about_the_copy():
    why = single("why", show_if=after("safe", "no"), text="Why ${safe}?")
    document = Questionnaire(sections=(section("first", single("safe"), why),))
    ids = iter(["copy", "copy-safe", "copy-why"])

    changed = editing.duplicate_section(document, "first", lambda: next(ids))

    assert changed.question("copy-why").show_if == after("copy-safe", "no")
    assert changed.question("copy-why").text == "Why ${copy-safe}?"


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("way", "safe", {"first": ["way", "safe"], "second": ["why", "help", "area"]}),
        ("area", "why", {"first": ["safe", "way"], "second": ["area", "why", "help"]}),
        ("help", "way", {"first": ["safe", "help", "way"], "second": ["why", "area"]}),
        ("help", "first", {"first": ["safe", "way", "help"], "second": ["why", "area"]}),
        ("way", "way", BEFORE),
    ],
)
def test_a_question_is_put_where_it_is_dropped(part, before, after):
    assert order(editing.place(TWO_PAGES, part, before)) == after


def test_a_section_is_put_where_it_is_dropped():
    free = Questionnaire(sections=tuple(section(key) for key in "abc"))

    assert list(order(editing.place(free, "c", "a"))) == ["c", "a", "b"]
    assert list(order(editing.place(free, "a", ""))) == ["b", "c", "a"]
    with pytest.raises(Refused, match="earlier question"):
        editing.place(TWO_PAGES, "second", "first")


@pytest.mark.parametrize(("part", "before"), [("way", ""), ("way", "x"), ("first", "way")])
def test_nothing_is_dropped_where_nothing_is(part, before):
    with pytest.raises(KeyError):
        editing.place(TWO_PAGES, part, before)
