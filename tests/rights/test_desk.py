"""The officer answers: with a reason for reading, in time, and on paper."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.opportunities.conftest import counted
from tests.pages import Page, send
from tests.rights.conftest import REACH, WORDS, asking
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.rights import queries, services
from vrn_community.rights.models import PrivacyRequest, ProgressNote, RequestKind, RequestWay

DESK = "/desk/privacy-requests"


def at(asked, ending=""):
    return f"{DESK}/{asked.id}{ending}"


def again(app, asked):
    with app.app_context():
        return db.session.get_one(PrivacyRequest, asked.id)


def acts(app):
    with app.app_context():
        query = select(AuditEntry).where(AuditEntry.subject_type == "PrivacyRequest")
        return [
            (e.action, e.details) for e in db.session.scalars(query.order_by(AuditEntry.number))
        ]


def test_the_list_shows_urgent_ones_first_and_no_words(officer, asked):
    calm, urgent = asked(), asked(words="Help me", is_urgent=True)

    page = Page.get(officer, DESK)

    links = page.links()
    assert links.index(at(urgent)) < links.index(at(calm))
    assert WORDS not in page.text
    assert WORDS not in Page.get(officer, at(calm)).text
    assert at(calm) not in Page.get(officer, f"{DESK}?state=answered").links()


def test_the_list_asks_for_no_row_alone(session):
    asking_page(1)
    with counted() as few:
        list(queries.page(1))
    asking_page(8)
    session.expire_all()
    with counted() as many:
        list(queries.page(1))

    assert len(many) == len(few)


def asking_page(number):
    for one in range(number):
        services.receive(asking(words=f"{number} {one}"))


def test_what_somebody_wrote_is_read_for_a_reason_that_is_kept(app, officer, asked):
    made = asked()

    refused = Page.post(officer, at(made, "/reveal"), {})
    assert WORDS not in refused.text
    shown = Page.post(officer, at(made, "/reveal"), {"read-reason": "answer"})

    assert shown.has(WORDS)
    assert shown.has(REACH)
    assert acts(app) == [("privacy-request:reveal", {"reason": "answer"})]


def test_an_answer_is_given_once_and_printed_with_the_right_to_go_to_the_ico(app, officer, asked):
    made = asked(kind=RequestKind.COMPLAINT)
    typed = {"answer-result": "partly", "answer-words": "We were late.\nWe are sorry."}

    assert Page.post(officer, at(made, "/answer"), {}).has("Choose the answer in short.")
    for _press in range(2):
        assert send(officer, at(made, "/answer"), typed).status_code == 303
    other = send(officer, at(made, "/answer"), {**typed, "answer-words": "No."})
    letter = Page.post(officer, at(made, "/letter"), {})

    assert other.status_code == 409
    stored = again(app, made)
    assert (stored.answered_on, stored.acknowledged_on) == (clock.today(), clock.today())
    assert letter.has("We are sorry.")
    assert letter.has("You have the right to complain to the Information Commissioner’s Office")
    assert WORDS not in letter.text
    assert [action for action, _details in acts(app)] == [
        "privacy-request:answer",
        "privacy-request:reveal",
    ]


def test_there_is_no_letter_before_there_is_an_answer(officer, asked):
    assert send(officer, at(asked(), "/letter"), {}).status_code == 303


def test_an_answer_is_put_off_by_two_months_with_a_reason_and_only_in_time(app, officer, asked):
    made = asked()
    late = asked(words="old", received_on=clock.today() - timedelta(days=60))
    typed = {"extend-reason": "There are forty letters."}

    assert Page.post(officer, at(made, "/extend"), {}).has("Say why it takes longer.")
    for _press in range(2):
        assert send(officer, at(made, "/extend"), typed).status_code == 303
    assert send(officer, at(late, "/extend"), typed).status_code == 409
    complaint = asked(kind=RequestKind.COMPLAINT)
    assert send(officer, at(complaint, "/extend"), typed).status_code == 409

    with app.app_context():
        assert 80 < (again(app, made).due_on - clock.today()).days < 100


def test_a_note_sent_twice_is_one_and_is_sealed(app, officer, asked):
    made, key = asked(), str(uuid.uuid4())

    for _press in range(2):
        sent = {"note-id": key, "note-words": "Rang Jay's mother."}
        assert send(officer, at(made, "/note"), sent).status_code == 303
    page = Page.post(officer, at(made, "/reveal"), {"read-reason": "review"})

    with app.app_context():
        [note] = db.session.scalars(select(ProgressNote))
        assert b"mother" not in note.sealed_words
    assert page.has("Rang Jay's mother.")


def test_that_the_person_was_told_is_noted_once(app, officer, asked):
    made = asked(kind=RequestKind.COMPLAINT)

    for _press in range(2):
        assert send(officer, at(made, "/acknowledge"), {}).status_code == 303

    assert again(app, made).acknowledged_on == clock.today()
    assert [action for action, _details in acts(app)] == ["privacy-request:acknowledge"]


@pytest.fixture
def entered(app):
    def read():
        with app.app_context():
            return list(db.session.scalars(select(PrivacyRequest)))

    return read


def test_staff_enter_what_came_by_phone_from_the_day_on_which_it_came(app, sign_in_as, entered):
    dana = sign_in_as(Role.MODERATOR, email="dana@example.org")
    day = clock.today() - timedelta(days=3)
    form = {
        "state": Page.get(dana, f"{DESK}/enter").hidden("state"),
        "asked": "complaint",
        "way": "phone",
        "words": WORDS,
        "received_on-day": str(day.day),
        "received_on-month": str(day.month),
        "received_on-year": str(day.year),
    }

    pages = [Page.post(dana, f"{DESK}/enter", form) for _press in range(2)]

    [made] = entered()
    assert (made.received_on, made.way) == (day, RequestWay.PHONE)
    assert pages[0].has("Give the person this code.")
    assert [action for action, _details in acts(app)] == ["privacy-request:enter"]
    # Whoever entered it cannot open it again.
    assert dana.get(at(made)).status_code == 403


def test_a_day_that_has_not_come_is_refused(sign_in_as, entered):
    dana = sign_in_as(Role.MODERATOR, email="dana@example.org")
    later = clock.today() + timedelta(days=2)
    form = {
        "state": Page.get(dana, f"{DESK}/enter").hidden("state"),
        "received_on-day": str(later.day),
        "received_on-month": str(later.month),
        "received_on-year": str(later.year),
    }

    page = Page.post(dana, f"{DESK}/enter", form)

    assert page.has("This day has not come yet.")
    assert page.has("Choose how it came.")
    assert entered() == []


def test_what_waits_stands_on_the_first_page_of_the_officer(officer, asked):
    made = asked(received_on=clock.today() - timedelta(days=60))

    page = Page.get(officer, "/desk")

    assert at(made) in page.links()
    assert page.has("Overdue")
