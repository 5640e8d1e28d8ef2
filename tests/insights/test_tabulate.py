import json
import time
import uuid

import pytest

from tests.factories.questionnaires import choice, questionnaire
from vrn_community.insights import columns, counting, tabulate
from vrn_community.insights.counting import Dataset, Part
from vrn_community.insights.tabulate import Table
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.base import Missing

M = Missing
MANY = 10_000


def document(*questions):
    return Questionnaire.model_validate(
        {"sections": [{"id": "s", "title": "", "questions": list(questions)}]}
    )


ASKED = {
    "kind": "single-choice",
    "id": "feel",
    "text": "How safe?",
    "choices": [
        choice("safe"),
        choice("unsafe"),
        choice("unsure", missing="dont-know"),
        choice("rather-not", missing="prefer-not-to-say"),
    ],
}
THEN = {
    "kind": "multiple-choice",
    "id": "why",
    "text": "Why?",
    "show_if": {"question": "feel", "includes": ["unsafe"]},
    "choices": [choice("dark"), choice("empty"), choice("nothing", is_exclusive=True)],
}
LAST = {**THEN, "id": "last", "show_if": {"question": "why", "includes": ["dark"]}}
BOTH = document(ASKED, THEN, LAST)


def dataset(*versions):
    """Return the answers of people to versions, the newest first, and what they were asked."""
    keys = [uuid.uuid4() for _version in versions]
    parts = [
        Part(key, len(people), columns.encode(asked, people))
        for key, (asked, people) in zip(keys, versions, strict=True)
    ]
    return Dataset(parts, {key: asked for key, (asked, _) in zip(keys, versions, strict=True)})


def count(question_id, responses, of=BOTH, *earlier):
    data = dataset((of, responses), *earlier)
    return counting.table(data, counting.items(data)[question_id])


def numbers(table):
    return {row.choice_id: (row.count, row.percent) for row in table.rows}


def test_a_question_with_one_answer():
    people = ["safe"] * 5 + ["unsafe"] * 3 + ["unsure"] * 2 + ["rather-not"]
    table = count("feel", [{"feel": answer} for answer in people] + [{}] * 4)

    assert (table.text, table.kind, table.base) == ("How safe?", "single-choice", 8)
    assert numbers(table) == {"safe": (5, 63), "unsafe": (3, 38)}  # Halves go up.
    assert table.missing == {M.NOT_ANSWERED: 4, M.DONT_KNOW: 2, M.PREFER_NOT_TO_SAY: 1}
    assert table.no_answer == 7
    assert not table.is_multiple


def test_a_question_with_several_answers_counts_people_once_in_its_base():
    table = count(
        "why",
        [
            {"feel": "unsafe", "why": ["dark", "empty"]},
            {"feel": "unsafe", "why": ["dark"]},
            {"feel": "unsafe", "why": ["nothing"]},
        ],
    )

    assert table.is_multiple
    assert table.base == 3
    assert numbers(table) == {"dark": (2, 67), "empty": (1, 33), "nothing": (1, 33)}
    assert [row.is_exclusive for row in table.rows] == [False, False, True]


def test_who_was_not_asked_is_told_from_who_did_not_answer():
    people = [
        {"feel": "unsafe", "why": ["dark"], "last": ["empty"]},
        {"feel": "unsafe", "why": ["empty"]},
        {"feel": "unsafe"},
        {"feel": "safe"},
        {},
    ]

    assert count("why", people).missing == {M.NOT_ANSWERED: 1, M.NOT_APPLICABLE: 2}
    assert count("last", people).missing == {M.NOT_ANSWERED: 0, M.NOT_APPLICABLE: 4}
    assert count("why", people).asked_if == (("feel", ("unsafe",)),)
    assert count("feel", people).missing[M.NOT_ANSWERED] == 1
    assert M.NOT_APPLICABLE not in count("feel", people).missing  # Empty by structure.


def test_a_section_can_hide_its_questions_too():
    hidden = Questionnaire.model_validate(
        {
            "sections": [
                {"id": "one", "title": "", "questions": [ASKED]},
                {
                    "id": "two",
                    "title": "",
                    "show_if": {"question": "feel", "includes": ["safe"]},
                    "questions": [{**THEN, "show_if": None}],
                },
            ]
        }
    )

    table = count("why", [{"feel": "safe"}, {"feel": "unsafe"}, {}], hidden)

    assert table.missing == {M.NOT_ANSWERED: 1, M.NOT_APPLICABLE: 2}


def test_what_is_not_a_choice_any_more_is_no_answer():
    table = count("feel", [{"feel": "gone"}, {"feel": "safe"}])

    assert (table.base, table.missing[M.NOT_ANSWERED]) == (1, 1)


def test_the_steps_of_agreement_and_something_else_are_rows(session):
    whole = questionnaire()

    scale = count("heard", [{"heard": "agree"}], whole)
    other = count("ideas", [{"ideas": ["other"]}], whole)

    assert [row.count for row in scale.rows] == [0, 1, 0, 0, 0]
    assert (other.rows[-1].choice_id, other.rows[-1].count) == ("other", 1)


def test_nobody_at_all_makes_an_empty_table():
    table = count("feel", [])

    assert (table.base, table.no_answer) == (0, 0)
    assert numbers(table) == {"safe": (0, 0), "unsafe": (0, 0)}


@pytest.mark.parametrize(
    ("part", "base", "share"), [(1, 3, 33), (2, 3, 67), (1, 8, 13), (1, 200, 1), (0, 0, 0)]
)
def test_percentages_are_whole_numbers(part, base, share):
    assert tabulate.percent(part, base) == share


def test_leaders_are_the_answers_chosen_most_often():
    people = [{"feel": "safe"}] * 3 + [{"feel": "unsafe"}] * 3

    assert [row.choice_id for row in count("feel", people).leaders] == ["safe", "unsafe"]
    assert [row.choice_id for row in count("feel", people[1:]).leaders] == ["unsafe"]


def test_versions_of_a_question_are_counted_together():
    changed = document({**ASKED, "choices": [choice("safe"), choice("mixed")]})
    old = [{"feel": "safe"}, {"feel": "unsafe"}, {"feel": "unsure"}]

    both = count("feel", [{"feel": "safe"}, {"feel": "mixed"}, {}], changed, (BOTH, old))

    assert both.base == 4
    assert numbers(both) == {"safe": (2, 50), "mixed": (1, 25), "unsafe": (1, 25)}
    assert both.missing == {M.NOT_ANSWERED: 1, M.DONT_KNOW: 1, M.PREFER_NOT_TO_SAY: 0}


def test_a_question_of_another_type_is_another_question():
    several = document({**THEN, "id": "feel", "show_if": None})

    data = dataset((several, [{"feel": ["dark"]}]), (BOTH, [{"feel": "safe"}]))
    table = counting.table(data, counting.items(data)["feel"])

    assert (table.base, numbers(table)["dark"]) == (1, (1, 100))
    assert "safe" not in numbers(table)


def test_numbers_stand_in_bands_that_are_wide_enough_for_every_version():
    def asked(greatest):
        return document({"kind": "number", "id": "n", "text": "", "least": 0, "greatest": greatest})

    table = count("n", [{"n": 5}], asked(5), (asked(9), [{"n": 5}, {"n": 9}, {}]))

    assert [row.count for row in table.rows] == [0, 0, 0, 0, 0, 2, 0, 0, 0, 1]
    assert (table.base, table.missing[M.NOT_ANSWERED]) == (3, 1)


def test_answers_that_nobody_could_give_are_no_empty_cells():
    table = count("feel", [{"feel": "safe"}])

    assert numbers(tabulate.without(table, {"safe", "unsafe"})) == {"safe": (1, 100)}


def test_a_table_survives_as_a_document():
    table = count("why", [{"feel": "unsafe", "why": ["dark"]}, {}])

    assert Table.from_json(json.loads(json.dumps(table.to_json()))) == table


def test_counting_ten_thousand_people_is_quick():
    person = {"feel": "unsafe", "why": ["dark", "empty"]}
    people = [person, {"feel": "safe"}, {}, {"feel": "unsafe"}] * (MANY // 4)
    started = time.process_time()

    for _question in range(10):
        count("feel", people)
        count("last", people)

    assert time.process_time() - started < 2  # Processor time: a fifth of it is enough.


def test_a_number_keeps_the_kinds_of_no_answer_that_only_an_older_version_offered():
    asked = {"kind": "number", "id": "many", "text": "How many?", "least": 0, "greatest": 5}
    older = document({**asked, "offers": ["dont-know"]})

    table = count("many", [{"many": 3}], document(asked), (older, [{"many": "dont-know"}]))

    assert table.missing == {M.NOT_ANSWERED: 0, M.DONT_KNOW: 1}
