"""The one mail that there is, and the server that takes it."""

import smtplib
import ssl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from flask_babel import force_locale
from flask_babel import gettext as _

from vrn_community import config
from vrn_community.foundation import clock
from vrn_community.notifications.models import Mail, MailKind

#: So many seconds the server may be silent.
PATIENCE = 15


@dataclass(frozen=True)
class Letter:
    """What is needed to write a mail, read before anything is sent."""

    id: uuid.UUID
    email: str
    language: str
    kind: MailKind


def letter(mail: Mail) -> Letter:
    """Return what is needed to write a mail."""
    account = mail.account
    return Letter(mail.id, account.email, account.language, mail.kind)


def message(letter: Letter) -> EmailMessage:
    """Return the mail in the language of the account; ValueError if the address is none.

    Sent twice, because somebody died in between, it has the same number.
    """
    settings = config.current()
    made = EmailMessage()
    made["From"] = Address(settings.service_name, addr_spec=settings.contact_email)
    made["To"] = Address(addr_spec=letter.email)
    made["Date"] = format_datetime(clock.now())
    made["Message-ID"] = f"<{letter.id}@{_host()}>"
    made["Auto-Submitted"] = "auto-generated"
    with force_locale(letter.language):
        made["Subject"] = _("Something waits for you at the desk")
        made.set_content(_text(letter.kind), cte="quoted-printable")
    return made


def _text(kind: MailKind) -> str:
    is_now = kind is MailKind.NOW
    look = _("Please look as soon as you can.") if is_now else _("Please look today.")
    return "\n\n".join(
        (
            look,
            _("Sign in here:") + f"\n{config.current().desk_url}/desk",
            _("This mail says no more, so that nobody else learns what it is about."),
            _("Nobody reads an answer to it."),
        )
    )


@contextmanager
def connected() -> Iterator[smtplib.SMTP]:
    """Give a connection to the server, signed in; OSError if there is none."""
    url = urlsplit(config.current().smtp_url)
    host, tls = url.hostname or "", ssl.create_default_context()
    server: smtplib.SMTP
    if url.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, url.port or 465, _host(), timeout=PATIENCE, context=tls)
    else:
        server = smtplib.SMTP(host, url.port or 587, _host(), timeout=PATIENCE)
    with server:
        if url.query == "starttls":
            server.starttls(context=tls)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server


def _host() -> str:
    return urlsplit(config.current().base_url).hostname or "localhost"
