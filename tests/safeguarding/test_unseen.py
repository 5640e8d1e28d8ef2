"""A concern about everybody who decides is not lost: others are asked, and the reporter is told."""

import uuid

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.pages import Page, send
from tests.safeguarding.conftest import revealed
from tests.safeguarding.test_report import URL, told
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.notifications import jobs as mail
from vrn_community.safeguarding import alerts, figures, queries, services
from vrn_community.safeguarding.kinds import Helper, Source
from vrn_community.safeguarding.models import Concern, Urgency

DESK = "/desk/safeguarding"
RING = "/desk/raise-concern/whom-to-ring"
LEFT = "Name somebody else as safeguarding lead, or ring the designated officer"
OFFICER = "0116 454 2440"


@pytest.fixture
def people(sign_in_as):
    """Return clients of the only lead and the only deputy, a facilitator and an administrator."""
    roles = (Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_DEPUTY, Role.FACILITATOR, Role.MODERATOR)
    return {role: sign_in_as(role, name=str(role)) for role in (*roles, Role.ADMINISTRATOR)}


def about_both(people, arrange):
    """Store a concern about the lead, to which a moderator adds that it is about the deputy too."""
    with arrange() as session:
        dana = session.get(Account, people[Role.MODERATOR].account_id)
        passage = make_passage(make_opportunity(dana))
        services.raise_concern(
            passage,
            Urgency.TODAY,
            "She hits.",
            by=dana,
            accused_id=people[Role.SAFEGUARDING_LEAD].account_id,
        )
    return passage.id


def accuse_deputy(people, passage_id):
    sent = {
        "concern-id": str(uuid.uuid4()), "concern-urgency": "today", "concern-note": "He too.",
        "concern-accused": str(people[Role.SAFEGUARDING_DEPUTY].account_id),
    }  # fmt: skip
    return send(people[Role.MODERATOR], f"/desk/moderation/{passage_id}/concern", sent)


def test_who_raised_what_nobody_can_see_reads_so_with_the_number(people, arrange, partnership):
    passage_id = about_both(people, arrange)

    answer = accuse_deputy(people, passage_id)

    assert answer.location == RING
    page = Page.get(people[Role.MODERATOR], RING)
    assert page.has("It is kept, but nobody here can read it now.")
    assert page.has(OFFICER)
    assert not page.has("recovery key")


def test_the_only_one_who_decides_is_not_said_to_be_told(sign_in_as, partnership):
    client = sign_in_as(Role.FACILITATOR)
    lead = sign_in_as(Role.SAFEGUARDING_LEAD, name="Elif Demir")

    answer = send(client, URL, told(accused=str(lead.account_id)))

    assert answer.location == RING
    assert "The safeguarding lead is told." not in client.get("/desk").text


def test_administrators_who_are_not_accused_are_asked_once_and_read_nothing_of_it(
    people, arrange, app, mailbox
):
    with arrange():
        make_account(Role.ADMINISTRATOR, Role.SAFEGUARDING_DEPUTY, email="both@example.org")
    passage_id = about_both(people, arrange)
    with arrange() as session:
        dana = session.get(Account, people[Role.MODERATOR].account_id)
        deciders = (Role.SAFEGUARDING_DEPUTY, None)
        passage = queries.of_passage(passage_id).passage
        both = session.scalars(db.select(Account).filter_by(email="both@example.org")).one()
        for account_id in (people[deciders[0]].account_id, both.id):
            services.raise_concern(passage, Urgency.TODAY, "x", by=dana, accused_id=account_id)
        for _run in range(2):
            alerts.tell()
        mail.send()
    named = [address for address in mailbox.addresses() if "administrator@" in address]
    assert len(named) == 1
    assert mailbox.addresses().count("both@example.org") <= 1  # Of what was about others alone.

    page = Page.get(people[Role.ADMINISTRATOR], "/desk")
    assert page.has(LEFT)
    assert RING in page.links()
    assert not page.has("hits")
    assert Page.get(people[Role.ADMINISTRATOR], RING).has("recovery key")
    assert not Page.get(people[Role.SAFEGUARDING_LEAD], "/desk").has(LEFT)

    with arrange() as session:
        concern = queries.of_passage(passage_id)
        make_account(Role.SAFEGUARDING_LEAD, email="new@example.org")
        assert not queries.is_unseen(concern)
    assert not Page.get(people[Role.ADMINISTRATOR], "/desk").has(LEFT)


def test_nobody_hides_an_open_case_from_the_last_who_sees_it(people, arrange, app):
    with arrange() as session:
        lead = session.get(Account, people[Role.SAFEGUARDING_LEAD].account_id)
        report = services.Report(
            Source.LETTER, Urgency.TODAY, {"noticed": "He."}, accused_id=lead.id
        )
        concern = services.report(report, by=lead, key=uuid.uuid4())
    deputy = people[Role.SAFEGUARDING_DEPUTY]
    sent = {"accuse-accused": str(deputy.account_id)}

    page = Page.post(deputy, f"{DESK}/{concern.id}/accuse", sent)

    assert page.errors() == [
        "Nobody would be left who can see this. Another lead or deputy is needed first."
    ]
    assert deputy.get(f"{DESK}/{concern.id}").status_code == 200


def test_somebody_without_an_account_can_be_accused(people, app, partnership):
    sent = told(accused=Helper.WITHOUT_ACCOUNT.value)
    assert send(people[Role.FACILITATOR], URL, sent).location == "/desk"

    with app.app_context():
        concern = db.session.scalars(db.select(Concern)).one()
        assert (concern.is_allegation, concern.accused_ids) == (True, [])
        assert db.session.scalars(db.select(Concern).where(queries.no_allegation())).all() == []
        year = concern.created_at.year
        assert all(sum(one.counts.values()) == 0 for one in figures.of_year(year))
    page = Page.get(people[Role.FACILITATOR], "/desk")
    assert page.has("Somebody is told whom it is not about.")
    assert revealed(people[Role.SAFEGUARDING_LEAD], f"{DESK}/{concern.id}").has(OFFICER)


def test_a_lead_marks_later_that_it_is_about_somebody_without_an_account(
    people, arrange, partnership
):
    with arrange() as session:
        lead = session.get(Account, people[Role.SAFEGUARDING_LEAD].account_id)
        report = services.Report(Source.LETTER, Urgency.TODAY, {"noticed": "He."})
        concern = services.report(report, by=lead, key=uuid.uuid4())
    client, url = people[Role.SAFEGUARDING_LEAD], f"{DESK}/{concern.id}"
    assert not revealed(client, url).has(OFFICER)

    sent = {"accuse-accused": Helper.WITHOUT_ACCOUNT.value}
    for _press in range(2):
        assert send(client, f"{url}/accuse", sent).location == url

    assert revealed(client, url).has(OFFICER)
    assert revealed(people[Role.SAFEGUARDING_DEPUTY], url).has(OFFICER)
    nonsense = Page.post(client, f"{url}/accuse", {"accuse-accused": "with-account"})
    assert nonsense.errors()
