import pytest

from vrn_community.partnership import files
from vrn_community.partnership.models import PopulationTable
from vrn_community.questionnaires import equality, messages
from vrn_community.questionnaires.question_types.base import Missing

BLOCK = equality.whole(equality.LATEST)
QUESTIONS = (equality.AGE_BAND, *BLOCK.questions)
FROM_16 = {"sexual-orientation", "gender-identity"}
YOUNG = ("under-10", "10-12", "13-15")


def asked(age_band):
    return {question.id for question in equality.block(equality.LATEST, age_band).questions}


@pytest.mark.parametrize("age_band", ["", "prefer-not-to-say", "nonsense", *YOUNG])
def test_nobody_under_16_or_of_unknown_age_is_asked_about_orientation_or_gender(age_band):
    assert not asked(age_band) & FROM_16
    assert len(asked(age_band)) == len(BLOCK.questions) - len(FROM_16)


def test_everybody_else_is_asked_all():
    older = {choice.id for choice in equality.AGE_BAND.choices if not choice.missing} - {*YOUNG}

    for age_band in older:
        assert asked(age_band) == {question.id for question in BLOCK.questions}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)
def test_every_question_ends_with_prefer_not_to_say(question):
    last = question.choices[-1]

    assert (last.text, last.missing) == ("Prefer not to say", Missing.PREFER_NOT_TO_SAY)
    assert not question.passage_ids()


def census_categories():
    rows = files.table("population.csv")
    return {(row["table"], row["category"], row["detail"]) for row in rows}


def test_every_answer_leads_to_a_category_of_the_census():
    known = census_categories()
    rough = {(table, category) for table, category, _detail in known}

    for cells in equality.census(equality.LATEST).values():
        for cell in cells.values():
            for category in cell.categories:
                assert (cell.table, category) in rough
                assert not cell.detail or (cell.table, category, cell.detail) in known


def test_every_answer_has_a_category_unless_it_is_missing_or_needs_a_second_one():
    census = equality.census(equality.LATEST)
    without = {
        (question.id, choice.id)
        for question in QUESTIONS
        for choice in question.choices
        if not choice.missing and choice.id not in census[question.id]
    }

    assert {question.id for question in QUESTIONS} == set(census)
    assert without == {("disability", "yes")}


@pytest.mark.parametrize(
    "table",
    ["age-band", "sex", "ethnic-group", "religion", "disability", "sexual-orientation"]
    + ["gender-identity"],
)
def test_the_answers_cover_a_table_of_the_census_without_overlap(table):
    cells = [
        (category, cell.detail)
        for of_question in equality.census(equality.LATEST).values()
        for cell in of_question.values()
        if cell.table is PopulationTable(table)
        for category in cell.categories
    ]
    fine = table == "disability"
    counted = {(c, d if fine else "") for t, c, d in census_categories() if t == table}

    assert len(cells) == len(set(cells))
    assert set(cells) == {cell for cell in counted if cell[0] != "Not answered"}


def test_an_unknown_version_is_a_key_error_and_no_file_is_opened():
    for read in (equality.whole, equality.census, equality.block):
        for name in ("1999-1", "../../config", "age-band", ""):
            with pytest.raises(KeyError):
                read(name)


def test_a_block_is_read_once():
    assert equality.block(equality.LATEST, "18-24") is equality.block(equality.LATEST, "18-24")


def test_translators_get_every_text_with_its_line_and_no_codes():
    texts = set()
    for path in sorted(equality.FOLDER.glob("*.json")):
        lines = path.read_text("utf-8").splitlines()
        with path.open("rb") as file:
            for line, _function, text, _comments in messages.extract(file, {}, (), {}):
                assert f'"{text}"' in lines[line - 1]
                texts.add(text)

    wanted = {choice.text for question in QUESTIONS for choice in question.choices}
    wanted |= {question.text for question in QUESTIONS} | {BLOCK.title, BLOCK.introduction}
    assert texts == wanted | {question.hint for question in QUESTIONS if question.hint}
