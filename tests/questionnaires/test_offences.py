"""Offences: nobody asks about them without the flag, and under it nobody writes (Y17)."""

import pytest

from tests.factories.records import make_record
from tests.opportunities.conftest import at, reload
from tests.pages import Page, send
from tests.questionnaires.conftest import TWO_PAGES, section, single
from vrn_community.foundation.errors import NotAllowed
from vrn_community.opportunities import services as opportunities
from vrn_community.opportunities.lifecycle import Act, OpportunityState
from vrn_community.privacy import gates as records
from vrn_community.privacy.models import Mode
from vrn_community.questionnaires import mending, offences, services, translating
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.choices import MultipleChoice
from vrn_community.questionnaires.question_types.scales import Sentiment
from vrn_community.questionnaires.question_types.texts import LongText, SeveralTexts, ShortText

KNIFE = single("q", text="Have you ever carried a knife?")
#: Every way to answer in one's own words.
WRITING = [
    ShortText(id="q", text="Your street?"),
    LongText(id="q", text="Why?"),
    SeveralTexts(id="q", text="Three things", rows=({"id": "one", "text": "One"},)),
    single("q", has_other=True),
    MultipleChoice(id="q", text="What helps?", choices=KNIFE.choices, has_other=True),
    Sentiment(id="q", text="How does the park feel?"),
]


def asking(*questions):
    return Questionnaire(sections=(section("a", *questions),))


def problems(opportunity, document):
    return [problem.message for problem in offences.problems(opportunity, document)]


@pytest.mark.parametrize("question", WRITING, ids=lambda question: question.label)
def test_nobody_writes_where_offences_are_asked_about(opportunity, question):
    opportunity.is_offence_related = True

    found = problems(opportunity, asking(question))

    assert len(found) == 1
    assert question.text in found[0]
    assert offences.lets_write(opportunity, asking(question))


def test_people_choose_where_offences_are_asked_about(opportunity):
    opportunity.is_offence_related = True

    assert problems(opportunity, asking(KNIFE)) == []
    assert not offences.lets_write(opportunity, asking(KNIFE))


@pytest.mark.parametrize(
    "text", ["Have you ever carried a knife?", "Who hurt you?", "Describe the incident."]
)
def test_without_the_flag_nobody_is_asked_for_a_crime_a_name_or_a_story(opportunity, text):
    found = problems(opportunity, asking(single("q", text=text)))

    assert len(found) == 1
    assert "about offences" in found[0]


PLACES = ["introduction", "a.title", "a.introduction", "q.hint", "q.choices.yes"]


def saying(text, place):
    """Return a questionnaire that says something at one place."""
    plain = Questionnaire(
        introduction="Begin",
        sections=(section("a", single("q", hint="Choose"), introduction="First"),),
    )
    return mending.mended(plain, place, text)


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("text", ["Tell us about your crime.", "Carried a knife"])
def test_no_text_around_a_question_asks_for_it_either(opportunity, where, text):
    (found,) = offences.problems(opportunity, saying(text, where))

    assert found.place == where
    assert found.part_id == ("" if where == "introduction" else where[0])


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize(
    "text",
    [
        "Knife crime",
        "People who carry knives",
        "Somebody who sells drugs",
        "Do not write the name of any person.",
        "You never have to say what happened to you.",
    ],
)
def test_a_worry_or_a_warning_asks_for_nothing(opportunity, where, text):
    assert problems(opportunity, saying(text, where)) == []


@pytest.mark.parametrize("language", ["en-easy", "ur"])
def test_no_translation_asks_for_it_in_english_words(opportunity, language):
    told = {"q.text": KNIFE.text}
    document = translating.translated(asking(single("q", text="Safe?")), language, told)

    (found,) = problems(opportunity, document)

    assert translating.name_of(language) in found


def test_other_questions_are_asked_in_words_too(opportunity):
    assert problems(opportunity, TWO_PAGES) == []
    assert not offences.lets_write(opportunity, TWO_PAGES)


def test_a_version_with_such_a_question_is_not_put_into_use(opportunity, author):
    version = services.begin(opportunity, by=author)
    services.edit(version, asking(KNIFE), by=author)

    with pytest.raises(NotAllowed, match="about offences"):
        services.publish(version, by=author)

    opportunity.is_offence_related = True
    services.publish(version, by=author)


def test_the_flag_makes_it_sensitive_whatever_the_box_says(opportunity, author):
    content = {"is_sensitive": False, "is_offence_related": True}

    opportunities.edit(opportunity, content, by=author)

    assert opportunity.is_sensitive


def test_the_flag_set_later_keeps_words_from_being_asked(publisher, stored, app):
    opportunity, _version = stored(published=True, is_offence_related=True, is_sensitive=True)

    page = Page.get(publisher, at(opportunity))
    assert page.has("“Why?” asks for words. Take it out, or let people choose.")
    refused = send(publisher, at(opportunity, "/submit"), {})

    assert refused.status_code == 200
    assert reload(app, opportunity).state is OpportunityState.DRAFT


def test_the_builder_says_which_questions_have_to_go(publisher, stored):
    opportunity, _version = stored(is_offence_related=True, is_sensitive=True)

    page = Page.get(publisher, at(opportunity, "/questions"))

    assert page.has("“Why?” asks for words. Take it out, or let people choose.")
    assert not page.has("Put version 1 into use")


def test_whoever_is_asked_about_offences_is_not_known(opportunity):
    opportunity.is_offence_related = opportunity.is_sensitive = True
    record = make_record(opportunity, mode=Mode.CONFIDENTIAL)
    assert record

    found = [gap.message for gap in records.gaps_of(opportunity)]

    assert any("it has to be anonymous" in message for message in found)
    with pytest.raises(opportunities.GatesClosed):
        opportunities.change_state(opportunity, Act.SUBMIT, by=opportunity.author)


@pytest.mark.parametrize("where", ["safe.text", "first.title"])
def test_easy_read_asks_nothing_that_the_questions_may_not(publisher, stored, where):
    opportunity, version = stored(published=True)
    there = at(opportunity, "/questions/translations/en-easy/first")

    page = Page.post(publisher, there, {where: KNIFE.text})

    assert len(page.errors()) == 1
    assert "about offences" in page.errors()[0]
    assert page.has(KNIFE.text)


def test_mending_words_makes_no_such_question(opportunity, author):
    version = services.begin(opportunity, by=author)
    services.edit(version, asking(single("q", text="Do you ever marry a wife now?")), by=author)
    services.publish(version, by=author)

    words = "Do you ever carry a wife now?"
    with pytest.raises(NotAllowed, match="about offences"):
        services.mend(version, "q.text", words, by=author, reason="A letter")
