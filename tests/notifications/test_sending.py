"""One mail that says that something waits: once, to whoever may sign in, and nothing else."""

import smtplib
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.notifications.fixtures import serving
from tests.pages import Page
from vrn_community import config
from vrn_community.accounts.models import AccountState
from vrn_community.accounts.roles import Role
from vrn_community.config import SettingsError
from vrn_community.foundation import clock
from vrn_community.notifications import MailKind, jobs, notify, post, services
from vrn_community.notifications.models import Mail, MailState
from vrn_community.privacy import running

BEGINS = datetime(2026, 3, 6, 22, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ENGLISH = """Please look today.

Sign in here:
http://127.0.0.1:8000/desk

This mail says no more, so that nobody else learns what it is about.

Nobody reads an answer to it.
"""


@pytest.fixture
def lena(session):
    return make_account(Role.PARTNER, email="lena@example.org", name="Lena Fox")


def states(session):
    session.expire_all()
    return [row.state for row in session.scalars(select(Mail))]


def test_a_mail_goes_to_a_server_in_the_language_of_the_account(session, lena, policy):
    zara = make_account(Role.PARTNER, email="zara@example.org")
    zara.language = "ur"
    with serving() as server:
        policy(smtp_url=server.url)
        notify(lena.id, MailKind.TODAY, "one")
        notify(zara.id, MailKind.NOW, "one")
        jobs.send()

    mails = {str(mail["To"]): mail for mail in server.mails}
    mail = mails["lena@example.org"]
    assert str(mail["Subject"]) == "Something waits for you at the desk"
    assert mail.get_content().replace("\r\n", "\n") == ENGLISH
    assert str(mail["From"]) == "VRN Community <vrn@leics.pcc.gov.uk>"
    assert str(mails["zara@example.org"]["Subject"]) == "ڈیسک پر کچھ آپ کا منتظر ہے"
    assert "براہِ کرم جتنی جلدی ہو سکے دیکھیں" in mails["zara@example.org"].get_content()
    assert len(server.mails) == 2
    assert states(session) == [MailState.DONE] * 2


@pytest.mark.parametrize(
    ("url", "calls"),
    [
        ("smtp://mail.example.org", [("SMTP", "mail.example.org", 587)]),
        (
            "smtp://me:p%40ss@mail.example.org:25?starttls",
            [("SMTP", "mail.example.org", 25), ("starttls", True), ("login", "me", "p@ss")],
        ),
        (
            "smtps://me:p%40ss@mail.example.org",
            [("SMTP_SSL", "mail.example.org", 465), ("login", "me", "p@ss")],
        ),
    ],
)
def test_a_password_goes_out_after_tls_alone_and_certificates_are_checked(
    session, policy, monkeypatch, url, calls
):
    made = []

    class Fake:
        def __init__(self, host, port, _own, *, timeout, context=None):
            assert timeout
            assert context is None or context.verify_mode is ssl.CERT_REQUIRED
            made.append((type(self).__name__, host, port))

        def __enter__(self):
            return self

        def __exit__(self, *_error):
            pass

        def starttls(self, *, context):
            made.append(("starttls", context.check_hostname))

        def login(self, name, password):
            made.append(("login", name, password))

    for name in ("SMTP", "SMTP_SSL"):
        monkeypatch.setattr(smtplib, name, type(name, (Fake,), {}))
    policy(smtp_url=url)

    with post.connected():
        assert made == calls


def test_without_a_mail_server_nothing_is_stored(session, lena):
    notify(lena.id, MailKind.NOW, "one")

    assert states(session) == []


def test_one_thing_is_told_once_to_each(session, lena, mailbox):
    other = make_account(Role.PARTNER, email="zara@example.org")
    for account in (lena, lena, other):
        notify(account.id, MailKind.TODAY, "one")
    jobs.send()
    notify(lena.id, MailKind.TODAY, "one")
    jobs.send()

    assert sorted(mailbox.addresses()) == ["lena@example.org", "zara@example.org"]


def test_what_is_stored_names_nothing_and_keeps_no_time(session, lena, mailbox, policy, at):
    at(BEGINS)
    policy(pepper="another")
    notify(lena.id, MailKind.NOW, "alert|7")
    other = session.scalars(select(Mail.id)).one()
    policy(pepper=config.DEMO_SECRET)
    notify(lena.id, MailKind.NOW, "alert|7")
    jobs.send()

    session.expire_all()
    rows = list(session.scalars(select(Mail)))
    assert len({row.id for row in rows} | {other}) == 2
    for row in rows:
        assert (row.stored_on, row.tries, row.try_at) == (clock.today(), 0, None)


def test_whoever_may_not_sign_in_gets_none(session, lena, mailbox):
    for state in (AccountState.DISABLED, AccountState.INVITED):
        lena.state = state
        notify(lena.id, MailKind.NOW, state)
        jobs.send()

    assert mailbox.mails == []
    assert states(session) == [MailState.DONE] * 2


def test_a_server_that_is_silent_for_a_day_loses_nothing_and_is_left_in_peace(
    session, lena, mailbox, at, caplog
):
    at(BEGINS)
    notify(lena.id, MailKind.TODAY, "one")
    ends = BEGINS + timedelta(hours=24)
    mailbox.is_silent = lambda: clock.now() < ends
    for minutes in range(0, 24 * 60 + 31, 5):
        at(BEGINS + minutes * MINUTE)
        jobs.send()

    assert mailbox.addresses() == ["lena@example.org"]
    assert mailbox.tries <= 4 + 24 * 2
    assert caplog.text == ""


def test_what_nobody_takes_is_given_up_and_the_administrator_is_told(
    sign_in_as, app, mailbox, at, caplog
):
    client = sign_in_as(Role.ADMINISTRATOR, name="Ada Byte", email="ada@example.org")
    mailbox.is_silent = lambda: True
    with app.test_request_context():
        at(BEGINS)
        notify(client.account_id, MailKind.NOW, "one")
        services.db.session.commit()
        for hours in range(26):
            at(BEGINS + timedelta(hours=hours))
            jobs.send()
            assert states(services.db.session) == [MailState.WAITING]
        at(BEGINS + timedelta(days=2))
        jobs.send()
        row = services.db.session.scalars(select(Mail)).one()
        assert (row.state, row.tries, row.try_at) == (MailState.GIVEN_UP, 0, None)
        services.db.session.commit()

    assert caplog.messages == ["Mails to staff that did not arrive: 1"]
    at(datetime.now(UTC))  # noqa: TID251 - the session of the desk began today.
    assert Page.get(client, "/desk").has("ada@example.org")


def test_the_administrator_is_told_that_no_mail_goes_out(sign_in_as):
    page = Page.get(sign_in_as(Role.ADMINISTRATOR), "/desk")

    assert page.has("No mail is sent: alerts are only seen by who signs in.")


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\nSubject: Hello",
        "a@example.org, b@example.org",
        "A <a@example.org>",
        "a@example.org\r\n.\r\nMAIL FROM:<b@example.org>",
        "nobody",
        "",
    ],
)
def test_no_header_can_be_put_into_a_mail(session, lena, mailbox, address):
    other = make_account(Role.PARTNER, email="zara@example.org")
    lena.email = address
    for account in (lena, other):
        notify(account.id, MailKind.TODAY, "one")

    jobs.send()

    assert mailbox.addresses() == ["zara@example.org"]
    assert sorted(states(session)) == [MailState.DONE, MailState.WAITING]


def test_what_waited_while_no_job_ran_is_still_sent(session, lena, mailbox, at):
    at(BEGINS)
    notify(lena.id, MailKind.NOW, "one")
    at(BEGINS + timedelta(days=4))

    jobs.send()

    assert mailbox.addresses() == ["lena@example.org"]


def test_who_is_refused_keeps_nobody_else_waiting(session, lena, mailbox):
    mailbox.refused = {"lena@example.org"}
    accounts = [lena, *(make_account(email=f"{n}@example.org") for n in range(4))]
    for account in accounts:
        notify(account.id, MailKind.TODAY, "one")

    jobs.send()

    assert sorted(mailbox.addresses()) == [f"{n}@example.org" for n in range(4)]


def test_that_a_mail_was_sent_is_forgotten_after_a_week(session, lena, mailbox, at):
    at(BEGINS)
    notify(lena.id, MailKind.TODAY, "one")
    for days, left in ((7, 1), (8, 0)):
        at(BEGINS + timedelta(days=days))
        list(running.run())
        assert len(states(session)) == left


@pytest.mark.parametrize(
    "url",
    [
        "smtp://mail.example.org",
        "smtp://127.0.0.1:1025",
        "smtps://name:pass@mail.example.org:465",
        "smtp://name:p%40ss@mail.example.org:587?starttls",
        "smtp://mail.example.org/?starttls",
    ],
)
def test_a_mail_server_that_can_be_used_is_taken(url):
    assert config.from_environment({"VRN_MODE": "demo", "VRN_SMTP_URL": url}).smtp_url == url


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://name:secret@mail.example.org",
        "smtps://name:sec:ret@mail.example.org",
        "smtps://mail.example.org:99999",
        "smtps://mail.example.org?starttls",
        "smtps://mail.example.org\n",
    ],
)
def test_one_that_cannot_or_that_would_hear_a_password_in_clear_is_refused(url):
    with pytest.raises(SettingsError, match="VRN_SMTP_URL") as refused:
        config.from_environment({"VRN_MODE": "demo", "VRN_SMTP_URL": url})

    assert "sec" not in str(refused.value)
