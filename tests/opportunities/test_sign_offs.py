"""Two people sign off what is sensitive, or asks people under 18, before anybody is asked."""

from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.factories.cover import make_cover
from tests.factories.keys import make_key
from tests.factories.records import make_record
from tests.opportunities.conftest import at, reload
from tests.pages import Page, send
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.opportunities import services
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.partnership.models import LocalIssue
from vrn_community.safeguarding.models import CoverRole

S = OpportunityState
SAID = {"safeguarding": "Safeguarding", "data-protection": "Data protection"}


@pytest.fixture
def signers(sign_in_as):
    return {
        "safeguarding": sign_in_as(Role.SAFEGUARDING_LEAD, name="Lee Lead"),
        "data-protection": sign_in_as(Role.DATA_PROTECTION_OFFICER, name="Dee Officer"),
    }


@pytest.fixture
def covered(signers, arrange):
    """Name somebody who is there for concerns on every day that matters."""
    with arrange() as session:
        deputy = make_account(Role.SAFEGUARDING_DEPUTY, email="dep@example.org")
        make_key(deputy)
        lead = session.get(Account, signers["safeguarding"].account_id)
        days = (clock.today(), clock.today() + timedelta(days=90))
        make_cover(lead, CoverRole.LEAD, days)
        make_cover(deputy, CoverRole.DEPUTY, days)


def sign(client, opportunity, kind, app):
    version = reload(app, opportunity).version
    return send(client, at(opportunity, f"/sign-off/{kind}"), {"version": version})


def test_nobody_publishes_sensitive_questions_before_two_people_signed(
    publisher, signers, covered, stored, app, arrange
):
    opportunity = stored(state=S.APPROVED, is_sensitive=True)
    with arrange() as session:
        make_record(session.merge(opportunity))

    for kind, client in signers.items():
        refused = send(publisher, at(opportunity, "/publish"), {})
        assert refused.status_code == 409
        assert reload(app, opportunity).state is S.APPROVED
        assert sign(client, opportunity, kind, app).status_code == 303

    assert send(publisher, at(opportunity, "/publish"), {}).status_code == 303
    assert reload(app, opportunity).state is S.PUBLISHED
    page = Page.get(publisher, at(opportunity))
    assert page.has("Safeguarding: Lee Lead, on")
    assert page.has("Data protection: Dee Officer, on")
    assert page.has("To decide where the lights go.")  # The record, for whoever signs.


def test_signing_twice_is_once(signers, stored, app):
    opportunity = stored(state=S.SUBMITTED, is_sensitive=True)

    for _press in range(2):
        answer = sign(signers["safeguarding"], opportunity, "safeguarding", app)
        assert answer.status_code == 303

    assert [kind.value for kind in reload(app, opportunity).missing_sign_offs] == [
        "data-protection"
    ]


@pytest.mark.parametrize("kind", ["safeguarding", "data-protection"])
def test_nobody_signs_for_the_other(publisher, approver, signers, stored, app, kind):
    opportunity = stored(state=S.SUBMITTED, is_sensitive=True)
    others = [client for own, client in signers.items() if own != kind]

    for client in (publisher, approver, *others):
        assert sign(client, opportunity, kind, app).status_code == 403

    assert len(reload(app, opportunity).missing_sign_offs) == 2


def test_what_was_changed_since_is_read_again(signers, stored, app):
    opportunity = stored(state=S.SUBMITTED, is_sensitive=True)

    old = send(signers["safeguarding"], at(opportunity, "/sign-off/safeguarding"), {"version": 0})

    assert old.status_code == 409
    assert len(reload(app, opportunity).missing_sign_offs) == 2


def test_sending_it_back_takes_the_signatures_back(approver, signers, stored, app):
    opportunity = stored(state=S.SUBMITTED, is_sensitive=True)
    sign(signers["safeguarding"], opportunity, "safeguarding", app)

    send(approver, at(opportunity, "/return"), {"reason": "Too long"})

    assert len(reload(app, opportunity).missing_sign_offs) == 2


@pytest.mark.parametrize("youngest", [None, 11, 16, 17])
def test_nobody_under_18_is_asked_before_two_people_signed(
    publisher, signers, stored, app, youngest
):
    opportunity = stored(state=S.APPROVED, min_age=youngest)

    for kind, client in signers.items():
        assert send(publisher, at(opportunity, "/publish"), {}).status_code == 409
        assert Page.get(client, "/desk").has(f"Waiting for you to sign off: {SAID[kind]} Safer")
        assert sign(client, opportunity, kind, app).status_code == 303
        assert Page.get(client, "/desk").has("Nothing waits for you to sign off.")

    assert send(publisher, at(opportunity, "/publish"), {}).status_code == 303
    assert Page.get(publisher, at(opportunity)).has("People under 18 can take part.")


@pytest.mark.parametrize(
    "changes", [{"min_age": 18}, {"level": ParticipationLevel.INFORM}], ids=["adults", "news"]
)
def test_what_asks_nobody_under_18_needs_no_signature(publisher, stored, app, changes):
    opportunity = stored(state=S.APPROVED, **changes)

    assert send(publisher, at(opportunity, "/publish"), {}).status_code == 303
    assert "signed off" not in Page.get(publisher, at(opportunity)).text.lower()


def test_what_was_published_without_signatures_is_not_opened_again(publisher, stored, app):
    opportunity = stored(state=S.PAUSED, min_age=16)

    assert send(publisher, at(opportunity, "/resume"), {}).status_code == 409
    assert reload(app, opportunity).state is S.PAUSED


@pytest.mark.parametrize("flag", ["is_sensitive", "is_offence_related"])
def test_what_people_answered_as_sensitive_stays_so(draft, author, flag):
    opportunity = draft(**{flag: True})
    opportunity.published_at = clock.now()

    services.edit(opportunity, {flag: False}, by=author)

    assert getattr(opportunity, flag)
    assert opportunity.is_sensitive


def test_some_local_issues_make_it_sensitive_whatever_the_box_says(session, draft, author):
    issue = LocalIssue(slug="x", title="X", official="X", position=1, is_sensitive=True)
    session.add(issue)
    opportunity = draft()

    services.edit(opportunity, {"is_sensitive": False, "local_issues": [issue]}, by=author)

    assert opportunity.is_sensitive


def test_an_author_does_not_sign_their_own(session, draft, author):
    opportunity = draft(state=S.SUBMITTED, is_sensitive=True)

    assert services.may_sign_off(opportunity, by=author) == []


def test_whoever_holds_both_roles_signs_one_half_alone(session, draft):
    both = make_account(Role.SAFEGUARDING_LEAD, Role.DATA_PROTECTION_OFFICER, email="b@example.org")
    opportunity = draft(state=S.SUBMITTED, is_sensitive=True)
    first, second = services.may_sign_off(opportunity, by=both)

    services.sign_off(opportunity, first, by=both, version=opportunity.version)

    assert services.may_sign_off(opportunity, by=both) == []
    with pytest.raises(NotAllowed, match="somebody else"):
        services.sign_off(opportunity, second, by=both, version=opportunity.version)
    services.sign_off(opportunity, first, by=both, version=opportunity.version)  # Twice is once.
    assert opportunity.missing_sign_offs == [second]
