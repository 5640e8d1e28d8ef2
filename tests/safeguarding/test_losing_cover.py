"""What is sensitive pauses by itself on a day without anybody, and a person opens it again (G1)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import make_account
from tests.factories.cover import make_cover
from tests.factories.keys import make_key
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.factories.records import make_record
from tests.pages import Page, send
from tests.responses.walking import go
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.contributions.models import Contribution
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.notifications.models import Mail, MailKind
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity
from vrn_community.safeguarding import jobs
from vrn_community.safeguarding.models import Cover, CoverRole

S = OpportunityState
DAY = timedelta(days=1)
WORDS = "It is dark by the canal."


@pytest.fixture
def world(arrange, partnership):
    """Return sensitive questions that are open, with a lead and a deputy for every day."""
    with arrange():
        people = {
            CoverRole.LEAD: make_account(Role.SAFEGUARDING_LEAD),
            CoverRole.DEPUTY: make_account(Role.SAFEGUARDING_DEPUTY),
        }
        make_key(people[CoverRole.LEAD])
        author = make_account(Role.PUBLISHER, email="author@example.org")
        made = make_opportunity(
            author, is_public=True, is_signed=True, is_sensitive=True, min_age=13
        )
        make_record(made)
        make_version(made)
        for role, account in people.items():
            days = (clock.today() - 9 * DAY, clock.today() + 90 * DAY)
            make_cover(account, role, days)
    return {"opportunity": made, "people": people}


@pytest.fixture
def url(world):
    return f"/o/{world['opportunity'].code}/answer"


@pytest.fixture
def lose(arrange):
    """Return a function that lets the deputy's days end, perhaps on a later day."""

    def end(last=None):
        with arrange() as session:
            deputy = session.scalars(select(Cover).filter_by(role=CoverRole.DEPUTY)).one()
            deputy.ends_on = last or clock.today() - DAY

    return end


@pytest.fixture
def run(app):
    """Return a function that does what is done every quarter of an hour."""

    def job():
        with app.app_context():
            jobs.pause_what_nobody_is_there_for()
            db.session.commit()

    return job


def state_of(app, world):
    with app.app_context():
        return db.session.get_one(Opportunity, world["opportunity"].id).state


def acts(app):
    with app.app_context():
        query = select(AuditEntry).filter_by(action="opportunity:pause")
        return [(entry.actor_id, entry.details) for entry in db.session.scalars(query)]


def begun(client, url):
    """Return the second page of somebody who has begun."""
    page = go(client, url, Page.get(client, url), "told")
    return go(client, url, go(client, url, page), **{"age-band": "16-17"})


def test_it_stays_open_while_somebody_is_there(app, world, run):
    run()

    assert state_of(app, world) is S.PUBLISHED
    assert acts(app) == []


def test_it_pauses_by_itself_once_and_that_is_written_down(app, world, lose, run):
    lose()

    for _time in range(2):
        run()

    assert state_of(app, world) is S.PAUSED
    assert acts(app) == [(None, {"reason": "no-cover"})]


@pytest.mark.parametrize(
    "changes",
    [
        {"is_sensitive": False},
        {"level": ParticipationLevel.INFORM},
        {"opens_on": clock.today() + 3 * DAY},
    ],
    ids=["harmless", "news", "not yet open"],
)
def test_what_asks_nothing_hard_today_goes_on(app, world, lose, run, arrange, changes):
    with arrange() as session:
        for name, value in changes.items():
            setattr(session.get(Opportunity, world["opportunity"].id), name, value)
    lose()

    run()

    assert state_of(app, world) is S.PUBLISHED


def test_the_public_reads_why_and_where_help_is_now(client, world, url, lose, run):
    lose()
    run()

    shown = Page.post(client, url.removesuffix("/answer"), {})
    for page in (shown, Page.get(client, url)):
        assert page.has("Nobody from our team is there just now for people who may be in danger.")
        assert page.has("What you sent is kept.")
        assert page.has("It opens again when somebody is there.")
        assert any(link.startswith("tel:") for link in page.links())
    assert url not in [form.get("action") for form in shown.all("form")]


def test_nobody_begins_while_it_is_paused(app, client, world, url, lose, run):
    told = go(client, url, Page.get(client, url), "told")
    lose()
    run()

    for page in (Page.get(client, url), go(client, url, told)):
        assert page.heading == "You cannot answer just now"


def test_whoever_has_begun_can_send(app, client, world, url, lose, run):
    page = begun(client, url)
    lose()
    run()

    page = go(client, url, page, feel="unsafe", why=WORDS)
    page = go(client, url, page)
    assert go(client, url, page, "send").has("Thank you. Your answers are in.")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contribution)) == 1


def test_whoever_has_begun_cannot_send_after_its_last_day(client, world, url, lose, run, arrange):
    page = begun(client, url)
    lose()
    run()
    with arrange() as session:
        made = session.get(Opportunity, world["opportunity"].id)
        made.opens_on = made.closes_on = clock.today() - DAY

    refused = go(client, url, page, feel="unsafe", why=WORDS)

    assert refused.heading == "You cannot answer just now"
    assert refused.has(WORDS)


def test_only_a_person_opens_it_again_once_somebody_is_there(
    app, world, lose, run, sign_in_as, arrange
):
    publisher = sign_in_as(Role.PUBLISHER, email="pat@example.org")
    lose()
    run()
    at = f"/desk/opportunities/{world['opportunity'].id}"

    assert Page.get(publisher, "/desk").has("Paused, for nobody was there for concerns")
    page = Page.get(publisher, at)
    assert page.has("It paused by itself on")
    assert page.has("Paused by itself")
    assert not page.has("It has to be taken back")
    assert send(publisher, f"{at}/resume", {}).status_code == 200
    assert state_of(app, world) is S.PAUSED

    lose(clock.today() + 90 * DAY)
    run()
    assert state_of(app, world) is S.PAUSED
    assert send(publisher, f"{at}/resume", {}).status_code == 303
    assert state_of(app, world) is S.PUBLISHED
    with app.app_context():
        assert db.session.get_one(Opportunity, world["opportunity"].id).cover_lost_on is None
    assert Page.get(publisher, "/desk").has("Nothing has paused by itself.")


def test_those_who_can_name_somebody_are_told_before_and_when_it_happens(
    app, world, lose, run, policy
):
    policy(smtp_url="smtp://127.0.0.1")
    lose(clock.today() + 9 * DAY)
    run()
    assert mails(app) == []

    lose(clock.today() + 3 * DAY)
    for _time in range(2):
        run()
    assert mails(app) == [MailKind.TODAY] * 2

    lose()
    for _time in range(2):
        run()
    assert sorted(mails(app)) == [MailKind.NOW] * 2 + [MailKind.TODAY] * 4


def mails(app):
    with app.app_context():
        return list(db.session.scalars(select(Mail.kind)))


def test_what_paused_by_itself_a_person_can_pause_so_that_nobody_sends(
    app, world, lose, run, sign_in_as, client, url
):
    page = begun(client, url)
    lose()
    run()
    publisher = sign_in_as(Role.PUBLISHER, email="p@example.org")
    desk = f"/desk/opportunities/{world['opportunity'].id}"
    shown = Page.get(publisher, desk)
    assert shown.has("unless you pause it too")
    assert f'action="{desk}/pause"' in shown.text
    sent = {"reason": "The hall burned.", "version": shown.hidden("version")}

    for _press in range(2):
        assert send(publisher, f"{desk}/pause", sent).status_code == 303

    assert [actor for actor, _details in acts(app)] == [None, publisher.account_id]
    assert acts(app)[1][1]["reason"] == "The hall burned."
    with app.app_context():
        found = db.session.get_one(Opportunity, world["opportunity"].id)
        assert (found.state, found.state_reason) == (S.PAUSED, "The hall burned.")
        assert found.cover_lost_on is None
    assert go(client, url, page, feel="unsafe").heading == "You cannot answer just now"
