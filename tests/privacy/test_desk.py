"""A record is written by filling in three fields, and read by whoever signs off."""

from sqlalchemy import select

from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.factories.records import make_record
from tests.opportunities.conftest import counted
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity
from vrn_community.privacy.models import OffenceData, ProcessingRecord

DESK = "/desk/records"


def form(page: Page) -> dict[str, str]:
    """Return what a browser would send of a form that nobody has touched."""
    fields = {i.get("name"): i.get("value", "") for i in page.all("input") if i.get("name")}
    chosen = {
        i.get("name"): i.get("value")
        for i in page.all("input")
        if i.get("type") == "radio" and i.get("checked") is not None
    }
    texts = {area.get("name"): page.words(area) for area in page.all("textarea")}
    return {**fields, **texts, **chosen}


def stored(app):
    with app.app_context():
        return db.session.scalars(select(ProcessingRecord)).all()


def test_three_fields_make_a_record(app, asked, sign_in_as):
    opportunity = asked()
    client = sign_in_as(Role.PUBLISHER)
    url = f"{DESK}/{opportunity.id}/edit"
    today = clock.today()
    typed = {
        **form(Page.get(client, url)),
        "purpose": "To decide where lights go.",
        "dpia_reference": "DPIA 12",
        "dpia_on-day": today.day,
        "dpia_on-month": today.month,
        "dpia_on-year": today.year,
    }

    answers = [send(client, url, typed).status_code for _press in range(2)]

    assert answers == [303, 200]  # The second is told that it was changed meanwhile.
    (record,) = stored(app)
    assert (record.purpose, record.words_months) == ("To decide where lights go.", 12)
    page = Page.get(client, f"{DESK}/{opportunity.id}")
    assert page.has("Holds now")
    assert page.has("Public task: the law asks us to do this work")
    assert page.has("We won’t ask who you are.")
    assert page.has("Without asking anybody, for a reason that the approver accepts")
    assert not page.has("It cannot be published yet")


def test_errors_stand_beside_the_fields(app, asked, sign_in_as):
    opportunity = asked(duties={})
    client = sign_in_as(Role.PUBLISHER)
    url = f"{DESK}/{opportunity.id}/edit"
    typed = form(Page.get(client, url))
    wrong = {"words_months": "9", "cleared_months": "8", "answers_months": "7", "policy_url": "x"}

    page = Page.post(client, url, {**typed, **wrong, "equality_note": "Typed words"})

    assert page.errors() == [
        "Say what it is for.",
        "Enter an address with https://.",
        "Cleared words stay at least as long as the words.",
        "Closed answers stay at least as long as cleared words.",
    ]
    assert "Typed words" in page.text
    assert stored(app) == []
    page = Page.post(client, url, {**typed, "words_months": "many", "lawful_basis": "magic"})
    assert "Enter a number of months." in page.errors()
    assert stored(app) == []


def test_while_somebody_checks_it_a_polite_answer_is_all_that_comes(app, asked, sign_in_as):
    opportunity = asked(state=OpportunityState.SUBMITTED)
    client = sign_in_as(Role.PUBLISHER)
    typed = form(Page.get(client, f"{DESK}/{opportunity.id}/edit"))

    answer = send(client, f"{DESK}/{opportunity.id}/edit", {**typed, "purpose": "Why not?"})

    assert answer.status_code == 409
    assert stored(app) == []


def test_the_list_says_who_has_no_record_with_as_many_queries_for_many(
    app, arrange, asked, sign_in_as
):
    first = asked(make_record)
    officer = sign_in_as(Role.DATA_PROTECTION_OFFICER)
    sent = []
    for _more in range(3):
        with app.app_context(), counted() as statements:
            page = Page.get(officer, DESK)
        sent.append(len(statements))
        with arrange() as session:
            author = session.get(Opportunity, first.id).author
            for _number in range(3):
                make_version(make_opportunity(author))

    assert sent[1] == sent[2]  # The first writes down that somebody was here.
    assert page.has("DPIA 7")
    assert page.has("No record yet")


def test_the_page_of_an_opportunity_leads_to_where_the_gap_is_mended(asked, sign_in_as):
    opportunity = asked()

    page = Page.get(sign_in_as(Role.PUBLISHER), f"/desk/opportunities/{opportunity.id}")

    assert page.has("Write the record of processing.")
    assert f"{DESK}/{opportunity.id}/edit" in page.links()


def test_who_reads_the_audit_trail_sees_what_is_deleted(sign_in_as):
    page = Page.get(sign_in_as(Role.DATA_PROTECTION_OFFICER), "/desk/retention")

    assert page.has("fewer than 10")
    assert page.has("Codes on paper that nobody has used")
    assert sign_in_as(Role.PUBLISHER).get("/desk/retention").status_code == 403


def test_what_a_live_record_owes_is_said_and_what_was_typed_stays(app, asked, arrange, sign_in_as):
    opportunity = asked(state=OpportunityState.PUBLISHED, published_at=clock.now(), min_age=18)
    with arrange() as session:
        make_record(session.merge(opportunity))
    client = sign_in_as(Role.PUBLISHER)
    url = f"{DESK}/{opportunity.id}/edit"
    crime = {"offence_data": OffenceData.PREVENTING_CRIME.value, "policy_url": ""}
    typed = {**form(Page.get(client, url)), "purpose": "To know you.", **crime}

    page = Page.post(client, url, typed)

    assert page.has("People can answer now, so this cannot be saved.")
    assert page.has("Give the address of the appropriate policy document.")
    assert "To know you." in page.text
    assert len(stored(app)) == 1


def test_what_two_people_signed_off_takes_notes_only(app, asked, sign_in_as, arrange):
    opportunity = asked()
    with arrange() as session:
        found = session.get(Opportunity, opportunity.id)
        make_record(found)
        found.state, found.is_sensitive = OpportunityState.PUBLISHED, True
        found.published_at = clock.now()
    client = sign_in_as(Role.PUBLISHER)
    url = f"{DESK}/{opportunity.id}/edit"
    page = Page.get(client, url)
    assert {area.get("name") for area in page.all("textarea")} == {"reach_gaps", "equality_effect"}

    send(client, url, {**form(page), "reach_gaps": "Few girls answer.", "purpose": "Else."})

    record = stored(app)[-1]
    assert (record.reach_gaps, record.purpose != "Else.") == ("Few girls answer.", True)
