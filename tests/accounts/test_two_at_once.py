"""One link, and two who use it, or one who takes it away meanwhile."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import PASSWORD, make_account
from tests.databases import of_kind, opened
from vrn_community.accounts import queries, services
from vrn_community.accounts.models import Account, AccountState
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit_queries
from vrn_community.audit import services as audit
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed

EMAIL = "noor@example.org"


@pytest.fixture
def administrator(session):
    return make_account(Role.ADMINISTRATOR)


def in_the_meantime(monkeypatch, act):
    """Let something happen while a password is hashed, which takes long."""
    hash_password = services.passwords.hash_password

    def slowly(password):
        act()
        return hash_password(password)

    monkeypatch.setattr(services.passwords, "hash_password", slowly)


def test_a_link_that_is_used_twice_at_once_works_once(administrator, monkeypatch):
    account, token = services.invite(EMAIL, "Noor", [], by=administrator)
    in_the_meantime(monkeypatch, lambda: db.session.execute(db.text("DELETE FROM invitation")))

    with pytest.raises(NotAllowed, match="used already"):
        services.join(queries.open_invitation(token), PASSWORD)

    assert (account.state, account.password_hash) == (AccountState.INVITED, None)
    assert [e.action for e in audit_queries.of_subject(account.id)] == ["account:invite"]


def test_an_account_that_is_disabled_meanwhile_stays_disabled(administrator, monkeypatch):
    account, token = services.invite(EMAIL, "Noor", [], by=administrator)
    disable = db.update(Account).values(state=AccountState.DISABLED)
    behind_our_back = {"synchronize_session": False}
    in_the_meantime(
        monkeypatch, lambda: db.session.execute(disable, execution_options=behind_our_back)
    )

    with pytest.raises(NotAllowed, match="does not work any more"):
        services.join(queries.open_invitation(token), PASSWORD)

    assert (account.state, account.password_hash) == (AccountState.DISABLED, None)


def test_of_two_people_with_one_link_one_joins(database, worker):
    with (
        of_kind(database.kind, f"join_{worker}") as own,
        opened(own.settings) as app,
    ):
        _account, token = services.invite(EMAIL, "Noor", [], by=None)
        db.session.commit()
        passwords = [PASSWORD, "eleven slow yellow buses"]
        both = threading.Barrier(len(passwords))

        def join(password):
            with app.app_context():
                both.wait(10)
                try:
                    services.join(queries.open_invitation(token), password)
                    db.session.commit()
                except (NotAllowed, AttributeError):  # None: it was gone before it was read.
                    db.session.rollback()
                    return None
                return password

        with ThreadPoolExecutor() as people:
            joined = [password for password in people.map(join, passwords) if password]

        assert len(joined) == 1
        assert services.sign_in(EMAIL, joined[0], address="a")
        assert audit.check_chain().is_sound
