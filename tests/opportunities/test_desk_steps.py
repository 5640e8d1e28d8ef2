from datetime import timedelta

import pytest

from tests.opportunities.conftest import at, reload
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity

S = OpportunityState


def test_submitting_too_early_changes_nothing_and_says_what_is_missing(publisher, stored, app):
    opportunity = stored(contact="")

    page = Page.post(publisher, at(opportunity, "/submit"), {})

    assert page.has("That could not be done: Submit for approval.")
    assert page.has("Give a way to ask questions.")
    assert reload(app, opportunity).state is S.DRAFT


def test_publishing_after_the_last_day_says_that_it_must_be_taken_back(approver, stored, app):
    long_ago = {
        "opens_on": clock.today() - timedelta(days=60),
        "closes_on": clock.today() - timedelta(days=9),
    }
    opportunity = stored(state=S.APPROVED, is_signed=True, **long_ago)

    page = Page.post(approver, at(opportunity, "/publish"), {})

    assert page.has("The closing date has passed.")
    assert page.has("It has to be taken back, so that it can be mended.")
    assert reload(app, opportunity).state is S.APPROVED


def test_two_people_bring_a_draft_to_the_public(publisher, approver, client, stored):
    opportunity = stored(is_signed=True)

    for who, act in ((publisher, "submit"), (approver, "approve"), (publisher, "publish")):
        answer = send(who, at(opportunity, f"/{act}"), {})
        assert (answer.status_code, answer.location) == (303, at(opportunity))

    assert Page.get(client, f"/o/{opportunity.code}").heading == opportunity.title
    history = Page.get(publisher, at(opportunity))
    assert history.has("Approved by Ash Approver")
    assert history.has("Published by Pat Publisher")


def test_an_author_is_told_that_somebody_else_approves(
    sign_in_as, partnership, stored, arrange, app
):
    both = sign_in_as(Role.PUBLISHER, Role.APPROVER)
    opportunity = stored(state=S.SUBMITTED)
    with arrange() as session:
        session.get(Opportunity, opportunity.id).author_id = both.account_id

    page = Page.get(both, at(opportunity))
    forced = Page.post(both, at(opportunity, "/approve"), {}, status=409)

    words = "You wrote this, so somebody else has to approve it."
    assert page.has(words)
    assert at(opportunity, "/approve") not in [form.get("action") for form in page.all("form")]
    assert forced.has(words)
    assert reload(app, opportunity).state is S.SUBMITTED


def test_sending_back_needs_a_reason_which_the_author_reads(publisher, approver, stored, app):
    opportunity = stored(state=S.SUBMITTED)

    page = Page.post(approver, at(opportunity, "/return"), {"reason": "  "})
    assert page.errors() == ["Give a reason."]
    assert page.title.startswith("Error:")
    too_long = Page.post(approver, at(opportunity, "/return"), {"reason": "x" * 1_001})
    assert too_long.errors() == ["Use at most 1,000 characters."]
    assert reload(app, opportunity).state is S.SUBMITTED

    send(approver, at(opportunity, "/return"), {"reason": "Say more about money."})

    read = Page.get(publisher, at(opportunity))
    assert read.has("Sent back")
    assert read.has("Say more about money.")


def test_a_step_taken_twice_is_taken_once(approver, stored, app):
    opportunity = stored(state=S.SUBMITTED)

    first = send(approver, at(opportunity, "/approve"), {})
    again = send(approver, at(opportunity, "/approve"), {})

    assert first.status_code == again.status_code == 303
    assert Page.get(approver, at(opportunity)).text.count("Approved by Ash Approver") == 1


def test_a_step_that_was_overtaken_is_refused(approver, stored):
    page = Page.post(approver, at(stored(state=S.CLOSED), "/approve"), {}, status=409)

    assert page.has("That cannot be done now: things have moved on.")


def test_what_changed_after_it_was_read_is_not_approved(publisher, approver, stored, arrange, app):
    opportunity = stored(state=S.SUBMITTED)
    read = Page.get(approver, at(opportunity)).hidden("version")
    with arrange() as session:
        session.get(Opportunity, opportunity.id).title = "Something else"

    page = Page.post(approver, at(opportunity, "/approve"), {"version": read}, status=409)

    assert page.has("It was changed after you opened it. Read it again, then decide.")
    assert reload(app, opportunity).state is S.SUBMITTED
    again = Page.get(approver, at(opportunity)).hidden("version")
    assert send(approver, at(opportunity, "/approve"), {"version": again}).status_code == 303


def test_whoever_approves_reads_it_on_the_same_page(approver, stored):
    opportunity = stored(state=S.SUBMITTED)

    page = Page.get(approver, at(opportunity))

    assert page.has("Read it as people will see it")
    assert all(page.has(words) for words in (opportunity.can_change, opportunity.payment))


def test_a_code_that_people_know_says_that_it_is_being_changed(publisher, client, stored):
    opportunity = stored(is_public=True)
    for act in ("pause", "revise"):
        send(publisher, at(opportunity, f"/{act}"), {"reason": "A wrong date."})

    for ending in ("", "/print"):
        page = Page.get(client, f"/o/{opportunity.code}{ending}")
        assert page.heading == "This is being changed"
        assert not page.has(opportunity.title)
        assert not page.has("A wrong date.")
    assert f"/o/{opportunity.code}" not in Page.get(client, "/opportunities").links()


@pytest.mark.parametrize(
    ("role", "act", "status"),
    [
        (Role.PUBLISHER, "submit", 303),
        (Role.PUBLISHER, "approve", 403),
        (Role.PUBLISHER, "return", 403),
        (Role.APPROVER, "submit", 403),
        (Role.APPROVER, "revise", 403),
        (Role.ADMINISTRATOR, "withdraw", 403),
        (Role.PARTNER, "publish", 403),
    ],
)
def test_each_role_takes_only_its_own_steps(sign_in_as, stored, role, act, status):
    opportunity = stored()

    assert send(sign_in_as(role), at(opportunity, f"/{act}"), {}).status_code == status


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PARTNER, Role.ANALYST, Role.FACILITATOR])
@pytest.mark.parametrize("ending", ["", "/preview", "/edit"])
def test_drafts_are_for_publishers_and_approvers(sign_in_as, stored, role, ending):
    Page.get(sign_in_as(role), at(stored(), ending), status=403)


def test_a_form_without_its_token_is_refused(publisher, stored, app):
    opportunity = stored()

    assert publisher.post(at(opportunity, "/submit")).status_code in (400, 403)
    assert reload(app, opportunity).state is S.DRAFT
