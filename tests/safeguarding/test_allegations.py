"""An allegation about somebody who works here goes another way, and not past that person."""

import uuid

import pytest

from tests.conftest import make_account
from tests.factories.cover import make_check, make_cover
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.pages import Page, send
from tests.safeguarding.conftest import revealed
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.safeguarding import queries, services
from vrn_community.safeguarding.kinds import Source
from vrn_community.safeguarding.models import Alert, CoverRole, Urgency

DESK = "/desk/safeguarding"
EVERYTHING = tuple(role for role in Role if role not in (Role.PARTNER, Role.BOARD_MEMBER))


@pytest.fixture
def people(sign_in_as, arrange):
    """Return clients of the lead, the deputy, and somebody with every role, all on duty."""
    made = {
        "lead": sign_in_as(Role.SAFEGUARDING_LEAD, name="Elif Demir"),
        "deputy": sign_in_as(Role.SAFEGUARDING_DEPUTY, name="Femi Ade"),
        "all": sign_in_as(*EVERYTHING, email="all@example.org", name="Max All"),
    }
    with arrange() as session:
        today = (clock.today(), clock.today())
        for role in CoverRole:
            account = session.get(Account, made[role.value].account_id)
            make_cover(account, role, today)
    return made


@pytest.fixture
def alleged(arrange, people):
    """Return a function that stores a passage and an allegation in it."""

    def store(about, urgency=Urgency.TODAY):
        with arrange():
            dana = make_account(Role.MODERATOR, email=f"{uuid.uuid4()}@example.org", name="Dana")
            make_check(dana)  # Else the first page would tell of her, whatever she raises.
            passage = make_passage(make_opportunity(dana, title="Streets at night"))
            accused_id = people[about].account_id
            return services.raise_concern(
                passage, urgency, "He hurts them.", by=dana, accused_id=accused_id
            )

    return store


@pytest.mark.parametrize("about", ["lead", "deputy", "all"])
def test_whom_it_is_about_finds_it_nowhere_and_in_no_number(people, alleged, about):
    before = {url: text_of(people[about], url) for url in listings(people[about])}
    concern = alleged(about)
    key, passage = str(concern.id), str(concern.passage_id)

    for url in (f"{DESK}/{key}", f"/desk/moderation/{passage}"):
        assert people[about].get(url).status_code in (403, 404), url
    for act in ("decide", "close", "reveal", "facts", "accuse"):
        assert send(people[about], f"{DESK}/{key}/{act}", {}).status_code == 404
    assert send(people[about], f"/desk/moderation/{passage}/clear", {}).status_code in (403, 404)
    for url in before:
        after = text_of(people[about], url)
        assert key[:8] not in after, url
        assert passage[:8] not in after, url
        if not url.startswith("/desk/audit"):
            assert counts(after) == counts(before[url]), url


def listings(client):
    found = [DESK, f"{DESK}?state=decided", "/desk", "/desk/moderation", "/desk/audit",
             "/desk/moderation?state=held"]  # fmt: skip
    return [url for url in found if client.get(url).status_code == 200]


def text_of(client, url):
    return client.get(url).text


def counts(text):
    return text.count("<tr"), text.count("<li"), text.count("Streets at night")


def test_all_others_who_decide_see_it_with_whom_to_ring(people, alleged, partnership):
    concern = alleged("all")

    page = revealed(people["lead"], f"{DESK}/{concern.id}")

    assert page.has("This is an allegation about somebody who works or volunteers here.")
    assert page.has("It is about Max All")
    assert page.has("Leicester Local Authority Designated Officer")
    assert page.has("0116 454 2440")
    assert f"{DESK}/{concern.id}" in Page.get(people["deputy"], DESK).links()


def test_no_other_case_shows_the_numbers_for_allegations(people, partnership, arrange):
    told = services.Report(Source.PHONE, Urgency.TODAY, {"noticed": "He is alone."})
    with arrange() as session:
        lead = session.get(Account, people["lead"].account_id)
        concern = services.report(told, by=lead, key=uuid.uuid4())

    assert not revealed(people["lead"], f"{DESK}/{concern.id}").has("Designated Officer")
    assert "Designated Officer" not in people["all"].application.test_client().get("/help").text


@pytest.mark.parametrize(("about", "told"), [("lead", "deputy"), ("deputy", "lead"),
                                             ("all", "lead")])  # fmt: skip
def test_the_deputy_is_told_where_it_is_about_the_lead(people, alleged, app, about, told):
    concern = alleged(about)

    with app.app_context():
        rows = db.session.scalars(db.select(Alert).where(Alert.concern_id == concern.id)).all()
        accused, other = (
            db.session.get(Account, people[name].account_id) for name in (about, told)
        )
        assert {row.account_id for row in rows} == {people[told].account_id}
        assert queries.alerts_for(accused) == []
        assert queries.waiting(accused) == 0
        assert queries.waiting(other) == 1


def test_a_lead_marks_one_later_and_it_is_hidden_from_then_on(people, alleged, app, arrange):
    told = services.Report(Source.LETTER, Urgency.TODAY, {"noticed": "The deputy hits."})
    with arrange() as session:
        lead = session.get(Account, people["lead"].account_id)
        concern = services.report(told, by=lead, key=uuid.uuid4())
    url = f"{DESK}/{concern.id}"
    assert people["deputy"].get(url).status_code == 200
    assert Page.post(people["lead"], f"{url}/accuse", {}).errors() == ["Choose who it is."]

    sent = {"accuse-accused": str(people["deputy"].account_id)}
    assert send(people["lead"], f"{url}/accuse", sent).location == DESK

    assert people["deputy"].get(url).status_code == 404
    assert people["lead"].get(url).status_code == 200


def test_it_can_be_about_the_lead_who_marks_it(people, app, arrange):
    told = services.Report(Source.LETTER, Urgency.TODAY, {"noticed": "It is me."})
    with arrange() as session:
        lead = session.get(Account, people["lead"].account_id)
        concern = services.report(told, by=lead, key=uuid.uuid4())
    sent = {"accuse-accused": str(people["lead"].account_id)}
    send(people["lead"], f"{DESK}/{concern.id}/accuse", sent)

    assert people["lead"].get(f"{DESK}/{concern.id}").status_code == 404
    with app.app_context():
        rows = db.session.scalars(db.select(Alert).where(Alert.concern_id == concern.id)).all()
        assert [row.account_id for row in rows] == [people["deputy"].account_id]


def test_the_same_words_accuse_two_accounts_and_hide_from_both(session):
    lead = make_account(Role.SAFEGUARDING_LEAD, name="Elif Demir")
    first, second = (
        make_account(*EVERYTHING, email=f"{name}@x.org", name=name) for name in ("Ann", "Bea")
    )
    passage = make_passage(make_opportunity(lead))
    for accused in (first, second, second):
        concern = services.raise_concern(
            passage, Urgency.TODAY, "She hits.", by=lead, accused_id=accused.id
        )

    assert concern.accused_ids == [first.id, second.id]
    told = services.reveal(concern, services.RevealReason.DECIDE, by=lead)
    assert [dict(entry.texts).get("also_about") for entry in told][:2] == [None, "Bea"]
    for accused in (first, second):
        assert queries.page(1, to=accused).total == queries.waiting(accused) == 0
        assert queries.alleges(passage.id, accused.id)
        assert session.scalars(queries.accused_in(accused.id)).all() == [concern.id]
    assert queries.waiting(lead) == 1


def test_nobody_whom_it_is_about_is_told(session):
    lead, deputy = (
        make_account(role, name=role, email=f"{role}@x.org")
        for role in (Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_DEPUTY)
    )
    today = (clock.today(), clock.today())
    for role, account in zip(CoverRole, (lead, deputy), strict=True):
        make_cover(account, role, today)
    passage = make_passage(make_opportunity(lead))
    for accused in (deputy, lead):
        concern = services.raise_concern(
            passage, Urgency.TODAY, "They hit.", by=lead, accused_id=accused.id
        )

    rows = session.scalars(db.select(Alert).where(Alert.concern_id == concern.id)).all()
    assert {row.account_id for row in rows} == {None}


def test_a_lead_names_a_second_later(people, alleged):
    url = f"{DESK}/{alleged('all').id}"
    assert people["deputy"].get(url).status_code == 200

    sent = {"accuse-accused": str(people["deputy"].account_id)}
    for _press in range(2):
        assert send(people["lead"], f"{url}/accuse", sent).location == DESK

    assert people["deputy"].get(url).status_code == 404
    page = revealed(people["lead"], url)
    assert page.has("It is about Max All")
    assert page.has("It is about Femi Ade")
