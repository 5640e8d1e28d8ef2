"""Words that nobody has decided about are read by opening them, and the trail keeps it (D9)."""

from datetime import timedelta

import pytest

from tests.factories.passages import WORDS
from tests.moderation.conftest import DESK, at, read, reload
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.moderation import queries, services, welfare
from vrn_community.moderation.models import Opening


@pytest.fixture
def reads(app):
    """Return a function that gives who read which passage, in order."""

    def found():
        with app.app_context():
            query = db.select(AuditEntry).filter_by(action="passage:read")
            entries = db.session.scalars(query.order_by(AuditEntry.number))
            return [(entry.actor_id, entry.subject_id, entry.details) for entry in entries]

    return found


@pytest.mark.parametrize("state", [PassageState.PENDING, PassageState.HELD])
def test_nobody_reads_words_before_it_is_written_down(moderator, stored, reads, state):
    passage = stored(state=state)

    closed = Page.get(moderator, at(passage))
    assert "Ravi" not in closed.text
    assert at(passage, "/clear") not in [form.get("action") for form in closed.all("form")]
    assert reads() == []

    assert read(moderator, passage).has(WORDS)
    assert reads() == [(moderator.account_id, passage.id, {})]


def test_reading_again_on_the_same_day_is_written_down_once(moderator, stored, reads, arrange):
    passage = stored()

    for _press in range(2):
        read(moderator, passage)
    assert Page.get(moderator, at(passage)).has(WORDS)
    assert len(reads()) == 1

    with arrange() as session:
        yesterday = clock.today() - timedelta(days=1)
        session.query(Opening).update({"opened_on": yesterday})
    assert "Ravi" not in Page.get(moderator, at(passage)).text
    read(moderator, passage)
    assert len(reads()) == 2


def test_deciding_opens_the_next_one_and_writes_that_down(moderator, stored, reads):
    first, second = stored(), stored("Another text.")
    read(moderator, first)

    shown = moderator.get(send(moderator, at(first, "/clear"), {}).location)

    assert "Another text." in shown.text
    assert [key for _who, key, _details in reads()] == [first.id, second.id]


def test_the_next_one_stays_covered_if_it_may_be_hard_to_read(moderator, stored, reads, arrange):
    first, second = stored(), stored("Another text.")
    with arrange() as session:
        session.get(Passage, second.id).urgency = 3
    read(moderator, first)

    shown = moderator.get(send(moderator, at(first, "/clear"), {}).location)

    assert "Another text." not in shown.text
    assert len(reads()) == 1


@pytest.mark.parametrize("act", ["clear", "hold", "withhold", "concern", "reveal"])
def test_no_form_brings_words_that_were_not_opened(moderator, stored, act):
    passage = stored()

    sent = {"clear-reason": "x" * 5_000, "hold-reason": "x" * 5_000}
    answer = moderator.post(at(passage, f"/{act}"), data=sent)
    assert "Ravi" not in answer.text

    assert "Ravi" not in send(moderator, at(passage, f"/{act}"), sent).text


def test_the_form_that_takes_words_out_counts_as_reading(moderator, stored, reads):
    passage = stored()

    page = Page.post(moderator, at(passage, "/redact"), {"step": "preview"})

    assert page.has("Ravi")
    assert [key for _who, key, _details in reads()] == [passage.id]


def test_past_enough_for_a_day_no_form_brings_hard_words(passage, dana, policy):
    policy(hard_words_a_day=1)
    first, second = passage(), passage()
    first.urgency = second.urgency = 3
    welfare.open_words(first, by=dana)

    with pytest.raises(NotAllowed, match="enough for one day"):
        services.words_to_redact(second, moderator=dana)


def test_what_is_not_hard_is_not_counted_against_the_day(passage, dana):
    for _number in range(3):
        welfare.open_words(passage(), by=dana)

    assert welfare.today(dana).opened == 0


def test_short_answers_that_are_alike_are_covered_until_they_are_opened(moderator, stored, reads):
    alike = [stored("Yes"), stored("yes."), stored("YES")]
    others = [stored("No"), stored("no")]
    url = f"{DESK}/alike/{alike[0].contribution.opportunity_id}"

    closed = Page.get(moderator, url)
    assert closed.has("Show 2 kinds")
    assert not closed.all("blockquote")
    for _press in range(2):
        assert send(moderator, f"{url}/open", {}, url).status_code == 303

    assert Page.get(moderator, url).has("Clear all 3")
    opened = {key for _who, key, _details in reads()}
    assert len(reads()) == 2
    assert len(opened & {one.id for one in alike}) == 1
    assert len(opened & {one.id for one in others}) == 1


def test_what_others_can_read_needs_no_opening(moderator, stored, reads):
    passage = stored(state=PassageState.CLEARED)

    assert Page.get(moderator, at(passage)).has(WORDS)
    read(moderator, passage)
    assert reads() == []


# What was not read


TICKED = {"redact-words": "2", "redact-reason": "names-somebody"}


@pytest.fixture
def colleague(sign_in_as):
    return sign_in_as(Role.MODERATOR, email="pat@example.org", name="Pat Lowe")


@pytest.fixture
def at_midnight(arrange):
    """Return a function that lets the day end on which everything so far was opened."""

    def end():
        with arrange() as session:
            session.query(Opening).update({"opened_on": clock.today() - timedelta(days=1)})

    return end


def test_nobody_clears_what_they_have_not_read_today(moderator, stored, app, at_midnight):
    passage = stored()
    for is_new_day in (False, True):
        page = Page.post(moderator, at(passage, "/clear"), {}, status=409)
        assert page.has("Nothing is saved: you have not opened these words today.")
        assert "Ravi" not in page.text
        assert at(passage, "/open") in [form.get("action") for form in page.all("form")]
        assert reload(app, passage).state is PassageState.PENDING
        assert read(moderator, passage).has(WORDS)
        if not is_new_day:
            at_midnight()

    assert send(moderator, at(passage, "/clear"), {}).status_code == 303
    assert reload(app, passage).state is PassageState.CLEARED


def test_who_takes_words_out_past_midnight_reads_them_again_and_keeps_the_ticks(
    moderator, stored, app, reads, at_midnight
):
    passage = stored()
    read(moderator, passage)
    at_midnight()

    page = Page.post(moderator, at(passage, "/redact"), TICKED)

    assert page.has("Nothing is saved: a new day has begun.")
    ticked = {i.get("value") for i in page.all("input") if "checked" in i.attrib}
    assert ticked >= {"2", "names-somebody"}
    assert reload(app, passage).state is PassageState.PENDING
    assert len(reads()) == 2
    assert send(moderator, at(passage, "/redact"), TICKED).status_code == 303
    assert reload(app, passage).state is PassageState.REDACTED


def test_nobody_agrees_to_what_they_have_not_read_themselves(
    moderator, colleague, stored, app, arrange
):
    passage = stored()
    with arrange() as session:
        session.merge(passage.contribution.opportunity).is_sensitive = True
    read(moderator, passage)
    send(moderator, at(passage, "/clear"), {})
    with app.app_context():
        sent = {"agree-proposal": str(queries.proposal(passage.id).id)}

    for act in ("/agree", "/clear"):
        page = Page.post(colleague, at(passage, act), sent, status=409)
        assert page.has("Nothing is saved: you have not opened these words today.")
    assert reload(app, passage).state is PassageState.PENDING

    read(colleague, passage)
    assert send(colleague, at(passage, "/agree"), sent).status_code == 303
    assert reload(app, passage).state is PassageState.CLEARED


def test_answers_that_are_alike_are_not_cleared_before_one_is_read(moderator, stored, app):
    first = min((stored("Yes"), stored("yes")), key=lambda one: one.id)
    url = f"{DESK}/alike/{first.contribution.opportunity_id}"

    assert send(moderator, at(first, "/clear-alike"), {}, url).location == url

    page = Page.get(moderator, url)
    assert page.has("Nothing is saved: you have not opened these words today.")
    assert page.has("Show 1 kind")
    assert reload(app, first).state is PassageState.PENDING
    send(moderator, f"{url}/open", {}, url)
    send(moderator, at(first, "/clear-alike"), {}, url)
    assert reload(app, first).state is PassageState.CLEARED


def test_what_was_taken_out_is_not_put_back_by_who_did_not_read_it(passage, dana):
    found = passage(state=PassageState.REDACTED)
    again = {"spans": [[3, 3]], "reason": "place", "moderator": dana}

    with pytest.raises(welfare.NotRead):
        services.redact(found, **again)
    services.words_to_redact(found, moderator=dana)
    services.redact(found, **again)


@pytest.mark.parametrize("act", ["hold", "withhold"])
def test_what_keeps_words_back_counts_at_once(moderator, stored, act):
    passage = stored()

    sent = {"withhold-reason": "accuses"}
    assert send(moderator, at(passage, f"/{act}"), sent).status_code == 303
