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
from vrn_community.questionnaires import offences, services
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
