"""Whoever reads words or meets people says when they were trained and checked."""

from datetime import timedelta

import pytest

from tests.pages import Page, send
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.safeguarding import checking
from vrn_community.safeguarding.kinds import DbsLevel

URL, COVER = "/desk/cover/my-checks", "/desk/cover"


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


@pytest.mark.parametrize(("days", "is_good"), [(0, True), (730, True), (731, False)])
def test_training_is_old_after_two_years(sign_in_as, app, days, is_good):
    client = sign_in_as(Role.MODERATOR)
    with app.app_context():
        account = db.session.get(Account, client.account_id)
        day = clock.today() - timedelta(days=days)
        checking.confirm(account, day, clock.today(), level=DbsLevel.BASIC)
        assert checking.looked_at(account).is_trained is is_good
