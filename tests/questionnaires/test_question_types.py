from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from tests.questionnaires.conftest import choices, single
from vrn_community.config import PROJECT_ROOT
from vrn_community.questionnaires.question_types import TYPES, AnyQuestion
from vrn_community.questionnaires.question_types.base import LONGEST_OTHER, Choice, Missing
from vrn_community.questionnaires.question_types.choices import MultipleChoice, PictureOption
from vrn_community.questionnaires.question_types.orders import Points
from vrn_community.questionnaires.question_types.pictures import PICTURES
from vrn_community.questionnaires.question_types.places import AreaMap, AreaPicker, area_of
from vrn_community.questionnaires.question_types.scales import AgreementScale
from vrn_community.questionnaires.question_types.texts import LongText, ShortText

ONE = single("q", "bus", "walk")
ONE_OR_OTHER = single("q", "bus", "walk", has_other=True)
MANY = MultipleChoice(
    id="q",
    text="?",
    has_other=True,
    choices=(
        *choices("bus", "walk"),
        Choice(id="none", text="None of these", is_exclusive=True),
        Choice(id="quiet", text="Prefer not to say", missing=Missing.PREFER_NOT_TO_SAY),
    ),
)
AGREE = AgreementScale(id="q", text="?")
SHORT = ShortText(id="q", text="?", longest=10)
LONG = LongText(id="q", text="?", longest=100)
LEICESTER, BLABY = "e06000016", "e07000129"


def read(question, *pairs):
    return question.read(MultiDict(pairs))


def test_every_type_has_a_name_and_a_macro():
    union = {kind.model_fields["kind"].default for kind in get_args(get_args(AnyQuestion)[0])}

    assert set(TYPES) == union
    for kind, type_ in TYPES.items():
        macro = PROJECT_ROOT / "templates" / "questionnaires" / "types" / f"{kind}.html"
        assert "macro question(question, answer, words, error)" in macro.read_text("utf-8")
        assert str(type_.label)


@pytest.mark.parametrize("question", [ONE, ONE_OR_OTHER, MANY, AGREE, SHORT, LONG])
def test_nothing_sent_is_no_answer_and_no_error(question):
    for pairs in ([], [("q", "")], [("q", " \n ")], [("other-name", "bus")]):
        reading = read(question, *pairs)
        assert (reading.answer, dict(reading.words), reading.error) == (None, {}, "")


@pytest.mark.parametrize("sent", ["train", "BUS", "bus ", "other", "q", "0", "bus\0", "None"])
def test_what_was_not_offered_is_no_answer(sent):
    assert read(ONE, ("q", sent)).answer is None


def test_one_choice_is_read_even_if_several_are_sent():
    assert read(ONE, ("q", "walk"), ("q", "bus")).answer == "walk"


def test_words_go_with_something_else():
    reading = read(ONE_OR_OTHER, ("q", "other"), ("q.other", "  By\0 boat "))

    assert (reading.answer, reading.words) == ("other", {"q.other": "By boat"})
    assert read(ONE_OR_OTHER, ("q", "other")).answer == "other"
    assert read(ONE, ("q.other", "By boat")).words == {}


@pytest.mark.parametrize(("question", "answer"), [(ONE_OR_OTHER, "other"), (MANY, ["other"])])
def test_words_are_not_lost_because_the_choice_beside_them_was_forgotten(question, answer):
    reading = read(question, ("q.other", "By boat"))

    assert (reading.answer, reading.words) == (answer, {"q.other": "By boat"})


def test_words_that_no_longer_belong_to_the_answer_are_dropped():
    reading = read(ONE_OR_OTHER, ("q", "bus"), ("q.other", "x" * 1_000))

    assert (reading.answer, reading.words, reading.error) == ("bus", {}, "")


def test_too_many_words_are_kept_and_named():
    typed = "x" * (LONGEST_OTHER + 1)
    reading = read(ONE_OR_OTHER, ("q", "other"), ("q.other", typed))

    assert reading.words == {"q.other": typed}
    assert "at most 200 characters" in reading.error


def test_several_choices_are_read_in_the_order_of_the_question():
    reading = read(MANY, ("q", "walk"), ("q", "train"), ("q", "bus"), ("q", "bus"))

    assert (reading.answer, reading.error) == (["bus", "walk"], "")


@pytest.mark.parametrize("alone", ["none", "quiet"])
def test_some_choices_go_with_no_other(alone):
    assert read(MANY, ("q", alone)).error == ""
    reading = read(MANY, ("q", alone), ("q", "bus"))

    assert reading.answer == ["bus", alone]
    assert "does not go with the other answers" in reading.error


def test_a_scale_has_five_steps():
    assert len(AGREE.options()) == 5
    assert read(AGREE, ("q", "neither")).answer == "neither"
    assert read(AGREE, ("q", "maybe")).answer is None


@pytest.mark.parametrize("question", [SHORT, LONG])
def test_words_give_a_passage_and_never_a_closed_answer(question):
    fits = read(question, ("q", "\r\n ä\x07 words "))
    too_long = read(question, ("q", "x" * (question.longest + 1)))

    assert (fits.answer, fits.words, fits.error) == (None, {"q": "ä words"}, "")
    assert too_long.words == {"q": "x" * (question.longest + 1)}
    assert str(question.longest) in too_long.error
    assert question.passage_ids() == ("q",)


def test_an_answer_can_be_told_in_words():
    assert ONE_OR_OTHER.describe("other", {"q.other": "By boat"}) == ["Something else", "By boat"]
    assert MANY.describe(["bus", "gone"], {}) == ["Bus"]
    assert ONE.describe(None, {}) == []
    assert LONG.describe(None, {"q": "Because."}) == ["Because."]


NAMES = st.sampled_from(["q", "q.other", "q.sector", "x"])
VALUES = st.text(max_size=300) | st.sampled_from(["bus", "none", "other", "agree", LEICESTER])


@pytest.mark.parametrize("question", [ONE, ONE_OR_OTHER, MANY, AGREE, SHORT, LONG])
@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=8))
def test_whatever_is_sent_only_offered_choices_come_out(question, pairs):
    reading = read(question, *pairs)

    assert set(question.chosen(reading.answer)) <= {c.id for c in question.options()}
    assert set(reading.words) <= set(question.passage_ids())
    assert all(words and "\0" not in words for words in reading.words.values())


def test_what_is_no_number_is_shown_again_and_never_kept():
    points = Points(id="q", text="?", choices=choices("bus", "walk"), total=10)

    reading = read(points, ("q.bus", "4"), ("q.walk", "-3"))

    assert (reading.answer, reading.words) == ({"bus": 4}, {"q.walk": "-3"})
    assert reading.error == "Enter whole numbers."
    assert read(points, ("q.bus", "٤"), ("q.walk", "6")).answer == {"bus": 4, "walk": 6}


def test_only_pictures_of_ours_can_be_shown():
    drawn = {path.stem for path in (PROJECT_ROOT / "static/img/pictures").glob("*.svg")}

    assert set(PICTURES) == drawn
    for name in PICTURES:
        assert PictureOption(id="a", text="A", picture=name, alternative="A thing").picture == name
    for name in ("cat", "../mark"):
        with pytest.raises(ValidationError):
            PictureOption(id="a", text="A", picture=name, alternative="A thing")


class TestArea:
    """Needs the list of areas."""

    AREA = AreaPicker(id="q", text="?")

    @pytest.fixture(autouse=True)
    def _place(self, partnership, session):
        pass

    @pytest.mark.parametrize(
        ("typed", "area"),
        [
            ("LE3 9", LEICESTER),
            ("le39", LEICESTER),
            (" le3  9ab ", LEICESTER),
            ("LE3 9AB", LEICESTER),
            ("SW1A 1", "elsewhere"),
        ],
    )
    def test_a_sector_becomes_an_area_and_nothing_else_is_kept(self, typed, area):
        reading = read(self.AREA, ("q.sector", typed))

        assert (reading.answer, dict(reading.words), reading.error) == (area, {}, "")

    @pytest.mark.parametrize(
        "typed", ["LE", "39", "LE3", "LE3 9ABC", "x" * 5_000, "ＬＥ3 9", "LE3 ٩"]
    )
    def test_what_is_no_sector_is_asked_for_again(self, typed):
        reading = read(self.AREA, ("q.sector", typed))

        assert reading.answer is None
        assert "LE3 9" in reading.error

    def test_a_chosen_area_goes_first(self):
        pairs = [("q", "e07000130"), ("q.sector", "nonsense")]

        assert read(self.AREA, *pairs).answer == "e07000130"
        assert read(self.AREA, ("q", "E07000130")).answer is None
        assert read(self.AREA, ("q", "elsewhere")).answer == "elsewhere"

    def test_all_nine_areas_and_elsewhere_are_offered(self):
        assert len(self.AREA.options()) == 10
        assert self.AREA.describe(LEICESTER, {}) == ["Leicester"]

    MAP = AreaMap(id="q", text="?")

    def test_each_area_has_a_place_on_the_map(self):
        places = [(column, row) for _area, column, row in self.MAP.tiles()]

        assert len(set(places)) == 9
        assert places == sorted(places, key=lambda place: place[::-1])
        assert [choice.id for choice in self.MAP.off_map()] == ["elsewhere"]

    @pytest.mark.parametrize(
        ("tile", "listed", "was", "answer"),
        [
            (LEICESTER, "", "", LEICESTER),
            ("", BLABY, "", BLABY),
            (LEICESTER, LEICESTER, "", LEICESTER),
            # The tile that was chosen before is sent along by whoever uses the list now.
            (LEICESTER, BLABY, LEICESTER, BLABY),
            ("", BLABY, LEICESTER, BLABY),
            (BLABY, "", LEICESTER, BLABY),
            ("", "", LEICESTER, None),
            (LEICESTER, "nonsense", "", LEICESTER),
        ],
    )
    def test_the_map_or_the_list_says_where(self, tile, listed, was, answer):
        reading = read(self.MAP, ("q", tile), ("q.list", listed), ("q.was", was))

        assert (reading.answer, reading.error) == (answer, "")

    def test_two_different_places_are_asked_about(self):
        reading = read(self.MAP, ("q", LEICESTER), ("q.list", BLABY))

        assert (reading.answer, reading.words) == (LEICESTER, {"q.list": BLABY})
        assert "two different places" in reading.error

    def test_no_area_is_found_for_nonsense(self):
        assert area_of("'; --") is None
