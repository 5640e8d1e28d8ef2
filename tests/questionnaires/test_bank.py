import pytest

from tests.pages import Page, send
from tests.questionnaires.conftest import TWO_PAGES, after, section
from tests.questionnaires.test_desk import asked
from tests.questionnaires.test_desk_forms import save, url
from vrn_community.questionnaires import bank, labels, quality, readiness
from vrn_community.questionnaires.document import Questionnaire

FIXED = [wording for wording in bank.wordings() if not wording.is_block]
KNOWN = [wording.question for wording in FIXED]
BLOCKS = [wording for wording in bank.wordings() if wording.is_block]


@pytest.mark.parametrize("wording", bank.wordings(), ids=lambda found: found.name)
def test_a_wording_has_a_name_a_topic_and_plain_words(wording):
    assert wording.is_block or wording.question.id == f"{wording.name}-{wording.version}"
    assert wording.entry.topic in labels.TOPICS
    assert wording.entry.purpose
    alone = wording.section if wording.is_block else section("a", wording.question)
    document = Questionnaire(sections=(alone,))
    assert readiness.problems(document) == []
    assert quality.hints(document) == []


def test_all_wordings_fit_into_one_questionnaire():
    questions = [wording.question for wording in FIXED]

    assert len(questions) >= 10
    assert Questionnaire(sections=(section("a", *questions),))


def test_a_block_asks_several_questions_and_names_those_that_the_bank_has():
    named = [asked for block in BLOCKS for asked in block.entry.questions if asked in KNOWN]

    assert len(BLOCKS) >= 2
    assert all(len(block.entry.questions) > 1 for block in BLOCKS)
    assert named
    assert {bank.origin(asked)[0].is_block for asked in named} == {False}


def test_only_the_newest_version_of_a_wording_is_offered(monkeypatch):
    one = bank.wording("worry")
    two = bank.Wording("worry", 2, one.entry)
    monkeypatch.setattr(bank, "wordings", lambda: (two, one))

    assert bank.latest() == [two]
    with pytest.raises(KeyError):
        bank.wording("weather")


def test_it_is_known_where_a_question_came_from_and_whether_it_was_changed():
    fixed = bank.wording("worry").question

    assert bank.origin(fixed)[1] is True
    assert bank.origin(fixed.model_copy(update={"show_if": after("q", "yes")}))[1] is True
    assert bank.origin(fixed.model_copy(update={"text": "Do you worry?"}))[1] is False
    assert bank.origin(TWO_PAGES.question("way")) is None


def test_a_question_is_put_in_once_in_its_fixed_words(publisher, stored, app):
    opportunity, _version = stored()
    there = url(opportunity, "/sections/first/bank")
    page = Page.get(publisher, there)
    assert page.has("In the last 12 months, have you stayed away")
    data = {"revision": page.hidden("revision"), "wording": "worry"}

    for _again in range(2):
        assert send(publisher, there, data).status_code == 303

    added = asked(app, opportunity).sections[0].questions[2:]
    assert added == (bank.wording("worry").question,)
    assert Page.get(publisher, there).has("It is in this questionnaire already.")
    assert Page.get(publisher, url(opportunity, "")).has("Fixed words, version 1")
    save(publisher, url(opportunity, "/questions/worry-1"), text="Do you worry?")
    assert Page.get(publisher, url(opportunity, "")).has("can no longer be compared")


def test_nothing_else_is_put_in(publisher, stored, app):
    opportunity, _version = stored()
    there = url(opportunity, "/sections/first/bank")

    assert send(publisher, there, {"wording": "weather"}).status_code == 404
    late = {"revision": "-1", "wording": "worry"}
    assert send(publisher, there, late).location == there
    assert asked(app, opportunity) == TWO_PAGES
