"""What is rated red goes to a body: what it reads, by when it answers, and who hears of it."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories.meetings import make_red, make_topic
from tests.oversight.conftest import make_closed
from tests.oversight.scrutiny.conftest import HOUSING, POLICE
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock, working_days
from vrn_community.foundation.errors import NotAllowed
from vrn_community.notifications.models import Mail
from vrn_community.oversight.meetings import items
from vrn_community.oversight.scrutiny import rating
from vrn_community.oversight.scrutiny.models import Rating
from vrn_community.oversight.scrutiny.queries import About
from vrn_community.partnership import queries as partnership

INBOX, RATE, DESK = "/desk/evidence-requests/ratings", "/desk/scrutiny/ratings", "/desk"


def red(group, slug=POLICE, about=About.TOPIC, by=None):
    """Let somebody rate something red, and send it to a body."""
    with group.arrange() as session:
        cleo = session.merge(group.cleo)
        key = group.item.id if about is About.ITEM else make_topic(cleo).id
        who = session.merge(by or group.imo)
        return make_red(key, partnership.body(slug), who, about)


def form_of(day, **changes):
    typed = {f"answer_by-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    form = {"colour": "red", "reasons": "It stays dark.", "escalated_to": "Head of lights"}
    return {**form, "body": POLICE, **typed, **changes}


def test_it_goes_to_the_inbox_of_its_body_alone_without_the_name_of_who_wrote_it(group):
    imo, lena, otto = (group.client(one) for one in (group.imo, group.lena, group.otto))
    day = working_days.after(clock.today(), 9)

    assert send(imo, f"{RATE}/item/{group.item.id}", form_of(day)).status_code == 303

    with group.arrange() as session:
        made = session.scalars(select(Rating)).one()
    url = f"{INBOX}/{made.id}"
    assert url in Page.get(lena, INBOX).links()
    assert url in Page.get(lena, DESK).links()
    page = Page.get(lena, url)
    for words in ("Lights on paths", "It stays dark.", "Head of lights", "Red"):
        assert page.has(words)
    for words in ("Imo", "A paper", "Secret", "Autumn meeting"):
        assert not page.has(words)
    for url_of_group in (f"{RATE}/item/{group.item.id}", f"/desk/agenda/{group.item.id}"):
        assert lena.get(url_of_group).status_code == 403
    assert otto.get(url).status_code == send(otto, url, {"words": "x"}).status_code == 404
    assert url not in Page.get(otto, INBOX).links() + Page.get(otto, DESK).links()


def test_the_body_answers_once_and_the_group_reads_it(group):
    made, lena = red(group), group.client(group.lena)
    with group.arrange():
        other = group.partner("pia", POLICE)
    url = f"{INBOX}/{made.id}"

    for _twice in range(2):
        assert send(lena, url, {"words": "We put up <b>ten</b> lights."}).status_code == 303
    changed = Page.post(group.client(other), url, {"words": "No lights."})

    assert changed.has("things have moved on")
    assert changed.has("No lights.")
    page = Page.get(group.client(group.imo), f"{RATE}/topic/{made.topic_id}")
    assert page.has("We put up <b>ten</b> lights.")
    assert not page.has("No lights.")
    assert url not in Page.get(lena, DESK).links()
    assert Page.get(group.client(group.cleo), DESK).has("The body has answered")


def test_mail_goes_to_the_body_and_then_to_the_group(group, mailbox):
    made = red(group)

    def told():
        with group.arrange() as session:
            return set(session.scalars(select(Mail.account_id)))

    assert told() == {group.lena.id}
    send(group.client(group.lena), f"{INBOX}/{made.id}", {"words": "Ten lights."})
    assert told() == {group.lena.id, group.cleo.id, group.imo.id}


def test_a_meeting_hears_the_answer_without_anybody_writing_it_anew(group):
    from tests.oversight.scrutiny.test_feedback import held

    made = red(group)
    with group.arrange():
        group.fresh(made).created_at = clock.now() - timedelta(days=9)
    meeting, cleo = held(group), group.client(group.cleo)
    url = f"/desk/scrutiny/feedback/{made.id}"
    empty = {"meeting": str(meeting.id), "words": ""}
    assert Page.post(cleo, url, empty).has("Write what came back.")
    send(group.client(group.lena), f"{INBOX}/{made.id}", {"words": "Ten lights."})

    assert send(cleo, url, empty).status_code == 303

    page = Page.get(cleo, f"{RATE}/topic/{made.topic_id}")
    assert page.has("Heard at:")
    assert page.text.count("Ten lights.") == 1


def test_an_item_of_which_somebody_is_kept_out_is_hidden_from_them_in_every_role(group):
    made = red(group, about=About.ITEM, by=group.cleo)
    with group.arrange() as session:
        both = group.partner("both", POLICE)
        from vrn_community.accounts.models import AccountRole

        session.add(AccountRole(account_id=both.id, role=Role.SECRETARIAT))
        session.flush()
        item, cleo = group.fresh(group.item), session.merge(group.cleo)
        items.declare_for(item, both, "His flat is there.", by=cleo)
    client, url = group.client(both), f"{INBOX}/{made.id}"

    assert client.get(url).status_code == send(client, url, {"words": "x"}).status_code == 404
    assert url not in Page.get(client, INBOX).links() + Page.get(client, DESK).links()
    with group.arrange() as session, pytest.raises(NotAllowed):
        rating.answer(group.fresh(made), "Ten.", by=session.merge(both))


@pytest.mark.parametrize("is_sensitive", [True, False])
def test_of_a_sensitive_activity_a_body_reads_no_more_than_the_public(group, is_sensitive):
    with group.arrange() as session:
        cleo = session.merge(group.cleo)
        about = make_closed(cleo, title="Safe at home", is_sensitive=is_sensitive)
        made = make_red(about.id, partnership.body(POLICE), cleo, About.ACTIVITY)
        code = about.code
    lena = group.client(group.lena)

    for page in (Page.get(lena, at) for at in (INBOX, f"{INBOX}/{made.id}", DESK)):
        assert page.has("Safe at home") != is_sensitive
        assert page.has(code) == is_sensitive


def test_what_goes_to_nobody_is_in_no_inbox(group):
    made = red(group)
    with group.arrange():
        found = group.fresh(made)
        found.body_id = found.answer_by = None
        group.lena.body_id = None
    lena = group.client(group.lena)

    assert lena.get(f"{INBOX}/{made.id}").status_code == 404
    assert Page.get(lena, INBOX).has("We do not know yet which body you answer for.")
    page = Page.get(group.client(group.imo), f"{RATE}/topic/{made.topic_id}")
    assert page.has("Head of lights")
    assert page.has("Waits for feedback")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"body": ""}, "body"), ({"escalated_to": ""}, "escalated_to"), ({"reasons": ""}, "reasons")],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(group, changes, field):
    form = form_of(working_days.after(clock.today(), 9), **changes)

    page = Page.post(group.client(group.imo), f"{RATE}/item/{group.item.id}", form)

    assert f'id="{field}-error"' in page.text
    for name in ("reasons", "escalated_to"):
        assert form[name] in page.text


@pytest.mark.parametrize("days", [0, -1, None])
def test_the_day_is_a_working_day_that_comes(group, days):
    saturday = clock.today() + timedelta(days=12 - clock.today().weekday())
    day = saturday if days is None else clock.today() + timedelta(days=days)

    page = Page.post(group.client(group.imo), f"{RATE}/item/{group.item.id}", form_of(day))

    assert 'id="answer_by-error"' in page.text
    assert page.has("It stays dark.")


def test_words_that_seem_to_name_somebody_leave_the_group_only_when_somebody_looked(group):
    imo, url = group.client(group.imo), f"{RATE}/item/{group.item.id}"
    named = form_of(working_days.after(clock.today(), 9), reasons="Ring 07700 900123.")

    page = Page.post(imo, url, named)

    assert 'id="reasons-error"' in page.text
    assert send(imo, url, {**named, "is_checked": "y"}).status_code == 303
    amber = {"colour": "amber", "reasons": "Ring 07700 900123."}
    assert send(imo, url, amber).status_code == 303


def test_the_usual_day_is_a_working_day_whatever_today_is(app, at):
    for number in range(40):
        at(clock.now() + timedelta(days=1) * bool(number))
        with app.app_context():
            assert working_days.is_working_day(rating.usual_answer_by())


def test_it_is_overdue_from_the_day_after_until_something_came_back(group):
    made = red(group)
    with group.arrange():
        group.fresh(made).answer_by = clock.today()
    cleo, lena = group.client(group.cleo), group.client(group.lena)
    assert not Page.get(lena, INBOX).has("Overdue")
    with group.arrange():
        group.fresh(made).answer_by = clock.today() - timedelta(days=1)

    pages = [(lena, INBOX), (lena, DESK), (cleo, DESK), (cleo, RATE)]
    assert all(Page.get(client, url).has("Overdue") for client, url in pages)
    send(lena, f"{INBOX}/{made.id}", {"words": "Late, and ten lights."})
    pages.remove((cleo, DESK))  # There it is the heading of what bodies owe.
    assert not any(Page.get(client, url).has("Overdue") for client, url in pages)


def test_the_secretariat_enters_what_a_body_says_that_has_nobody_here(group):
    made, known = red(group, HOUSING), red(group)
    kai, url = group.client(group.kai), f"{INBOX}/{made.id}/enter"
    assert url in Page.get(kai, DESK).links()
    missing = Page.post(kai, url, {"words": "Ten homes.", "source": ""})
    assert 'id="source-error"' in missing.text
    assert missing.has("Ten homes.")

    form = {"words": "Ten homes.", "source": "Head of housing, by letter"}
    assert send(kai, url, form).status_code == 303

    page = Page.get(group.client(group.imo), f"{RATE}/topic/{made.topic_id}")
    for words in ("Ten homes.", "Head of housing, by letter", "Entered by Kai"):
        assert page.has(words)
    refused = Page.post(kai, f"{INBOX}/{known.id}/enter", form)
    assert refused.has("Somebody here answers for this body.")
    assert send(group.client(group.lena), url, form).status_code == 403


def test_the_group_does_not_write_to_itself(group):
    with group.arrange() as session:
        body = partnership.body("community-oversight-group")
        to = rating.Addressed(body, "Chair", rating.usual_answer_by())
        verdict = rating.Verdict(rating.Colour.RED, "Why?", to)
        imo = session.merge(group.imo)

        with pytest.raises(NotAllowed):
            rating.rate(uuid.uuid4(), About.ITEM, group.item.id, verdict, by=imo)
