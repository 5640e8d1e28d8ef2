"""Partners and board members answer for a body; nobody else does."""

import pytest

from tests.conftest import make_account
from tests.pages import Page, send
from vrn_community.accounts import queries, services
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.partnership.models import Body, BodyKind

INVITE = "/desk/accounts/invite"
ASKS = "Choose the body that the person answers for."


def make_body(slug="police"):
    return Body(slug=slug, name=f"The {slug}", kind=BodyKind.CORE_MEMBER, role="Helps.", position=1)


@pytest.fixture
def body(arrange):
    with arrange() as session:
        made = make_body()
        session.add(made)
        session.flush()
        return made


@pytest.fixture
def account_with(arrange):
    """Return a function that stores an account with roles and a body."""

    def make(role, body):
        with arrange() as session:
            options = {"by": None, "body": session.merge(body) if body else None}
            return services.invite("lena@example.org", "Lena", [role], **options)[0]

    return make


def selected(page):
    options = [option for option in page.all("option") if "selected" in option.attrib]
    return [option.get("value") for option in options]


def invitation(*roles, body=""):
    return {"display_name": "Lena", "email": "lena@example.org", "held": list(roles), "body": body}


@pytest.mark.parametrize("role", ["partner", "board-member"])
def test_a_partner_or_board_member_is_invited_for_a_body(administrator, body, arrange, role):
    Page.post(administrator, INVITE, invitation(role, body="police"))

    with arrange():
        invited = queries.by_email("lena@example.org")
        assert invited.body_id == body.id
        assert audit.of_subject(invited.id)[-1].details == {"roles": [role], "body": str(body.id)}
    shown = Page.get(administrator, f"/desk/accounts/{invited.id}")
    assert "The police" in [shown.words(fact) for fact in shown.all("dd")]
    assert selected(shown) == ["police"]


@pytest.mark.parametrize("role", ["partner", "board-member"])
def test_without_a_body_nobody_becomes_a_partner(administrator, body, arrange, role):
    page = Page.post(administrator, INVITE, invitation(role))

    assert page.errors() == [ASKS]
    with arrange():
        assert queries.by_email("lena@example.org") is None


def test_a_body_that_does_not_exist_is_not_taken(administrator, body):
    page = Page.post(administrator, INVITE, invitation("partner", body="the-moon"))

    assert len(page.errors()) == 1


def test_other_roles_keep_no_body(administrator, body, arrange):
    Page.post(administrator, INVITE, invitation("analyst", body="police"))

    with arrange():
        assert queries.by_email("lena@example.org").body_id is None


def test_another_body_counts_at_once(administrator, body, account_with, arrange, reload):
    account = account_with(Role.PARTNER, body)
    with arrange() as session:
        session.add(make_body("council"))
        services.begin_session(queries.account(account.id))
    url = f"/desk/accounts/{account.id}"

    answer = send(administrator, f"{url}/roles", {"held": ["partner"], "body": "council"})

    assert answer.location == url
    assert reload(account).body_id not in (None, body.id)
    with arrange():
        assert audit.of_subject(account.id)[-1].action == "account:give-roles"


def test_who_is_no_longer_a_partner_no_longer_answers_for_a_body(
    administrator, body, account_with, reload
):
    account = account_with(Role.PARTNER, body)

    send(
        administrator,
        f"/desk/accounts/{account.id}/roles",
        {"held": ["publisher"], "body": "police"},
    )

    assert reload(account).body_id is None


def test_an_account_from_before_is_asked_for_its_body(administrator, body, account_with, reload):
    account = account_with(Role.BOARD_MEMBER, None)

    page = Page.post(
        administrator, f"/desk/accounts/{account.id}/roles", {"held": ["board-member"], "body": ""}
    )

    assert page.errors() == [ASKS]
    assert not page.has("Answers for")
    assert reload(account).body_id is None


def test_the_same_roles_and_body_change_nothing(session):
    body = make_body()
    session.add(body)
    session.flush()
    administrator = make_account(Role.ADMINISTRATOR)
    partner, _token = services.invite("p@example.org", "P", [Role.PARTNER], by=None, body=body)
    before = len(audit.of_subject(partner.id))

    services.give_roles(partner, [Role.PARTNER], by=administrator, body=body)

    assert len(audit.of_subject(partner.id)) == before
