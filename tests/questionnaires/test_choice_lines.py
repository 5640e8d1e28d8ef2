from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from vrn_community.questionnaires import choice_lines
from vrn_community.questionnaires.question_types.base import Choice, Missing

WORDS = st.lists(st.text("abcdefg", min_size=1), min_size=1, max_size=4).map(" ".join)
LINES = st.lists(WORDS, unique=True)


def made(lines, before=()):
    numbers = count(1)
    return choice_lines.choices_of(lines, before, lambda: f"new{next(numbers)}")


def ids(lines, before):
    return [choice.id for choice in made(lines, before)]


BEFORE = [Choice(id="a", text="More lights"), Choice(id="b", text="More buses at night")]


def test_lines_are_read_without_blanks():
    assert choice_lines.split("  One\t choice \r\n\n \nTwo\u2028Three") == [
        "One choice",
        "Two",
        "Three",
    ]
    assert choice_lines.split("") == []


def test_choices_in_another_order_stay_the_same():
    assert ids(["More buses at night", "New", "More lights"], BEFORE) == ["b", "new1", "a"]


def test_a_corrected_line_stays_the_same_choice():
    assert ids(["More light", "More busses at night"], BEFORE) == ["a", "b"]
    assert made(["More light"], BEFORE)[0].text == "More light"


def test_other_words_are_another_choice():
    assert ids(["Nothing at all", "More lights"], BEFORE) == ["new1", "a"]


def test_what_else_a_choice_says_is_kept():
    before = [Choice(id="x", text="Does not apply", missing=Missing.NOT_APPLICABLE)]

    assert made(["Does not apply."], before)[0].missing is Missing.NOT_APPLICABLE


@given(LINES)
def test_lines_that_are_typed_again_change_nothing(lines):
    before = made(lines)

    assert made(choice_lines.split(choice_lines.joined(before)), before) == before


@given(LINES, LINES)
def test_every_line_becomes_one_choice_with_an_id_of_its_own(first, second):
    after = made(second, [Choice(id=f"old{n}", text=line) for n, line in enumerate(first)])

    assert [choice.text for choice in after] == second
    assert len({choice.id for choice in after}) == len(second)
    for line in set(first) & set(second):
        assert after[second.index(line)].id == f"old{first.index(line)}"
