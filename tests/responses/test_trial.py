from sqlalchemy import func, select

from tests.opportunities.conftest import at
from tests.pages import Page
from tests.questionnaires.conftest import TWO_PAGES, section, single
from tests.questionnaires.conftest import approver as approver
from tests.questionnaires.conftest import publisher as publisher
from tests.questionnaires.conftest import stored as stored
from tests.questionnaires.test_desk_forms import save
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.contributions.models import Contribution
from vrn_community.extensions import db
from vrn_community.questionnaires import editing
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.cards import Consent

PLAIN = editing.change_frame(TWO_PAGES, asks_age_band=False, equality_block=None)


def there(opportunity, version):
    return at(opportunity, f"/questions/versions/{version.id}/try")


def go(client, url, page, act="next", **sent):
    return Page.post(client, url, {"state": page.hidden("state"), "go": act, **sent})


def kept(app):
    with app.app_context():
        tables = (Contribution, AuditEntry)
        return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_a_draft_is_walked_through_as_the_public_would_and_nothing_is_kept(publisher, stored, app):
    opportunity, version = stored(PLAIN)
    url = there(opportunity, version)
    page = Page.get(publisher, url)
    before = kept(app)

    assert page.heading == "Section first"
    assert page.has("This is a test of version 1.")
    page = go(publisher, url, page, safe="no", way="bus")
    assert page.has("Why?")
    page = go(publisher, url, page, why="It is dark.", help="light")
    assert page.heading == "Check your answers"
    assert page.has("It is dark.")
    page = go(publisher, url, page, act="change:section.first")
    page = go(publisher, url, page, safe="yes", way="bus")
    assert not page.has("It is dark.")
    page = go(publisher, url, page, act="send")

    assert page.heading == "The test ends here"
    assert page.has("This one is not kept.")
    assert kept(app) == before


def test_the_age_and_a_no_end_a_trial_as_they_end_an_answer(publisher, stored):
    asks = section("a", Consent(id="ok", text="You may stop."))
    document = Questionnaire(sections=(asks, section("b", single("q"))))
    opportunity, version = stored(document)
    url = there(opportunity, version)

    page = Page.get(publisher, url)
    assert page.has("How old are you?")
    young = go(publisher, url, page, **{"age-band": "under-10"})
    assert young.has("Children under 13 take part together with an adult")
    page = go(publisher, url, page, **{"age-band": "25-34"})
    assert go(publisher, url, page, ok="no").has("For whoever says no it ends here")


def test_a_trial_of_an_older_draft_begins_again(publisher, stored):
    opportunity, version = stored(PLAIN)
    url = there(opportunity, version)
    page = go(publisher, url, Page.get(publisher, url), way="bus")
    save(publisher, at(opportunity, "/questions/questions/way"), text="Which way?")

    again = go(publisher, url, page, help="light")

    assert again.has("It begins again.")
    assert again.has("Which way?")


def test_the_form_of_a_trial_cannot_be_sent_as_an_answer(publisher, client, stored, app):
    opportunity, version = stored(PLAIN, published=True)
    page = Page.get(publisher, there(opportunity, version))
    before = kept(app)

    data = {"state": page.hidden("state"), "go": "send", "v": str(version.id)}
    client.post(f"/o/{opportunity.code}/answer", data=data)

    assert kept(app) == before


def test_whoever_approves_can_try_and_nobody_else_outside(approver, stored, sign_in_as):
    opportunity, version = stored(PLAIN)
    Page.get(approver, there(opportunity, version))
    other, _version = stored(PLAIN)
    Page.get(approver, there(other, version), status=404)

    assert sign_in_as(Role.MODERATOR).get(there(opportunity, version)).status_code == 403
