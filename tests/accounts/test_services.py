from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import TooManyRequests

from tests.conftest import PASSWORD, make_account
from vrn_community import config
from vrn_community.accounts import queries, services
from vrn_community.accounts.models import Account, AccountState, DeskSession, Invitation
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit_queries
from vrn_community.audit import services as audit
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.privacy.jobs import apply_retention

REFUSED = "account:refuse-sign-in"
EMAIL = "noor@example.org"


@pytest.fixture
def administrator(session):
    return make_account(Role.ADMINISTRATOR)


@pytest.fixture
def member(administrator):
    """Return an account that joined and has a session."""
    account, token = services.invite(EMAIL, "Noor Khan", [Role.PUBLISHER], by=administrator)
    services.join(queries.open_invitation(token), PASSWORD)
    services.begin_session(account)
    return account


def sessions_of(account):
    query = select(func.count()).where(DeskSession.account_id == account.id)
    return db.session.scalar(query)


def actions_on(account):
    return [entry.action for entry in audit_queries.of_subject(account.id)]


def test_an_invitation_makes_an_account_that_cannot_sign_in_yet(administrator):
    account, _token = services.invite("Noor@Example.org", "Noor", [Role.ANALYST], by=administrator)

    assert (account.email, account.state) == (EMAIL, AccountState.INVITED)
    assert account.roles == [Role.ANALYST]
    assert services.sign_in(EMAIL, "", address="a") is None


def test_a_link_works_once(administrator):
    _account, token = services.invite(EMAIL, "Noor", [], by=administrator)

    account = services.join(queries.open_invitation(token), PASSWORD)
    db.session.flush()

    assert account.state is AccountState.ACTIVE
    assert queries.open_invitation(token) is None


def test_a_link_works_for_seven_days(administrator, later):
    _account, token = services.invite(EMAIL, "Noor", [], by=administrator)

    later(days=6.9)
    assert queries.open_invitation(token)
    later(days=7.1)
    assert queries.open_invitation(token) is None


def test_the_table_of_links_opens_nothing(administrator):
    _account, token = services.invite(EMAIL, "Noor", [], by=administrator)

    stored = db.session.scalars(select(Invitation.token_hash)).all()

    assert token not in stored
    assert not any(queries.open_invitation(kept) for kept in stored)


def test_inviting_twice_keeps_one_account_and_the_newer_link(administrator):
    account, old = services.invite(EMAIL, "Noor", [], by=administrator)
    again, new = services.invite(EMAIL.upper(), "Noor", [Role.PARTNER], by=administrator)

    assert again is account
    assert queries.open_invitation(old) is None
    assert queries.open_invitation(new)


def test_nobody_is_invited_who_has_joined(member, administrator):
    with pytest.raises(NotAllowed):
        services.invite(EMAIL, "Noor", [Role.ADMINISTRATOR], by=administrator)


def test_a_new_link_replaces_the_older_one_and_a_new_password_ends_sessions(member, administrator):
    old = services.renew_link(member, by=administrator)
    new = services.renew_link(member, by=administrator)
    assert queries.open_invitation(old) is None
    assert sessions_of(member) == 1

    services.join(queries.open_invitation(new), "eleven slow yellow buses")

    assert sessions_of(member) == 0
    assert services.sign_in(EMAIL, PASSWORD, address="a") is None
    assert services.sign_in(EMAIL, "eleven slow yellow buses", address="a")


def test_disabling_ends_sessions_and_links_at_once(member, administrator):
    token = services.renew_link(member, by=administrator)

    services.disable(member, by=administrator)

    assert sessions_of(member) == 0
    assert queries.open_invitation(token) is None
    assert services.sign_in(EMAIL, PASSWORD, address="a") is None
    with pytest.raises(NotAllowed):
        services.renew_link(member, by=administrator)


def test_an_account_that_is_enabled_again_needs_a_new_link(member, administrator):
    services.disable(member, by=administrator)
    services.enable(member, by=administrator)

    assert member.state is AccountState.INVITED
    assert services.sign_in(EMAIL, PASSWORD, address="a") is None
    assert queries.open_invitation(services.renew_link(member, by=administrator))


def test_disabling_and_enabling_twice_is_written_once(member, administrator):
    for act in (services.disable, services.disable, services.enable, services.enable):
        act(member, by=administrator)

    assert actions_on(member)[-2:] == ["account:disable", "account:enable"]


def test_new_roles_count_at_once(member, administrator):
    services.give_roles(member, [Role.APPROVER, Role.PUBLISHER], by=administrator)

    assert set(member.roles) == {Role.APPROVER, Role.PUBLISHER}
    assert sessions_of(member) == 0


def test_giving_the_same_roles_changes_nothing(member, administrator):
    before = actions_on(member)

    services.give_roles(member, [Role.PUBLISHER, Role.PUBLISHER], by=administrator)

    assert actions_on(member) == before
    assert sessions_of(member) == 1


def test_nobody_changes_their_own_roles_or_disables_themselves(administrator):
    with pytest.raises(NotAllowed):
        services.give_roles(administrator, list(Role), by=administrator)
    with pytest.raises(NotAllowed):
        services.disable(administrator, by=administrator)

    assert administrator.roles == [Role.ADMINISTRATOR]
    assert administrator.is_active


def test_a_partner_never_becomes_an_analyst_as_well(member, administrator):
    with pytest.raises(NotAllowed):
        services.give_roles(member, [Role.PARTNER, Role.ANALYST], by=administrator)
    with pytest.raises(NotAllowed):
        services.invite("x@example.org", "X", [Role.PARTNER, Role.ANALYST], by=administrator)

    assert member.roles == [Role.PUBLISHER]


def test_wrong_passwords_are_counted_for_one_account_from_one_address(member):
    for _ in range(5):
        assert services.sign_in(EMAIL, "wrong", address="a") is None

    with pytest.raises(TooManyRequests):
        services.sign_in(EMAIL.upper(), PASSWORD, address="a")
    assert services.sign_in("somebody-else@example.org", "wrong", address="a") is None


def test_a_stranger_elsewhere_does_not_lock_somebody_out(member):
    for _ in range(5):
        services.sign_in(EMAIL, "wrong", address="stranger")

    assert services.sign_in(EMAIL, PASSWORD, address="own")


def test_one_account_is_not_tried_from_everywhere(member, policy):
    policy(sign_in_tries_per_account=7)
    for number in range(7):
        assert services.sign_in(EMAIL, "wrong", address=f"10.0.0.{number}") is None

    with pytest.raises(TooManyRequests):
        services.sign_in(EMAIL, PASSWORD, address="10.0.1.1")
    assert services.sign_in("somebody-else@example.org", "wrong", address="10.0.0.1") is None


def test_a_success_here_does_not_forget_the_tries_from_elsewhere(member, policy):
    policy(sign_in_tries_per_account=7)
    for number in range(6):
        services.sign_in(EMAIL, "wrong", address=f"10.0.0.{number}")

    assert services.sign_in(EMAIL, PASSWORD, address="own")

    with pytest.raises(TooManyRequests):
        services.sign_in(EMAIL, "wrong", address="10.0.1.1")


def test_the_limits_stand_in_the_right_order():
    settings = config.Settings()

    strict = settings.sign_in_tries
    assert (strict, settings.sign_in_tries_per_account) == (5, 50)
    assert settings.sign_in_tries_per_address == 100


def test_a_success_begins_the_count_anew(member):
    for _ in range(4):
        for _ in range(4):
            services.sign_in(EMAIL, "wrong", address="a")
        assert services.sign_in(EMAIL, PASSWORD, address="a")


def test_one_address_cannot_try_every_account(member):
    for number in range(100):
        services.limits.count("sign-in-address", "a", most=100)
        assert number < 100

    with pytest.raises(TooManyRequests):
        services.sign_in(EMAIL, PASSWORD, address="a")
    assert services.sign_in(EMAIL, PASSWORD, address="b")


def test_a_refused_try_is_noted_whether_or_not_there_is_such_an_account(member):
    before = audit.check_chain().entries

    services.sign_in("nobody@example.org", "wrong", address="a")
    assert audit.check_chain().entries == before + 1
    assert (audit_queries.last().action, audit_queries.last().subject_id) == (REFUSED, None)

    services.sign_in(EMAIL, "wrong", address="a")
    assert actions_on(member)[-1] == REFUSED
    assert audit_queries.last().actor_id is None


# Demonstrations


def test_an_account_of_a_demonstration_cannot_sign_in_in_production(member, policy):
    member.is_demo = True
    assert services.sign_in(EMAIL, PASSWORD, address="a")

    policy(mode=config.Mode.PRODUCTION)

    assert not member.is_active
    assert services.sign_in(EMAIL, PASSWORD, address="a") is None


def test_an_account_of_a_demonstration_keeps_no_session_in_production(member, policy):
    token = services.begin_session(member)
    member.is_demo = True
    assert queries.live_session(token)

    policy(mode=config.Mode.PRODUCTION)

    assert queries.live_session(token) is None
    member.is_demo = False
    assert queries.live_session(token)


def test_what_is_over_is_deleted(member, administrator, later):
    services.renew_link(member, by=administrator)
    later(minutes=29)
    apply_retention()
    assert sessions_of(member) == 1

    later(days=8)
    apply_retention()

    assert sessions_of(member) == 0
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_the_audit_trail_names_no_person(member, administrator):
    services.choose_language(member, "ur")
    services.sign_in(EMAIL, "wrong", address="10.1.2.3")

    for entry in db.session.scalars(select(AuditEntry)):
        written = f"{entry.action} {entry.subject_type} {entry.details}".lower()
        assert not any(word in written for word in ("noor", "khan", "example.org", "10.1.2.3"))


def test_the_audit_trail_is_sound_as_it_is_written(member):
    result = audit.check_chain()

    assert result.is_sound
    assert result.entries == 2


@pytest.mark.parametrize(
    "change",
    [
        {"action": "account:give-roles"},
        {"details": {"roles": ["administrator"]}},
        {"actor_id": None},
        {"at": clock.now() - timedelta(days=1)},
        {"number": 900},
        {"hash": "0" * 64},
        {"previous_hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_is_found(member, change):
    second = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number).offset(1)).first()
    (name, value) = next(iter(change.items()))

    with db.session.no_autoflush:
        setattr(second, name, value)
        result = audit.check_chain()
        db.session.expunge(second)

    assert not result.is_sound
    assert result.first_wrong == 2


def test_the_trail_stays_sound_when_cookies_are_signed_anew_and_not_under_another_pepper(
    member, policy
):
    policy(secret_key="another key for cookies, as after a leak")
    assert audit.check_chain().is_sound

    policy(pepper="another pepper, which keys the hashes of the trail")
    assert audit.check_chain().first_wrong == 1


@pytest.mark.parametrize("act", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_the_trail(member, act):
    with pytest.raises(DBAPIError, match="never changed"), db.session.begin_nested():
        db.session.execute(db.text(act))


def test_names_are_read_in_one_query(member, administrator):
    assert queries.names({member.id, administrator.id}) == {
        member.id: "Noor Khan",
        administrator.id: "Sam Okafor",
    }


def test_accounts_are_listed_by_name_and_state(member, administrator):
    services.disable(member, by=administrator)

    assert [account.email for account in queries.page(1)] == [EMAIL, administrator.email]
    assert list(queries.page(1, state=AccountState.DISABLED)) == [member]
    assert isinstance(member, Account)
