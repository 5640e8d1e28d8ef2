"""Members, their time and their data, tried over HTTP with the real pages."""

import csv
import io
import json
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.factories.meetings import make_claim, make_member
from tests.pages import Page, send
from vrn_community.accounts.models import Account, AccountState
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.foundation import clock
from vrn_community.foundation.permissions import Permission
from vrn_community.foundation.record_keys import RecordKey
from vrn_community.oversight.meetings import items
from vrn_community.oversight.meetings import services as meetings
from vrn_community.oversight.members import services
from vrn_community.oversight.members.models import Member, TimeClaim, TimeClaimState

OWN, MEMBERS, CLAIMS = "/desk/membership", "/desk/members", "/desk/claims"
#: What a member opens, and nobody whose term is over.
OF_GROUP = (OWN, f"{OWN}/time", "/desk/meetings", "/desk/ballots", "/desk/oversight")


def date_of(name, day):
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


@pytest.fixture
def ada(group):
    """Return another member with a record."""
    with group.arrange() as session:
        account = make_account(Role.OVERSIGHT_MEMBER, email="ada@example.org", name="Ada")
        make_member(account, session.merge(group.kai))
        return account


def claimed(group, account, **changes):
    with group.arrange() as session:
        made = make_claim(session.merge(account))
        for name, value in changes.items():
            setattr(made, name, value)
        return made


def term(**changes):
    day = clock.today() - timedelta(days=90)
    return {**date_of("starts_on", day), "area": "", "rate": "15.00", "training": "", **changes}


# Terms


def end_term(group, day):
    form = term(account=str(group.imo.id), **date_of("ends_on", day))
    return send(group.client(group.kai), f"{MEMBERS}/{group.record.id}", form)


def test_a_term_that_ends_today_closes_everything_at_once(group):
    imo = group.client(group.imo)
    assert [imo.get(url).status_code for url in OF_GROUP] == [200] * len(OF_GROUP)

    assert end_term(group, clock.today()).status_code == 303

    assert [imo.get(url).status_code for url in OF_GROUP] == [403] * len(OF_GROUP)
    assert imo.get(f"/desk/papers/{group.paper.id}").status_code == 403
    interest = {"interest-words": "Late."}
    answer = send(imo, f"/desk/agenda/{group.item.id}/interest", interest)
    assert answer.status_code == 403


def test_a_term_that_ends_tomorrow_closes_everything_tomorrow(group, later):
    imo = group.client(group.imo)
    end_term(group, clock.today() + timedelta(days=1))
    assert imo.get(OWN).status_code == 200

    seen = []
    for days in (0, 1):
        later(days=days)
        with group.arrange() as session:
            seen.append(session.get_one(Account, group.imo.id).can(Permission.MEETING_READ))

    assert seen == [True, False]


def test_a_term_that_is_taken_up_again_opens_everything_again(group):
    imo = group.client(group.imo)
    end_term(group, clock.today())
    assert imo.get(OWN).status_code == 403

    no_end = {f"ends_on-{part}": "" for part in ("day", "month", "year")}
    form = term(account=str(group.imo.id), **no_end)
    send(group.client(group.kai), f"{MEMBERS}/{group.record.id}", form)

    assert imo.get(OWN).status_code == 200


def test_nobody_sets_a_term_or_a_rate_of_their_own(group):
    with group.arrange() as session:
        both = make_account(Role.SECRETARIAT, Role.OVERSIGHT_MEMBER, email="both@example.org")
        record = make_member(both, session.merge(group.kai))
    client = group.client(both)

    answer = send(client, f"{MEMBERS}/{record.id}", term(account=str(both.id), rate="99.00"))

    assert answer.status_code == 409
    with group.arrange():
        assert group.fresh(record).hourly_pence == 1_500


@pytest.mark.parametrize("role", [Role.OVERSIGHT_MEMBER, Role.OVERSIGHT_CHAIR, Role.PUBLISHER])
def test_the_secretariat_alone_reads_records_of_others(group, sign_in_as, role):
    client = sign_in_as(role, email="other@example.org")

    for url in (MEMBERS, f"{MEMBERS}/new", f"{MEMBERS}/{group.record.id}"):
        assert client.get(url).status_code == 403
    assert send(client, f"{MEMBERS}/{group.record.id}/forget", {}).status_code == 403


# Claims


def test_a_claim_is_made_once_and_goes_to_finance(group):
    imo, cleo, kai = (group.client(who) for who in (group.imo, group.cleo, group.kai))
    form = {"id": str(uuid.uuid4()), "activity": "=Read papers", "minutes": "100"}
    form |= {"expenses": "4.50", **date_of("done_on", clock.today())}

    for _twice in range(2):
        assert send(imo, f"{OWN}/time", form).status_code == 303

    with group.arrange() as session:
        (made,) = session.scalars(select(TimeClaim)).all()
    assert "£29.50" in Page.get(imo, f"{OWN}/time").text
    for client, act in ((cleo, "approve"), (kai, "pay")):
        for _twice in range(2):
            assert send(client, f"{CLAIMS}/{made.id}/{act}", {}).status_code == 303
    span = {**date_of("first", clock.today()), **date_of("last", clock.today())}
    answer = send(kai, f"{CLAIMS}/export", span)
    assert answer.mimetype == "text/csv"
    assert "claims.csv" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    (row,) = csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    assert (row["key"], row["name"], row["minutes"]) == (str(made.id), "Imo", "100")
    assert (row["rate"], row["expenses"], row["amount"]) == ("£15.00", "£4.50", "£29.50")
    assert row["state"] == "paid"
    assert row["date"] == clock.today().isoformat()
    assert not row["activity"].startswith("=")
    with group.arrange() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "claim:export")).one()
    assert entry.actor_id == group.kai.id


def test_the_file_has_the_days_that_were_asked_for_and_nothing_taken_back(group):
    day = clock.today() - timedelta(days=10)
    inside = claimed(group, group.imo, done_on=day)
    claimed(group, group.imo, done_on=day - timedelta(days=1))
    claimed(group, group.imo, done_on=day, state=TimeClaimState.WITHDRAWN)
    span = {**date_of("first", day), **date_of("last", day)}

    answer = send(group.client(group.kai), f"{CLAIMS}/export", span)

    rows = csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    assert [row["key"] for row in rows] == [str(inside.id)]


def test_members_see_their_own_claims_and_those_who_decide_see_all(group, ada):
    for who, words in ((group.imo, "Imos bus"), (ada, "Adas bus")):
        claimed(group, who, activity=words)

    for who, words in ((group.imo, "Imos bus"), (ada, "Adas bus")):
        client = group.client(who)
        page = Page.get(client, f"{OWN}/time")
        assert [found for found in ("Imos bus", "Adas bus") if page.has(found)] == [words]
        assert client.get(CLAIMS).status_code == 403
        assert send(client, f"{CLAIMS}/export", {}).status_code == 403
    for who in (group.cleo, group.kai):
        page = Page.get(group.client(who), CLAIMS)
        assert page.has("Imos bus")
        assert page.has("Adas bus")


def test_nobody_touches_the_claim_of_another_or_decides_on_their_own(group, ada):
    of_ada = claimed(group, ada)
    with group.arrange() as session:
        make_member(session.merge(group.cleo), session.merge(group.kai))
    of_cleo = claimed(group, group.cleo)
    imo, cleo, kai = (group.client(who) for who in (group.imo, group.cleo, group.kai))

    assert send(imo, f"{OWN}/time/{of_ada.id}/withdraw", {}).status_code == 409
    assert send(cleo, f"{CLAIMS}/{of_cleo.id}/approve", {}).status_code == 409
    assert Page.get(cleo, CLAIMS).has("Somebody else decides")
    assert send(imo, f"{CLAIMS}/{of_ada.id}/approve", {}).status_code == 403
    assert send(cleo, f"{CLAIMS}/{of_ada.id}/pay", {}).status_code == 403
    assert send(kai, f"{CLAIMS}/{of_ada.id}/pay", {}).status_code == 409  # Not approved yet.
    with group.arrange():
        assert {group.fresh(row).state for row in (of_ada, of_cleo)} == {TimeClaimState.CLAIMED}


def test_who_has_no_record_claims_nothing(group):
    with group.arrange():
        new = make_account(Role.OVERSIGHT_MEMBER, email="new@example.org", name="New")
    client = group.client(new)
    form = {"activity": "x", "minutes": "9", **date_of("done_on", clock.today())}

    assert Page.get(client, f"{OWN}/time").has("You have no record as a member yet.")
    assert send(client, f"{OWN}/time", form).status_code == 409


# One's own data


def test_members_take_along_what_is_held_about_them_and_nothing_of_others(group, ada):
    imo = group.client(group.imo)
    own = {"name": "Imo B.", "interests": "A boxing club", "access_needs": "A break"}
    claimed(group, group.imo, activity="Imos bus")
    claimed(group, ada, activity="Adas bus")
    send(imo, OWN, own)

    answer = send(imo, f"{OWN}/export", {})

    assert "my-data.json" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    found = json.loads(answer.text)
    assert (found["name"], found["email"]) == ("Imo B.", "imo@example.org")
    assert (found["interests"], found["access needs"]) == ("A boxing club", "A break")
    assert [claim["activity"] for claim in found["claims"]] == ["Imos bus"]
    assert "Ada" not in answer.text
    with group.arrange() as session:
        taken = select(AuditEntry).where(AuditEntry.action == "member:export")
        assert session.scalars(taken).one().actor_id == group.imo.id


def test_what_members_no_longer_say_opens_in_no_backup(group):
    imo = group.client(group.imo)
    own = {"name": "Imo B.", "interests": "A boxing club", "access_needs": "A break"}
    for said, has_key in ((own, True), ({**own, "interests": "", "access_needs": ""}, False)):
        send(imo, OWN, said)

        with group.arrange() as session:
            assert (session.get(RecordKey, group.record.id) is not None) is has_key


def test_a_record_is_deleted_when_its_member_asks_and_the_words_stay(group):
    imo, kai = group.client(group.imo), group.client(group.kai)
    with group.arrange() as session:
        group.fresh(group.meeting).starts_at = clock.now() - timedelta(hours=1)
        owner = session.merge(group.imo)
        services.claim(uuid.uuid4(), services.Spent(clock.today(), "Bus", 10), by=owner)
        meeting, secretary = group.fresh(group.meeting), session.merge(group.kai)
        meetings.hold(meeting, {}, by=secretary)
        task = items.Task("Write to them.", clock.today(), owner)
        items.agree_action(uuid.uuid4(), group.fresh(group.item), task, by=secretary)
    forget = f"{MEMBERS}/{group.record.id}/forget"
    assert send(kai, forget, {}).status_code == 409

    for _twice in range(2):
        assert send(imo, f"{OWN}/delete", {}).status_code == 303
    assert Page.get(imo, OWN).has("You asked on")
    assert send(kai, forget, {}).status_code == 303

    assert imo.get(OWN).status_code in (302, 303, 403)
    assert Page.get(kai, "/desk/meetings/actions").has("Imo")
    with group.arrange() as session:
        assert session.scalars(select(Member)).all() == []
        account = session.get_one(Account, group.imo.id)
        assert account.state is AccountState.DISABLED
        assert "imo@" not in account.email
        assert len(session.scalars(select(TimeClaim)).all()) == 1


def test_an_account_with_another_role_goes_on_without_those_of_the_group(group):
    with group.arrange() as session:
        both = make_account(Role.ANALYST, Role.OVERSIGHT_MEMBER, email="both@example.org")
        record = make_member(both, session.merge(group.kai))
    client = group.client(both)
    send(client, f"{OWN}/delete", {})

    send(group.client(group.kai), f"{MEMBERS}/{record.id}/forget", {})

    assert client.get(OWN).status_code == 403
    assert client.get("/desk").status_code == 200
