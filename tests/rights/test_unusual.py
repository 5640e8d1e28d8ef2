"""Once a week the officer reads who looked at more than usual, when, and what was refused."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.pages import Page, send
from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.rights import weeks
from vrn_community.rights.unusual import Act, Finding, Kind, findings, is_odd_hour

PAGE = "/desk/unusual-access"
DANA, EVE = uuid.uuid4(), uuid.uuid4()
NOON = datetime(2026, 6, 3, 11, tzinfo=UTC)  # A Wednesday.
REVEAL = "passage:reveal"


def looks(number, who=DANA, at=NOON, action=REVEAL):
    return [Act(action, who, at)] * number


@pytest.mark.parametrize(
    ("moment", "is_odd"),
    [
        (NOON, False),
        (datetime(2026, 6, 3, 5, 59, tzinfo=UTC), True),  # 6:59 in London.
        (datetime(2026, 6, 3, 6, 0, tzinfo=UTC), False),
        (datetime(2026, 6, 3, 19, 0, tzinfo=UTC), True),
        (datetime(2026, 6, 6, 11, tzinfo=UTC), True),  # A Saturday.
        (datetime(2026, 12, 25, 11, tzinfo=UTC), True),
    ],
)
def test_nights_weekends_and_bank_holidays_are_odd_hours_in_london(moment, is_odd):
    assert is_odd_hour(moment) is is_odd


def test_who_reads_as_much_as_always_does_not_stand_out_and_who_reads_more_does():
    usual = {(REVEAL, DANA): 8 * 20}

    assert list(findings(looks(40), usual)) == []
    assert list(findings(looks(41), usual)) == [
        Finding(Kind.MORE_THAN_USUAL, DANA, REVEAL, 41, 20.0)
    ]
    assert [one.account_id for one in findings(looks(5, EVE), usual)] == [EVE]
    assert list(findings(looks(4, EVE), usual)) == []


@pytest.mark.parametrize(
    "action", [REVEAL, "export:fetch", "follower:list", "case-key:let-in", "case-key:recover"]
)
def test_one_look_at_night_stands_out(action):
    looked = looks(1, at=NOON.replace(hour=23), action=action)

    assert list(findings(looked, {})) == [Finding(Kind.AT_ODD_HOURS, DANA, action, 1)]


def test_refusals_and_failures_stand_out_from_three_on_and_roles_always():
    def kinds(*found):
        return [one.kind for one in findings([act for part in found for act in part], {})]

    refused, failed = "account:refuse-access", "account:refuse-code"
    assert kinds(looks(2, action=refused), looks(2, action=failed)) == []
    assert kinds(looks(3, action=refused)) == [Kind.REFUSED]
    assert kinds(looks(3, action=failed)) == [Kind.FAILED]
    assert kinds(looks(1, action="account:give-roles")) == [Kind.ROLES]


def test_a_week_begins_on_monday_in_london():
    week = weeks.week_of(date(2026, 6, 7))

    assert week.monday == date(2026, 6, 1)
    assert week.begin == datetime(2026, 5, 31, 23, tzinfo=UTC)
    assert week.end - week.begin == timedelta(days=7)


def test_the_officer_reads_last_week_and_it_leaves_the_list(app, arrange, officer, sign_in_as):
    curious = sign_in_as(Role.PARTNER, email="lena@example.org", name="Lena Fox")
    for _try in range(3):
        assert curious.get("/desk/safeguarding").status_code == 403
    with arrange():
        week = weeks.recent()[1]
        refused = AuditEntry.action == "account:refuse-access"
        assert len(db.session.scalars(select(AuditEntry).where(refused)).all()) == 3
    with app.app_context():
        found = _at(week.begin + timedelta(hours=12), weeks)
    assert found[0].kind is Kind.REFUSED
    url = f"{PAGE}?week={week.monday.isoformat()}"
    assert url in Page.get(officer, "/desk").links()

    page = Page.get(officer, PAGE)
    for _press in range(2):
        assert send(officer, PAGE, {"week": page.hidden("week")}).status_code == 303

    assert Page.get(officer, url).has("Somebody has read this page.")
    assert url not in Page.get(officer, "/desk").links()
    with app.app_context():
        read = select(AuditEntry).where(AuditEntry.action == "access:review")
        assert len(db.session.scalars(read).all()) == 1


def _at(moment, weeks):
    """Return what is found in the week of a moment as if all that was refused had been then."""
    rows = [
        Act(entry.action, entry.actor_id, moment)
        for entry in db.session.scalars(select(AuditEntry))
    ]
    return list(findings(rows, {}))


def test_the_running_week_shows_names_and_cannot_be_marked_as_read(app, officer, sign_in_as):
    curious = sign_in_as(Role.PARTNER, email="lena@example.org", name="Lena Fox")
    for _try in range(4):
        curious.get("/desk/privacy-requests")
    with app.app_context():
        running = weeks.recent()[0].monday.isoformat()

    page = Page.get(officer, f"{PAGE}?week={running}")
    send(officer, PAGE, {"week": running})

    assert page.has("Lena Fox")
    assert page.has("Asked for pages that the roles do not open")
    assert not Page.get(officer, f"{PAGE}?week={running}").has("Somebody has read this page.")
    assert Page.get(officer, f"{PAGE}?week=nonsense").has("Nothing stands out in this week.")


def test_somebody_who_asks_again_and_again_does_not_fill_the_trail(app, sign_in_as):
    curious = sign_in_as(Role.PARTNER, email="lena@example.org")

    answers = {curious.get("/desk/privacy-requests").status_code for _try in range(25)}

    assert answers == {403}
    with app.app_context():
        refused = select(AuditEntry).where(AuditEntry.action == "account:refuse-access")
        found = db.session.scalars(refused).all()
    assert len(found) == 20
    assert {entry.details["page"] for entry in found} == {"rights_desk.index"}


def test_each_reason_that_was_chosen_is_counted(app, arrange, officer):
    looked = [
        *looks(3, at=NOON.replace(hour=23)),
        Act(REVEAL, DANA, NOON.replace(hour=23), "To decide"),
        Act(REVEAL, DANA, NOON, "To decide"),
        Act(REVEAL, EVE, NOON, "To check"),
    ]
    assert {one.kind: one.reasons for one in findings(looked, {})} == {
        Kind.MORE_THAN_USUAL: (("To decide", 2),),
        Kind.AT_ODD_HOURS: (("To decide", 1),),
    }

    with arrange() as session:
        by = session.get(Account, officer.account_id)
        for reason in ("decide", "decide", "review", "typed by hand", "decide"):
            audit.record("concern:reveal", by, actor=by, reason=reason)
    with app.app_context():
        monday = weeks.recent()[0].monday

    page = Page.get(officer, f"{PAGE}?week={monday.isoformat()}")

    assert page.has("To decide about the concern: 3; To check a decision: 1")
    assert not page.has("typed by hand")
