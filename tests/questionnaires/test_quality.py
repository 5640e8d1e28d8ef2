import pytest

from tests.opportunities.conftest import at
from tests.pages import Page
from tests.questionnaires.conftest import TWO_PAGES, section, single
from vrn_community.questionnaires import quality
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.grids import Cards
from vrn_community.questionnaires.question_types.scales import AgreementScale
from vrn_community.questionnaires.question_types.texts import LongText

PLAIN = "We want to hear from you. The park is near the shop. You can say yes or no. " * 3
HARD = (
    "Subsequently, the multidisciplinary representatives collaboratively investigate "
    "organisational accountability and institutional responsibilities. "
) * 4


def messages(*questions, **more):
    document = Questionnaire(sections=(section("a", *questions, **more),))
    return [(hint.part_id, hint.message) for hint in quality.hints(document)]


def agree(text):
    return AgreementScale(id="q", text=text)


def test_plain_questions_get_no_hints():
    assert quality.hints(TWO_PAGES) == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (single("q", text="Don't you agree that more police are needed?"), "suggests an answer"),
        (single("q", text="How good is the youth club?"), "suggests an answer"),
        (single("q", text="Do you feel safe and think the staff are friendly?"), "two things"),
        (single("q", text="Is it safe and/or lit?"), "two things"),
        (agree("I do not feel safe at night."), "without"),
        (Cards(id="q", text="?", rows=({"id": "r", "text": "Nobody helps."},)), "without"),
        (single("q", text="Which interventions work?"), "Try “help”"),
        (single("q", text="word " * 26), "26 words"),
        (single("q", text="Have you ever carried a knife?"), "put people in danger"),
        (
            LongText(id="q", text="What are the names of people in the gang?"),
            "put people in danger",
        ),
        (LongText(id="q", text="Who hurt you?"), "put people in danger"),
        (LongText(id="q", text="Describe the incident."), "put people in danger"),
    ],
)
def test_what_is_hard_to_answer_is_named_where_it_is(question, words):
    found = messages(question)

    assert [part for part, _message in found] == ["q"]
    assert words in found[0][1]


@pytest.mark.parametrize(
    "question",
    [
        single("q", text="Do you come by bus or by car?"),
        single("q", text="Why do people carry knives here?"),
        LongText(id="q", text="What would make people feel safer after an attack?"),
        single("q", text="How often do you and your family go out?"),
        single("q", text="What should not change?"),
        single("q", text="How satisfied or dissatisfied are you?"),
        single("q", text="How safe or unsafe do you feel?"),
        agree("I know where to go for help."),
        single("q", text="word " * 25),
    ],
)
def test_what_is_easy_to_answer_is_left_alone(question):
    assert messages(question) == []


def test_the_words_of_a_section_are_read_too():
    assert messages(single("q"), introduction="Our stakeholders meet.")[0][0] == "a"


def test_hard_words_make_a_higher_reading_age():
    assert quality.reading_age(PLAIN) <= 8
    assert quality.reading_age(HARD) >= 20
    assert quality.reading_age("A few words only.") is None


@pytest.mark.parametrize(
    ("word", "many"), [("bus", 1), ("people", 2), ("make", 1), ("responsible", 4), ("the", 1)]
)
def test_syllables_are_counted_by_vowels(word, many):
    assert quality.syllables(word) == many


def test_more_questions_take_longer_and_too_many_words_are_noticed():
    few = quality.burden(TWO_PAGES)
    texts = tuple(LongText(id=f"q{n}", text="What do you think?") for n in range(12))
    many = Questionnaire(sections=(section("a", *texts),))

    assert (few.minutes, few.open_questions) == (3, 1)
    assert quality.burden(many).minutes > few.minutes
    found = [hint.message for hint in quality.hints(many) if not hint.part_id]
    assert [words.split(". ")[0] for words in found] == [
        "It takes 19 minutes",
        "It asks 12 times for words",
    ]


def test_the_overview_shows_time_and_hints_and_blocks_nothing(publisher, stored):
    hard = Questionnaire(sections=(section("a", single("q", text="How good is it?")),))
    opportunity, _version = stored(hard)

    page = Page.get(publisher, at(opportunity, "/questions"))

    assert page.has("asked everything, about 1")
    assert page.has("“How good” suggests an answer.")
    assert page.has("Put version 1 into use")
    assert not page.has("Before that, mend this")
