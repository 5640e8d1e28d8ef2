"""A file of what is not published: approved by somebody else, fetched once, by who asked."""

import csv
import hashlib
import io
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from tests.conftest import make_account
from tests.factories.passages import make_passage
from tests.insights.conftest import CROWD, answered, make_closed
from tests.pages import Page, send
from vrn_community.accounts.models import Account, DeskSession
from vrn_community.accounts.roles import CLOSE_TO_PEOPLE, OUTSIDE, Role, permissions_of
from vrn_community.audit.models import AuditEntry
from vrn_community.contributions import services as contributions
from vrn_community.contributions.models import Contribution, Passage, PassageState
from vrn_community.exchange import jobs, services
from vrn_community.exchange.models import Export, ExportContent, ExportState
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.foundation.record_keys import RecordKey
from vrn_community.insights.persons import AGE
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses.models import Response

DESK = "/desk/exports"
CLEARED, HIDDEN = "=Tamarindwren is dark", "Quokkabramble"


@pytest.fixture
def analyst(sign_in_as):
    return sign_in_as(Role.ANALYST, email="gita@example.org", name="Gita Shah")


@pytest.fixture
def officer(sign_in_as):
    return sign_in_as(Role.DATA_PROTECTION_OFFICER, email="harry@example.org")


@pytest.fixture
def closed(arrange, partnership, analyst):
    """Return a closed activity with a hundred answers, cleared words and others."""
    with arrange() as session:
        author = session.get(Account, analyst.account_id)
        made = make_closed(author, [{**one, "where": "e06000016"} for one in CROWD])
        for number in range(10):
            make_passage(made, f"{CLEARED} {number}", PassageState.CLEARED, "why")
        make_passage(made, HIDDEN, PassageState.HELD, "why")
        make_passage(made, HIDDEN, PassageState.WITHHELD, "why")
    return made


@pytest.fixture
def ask(analyst, closed, app):
    """Return a function that asks for an export on the page, and returns it."""

    def make(content="answers"):
        form = {"id": str(uuid.uuid4()), "opportunity": str(closed.id), "content": content}
        form["reason"] = "To look at pairs of answers."
        for _press in range(2):
            assert send(analyst, DESK, form).status_code == 303
        return one(app, form["id"])

    return make


@pytest.fixture
def ready(app, ask, officer):
    """Return a function that has an export approved and made."""

    def make(content="answers"):
        export = ask(content)
        assert send(officer, f"{DESK}/approvals/{export.id}/approve", {}).status_code == 303
        run(app)
        return one(app, export.id)

    return make


def run(app):
    with app.app_context():
        jobs.make_files()


def one(app, key):
    with app.app_context():
        return db.session.get_one(Export, uuid.UUID(str(key)))


def fetch(client, export):
    return send(client, f"{DESK}/{export.id}/file", {})


def lines(answer):
    assert answer.status_code == 200
    assert answer.data.startswith("\N{BYTE ORDER MARK}".encode())
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def acts(app):
    with app.app_context():
        query = select(AuditEntry).where(AuditEntry.subject_type == "Export")
        return [
            (entry.action, entry.details)
            for entry in db.session.scalars(query.order_by(AuditEntry.number))
        ]


def test_a_file_goes_from_asking_to_being_fetched_once(app, analyst, ready):
    export = ready()
    assert Page.get(analyst, DESK).has("Fetch the file, once")
    assert DESK in Page.get(analyst, "/desk").links()

    answer = fetch(analyst, export)

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(lines(answer)) == 100
    assert hashlib.sha256(answer.data).hexdigest() == export.sha256
    again = fetch(analyst, export)
    assert again.status_code == 410
    assert Page.of(again, status=410).has("This file was fetched before")
    with app.app_context():
        stored = db.session.get_one(Export, export.id)
        assert (stored.state, stored.sealed_file, stored.rows) == (ExportState.FETCHED, None, 100)
        assert db.session.get(RecordKey, export.id) is None
    assert [action for action, _details in acts(app)] == [
        "export:ask", "export:approve", "export:make", "export:fetch",
    ]  # fmt: skip
    assert acts(app)[-1][1] == {"rows": 100, "sha256": export.sha256}


def test_the_file_says_what_people_chose_and_nothing_to_join_by(app, analyst, ready, closed):
    found = lines(fetch(analyst, ready()))

    feel = Counter(row["How safe do you feel?"] for row in found)
    assert feel == {"Safe": 50, "Unsafe": 38, "prefers not to say": 3, "not answered": 9}
    assert {row["Where do you live?"] for row in found} == {"Leicester"}
    assert "Lights; Buses" in {row["What would help?"] for row in found}
    assert all("Gita Shah" in row["export"] for row in found)
    with app.app_context():
        people = db.session.scalars(select(Contribution)).all()
        hidden = {str(p.id) for p in people} | {p.receipt_hash for p in people}
        hidden |= {clock.today().isoformat(), HIDDEN}
    body = repr(found)
    assert not [word for word in hidden if word in body]


def test_who_is_alone_in_an_area_or_group_is_not_recognised(app, arrange, analyst, ready, closed):
    with arrange() as session:
        [version] = session.scalars(select(QuestionnaireVersion))
        answered(version, [{"feel": "unsafe", "where": "e07000129"}] * 4, **{AGE: "13-15"})

    found = lines(fetch(analyst, ready()))

    asked = ("Where do you live?", "How old are you?")
    telling = Counter(tuple(row[name] for name in asked) for row in found)
    assert all(count >= 10 for count in telling.values())
    assert "Blaby" not in {row["Where do you live?"] for row in found}


def test_a_file_of_words_has_cleared_ones_alone_that_no_spreadsheet_counts(analyst, ready):
    answer = fetch(analyst, ready("words"))

    found = lines(answer)
    assert sorted(row["words"] for row in found) == [f"'{CLEARED} {n}" for n in range(10)]
    assert {row["question"] for row in found} == {"What makes you feel unsafe?"}
    assert HIDDEN not in answer.text


def test_the_order_of_the_rows_is_no_order(analyst, ready):
    first, second = (
        [row["words"] for row in lines(fetch(analyst, ready("words")))] for _file in range(2)
    )

    assert sorted(first) == sorted(second)
    assert first != second  # Once in 3,628,800 they are the same.


def test_the_file_lies_sealed_and_in_no_column_in_clear(app, ready):
    export = ready("words")

    with app.app_context():
        stored = db.session.get_one(Export, export.id)
        assert len(stored.sealed_file) > 100
        for table in ("export", "audit_entry"):
            assert "Tamarindwren is dark 1" not in repr(
                db.session.execute(text(f"SELECT * FROM {table}")).all()
            )


# Who may


def test_nobody_but_who_asked_fetches_it_and_no_link_does(app, analyst, officer, ready, sign_in_as):
    export = ready()
    url = f"{DESK}/{export.id}/file"
    other = sign_in_as(Role.ANALYST, email="other@example.org")
    partner = sign_in_as(Role.PARTNER, email="lena@example.org")
    stranger = app.test_client()

    for client in (analyst, other, officer, partner, stranger):
        assert client.get(url).status_code in (404, 405)
    assert fetch(other, export).status_code == 404
    assert fetch(officer, export).status_code == 403
    assert fetch(partner, export).status_code == 403
    refused = stranger.post(url)
    assert refused.status_code == 401
    assert "text/csv" not in refused.content_type
    assert analyst.post(url).status_code == 400  # Without the token of the form.
    assert one(app, export.id).state is ExportState.READY


def test_the_second_step_is_asked_again_before_a_file_is_handed_over(app, arrange, analyst, ready):
    export = ready()
    with arrange() as session:
        for opened in session.scalars(select(DeskSession)):
            opened.proved_at = clock.now() - timedelta(minutes=11)

    answer = fetch(analyst, export)

    assert answer.status_code == 303
    assert "/desk/prove" in answer.location
    assert one(app, export.id).state is ExportState.READY


def test_nobody_approves_their_own_export(app, arrange, closed, sign_in_as):
    both = sign_in_as(Role.ANALYST, Role.DATA_PROTECTION_OFFICER, email="both@example.org")
    with arrange() as session:
        account = session.get(Account, both.account_id)
        export = services.ask(
            uuid.uuid4(), session.merge(closed), ExportContent.ANSWERS, "Why", by=account
        )

    answer = send(both, f"{DESK}/approvals/{export.id}/approve", {})

    assert answer.status_code == 409
    assert one(app, export.id).state is ExportState.ASKED
    assert f"{DESK}/approvals/{export.id}" not in Page.get(both, "/desk").links()


def test_an_export_is_refused_with_a_reason_that_is_read(app, analyst, officer, ask):
    export = ask()
    url = f"{DESK}/approvals/{export.id}"
    assert url in Page.get(officer, "/desk").links()
    assert Page.get(officer, url).has("To look at pairs of answers.")

    assert Page.post(officer, f"{url}/refuse", {}).has("Say why not.")
    send(officer, f"{url}/refuse", {"reason": "The tables show it."})

    assert send(officer, f"{url}/approve", {}).status_code == 409
    assert Page.get(analyst, DESK).has("The tables show it.")
    run(app)
    assert one(app, export.id).state is ExportState.REFUSED


def test_no_role_of_police_or_partners_asks_for_or_approves_an_export():
    for role in Role:
        held = permissions_of([role]) & {Permission.EXPORT_ASK, Permission.EXPORT_APPROVE}
        assert not held or role in CLOSE_TO_PEOPLE - OUTSIDE
    assert Permission.EXPORT_APPROVE not in permissions_of([Role.ANALYST])


# When there is none


def test_there_is_no_export_of_what_is_open(session, partnership):
    by = make_account(Role.ANALYST)
    opened = make_closed(by, CROWD, state=OpportunityState.PUBLISHED)

    with pytest.raises(NotAllowed):
        services.ask(uuid.uuid4(), opened, ExportContent.ANSWERS, "Why", by=by)


def test_so_few_answers_that_each_could_be_recognised_make_no_file(app, arrange, analyst, officer):
    with arrange() as session:
        by = session.get(Account, analyst.account_id)
        small = make_closed(by, CROWD[:9])
        export = services.ask(uuid.uuid4(), small, ExportContent.ANSWERS, "Why", by=by)
    send(officer, f"{DESK}/approvals/{export.id}/approve", {})

    run(app)

    assert one(app, export.id).state is ExportState.REFUSED
    assert Page.get(analyst, DESK).has("Too few people answered")


def test_who_took_their_answers_back_is_in_no_file(app, arrange, analyst, ready):
    export = ready()
    with arrange() as session:
        gone = session.scalars(select(Contribution).join(Response)).first()
        gone.opportunity.closes_on = clock.today()
        contributions.withdraw(gone)

    answer = fetch(analyst, export)
    assert answer.status_code == 303
    assert Page.get(analyst, DESK).has("It is being made anew.")
    run(app)

    assert len(lines(fetch(analyst, export))) == 99


def test_words_that_a_moderator_takes_back_are_in_no_file(app, arrange, analyst, ready):
    export = ready("words")
    with arrange() as session:
        [words] = session.scalars(select(Passage).where(Passage.cleared_words.endswith(" 3")))
        words.state, words.cleared_words = PassageState.WITHHELD, None

    assert fetch(analyst, export).status_code == 303
    run(app)

    # Nine passages are fewer than ten people.
    assert one(app, export.id).state is ExportState.REFUSED


def test_a_file_that_nobody_fetches_is_deleted(app, arrange, analyst, ready):
    export = ready()
    with arrange() as session:
        late = session.get_one(Export, export.id)
        late.ready_at = clock.now() - timedelta(days=2, seconds=1)

    assert fetch(analyst, export).status_code == 410
    with app.app_context():
        jobs.purge()
        db.session.commit()

    with app.app_context():
        stored = db.session.get_one(Export, export.id)
        assert (stored.state, stored.sealed_file) == (ExportState.EXPIRED, None)
        assert db.session.get(RecordKey, export.id) is None
    assert Page.get(analyst, DESK).has("Not fetched in time, and deleted")


def test_two_workers_make_one_file_and_a_dead_one_is_replaced(app, arrange, officer, ask):
    export = ask()
    send(officer, f"{DESK}/approvals/{export.id}/approve", {})
    with app.app_context():
        assert jobs.claim(export.id)
        assert not jobs.claim(export.id)
        services.report(export.id, 50)
        db.session.commit()
    run(app)
    assert one(app, export.id).state is ExportState.APPROVED
    with arrange() as session:
        session.get_one(Export, export.id).begun_at = clock.now() - timedelta(minutes=31)

    run(app)

    assert one(app, export.id).state is ExportState.READY


def test_while_it_is_made_the_page_shows_how_far_it_is(app, analyst, officer, ask):
    export = ask()
    send(officer, f"{DESK}/approvals/{export.id}/approve", {})
    with app.app_context():
        services.report(export.id, 50)
        db.session.commit()

    assert Page.get(analyst, DESK).has("Being made: 50%")


def test_what_is_missing_in_the_form_is_said_beside_it(analyst, closed):
    page = Page.post(analyst, DESK, {"reason": "Because"})

    assert page.has("Choose the activity.")
    assert page.has("Choose what is in the file.")
    assert page.has("Because")
