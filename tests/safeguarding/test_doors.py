"""Whom to ring about a case: by area, by age, by the hour, and never unchecked without a word."""

import uuid
from datetime import UTC, datetime

import pytest

from tests.conftest import make_account
from tests.safeguarding.conftest import revealed
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.partnership.models import Area, SupportService
from vrn_community.safeguarding import contacts, services
from vrn_community.safeguarding.kinds import AgeBand, Source
from vrn_community.safeguarding.models import Urgency

CHILDREN = {"leicester-children", "leicestershire-children", "rutland-children"}
ADULTS = {"leicester-adults", "leicestershire-adults", "rutland-adults"}


def raised(area="", **known):
    by = make_account(Role.SAFEGUARDING_LEAD, email=f"{uuid.uuid4()}@example.org")
    found = db.session.scalars(db.select(Area).where(Area.code == area)).first()
    told = services.Report(
        Source.PHONE, Urgency.TODAY, {"noticed": "x"}, area_id=found.id if found else None, **known
    )
    return services.report(told, by=by, key=uuid.uuid4())


def slugs(rows):
    return {row.service.slug for row in rows}


@pytest.mark.parametrize(
    ("area", "age", "children", "adults"),
    [
        ("", None, CHILDREN, ADULTS),
        ("", AgeBand.ADULT, set(), ADULTS),
        ("", AgeBand.FROM_13_TO_15, CHILDREN, set()),
        ("E07000129", None, {"leicestershire-children"}, {"leicestershire-adults"}),
        ("E06000017", AgeBand.UNDER_13, {"rutland-children"}, set()),
        ("E06000016", AgeBand.ADULT, set(), {"leicester-adults"}),
    ],
)
def test_the_doors_fit_the_area_and_the_age(session, partnership, area, age, children, adults):
    found = contacts.doors(raised(area, age_band=age))

    assert (slugs(found.children), slugs(found.adults)) == (children, adults)
    assert found.allegations == []


@pytest.mark.parametrize(("hour", "is_night"), [(10, False), (20, True)])
def test_out_of_hours_the_number_of_the_night_comes_first(
    sign_in_as, partnership, arrange, monkeypatch, hour, is_night
):
    lead = sign_in_as(Role.SAFEGUARDING_LEAD)
    with arrange():
        concern = raised("E07000129", age_band=AgeBand.ADULT)
    wednesday = datetime(2026, 11, 25, hour, 0, tzinfo=UTC)
    monkeypatch.setattr(SupportService, "is_open", lambda self, _now, at=wednesday: OPEN(self, at))

    page = revealed(lead, f"/desk/safeguarding/{concern.id}")

    numbers = [link for link in page.links() if link.startswith("tel:01163050")]
    assert numbers == ["tel:01163050888", "tel:01163050004"][:: 1 if is_night else -1]
    assert page.has("The office is closed now. Ring:") is is_night


OPEN = SupportService.is_open


def test_a_number_that_nobody_checked_says_so(sign_in_as, partnership, arrange):
    lead = sign_in_as(Role.SAFEGUARDING_LEAD)
    with arrange():
        concern = raised("E06000017", age_band=AgeBand.UNDER_13)
    url = f"/desk/safeguarding/{concern.id}"
    assert revealed(lead, url).has("Nobody has checked this number lately.")

    with arrange():
        by = db.session.get(Account, lead.account_id)
        service = next(row for row in contacts.listed() if row.service.slug == "rutland-children")
        contacts.say_right(service.service, by=by)

    assert not revealed(lead, url).has("Nobody has checked this number lately.")
