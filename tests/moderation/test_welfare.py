"""Hard words are covered, counted for their reader alone, and stop for the day."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories.passages import WORDS
from tests.moderation.conftest import DESK, at
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.moderation import welfare
from vrn_community.moderation.models import Opening


@pytest.fixture
def hard(stored, arrange):
    """Return a function that stores words that are a sign of danger."""

    def make():
        found = stored()
        with arrange() as session:
            session.merge(found).urgency = 3
        return found

    return make


def test_hard_words_are_not_on_the_page_before_they_are_opened(moderator, hard):
    passage = hard()
    covered = Page.get(moderator, at(passage))
    assert "Ravi" not in covered.text
    assert at(passage, "/clear") not in [form.get("action") for form in covered.all("form")]

    opened = Page.post(moderator, at(passage, "/open"), {})

    assert opened.has(WORDS)
    assert at(passage, "/clear") in [form.get("action") for form in opened.all("form")]
    assert Page.get(moderator, at(passage)).has(WORDS)


def test_each_text_counts_once_a_day_and_only_for_who_opened_it(moderator, hard, sign_in_as):
    passage = hard()
    for _time in range(2):
        Page.post(moderator, at(passage, "/open"), {})

    assert Page.get(moderator, DESK).has("You have opened 1 hard text today.")
    for role in Role:
        other = sign_in_as(role, email=f"{role}@other.example")
        for url in (DESK, at(passage), "/desk"):
            assert "hard text" not in other.get(url).text.replace("hard to read", "")


def test_a_break_is_offered_after_some(moderator, hard, policy):
    policy(hard_words_break=2)

    pages = [Page.post(moderator, at(hard(), "/open"), {}) for _number in range(3)]

    assert [page.has("Time for a break") for page in pages] == [False, True, False]
    assert pages[1].has("Tell somebody what you read")


def test_more_than_enough_for_a_day_is_opened_only_by_choice(moderator, hard, policy):
    policy(hard_words_a_day=1)
    Page.post(moderator, at(hard(), "/open"), {})
    passage = hard()

    assert send(moderator, at(passage, "/open"), {}).status_code == 303
    asked = Page.get(moderator, at(passage))
    assert asked.has("That is enough for one day")
    assert "Ravi" not in asked.text

    assert Page.post(moderator, at(passage, "/open"), {"open-go_on": "y"}).has(WORDS)


def test_the_next_night_it_is_forgotten(app, moderator, hard):
    Page.post(moderator, at(hard(), "/open"), {})
    with app.app_context():
        opening = db.session.scalars(select(Opening)).one()
        opening.opened_on = clock.today() - timedelta(days=1)
        db.session.commit()

        welfare.forget()

        assert db.session.scalars(select(Opening)).all() == []
