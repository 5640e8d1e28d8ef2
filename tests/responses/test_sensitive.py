"""Sensitive questions: a warning first, names that say nothing, parts to skip, and who helps."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version, questionnaire
from tests.pages import Page
from tests.responses.walking import go
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Contribution, Passage
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.followers.models import Follower
from vrn_community.responses import checking_in, views
from vrn_community.responses.models import CheckIn

TITLE = "Hurt at home"
NOTE = "Being hurt or frightened by somebody at home"
SECTIONS = [
    {
        "id": "easy",
        "title": "Your street",
        "questions": [{"kind": "short-text", "id": "street", "text": "What is good there?"}],
    },
    {
        "id": "hard",
        "title": "At home",
        "content_note": NOTE,
        "questions": [
            {"kind": "short-text", "id": "home", "text": "Do you feel safe at home?"},
            {"kind": "short-text", "id": "who", "text": "Who helps you?"},
        ],
    },
    {
        "id": "last",
        "title": "The end",
        "questions": [{"kind": "short-text", "id": "more", "text": "Anything more?"}],
    },
]


@pytest.fixture
def world(arrange, partnership) -> dict[str, Any]:
    with arrange():
        opportunity = make_opportunity(
            make_account(Role.PUBLISHER), is_public=True, min_age=13, is_sensitive=True, title=TITLE
        )
        version = make_version(opportunity, sections=SECTIONS)
    return {"opportunity": opportunity, "version": version}


@pytest.fixture
def url(world) -> str:
    return f"/o/{world['opportunity'].code}/answer"


def to_note(client, url) -> Page:
    page = go(client, url, go(client, url, Page.get(client, url)))
    page = go(client, url, page, **{"age-band": "13-15"})
    return go(client, url, page, street="The shop")


def titles(client, url) -> list[str]:
    """Return the names of all pages of somebody who answers."""
    about = url.removesuffix("/answer")
    pages = [Page.get(client, about), Page.of(client.post(about)), Page.get(client, url)]
    pages += [go(client, url, pages[-1]), to_note(client, url)]
    for act in ("next", "next", "next", "send"):
        pages.append(go(client, url, pages[-1], act))
    return [page.title for page in pages]


def test_the_name_of_no_page_says_what_the_questions_are_about(client, url) -> None:
    assert set(titles(client, url)) == {"Questions - VRN Community"}


def test_the_names_of_other_pages_say_what_they_are(arrange, client, world, url) -> None:
    with arrange() as session:
        session.merge(world["opportunity"]).is_sensitive = False

    assert TITLE in Page.get(client, url.removesuffix("/answer")).title
    assert Page.get(client, url).heading == "Before you start"


def test_how_to_leave_stands_before_the_first_page_and_only_there(client, url) -> None:
    first = Page.get(client, url)
    assert first.heading == "Before you go on"
    assert "history" in first.text

    start = go(client, url, first)
    assert start.heading == "Before you start"
    age = go(client, url, start)
    assert age.heading == "About you"
    assert go(client, url, age, "back").heading == "Before you start"


def test_the_page_about_it_is_shown_only_in_answer_to_a_form(client, url) -> None:
    for ending in ("", "/print", "/questions"):
        about = url.replace("/answer", ending)
        before, shown = client.get(about), client.post(about)

        assert TITLE not in before.text
        assert "Before you go on" in before.text
        assert TITLE in shown.text
        assert Page.of(shown).title == "Questions - VRN Community"
        assert shown.headers["Cache-Control"] == "no-store"


def test_whoever_was_told_is_not_told_again(client, url) -> None:
    about = Page.of(client.post(url.removesuffix("/answer")))
    forms = [form for form in about.all("form") if form.get("action") == url]

    assert len(forms) == 1
    assert Page.of(client.post(url, data={"go": "told"})).heading == "Before you start"


def test_a_hard_section_is_announced_and_skipped_with_one_press(client, url) -> None:
    note = to_note(client, url)

    assert NOTE in note.text
    assert "2 questions about this. You can skip all of them." in note.text
    assert "Do you feel safe" not in note.text
    skipping, going = (button.get("class") for button in note.all("button") if is_choice(button))
    assert skipping == going
    assert go(client, url, note, "skip").heading == "The end"
    assert go(client, url, note).heading == "At home"


def panel_of(page: Page) -> str:
    """Return the words of the panel of whoever can be rung."""
    panels = [page.words(found) for found in page.all("details")]
    return next(words for words in panels if words.startswith("Talk to somebody now"))


def is_choice(button: Any) -> bool:
    return button.get("value") in ("next", "skip") and button.get("class") != "visually-hidden"


def test_whoever_skips_on_the_page_itself_leaves_nothing_of_it(client, url) -> None:
    hard = go(client, url, to_note(client, url))
    last = go(client, url, hard, home="No", who="Nobody")
    hard = go(client, url, last, "back")
    assert 'value="No"' in hard.text

    last = go(client, url, hard, "skip", home="Never", who="Nobody")
    check = go(client, url, last, more="Bye")

    assert last.heading == "The end"
    assert "The shop" in check.text
    assert not check.has("Never")
    assert not check.has("Nobody")


def test_back_leads_from_the_hard_section_to_its_note(client, url) -> None:
    hard = go(client, url, to_note(client, url))

    assert NOTE in go(client, url, hard, "back").text


@pytest.mark.parametrize(
    ("band", "named", "not_named"),
    [("13-15", "Childline", "National Domestic Abuse Helpline"), ("35-44", "FreeVA", "Childline")],
)
def test_who_can_be_rung_follows_the_age(client, url, band, named, not_named) -> None:
    page = go(client, url, go(client, url, Page.get(client, url)))

    section = go(client, url, page, **{"age-band": band})

    lines = panel_of(section)
    assert named in lines
    assert not_named not in lines


@pytest.fixture
def asks_area(arrange, world) -> None:
    asked = {"kind": "area", "id": "where", "text": "Where do you live?"}
    place = {"id": "place", "title": "Your place", "questions": [asked]}
    with arrange() as session:
        made = questionnaire(sections=[place, *SECTIONS])
        session.merge(world["version"]).document = made.model_dump(mode="json")


@pytest.mark.usefixtures("asks_area")
def test_who_can_be_rung_follows_the_area_that_was_answered(client, url) -> None:
    page = go(client, url, go(client, url, Page.get(client, url)))
    section = go(client, url, page, **{"age-band": "13-15"})
    everywhere = panel_of(section)

    near = panel_of(go(client, url, section, where="e06000017"))

    teams = ("Leicester Children", "Rutland Children")
    assert [team in everywhere for team in teams] == [True, True]
    assert [team in near for team in teams] == [False, True]


def test_pages_before_and_beside_the_questions_say_who_can_be_rung(client, url) -> None:
    before = Page.get(client, url)
    start = go(client, url, before)
    young = go(client, url, go(client, url, start), **{"age-band": "10-12"})
    old = Page.of(client.post(url, data={"state": "x", "go": "next"}))

    headings = [page.heading for page in (before, start, old)]
    assert headings == ["Before you go on", "Before you start", "Please start again"]
    for page in (before, start, old):
        assert "Samaritans" in panel_of(page)
        assert url.replace("/answer", "/reach") in page.links()
    assert young.has("Childline")
    assert not young.has("National Domestic Abuse Helpline")


def test_questions_that_are_closed_say_who_can_be_rung(arrange, client, world, url) -> None:
    with arrange() as session:
        over = session.merge(world["opportunity"])
        over.opens_on = over.closes_on = clock.today() - timedelta(days=1)

    for page in (Page.get(client, url), Page.get(client, url.removesuffix("/answer"))):
        assert "Samaritans" in panel_of(page)
        assert url.replace("/answer", "/reach") not in page.links()


def test_who_answers_now_stands_first(client, url, monkeypatch) -> None:
    at_night = clock.now().replace(hour=22, minute=30)
    monkeypatch.setattr(clock, "now", lambda: at_night)
    page = go(client, url, go(client, url, Page.get(client, url)))

    section = go(client, url, page, **{"age-band": "18-24"})

    states = re.findall("Open now|Closed now", panel_of(section))
    assert states == sorted(states, reverse=True)
    assert set(states) == {"Open now", "Closed now"}


def test_everybody_finds_somebody_to_ring_after_sending(client, url) -> None:
    page = to_note(client, url)
    for act in ("skip", "next", "send"):
        page = go(client, url, page, act)

    assert page.heading == "Thank you. Your answers are in."
    assert "Childline" in page.text


def test_no_page_of_sensitive_questions_offers_to_save(client, url) -> None:
    page = to_note(client, url)
    while page.heading != "Check your answers":
        assert 'value="keep"' not in page.text
        page = go(client, url, page)


def to_end(client, url) -> Page:
    page = to_note(client, url)
    for act in ("skip", "next", "send"):
        page = go(client, url, page, act)
    return page


def check_in(client, url, page: Page, feeling: str) -> Page:
    state = page.hidden("state")
    there = url.replace("/answer", "/feeling")
    return Page.of(client.post(there, data={"state": state, "feeling": feeling}))


@pytest.fixture
def feelings(app, world):
    """Return a function that says how many people said that they are upset, mixed or well."""

    def count() -> tuple[int, ...]:
        with app.app_context():
            return tuple(checking_in.feelings(world["opportunity"].id).values())

    return count


def test_how_somebody_is_counts_once_and_the_last_word_holds(client, url, feelings) -> None:
    end = to_end(client, url)

    assert check_in(client, url, end, "good").heading == "Thank you for telling us"
    upset = check_in(client, url, end, "upset")

    assert upset.heading == "You are not alone with this"
    assert upset.has("Childline")
    assert not upset.has("National Domestic Abuse Helpline")
    assert feelings() == (0, 0, 1)


def test_by_the_next_night_only_the_count_is_left(app, client, url, feelings) -> None:
    for feeling in ("upset", "good", "upset"):
        check_in(client, url, to_end(client, url), feeling)
    assert feelings() == (1, 0, 2)

    with app.app_context():
        checking_in.fold()
        db.session.commit()
        checking_in.fold()
        db.session.commit()
        assert not db.session.scalar(select(func.count()).select_from(CheckIn))
    assert feelings() == (1, 0, 2)
    check_in(client, url, to_end(client, url), "upset")
    assert feelings() == (1, 0, 3)


@pytest.mark.parametrize("sent", [{}, {"feeling": "upset"}, {"feeling": "angry", "state": "x"}])
def test_what_is_no_check_in_counts_nothing_and_offers_help(client, url, feelings, sent) -> None:
    page = Page.of(client.post(url.replace("/answer", "/feeling"), data=sent))

    assert page.heading == "Somebody to talk to"
    assert feelings() == (0, 0, 0)


def test_nothing_leads_from_how_somebody_is_to_what_they_sent(app, client, url) -> None:
    check_in(client, url, to_end(client, url), "upset")

    with app.app_context():
        kept = db.session.scalars(select(CheckIn)).one()
        stored = db.session.scalars(select(Contribution)).one()
        columns = {str(getattr(stored, name)) for name in ("id", "receipt_hash")}
        assert kept.token_hash not in columns
        assert set(CheckIn.__table__.columns.keys()) == {"token_hash", "opportunity_id", "feeling"}


def test_whoever_publishes_is_told_when_no_hard_part_is_announced(session, partnership):
    author = make_account(Role.PUBLISHER)
    hard, plain = (make_opportunity(author, is_sensitive=answer) for answer in (True, False))
    for opportunity in (hard, plain):
        make_version(opportunity, sections=[SECTIONS[0], SECTIONS[2]])
    announced = make_opportunity(author, is_sensitive=True)
    make_version(announced, sections=SECTIONS)

    [gap] = views.hard_parts_are_announced(hard)
    assert gap.is_warning
    assert views.hard_parts_are_announced(plain) == []
    assert views.hard_parts_are_announced(announced) == []


def test_nobody_writes_about_offences_in_a_version_from_before(client, url, world, arrange):
    page = go(client, url, Page.get(client, url), "told")
    page = go(client, url, page)
    with arrange() as session:
        session.get(Opportunity, world["opportunity"].id).is_offence_related = True

    for act in ("next", "back", "finish", "send", "keep"):
        answer = go(client, url, page, act, street="Mark hurt me.")
        assert answer.heading == "Please start again"
        assert not answer.all("textarea")
    contact = {"go": "add", "contact": "a@example.org"}
    client.post(url.replace("/answer", "/follow"), data=contact)

    with arrange() as session:
        for model in (Contribution, Passage, Follower):
            assert session.scalar(select(func.count()).select_from(model)) == 0
