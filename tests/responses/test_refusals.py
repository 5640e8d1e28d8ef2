"""What cannot be sent is refused kindly: no fault of ours, nothing stored, no word lost."""

import base64
import random
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import DOCUMENT, make_version
from tests.pages import Page
from tests.responses.walking import carried, code_on, go, to_check_page
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState
from vrn_community.responses.models import Response

AGAIN = "Please start again"
WORDS = "My own words, just typed."
FORM = "application/x-www-form-urlencoded"


def to_section(client, url) -> Page:
    """Go to the first page with a box to write in."""
    page = go(client, url, Page.get(client, url))
    return go(client, url, page, **{"age-band": "16-17"})


def to_last_page(client, url) -> Page:
    return go(client, url, to_check_page(client, url))


# Changed on the way


def changed(state: str) -> list[str]:
    """Return a sealed state with something wrong in it, in many ways."""
    content = base64.urlsafe_b64decode(state)
    places = random.Random(1).sample(range(len(content)), 12)
    flipped = [content[:n] + bytes([content[n] ^ 1]) + content[n + 1 :] for n in places]
    cut = [content[:-1], content[:20], content[1:], content + b"\x00", content * 2]
    return [base64.urlsafe_b64encode(made).decode() for made in (*flipped, *cut)]


def test_a_state_that_was_changed_anywhere_is_refused(client, url, stored) -> None:
    page = to_section(client, url)
    for state in changed(carried(page)["state"]):
        for act in ("next", "send"):
            sent = {**carried(page), "state": state, "go": act, "feel": "unsafe", "why": WORDS}
            answer = Page.of(client.post(url, data=sent))
            assert answer.heading == AGAIN
            assert answer.has(WORDS)
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize("missing", ["state", "v", "go", "all"])
def test_a_form_with_parts_missing_is_answered(client, url, stored, missing) -> None:
    page = to_section(client, url)
    sent = {**carried(page), "go": "next", "feel": "unsafe", "why": WORDS}
    kept = {} if missing == "all" else {k: v for k, v in sent.items() if k != missing}

    answer = Page.of(client.post(url, data=kept))

    is_known = missing in ("v", "go")  # Then it is as if the form had them.
    assert answer.heading == ("What would help" if is_known else AGAIN)
    if is_known:
        answer = go(client, url, answer, "back")
    assert missing == "all" or WORDS in answer.text
    assert stored() == (0, 0, 0)


ACTS = ["back", "change", "change:", "change:section.nowhere", "change:about", "x", "", "send:x"]


@pytest.mark.parametrize("act", ACTS)
def test_a_button_that_nobody_offered_breaks_nothing(client, url, act) -> None:
    pages = [Page.get(client, url), to_section(client, url), to_check_page(client, url)]
    for page in [*pages, to_last_page(client, url)]:
        go(client, url, page, act, why=WORDS)


# From elsewhere


@pytest.fixture
def versions(arrange, world) -> dict[str, str]:
    """Return the keys of other versions: of this opportunity, and of another one."""
    with arrange() as session:
        here = session.merge(world["opportunity"])
        other = make_opportunity(make_account(Role.PUBLISHER, email="o@example.org"))
        found = {"elsewhere": make_version(other)}
        for number, state in ((2, VersionState.RETIRED), (3, VersionState.DRAFT)):
            document = session.merge(world["version"]).document
            more = {"opportunity_id": here.id, "number": number, "document": document}
            found[state] = QuestionnaireVersion(state=state, **more)
            session.add(found[state])
        session.flush()
        return {name: str(version.id) for name, version in found.items()}


@pytest.mark.parametrize("which", ["retired", "draft", "elsewhere"])
def test_a_state_of_another_version_is_refused(client, url, stored, versions, which) -> None:
    page = to_check_page(client, url)
    sent = {"state": carried(page)["state"], "v": versions[which], "go": "send"}

    answer = Page.of(client.post(url, data=sent))

    # A version that nobody may answer counts as none at all: then it is the one of the state.
    is_refused = which == "retired"
    assert (answer.heading == AGAIN) is is_refused
    assert stored()[0] == (0 if is_refused else 1)


def test_who_began_with_one_version_ends_with_it(client, url, world, arrange, app) -> None:
    page = to_section(client, url)
    with arrange() as session:
        session.merge(world["version"]).state = VersionState.RETIRED
        session.flush()
        opportunity = session.merge(world["opportunity"])
        session.add(
            QuestionnaireVersion(
                opportunity_id=opportunity.id,
                number=2,
                state=VersionState.PUBLISHED,
                document={**world["version"].document, "asks_age_band": False},
                published_at=clock.now(),
            )
        )

    page = go(client, url, page, feel="unsafe", why=WORDS)
    code_on(go(client, url, go(client, url, page), "send"))

    with app.app_context():
        sent = db.session.scalars(select(Response)).one()
        assert sent.version_id == world["version"].id
        assert sent.answers == {"feel": "unsafe"}


# Sent again


def test_a_step_sent_again_after_the_end_changes_nothing(client, url, app, stored) -> None:
    section, check = to_section(client, url), to_check_page(client, url)
    page = go(client, url, section, feel="unsafe", why="What I said first.")
    last = go(client, url, go(client, url, page))
    code = code_on(go(client, url, last, "send"))

    again = go(client, url, section, feel="unsafe", why="What I said later.")
    assert again.has("What would help")
    again = go(client, url, go(client, url, again))
    assert code_on(go(client, url, again, "send")) == code

    assert stored() == (1, 1, 1)
    with app.app_context():
        (passage,) = db.session.scalars(select(Passage))
        assert passage.unseal() == "What I said first."
    assert code_on(go(client, url, check, "send")) != code


def test_two_people_at_once_never_see_each_others_words(client, url, app) -> None:
    others = app.test_client()
    mine, theirs = to_section(client, url), to_section(others, url)
    mine = go(client, url, mine, feel="unsafe", why="Zanzibarquail")
    theirs = go(others, url, theirs, feel="unsafe", why="Marmosetfern")
    for _ in range(3):
        assert "Marmosetfern" not in mine.text
        assert "Zanzibarquail" not in theirs.text
        mine, theirs = go(client, url, mine, "back"), go(others, url, theirs, "back")
        assert "Zanzibarquail" in mine.text
        assert "Marmosetfern" in theirs.text
        mine, theirs = (
            go(client, url, mine, feel="unsafe", why="Zanzibarquail"),
            go(others, url, theirs, feel="unsafe", why="Marmosetfern"),
        )


# Too late


@pytest.mark.parametrize(("hours", "is_refused"), [(23.9, False), (24.1, True)])
def test_after_a_day_the_words_are_given_back(
    client, url, monkeypatch, stored, hours, is_refused
) -> None:
    page = to_section(client, url)
    later = clock.now() + timedelta(hours=hours)
    monkeypatch.setattr(clock, "now", lambda: later)

    answer = go(client, url, page, feel="unsafe", why=WORDS)

    assert (answer.heading == AGAIN) is is_refused
    assert answer.has(WORDS) is is_refused
    assert stored() == (0, 0, 0)


ENDS = [OpportunityState.CLOSED, OpportunityState.PAUSED, OpportunityState.WITHDRAWN]


@pytest.mark.parametrize("state", ENDS)
def test_whenever_it_ends_every_word_is_given_back(
    client, url, world, arrange, stored, state
) -> None:
    section, check, last = (step(client, url) for step in (to_section, to_check_page, to_last_page))
    with arrange() as session:
        session.merge(world["opportunity"]).state = state

    typed = go(client, url, section, feel="unsafe", why=WORDS)
    assert typed.has(WORDS)
    for page in (typed, *(go(client, url, p, a) for p in (check, last) for a in ("next", "send"))):
        assert page.heading == "You cannot answer just now"
        assert page is typed or page.has("It is dark by the canal.")
        assert page is typed or page.has("A night bus")
    assert stored() == (0, 0, 0)


def test_when_the_questions_are_taken_away_the_words_are_given_back(
    client, url, world, arrange, stored
) -> None:
    section = to_section(client, url)
    with arrange() as session:
        session.merge(world["version"]).state = VersionState.DRAFT

    assert go(client, url, section, why=WORDS).has(WORDS)
    assert stored() == (0, 0, 0)


# Too much


TOO_LONG = [("why", 1_500), ("one-word", 200), ("ideas.other", 200)]


@pytest.mark.parametrize(("field", "longest"), TOO_LONG)
def test_too_long_is_said_beside_the_field_and_the_words_stay(client, url, field, longest) -> None:
    page = to_section(client, url)
    if field != "why":
        page = go(client, url, page, feel="unsafe")
    words = f"{'w' * longest}x"

    page = go(client, url, page, feel="unsafe", ideas="other", **{field: words})

    question = field.partition(".")[0]
    message = f"Use at most {longest:,} characters".replace(",", "")
    assert any(message in error for error in page.errors()), page.errors()
    assert f"#{question}" in page.links()
    assert words in page.text
    (beside,) = [e for e in page.tree.iter() if e.get("id") == f"{question}-error"]
    assert message in page.words(beside)
    shorter = go(client, url, page, feel="unsafe", ideas="other", **{field: words[:-1]})
    assert not shorter.errors()


def test_more_than_one_form_can_carry_is_shown_again(client, url, stored) -> None:
    page = to_section(client, url)
    letters = random.Random(1)
    words = "".join(chr(letters.randrange(0x0905, 0x093A)) for _ in range(60_000))

    page = go(client, url, page, feel="unsafe", why=f"Begins {words} ends")

    assert page.errors()
    assert "Begins " in page.text
    assert " ends</textarea>" in page.text
    after = go(client, url, page, feel="unsafe", why="Shorter.")
    assert after.has("What would help")
    assert stored() == (0, 0, 0)


def test_many_long_answers_together_are_shown_again(client, arrange, partnership, stored) -> None:
    boxes = [
        {"kind": "long-text", "id": f"box-{n}", "text": f"Box {n}?", "longest": 4_000}
        for n in range(20)
    ]
    one, two = boxes[:10], boxes[10:]
    sections = [
        {"id": "one", "title": "One", "questions": one},
        {"id": "two", "title": "Two", "questions": two},
    ]
    with arrange():
        opportunity = make_opportunity(make_account(Role.PUBLISHER), is_public=True)
        make_version(opportunity, **{**DOCUMENT, "asks_age_band": False, "sections": sections})
    url, letters = f"/o/{opportunity.code}/answer", random.Random(2)

    def filled(questions: list[dict[str, Any]]) -> dict[str, str]:
        points = [[letters.randrange(0x0905, 0x093A) for _ in range(3_900)] for _ in questions]
        return {q["id"]: "".join(map(chr, p)) for q, p in zip(questions, points, strict=True)}

    first, second = filled(one), filled(two)
    page = go(client, url, go(client, url, Page.get(client, url)), **first)
    page = go(client, url, page, **second)

    assert page.errors() == ["That is more than we can take. Shorten it a little."]
    assert all(words.strip() in page.text for words in second.values())
    page = go(client, url, page, **{"box-10": "Shorter."})
    assert page.heading == "Check your answers"
    assert all(words.strip() in page.text for words in first.values())


def test_ten_megabytes_are_answered_with_a_page(client, url, stored) -> None:
    for kind in (FORM, "multipart/form-data; boundary=x", "text/plain"):
        answer = client.post(url, data=b"why=" + b"x" * 10 * 1024 * 1024, content_type=kind)
        assert Page.of(answer, status=413).heading == "That is too much to send at once"
    assert stored() == (0, 0, 0)


# What is no text


BAD_TEXT = [
    b"Dark %ff%fe here",
    b"Dark %00%01%07 here",
    b"Dark %ED%A0%80 here",
]


@pytest.mark.parametrize("raw", [*BAD_TEXT, "Dark \u202e\ufeff\u2066 here".encode()])
def test_what_is_no_text_is_read_as_far_as_it_is(client, url, stored, raw) -> None:
    page = to_section(client, url)
    state = "&".join(f"{name}={value}" for name, value in carried(page).items()).encode()
    broken = Page.of(client.post(url, data=b"state=x&go=next&why=" + raw, content_type=FORM))
    assert broken.has("Dark")

    body = state + b"&go=next&feel=unsafe&why=" + raw
    page = Page.of(client.post(url, data=body, content_type=FORM))
    check = go(client, url, page)
    assert check.has("Dark")
    code = code_on(go(client, url, go(client, url, check), "send"))

    found = Page.of(client.post("/code", data={"code": code}))
    assert found.has("Dark")
    assert found.has("here")
    assert stored()[0] == 1


def test_a_body_that_no_browser_sends_is_no_fault_of_ours(client, url, stored) -> None:
    page = to_section(client, url)
    state = carried(page)["state"].encode()
    for body in (b"why=\xff\xfe&state=" + state, b"\x00" * 50, b"&" * 5_000, b"a=b;" * 5_000):
        for kind in (FORM, "multipart/form-data; boundary=x", "multipart/form-data", "x", ""):
            answer = client.post(url, data=body, content_type=kind)
            assert answer.status_code in (200, 400, 413), (body[:20], kind)
    assert stored() == (0, 0, 0)
