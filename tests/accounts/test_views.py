import pytest

from tests.accounts.signing_in import SIGN_IN, cookie, sign_in
from tests.conftest import PASSWORD
from tests.pages import Page, send
from vrn_community.accounts import queries, services
from vrn_community.accounts.models import AccountState
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit


@pytest.fixture
def member(stored):
    return stored(Role.PUBLISHER, name="Noor Khan")


@pytest.fixture
def link_of(arrange):
    """Return a function that makes the address of an account's link."""

    def make(account):
        with arrange():
            token = services.renew_link(queries.account(account.id), by=None)
        return f"/desk/invitation/{token}"

    return make


# Invitations


def test_an_administrator_invites_and_the_person_joins(app, administrator, client):
    form = {"display_name": "Noor Khan", "email": "Noor@Example.org", "held": ["publisher"]}
    page = Page.post(administrator, "/desk/accounts/invite", form)
    (link,) = (page.words(area) for area in page.all("textarea"))
    assert page.has("works once, and for 7 days")

    path = link.removeprefix("http://127.0.0.1:8000")
    answer = send(client, path, {"password": PASSWORD, "again": PASSWORD}, page=path)

    assert answer.location == SIGN_IN
    assert Page.get(client, SIGN_IN).has("Your password is set.")
    assert sign_in(client, "noor@example.org").location == "/desk/second-step"


def test_the_link_names_our_own_address_whatever_the_request_says(administrator, policy):
    policy(base_url="https://participate.example.org")
    administrator.set_cookie("__Secure-desk", cookie(administrator), path="/desk")

    poison = {"X-Forwarded-Host": "evil.example"}
    page = Page.get(administrator, "/desk/accounts/invite", headers=poison)
    form = {"display_name": "N", "email": "n@example.org"}
    form["csrf_token"] = page.hidden("csrf_token")
    shown = administrator.post("/desk/accounts/invite", data=form, headers=poison)

    assert "https://participate.example.org/desk/invitation/" in shown.text
    assert "evil.example" not in shown.text


def test_the_link_leads_to_the_host_of_the_staff(app, policy):
    policy(base_url="https://participate.example.org", staff_host="staff.example.org")

    assert app.config["SETTINGS"].desk_url == "https://staff.example.org"


def test_a_link_that_was_used_says_so(client, member, link_of):
    path = link_of(member)
    send(client, path, {"password": PASSWORD, "again": PASSWORD}, page=path)

    page = Page.get(client, path, status=410)

    assert page.heading == "This link no longer works"
    assert client.post(path).status_code == 400


def test_links_that_are_too_old_made_up_or_of_a_disabled_account_open_nothing(
    arrange, client, member, link_of, later
):
    path = link_of(member)
    with arrange():
        queries.account(member.id).state = AccountState.DISABLED
    Page.get(client, path, status=410)
    Page.get(client, "/desk/invitation/made-up", status=410)

    with arrange():
        queries.account(member.id).state = AccountState.ACTIVE
    Page.get(client, path)
    later(days=8)

    Page.get(client, path, status=410)


@pytest.mark.parametrize(
    ("password", "again", "error"),
    [
        ("", "", "Choose a password."),
        ("short", "short", "Use at least 12 characters"),
        ("publisher rocks", "publisher rocks", "This one is easy to guess."),
        (PASSWORD, "four green tractors", "The two passwords are not the same."),
    ],
)
def test_a_weak_or_mistyped_password_is_not_taken(client, member, link_of, password, again, error):
    path = link_of(member)

    page = Page.of(send(client, path, {"password": password, "again": again}, page=path))

    assert any(message.startswith(error) for message in page.errors())
    Page.get(client, path)


def test_an_address_that_has_an_account_is_not_invited_again(administrator, member):
    form = {"display_name": "Noor", "email": member.email, "held": ["administrator"]}

    page = Page.post(administrator, "/desk/accounts/invite", form)

    assert page.errors() == ["There is already an account with this e-mail address."]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"display_name": "   "}, "Enter a name."),
        ({"email": "nobody"}, "Enter an e-mail address like name@example.org."),
        ({"held": ["partner", "analyst"]}, "Who answers for what people said, or judges it"),
        ({"held": ["emperor"]}, "Invalid"),
    ],
    ids=str,
)
def test_an_invitation_that_is_not_right_is_shown_again(administrator, changes, error):
    form = {"display_name": "Noor", "email": "noor@example.org", "held": [], **changes}

    page = Page.post(administrator, "/desk/accounts/invite", form)

    assert any(message.startswith(error) for message in page.errors()), page.errors()


# Accounts


def test_accounts_are_listed_and_filtered(administrator, member):
    page = Page.get(administrator, "/desk/accounts")
    assert page.has("Noor Khan")
    assert f"/desk/accounts/{member.id}" in page.links()

    assert not Page.get(administrator, "/desk/accounts?state=disabled").has("Noor Khan")
    assert Page.get(administrator, "/desk/accounts?state=nonsense&page=99").has("Noor Khan")


def test_new_roles_are_saved_and_stand_in_the_history(administrator, member, reload):
    url = f"/desk/accounts/{member.id}"

    answer = send(administrator, f"{url}/roles", {"held": ["approver", "publisher"]})

    assert answer.location == url
    assert reload(member).roles == [Role.APPROVER, Role.PUBLISHER]
    assert Page.get(administrator, url).has("Roles changed Approver, Publisher")


def test_a_partner_is_not_made_an_analyst(administrator, member, reload):
    url = f"/desk/accounts/{member.id}/roles"

    page = Page.post(administrator, url, {"held": ["partner", "analyst"]})

    assert page.errors()
    assert page.has("Noor Khan")
    assert reload(member).roles == [Role.PUBLISHER]


def test_nobody_changes_their_own_roles_or_disables_themselves(administrator, reload):
    class Own:
        id = administrator.account_id

    for act in ("roles", "disable"):
        answer = send(administrator, f"/desk/accounts/{Own.id}/{act}", {"held": ["publisher"]})
        assert Page.of(answer, status=409).has("your own")

    page = Page.get(administrator, f"/desk/accounts/{Own.id}")
    assert not [form for form in page.all("form") if "disable" in form.get("action", "")]
    assert reload(Own).roles == [Role.ADMINISTRATOR]
    assert reload(Own).is_active


def test_an_account_is_disabled_and_enabled_again(administrator, member, reload):
    url = f"/desk/accounts/{member.id}"

    send(administrator, f"{url}/disable", {})
    assert reload(member).state is AccountState.DISABLED
    assert Page.of(send(administrator, f"{url}/link", {}), status=409)

    send(administrator, f"{url}/enable", {})
    assert reload(member).state is AccountState.INVITED
    assert Page.of(send(administrator, f"{url}/link", {})).has("The link for Noor Khan")


def test_names_are_shown_as_they_were_typed(arrange, administrator, member):
    with arrange():
        queries.account(member.id).display_name = "<script>alert(1)</script>{{7*7}}"

    page = Page.get(administrator, f"/desk/accounts/{member.id}")

    assert page.heading == "<script>alert(1)</script>{{7*7}}"


# The audit trail


def test_the_trail_is_read_and_filtered(administrator, member, client):
    sign_in(client, member.email)

    page = Page.get(administrator, "/desk/audit?action=account:sign-in")

    rows = [page.words(row) for row in page.all("tr")][1:]
    assert len(rows) == 1
    assert "Noor Khan" in rows[0]
    Page.get(administrator, "/desk/audit?action=nothing:happened", status=404)


def test_a_refused_try_is_in_the_trail_and_does_not_say_who_tried(arrange, client, member):
    sign_in(client, member.email, "wrong")

    with arrange():
        entry = audit.last()
    assert entry.action == "account:refuse-sign-in"
    assert (entry.actor_id, entry.subject_id, entry.details) == (None, member.id, {})


def test_a_try_with_a_made_up_address_is_noted_without_the_address(arrange, client, administrator):
    sign_in(client, "nobody@example.org", "wrong")

    with arrange():
        entry = audit.last()
    assert (entry.action, entry.subject_id, entry.details) == ("account:refuse-sign-in", None, {})
    page = Page.get(administrator, "/desk/audit?action=account:refuse-sign-in")
    assert not page.has("nobody@example.org")


def test_a_data_protection_officer_reads_the_trail_but_manages_nobody(sign_in_as):
    officer = sign_in_as(Role.DATA_PROTECTION_OFFICER)

    Page.get(officer, "/desk/audit")
    Page.get(officer, "/desk/accounts", status=403)
