"""Evidence by the clock: who sees what is owed, later days, and the way up to the board."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories.meetings import make_asked, make_topic
from tests.oversight.scrutiny.conftest import BOARD, HOUSING, POLICE
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock, working_days
from vrn_community.foundation.errors import NotAllowed
from vrn_community.oversight.scrutiny import answering, services
from vrn_community.oversight.scrutiny.models import EvidenceRequest, EvidenceState
from vrn_community.partnership import queries as partnership

INBOX, TOPICS, DESK = "/desk/evidence-requests", "/desk/scrutiny", "/desk"


def asked(group, slug=POLICE, *, days=10):
    """Let Cleo ask a body for evidence, due in so many days."""
    with group.arrange() as session:
        cleo = session.merge(group.cleo)
        made = make_asked(make_topic(cleo), partnership.body(slug), cleo)
        made.answer_by = clock.today() + timedelta(days=days)
        return made


def moved(days, reason="We wait for figures."):
    day = clock.today() + timedelta(days=days)
    typed = {f"day-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    return {"id": str(uuid.uuid4()), "reason": reason, **typed}


def test_what_is_owed_stands_on_the_first_page_of_the_group_and_of_the_body(group):
    made = asked(group)
    at_group, at_body = f"{TOPICS}/{made.topic_id}#evidence-{made.id}", f"{INBOX}/{made.id}"
    people = {group.imo: at_group, group.cleo: at_group, group.kai: at_group, group.lena: at_body}
    clients = {url: group.client(who) for who, url in people.items()}

    for who, url in people.items():
        page = Page.get(group.client(who), DESK)
        assert url in page.links(), who.email
        assert page.has("due by")
    with group.arrange():
        group.fresh(made).answer_by = clock.today() - timedelta(days=1)
    for url, client in clients.items():
        page = Page.get(client, DESK)
        assert url in page.links()
        assert page.has("Overdue")
    send(clients[at_body], at_body, {"words": "Ninety."})
    for url, client in clients.items():
        assert url not in Page.get(client, DESK).links()


def test_a_body_moves_its_day_once_and_the_group_reads_why(group):
    made, lena = asked(group), group.client(group.lena)
    url, topic = f"{INBOX}/{made.id}/move", f"{TOPICS}/{made.topic_id}"
    assert url in Page.get(lena, f"{INBOX}/{made.id}").links()
    form = moved(20)

    for _twice in range(2):
        assert send(lena, url, form).status_code == 303

    assert url not in Page.get(lena, f"{INBOX}/{made.id}").links()
    again = Page.post(lena, url, moved(30))
    assert again.has("Your body has moved this day once.")
    page = Page.get(group.client(group.imo), topic)
    assert page.has("We wait for figures.")
    with group.arrange():
        assert group.fresh(made).answer_by == clock.today() + timedelta(days=20)
    cleo = group.client(group.cleo)
    at_group = f"{TOPICS}/evidence/{made.id}/move"
    assert at_group in Page.get(cleo, topic).links()
    assert send(cleo, at_group, moved(30, "They asked us.")).status_code == 303
    assert Page.get(lena, f"{INBOX}/{made.id}").has("They asked us.")


@pytest.mark.parametrize(("days", "reason"), [(10, "x"), (39, "x"), (20, "")])
def test_a_day_that_cannot_be_is_refused_and_nothing_is_lost(group, days, reason):
    made, lena = asked(group), group.client(group.lena)

    page = Page.post(lena, f"{INBOX}/{made.id}/move", moved(days, reason))

    assert "error-summary" in page.text
    assert reason in page.text
    assert f'value="{(clock.today() + timedelta(days=days)).year}"' in page.text
    with group.arrange():
        assert group.fresh(made).answer_by == clock.today() + timedelta(days=10)


def test_what_is_moved_too_late_stays_overdue(group):
    made, lena = asked(group, days=-1), group.client(group.lena)

    assert send(lena, f"{INBOX}/{made.id}/move", moved(9)).status_code == 303

    with group.arrange():
        found = group.fresh(made)
        assert found.is_overdue
        assert found.promised_by == clock.today() + timedelta(days=9)
    page = Page.get(group.client(group.cleo), f"{TOPICS}/{made.topic_id}")
    assert page.has("Overdue")
    assert page.has("It counts as late since")


def test_only_what_is_overdue_goes_to_the_board_and_once(group):
    early, late = asked(group), asked(group, days=-1)
    cleo = group.client(group.cleo)
    form = {"id": str(uuid.uuid4()), "reasons": "They say nothing."}
    url = f"{TOPICS}/evidence/{late.id}/raise"
    assert cleo.get(f"{TOPICS}/evidence/{early.id}/raise").status_code == 303
    assert Page.post(cleo, f"{TOPICS}/evidence/{early.id}/raise", form).has("Only what is overdue")
    assert url in Page.get(cleo, f"{TOPICS}/{late.topic_id}").links()

    for _twice in range(2):
        assert send(cleo, url, form).status_code == 303

    assert url not in Page.get(cleo, f"{TOPICS}/{late.topic_id}").links()
    again = {**form, "id": str(uuid.uuid4())}
    assert Page.post(cleo, url, again).has("It is before the board already.")
    with group.arrange() as session:
        query = select(EvidenceRequest).where(EvidenceRequest.raised_from_id == late.id)
        raised = session.scalars(query).one()
        assert raised.body.slug == BOARD
        assert raised.state is EvidenceState.SENT
        assert working_days.is_working_day(raised.answer_by)
        assert raised.answer_by > clock.today()
        assert group.fresh(late).is_overdue


def raise_it(group, made):
    form = {"id": str(uuid.uuid4()), "reasons": "They say nothing."}
    send(group.client(group.cleo), f"{TOPICS}/evidence/{made.id}/raise", form)
    return f"{INBOX}/{form['id']}"


def test_the_board_reads_what_was_asked_and_answers_and_the_body_still_owes(group):
    made = asked(group, days=-1)
    url = raise_it(group, made)
    mo, lena = group.client(group.mo), group.client(group.lena)
    assert all(url in Page.get(mo, at).links() for at in (DESK, INBOX))
    page = Page.get(mo, url)
    for words in ("They say nothing.", "How many were rung?", "Leicestershire Police"):
        assert page.has(words)
    assert lena.get(url).status_code == 404

    assert send(mo, url, {"words": "They answer by Friday."}).status_code == 303

    topic = Page.get(group.client(group.imo), f"{TOPICS}/{made.topic_id}")
    assert topic.has("They answer by Friday.")
    assert topic.has("Overdue")
    assert f"{INBOX}/{made.id}" in Page.get(lena, DESK).links()


def test_nobody_answers_for_the_board_about_their_own_body(group):
    made = asked(group, days=-1)
    with group.arrange():
        own = group.partner("own", POLICE, Role.BOARD_MEMBER)
    url, client = raise_it(group, made), group.client(own)

    assert client.get(url).status_code == 404
    assert url not in Page.get(client, DESK).links()
    with group.arrange() as session:
        raised = session.get_one(EvidenceRequest, uuid.UUID(url.rpartition("/")[2]))
        with pytest.raises(NotAllowed):
            answering.answer(raised, "All is well.", by=session.merge(own))


def test_nobody_stands_above_the_board(group):
    made = asked(group, BOARD, days=-1)
    form = {"id": str(uuid.uuid4()), "reasons": "They say nothing."}

    page = Page.post(group.client(group.cleo), f"{TOPICS}/evidence/{made.id}/raise", form)

    assert page.has("Nobody stands above it.")
    assert page.has("They say nothing.")


def test_the_secretariat_enters_the_answer_of_a_body_that_has_nobody_here(group):
    made, known, kai = asked(group, HOUSING), asked(group), group.client(group.kai)
    url = f"{INBOX}/{made.id}/enter"
    assert url in Page.get(kai, DESK).links()
    assert url in Page.get(kai, f"{TOPICS}/{made.topic_id}").links()
    form = {"words": "Ninety.", "source": "Head of housing, by telephone"}

    assert send(kai, url, form).status_code == 303

    page = Page.get(group.client(group.imo), f"{TOPICS}/{made.topic_id}")
    for words in ("Ninety.", "Head of housing, by telephone", "Entered by Kai"):
        assert page.has(words)
    at_known = f"{INBOX}/{known.id}/enter"
    assert at_known not in Page.get(kai, DESK).links()
    assert at_known not in Page.get(kai, f"{TOPICS}/{known.topic_id}").links()
    assert Page.post(kai, at_known, form).has("Somebody here answers for this body.")
    assert send(group.client(group.cleo), at_known, form).status_code == 403


def test_the_usual_day_is_a_working_day_whatever_today_is(app, at):
    for _number in range(40):
        at(clock.now() + timedelta(days=1))
        with app.app_context():
            assert working_days.is_working_day(services.usual_answer_by())
            assert working_days.is_working_day(answering.usual_board_day())
