from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insights import attackers
from tests.insights.attackers import make_table
from vrn_community.insights import disclosure
from vrn_community.insights.disclosure import MERGED, Reason, Refusal
from vrn_community.insights.tabulate import Table, percent
from vrn_community.questionnaires.question_types.base import Missing

K = 10
M = Missing
#: A smaller threshold lets an attacker try everything.
SMALL_K = 4


def shown(table, threshold=K):
    found = disclosure.protect(table, threshold)
    assert isinstance(found, Table), found
    return found


def counts(table):
    return {row.choice_id: row.count for row in table.rows}


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ([4, 5], Reason.FEW_PEOPLE),
        ([0, 0], Reason.FEW_PEOPLE),
        ([95, 5], Reason.SMALL_ANSWERS),  # Merging would leave one row.
        ([100, 0], Reason.SMALL_ANSWERS),  # All in one cell; an empty cell is small.
        ([9, 9, 9], Reason.SMALL_ANSWERS),
    ],
)
def test_what_cannot_be_protected_is_refused_whole(numbers, reason):
    found = disclosure.protect(make_table(numbers), K)

    assert found == Refusal("q", "Why?", reason)


def test_a_safe_table_stays_as_it_is():
    table = make_table([10, 20, 30], missing={M.NOT_ANSWERED: 10})

    assert disclosure.protect(table, K) == table
    assert disclosure.is_safe(table, K)


def test_the_smallest_answers_are_merged_until_they_hide_each_other():
    table = shown(make_table([40, 3, 50, 5, 6]))

    assert counts(table) == {"c0": 40, "c2": 50, MERGED: 14}
    assert table.rows[-1].merged == {"c1": "Choice 1", "c3": "Choice 3", "c4": "Choice 4"}
    assert table.rows[-1].percent == 13


@pytest.mark.parametrize(
    ("numbers", "merged"),
    [
        ([40, 3, 50], {"c0", "c1"}),  # One small cell alone cannot hide.
        ([40, 3, 50, 2], {"c0", "c1", "c3"}),  # Nor can two that stay below the threshold.
        ([40, 9, 50, 9], {"c0", "c1", "c3"}),  # Two that must both be 9 would be known.
        ([60, 9, 50, 9, 9], {"c1", "c2", "c3", "c4"}),
        ([10, 10, 9, 50], {"c0", "c1", "c2"}),  # Whatever is level with the next goes with it.
    ],
)
def test_small_answers_that_do_not_hide_each_other_take_the_next_with_them(numbers, merged):
    assert shown(make_table(numbers)).rows[-1].choices == merged


def test_protecting_twice_changes_nothing():
    for table in (
        make_table([40, 3, 50, 5, 6], missing={M.NOT_ANSWERED: 3, M.DONT_KNOW: 12}),
        make_table([40, 3, 50], base=60, is_multiple=True, missing={M.NOT_ANSWERED: 30}),
    ):
        assert shown(shown(table)) == shown(table)


@pytest.mark.parametrize(
    ("missing", "kinds", "together"),
    [
        ({M.NOT_ANSWERED: 12, M.DONT_KNOW: 10}, {M.NOT_ANSWERED: 12, M.DONT_KNOW: 10}, 22),
        ({M.NOT_ANSWERED: 12, M.DONT_KNOW: 2}, {}, 14),
        ({M.NOT_ANSWERED: 12, M.DONT_KNOW: 0}, {}, 12),
        ({M.NOT_ANSWERED: 4, M.DONT_KNOW: 2}, {}, None),
        ({M.NOT_ANSWERED: 0}, {}, None),
    ],
)
def test_people_without_an_answer_are_shown_by_kind_or_together_or_not(missing, kinds, together):
    table = shown(make_table([30, 40], missing=missing))

    assert (table.missing, table.no_answer) == (kinds, together)


def test_each_of_several_answers_is_a_table_of_yes_and_no():
    table = shown(make_table([60, 95, 9, 45, 0], base=100, is_multiple=True))

    assert counts(table) == {"c0": 60, "c3": 45}
    assert table.left_out == {f"c{n}": f"Choice {n}" for n in (1, 2, 4)}
    assert not shown(make_table([60, 45], base=100, is_multiple=True)).left_out


@pytest.mark.parametrize(
    ("numbers", "alone"),
    [
        ([46, 46, 8], ()),  # Eight people chose nothing else, so eight at least chose this.
        ([60, 35, 5], (0, 1)),  # Only five people are left who could have chosen it.
        ([3, 97, 2], ()),
    ],
)
def test_answers_that_are_left_out_must_stay_hidden(numbers, alone):
    table = make_table(numbers, base=100, is_multiple=True, alone=alone)

    assert disclosure.protect(table, K) == Refusal("q", "Why?", Reason.SMALL_ANSWERS)


cell = st.integers(0, 11)
single = st.lists(cell, min_size=2, max_size=5)
missings = st.dictionaries(st.sampled_from(list(Missing)), st.integers(0, 8), min_size=1)


@settings(deadline=None)
@given(numbers=single)
def test_nobody_finds_a_small_answer(numbers):
    original = make_table(numbers)
    found = disclosure.protect(original, SMALL_K)
    if isinstance(found, Refusal):
        return

    assert all(row.count >= SMALL_K for row in found.rows)
    assert len(found.rows) > 1
    choices = [row.choice_id for row in original.rows]
    for sizes in attackers.sizes(attackers.possible_answers(found, choices)).values():
        assert max(sizes) >= SMALL_K  # From what is shown, no answer is known to be small.
    for choice, sizes in attackers.knows_the_rules(found, original, SMALL_K).items():
        known = counts(found).get(choice)
        if known is None:  # Not even somebody who knows the rules finds out how small.
            assert len(sizes) > 1, (numbers, choice, sizes)


@settings(deadline=None)
@given(numbers=single, missing=missings)
def test_nobody_finds_a_small_number_of_people_without_an_answer(numbers, missing):
    found = disclosure.protect(make_table(numbers, missing=missing), SMALL_K)
    if isinstance(found, Refusal):
        return

    possible = attackers.possible_missing(found, list(missing), most=2 * SMALL_K)
    for sizes in attackers.sizes(possible).values():
        assert max(sizes) >= SMALL_K
        assert len(sizes) > 1 or min(sizes) >= SMALL_K


@given(numbers=single)
def test_percentages_tell_no_more_than_counts(numbers):
    found = disclosure.protect(make_table(numbers), SMALL_K)

    if isinstance(found, Table):
        assert all(row.percent == percent(row.count, found.base) for row in found.rows)


@pytest.mark.parametrize("alone", [(), (2,), (1, 2)])
@pytest.mark.parametrize("base", range(3, 9))
def test_nobody_finds_a_small_number_among_several_answers(base, alone):
    threshold, book = 3, attackers.Book()
    for numbers in attackers.crowds(base, 3, alone):
        original = make_table(numbers, base=base, is_multiple=True, alone=alone)
        found = disclosure.protect(original, threshold)
        if isinstance(found, Table):
            book.note(frozenset(attackers.cells(found)), counts(original))

    for _looks, _answer, size in book.known():
        assert threshold <= size <= base - threshold
    assert book.pages or base < 2 * threshold


def together(*tables, threshold=K, formers=()):
    return {t.question_id: t for t in disclosure.protect_together(tables, threshold, formers)}


def test_people_without_an_answer_are_shown_for_all_tables_or_for_none():
    many = make_table([30, 40], missing={M.NOT_ANSWERED: 20})
    few = make_table([42, 45], "few", missing={M.NOT_ANSWERED: 3})
    tiny = make_table([88, 1], "refused", missing={M.NOT_ANSWERED: 1})

    alone = together(many, tiny)
    assert alone["q"].no_answer == 20
    assert disclosure.people([alone["q"]]) == 90
    found = together(many, few)  # 70 and 20 would make 90 people, and 90 - 87 the three.
    assert {table.no_answer for table in found.values()} == {None}
    assert disclosure.people(found.values()) == 87
    assert disclosure.people([]) == 0


def asked_after(choices, numbers, above="q", **changes):
    return make_table(numbers, "then", asked_if=((above, choices),), **changes)


def test_a_question_asked_only_after_some_answers_tells_no_more_of_them():
    whole = make_table([60, 40])
    merged = make_table([60, 15, 12, 3])  # The last two go together.
    refused = make_table([97, 3])

    assert isinstance(together(whole, asked_after(("c0",), [20, 30]))["then"], Table)
    for above, choices in ((merged, ("c2",)), (refused, ("c0",))):
        assert together(above, asked_after(choices, [10, 20]))["then"].reason in (
            Reason.HIDDEN_BEFORE,
        )
    enough_beside = asked_after(("c0", "c2"), [20, 30])
    assert isinstance(together(merged, enough_beside)["then"], Table)


def test_a_telling_answer_is_not_found_by_subtracting_two_tables():
    above = make_table([60, 40])
    telling = {M.NOT_ANSWERED: 0, M.PREFER_NOT_TO_SAY: 3, M.NOT_APPLICABLE: 40}

    found = together(above, asked_after(("c0",), [27, 30], missing=telling))["then"]
    assert found.reason is Reason.HIDDEN_BEFORE
    enough = telling | {M.PREFER_NOT_TO_SAY: 10}
    assert isinstance(
        together(above, asked_after(("c0",), [20, 30], missing=enough))["then"], Table
    )


def everybody(most: int) -> Iterator[tuple[Table, Table, dict[str, int]]]:
    """Go through what some people could answer to a question and to one asked after its first."""
    for people in range(6, most + 1):
        for yes, no, rather_not, other, third in attackers.parts(people, 5):
            asked = yes + no + rather_not
            for skipped in range(7):
                first = make_table([asked, other, third], missing={M.NOT_ANSWERED: skipped})
                unasked = other + third + skipped
                missing = {M.PREFER_NOT_TO_SAY: rather_not, M.NOT_APPLICABLE: unasked}
                then = asked_after(("c0",), [yes, no], missing=missing)
                truth = {"yes": yes, "no": no, "rather not": rather_not, "skipped": skipped}
                yield first, then, truth | counts(first)


def test_nobody_finds_a_small_cell_in_a_set_of_tables():
    threshold, book = 3, attackers.Book()
    for first, then, truth in everybody(12):
        found = disclosure.protect_together([first, then], threshold)
        tables = [table for table in found if isinstance(table, Table)]
        book.note(tuple(attackers.looks(table) for table in tables), truth)

    assert {len(looks) for looks in book.pages} == {0, 1, 2}
    assert not [known for known in book.known() if known[2] < threshold]


def test_the_order_of_rows_and_labels_survives_as_a_document():
    table = replace(shown(make_table([40, 3, 50, 5, 6])), asked_if=(("q0", ("yes",)),))

    assert Table.from_json(table.to_json()) == table
