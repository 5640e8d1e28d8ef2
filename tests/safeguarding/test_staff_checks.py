"""Whoever reads words or meets people says when they were trained and checked."""

import uuid
from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.factories.cover import make_check, make_cover
from tests.pages import Page, send
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import OUTSIDE, SCRUTINISES, SEES_RAW, Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.safeguarding import checking, queries
from vrn_community.safeguarding.kinds import DbsLevel
from vrn_community.safeguarding.models import Cover, CoverRole

URL, COVER = "/desk/cover/my-checks", "/desk/cover"


@pytest.fixture
def lead(sign_in_as):
    return sign_in_as(Role.SAFEGUARDING_LEAD, name="Elif Demir")


def named(client, begins=None, ends=None):
    begins = begins or clock.today()
    days = {"begins_on": begins, "ends_on": ends or begins}
    parts = ("day", "month", "year")
    return {
        "id": str(uuid.uuid4()), "account": str(client.account_id), "role": "lead",
        **{f"{name}-{part}": getattr(day, part) for name, day in days.items() for part in parts},
    }  # fmt: skip


def typed(trained, dbs, level="enhanced"):
    days = {"trained_on": trained, "dbs_on": dbs}
    parts = ("day", "month", "year")
    return {
        "dbs_level": level,
        **{f"{name}-{part}": getattr(day, part) for name, day in days.items() for part in parts},
    }


def test_somebody_confirms_and_the_list_shows_days_and_level_alone(sign_in_as):
    moderator = sign_in_as(Role.MODERATOR, name="Dana Nowak")
    lead = sign_in_as(Role.SAFEGUARDING_LEAD, name="Elif Demir")
    assert Page.get(lead, COVER).has("Dana Nowak Missing Missing To be done")
    today = clock.today()
    old = today - timedelta(days=800)

    assert send(moderator, URL, typed(old, today)).location == URL

    page = Page.get(lead, COVER)
    row = next(page.words(row) for row in page.all("tr") if "Dana Nowak" in page.words(row))
    assert "Too long ago" in row
    assert row.count("Too long ago") == 1
    assert row.endswith("Enhanced")
    assert Page.get(moderator, URL).has("Your training is too long ago.")


def test_what_makes_no_sense_is_said_beside_the_field(sign_in_as):
    client = sign_in_as(Role.FACILITATOR)
    tomorrow = clock.today() + timedelta(days=1)

    assert Page.post(client, URL, {}).errors() == [
        "Give the day.", "Give the day.", "Choose the level."
    ]  # fmt: skip
    assert (
        Page.post(client, URL, typed(tomorrow, tomorrow)).errors()
        == ["This day has not come yet."] * 2
    )


@pytest.mark.parametrize(
    ("trained", "checked", "error"),
    [
        (None, None, "They have not yet said when they were trained and checked"),
        (731, 0, "Their safeguarding training was good until"),
        (0, 1096, "Their DBS check was good until"),
    ],
)
def test_nobody_is_named_who_was_not_trained_and_checked(lead, arrange, trained, checked, error):
    with arrange() as session:
        account = session.get(Account, lead.account_id)
        if trained is not None:
            days = (clock.today() - timedelta(days=ago) for ago in (trained, checked))
            checking.confirm(account, *days, level=DbsLevel.ENHANCED)

    page = Page.post(lead, COVER, named(lead))

    assert error in page.errors()[0]
    assert "#account" in page.links()
    with arrange() as session:
        assert session.scalars(db.select(Cover)).all() == []


def test_nobody_is_named_for_days_after_their_training_has_ended(lead, arrange):
    with arrange() as session:
        make_check(session.get(Account, lead.account_id), clock.today() - timedelta(days=720))
    later = clock.today() + timedelta(days=20)

    assert "good until" in Page.post(lead, COVER, named(lead, later, later)).errors()[0]
    sent = send(lead, COVER, named(lead, clock.today(), later))

    assert sent.status_code == 303
    page = Page.get(lead, COVER)
    assert page.has("Their training or check ends on")
    assert page.has("Nobody is named as safeguarding lead:")  # On the days that count as nobody.
    assert page.has("Ends on")
    assert Page.get(lead, URL).has("Your training or check ends on")
    assert Page.get(lead, "/desk").has(
        "Training and checks that are missing or end soon Elif Demir Ends on"
    )


def test_whoever_is_not_trained_any_more_covers_nothing(session):
    lead, today = make_account(Role.SAFEGUARDING_LEAD), clock.today()
    days = (today - timedelta(days=5), today + timedelta(days=5))
    make_cover(lead, CoverRole.LEAD, days)
    assert queries.on_cover(CoverRole.LEAD, today) == [lead.id]

    make_check(lead, today - timedelta(days=731))

    assert queries.on_cover(CoverRole.LEAD, today) == []
    assert queries.cover_gaps(*days)[CoverRole.LEAD] == [(today, days[1])]


@pytest.mark.parametrize(("days", "is_good"), [(0, True), (730, True), (731, False)])
def test_training_is_old_after_two_years(sign_in_as, app, days, is_good):
    client = sign_in_as(Role.MODERATOR)
    with app.app_context():
        account = db.session.get(Account, client.account_id)
        day = clock.today() - timedelta(days=days)
        checking.confirm(account, day, clock.today(), level=DbsLevel.BASIC)
        assert checking.looked_at(account).is_trained is is_good


def test_everybody_who_sees_what_people_wrote_or_meets_them_is_asked():
    assert set(checking.CLOSE) >= SEES_RAW | {Role.FACILITATOR, Role.PEER_ANALYST}
    assert not set(checking.CLOSE) & (OUTSIDE | SCRUTINISES)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ANALYST, Role.DATA_PROTECTION_OFFICER])
def test_whoever_never_confirmed_is_told_and_so_are_those_who_name_people(lead, sign_in_as, role):
    own = sign_in_as(role, email="dana@example.org", name="Dana Nowak")
    told = "Your training or check is missing, too old, or ends soon"
    assert Page.get(own, "/desk").has(told)
    assert URL in Page.get(own, "/desk").links()
    assert Page.get(lead, "/desk").has("Dana Nowak Missing")

    send(own, URL, typed(clock.today(), clock.today()))

    assert not Page.get(own, "/desk").has(told)
    assert not Page.get(lead, "/desk").has("Dana Nowak Missing")


def test_whose_work_shows_nobody_is_asked_nothing(sign_in_as):
    client = sign_in_as(Role.OVERSIGHT_MEMBER)

    assert not Page.get(client, "/desk").has("Your training or check")


def test_a_moderator_whose_check_is_missing_still_reads_what_waits(sign_in_as):
    assert sign_in_as(Role.MODERATOR).get("/desk/moderation").status_code == 200
