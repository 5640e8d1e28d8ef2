import pytest

from tests.questionnaires.conftest import TWO_PAGES, after, choices, section, single
from vrn_community.questionnaires import comparing, editing
from vrn_community.questionnaires.comparing import Mark, Sort
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.numbers import Number
from vrn_community.questionnaires.question_types.texts import ShortText


def only(before, later):
    found = comparing.differences(before, later)
    assert len(found) == 1
    return found[0]


def test_a_version_does_not_differ_from_itself():
    assert comparing.differences(TWO_PAGES, TWO_PAGES) == []


def test_what_was_added_and_removed_is_told():
    added = only(TWO_PAGES, editing.add_question(TWO_PAGES, "first", single("new")))
    assert (added.part_id, added.sort) == ("new", Sort.ADDED)

    removed = only(TWO_PAGES, editing.remove_question(TWO_PAGES, "area"))
    assert (removed.part_id, removed.sort) == ("area", Sort.REMOVED)
    assert "are kept" in removed.notes[0]


def test_changed_words_are_marked_word_by_word():
    assert comparing.pieces("How safe is it?", "How very safe was it?") == (
        (Mark.SAME, "How"),
        (Mark.INSERTED, " very"),
        (Mark.SAME, " safe "),
        (Mark.DELETED, "is"),
        (Mark.INSERTED, "was"),
        (Mark.SAME, " it?"),
    )


@pytest.mark.parametrize(
    ("before", "later"), [("a b", "b"), ("", "a  b"), ("a", ""), ("x y", "y x")]
)
def test_both_texts_can_be_read_from_the_pieces(before, later):
    found = comparing.pieces(before, later)

    assert "".join(text for mark, text in found if mark is not Mark.INSERTED) == before
    assert "".join(text for mark, text in found if mark is not Mark.DELETED) == later


def test_the_same_question_counts_together_and_another_kind_does_not():
    worded = only(
        TWO_PAGES,
        editing.change_question(TWO_PAGES, single("way", "bus", "walk", "car", text="How?")),
    )
    assert worded.texts
    assert "count together" in worded.notes[0]

    typed = only(
        TWO_PAGES, editing.change_question(TWO_PAGES, ShortText(id="way", text="Question way?"))
    )
    assert "not counted together" in typed.notes[0]


def test_new_and_lost_choices_are_told():
    changed = single("way", choices=(*choices("bus", "car"), *choices("boat")))

    notes = only(TWO_PAGES, editing.change_question(TWO_PAGES, changed)).notes

    assert notes[0] == "New: “Boat”. It is counted from this version on."
    assert notes[1].startswith("Gone: “Walk”.")


def test_another_rule_is_told_in_words():
    later = editing.show_when(TWO_PAGES, "help", after("way", "bus"))

    assert "Shown only after “Bus” to: Question way?" in only(TWO_PAGES, later).notes[0]
    assert "It is always shown." in only(later, TWO_PAGES).notes[0]


def test_another_range_of_numbers_is_told():
    pair = [
        Questionnaire(sections=(section("a", Number(id="n", text="?", least=0, greatest=most)),))
        for most in (7, 50)
    ]

    assert "do not fit together" in only(*pair).notes[0]


def test_another_order_and_another_frame_are_told():
    moved = only(TWO_PAGES, editing.move_question(TWO_PAGES, "way", -1))
    assert (moved.part_id, moved.notes) == ("first", ("The questions stand in another order.",))

    framed = only(
        TWO_PAGES, editing.change_frame(TWO_PAGES, asks_age_band=False, introduction="Hi")
    )
    assert framed.texts == (((Mark.INSERTED, "Hi"),),)
    assert framed.notes == ("Whether the age is asked has changed.",)
