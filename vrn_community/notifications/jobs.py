"""Sending what waits; two jobs at once send each mail once."""

import smtplib
import uuid
from email.errors import MessageError

from flask import current_app

from vrn_community import config, jobs
from vrn_community.extensions import db
from vrn_community.notifications import post, queries, services

#: The server, or our own check, refuses one mail: others may still be sent.
REFUSED = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
    MessageError,
    ValueError,
    IndexError,  # Of the library, where there is no address at all.
)


@jobs.every_minute
def send() -> None:
    """Send what waits, and give up what has waited for more than a day."""
    if lost := services.give_up():
        current_app.logger.warning("Mails to staff that did not arrive: %d", lost)
    found = queries.due()
    db.session.commit()  # On SQLite a job that writes or reads keeps others from writing.
    if found and config.current().smtp_url:
        try:
            _send(found)
        except OSError:  # The server is silent or refuses us: all of it waits.
            services.claim(found)


def _send(found: list[uuid.UUID]) -> None:
    with post.connected() as server:
        for mail_id in found:
            if _begin(mail_id):
                _try(server, mail_id)


def _begin(mail_id: uuid.UUID) -> bool:
    begun = services.claim([mail_id])
    db.session.commit()
    return bool(begun)


def _try(server: smtplib.SMTP, mail_id: uuid.UUID) -> None:
    mail = queries.mail(mail_id)
    letter = post.letter(mail) if mail.account.is_active else None
    db.session.commit()
    try:
        if letter:
            server.send_message(post.message(letter))
    except REFUSED:
        return  # It is tried again, and given up after a day.
    services.note_done(mail_id)
    db.session.commit()
