"""Reads of mail: what is due, whom it is for, and who did not get it."""

import uuid

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import joinedload

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.notifications.models import Mail, MailState

MOST_AT_ONCE = 100
MOST_NAMED = 20


def is_due() -> ColumnElement[bool]:
    """Return the condition that a mail may be tried now."""
    return and_(Mail.state == MailState.WAITING, Mail.try_at <= clock.now())


def due() -> list[uuid.UUID]:
    """Return the keys of mail to try now; their order says nothing."""
    query = select(Mail.id).where(is_due()).order_by(Mail.id)
    return list(db.session.scalars(query.limit(MOST_AT_ONCE)))


def mail(mail_id: uuid.UUID) -> Mail:
    """Return a mail with its account; NoResultFound if there is none."""
    query = select(Mail).options(joinedload(Mail.account)).where(Mail.id == mail_id)
    return db.session.scalars(query).one()


def not_reached() -> list[Account]:
    """Return the accounts whose mail did not arrive lately, by name, at most twenty."""
    lost = select(Mail.account_id).where(Mail.state == MailState.GIVEN_UP)
    query = select(Account).where(Account.id.in_(lost))
    order = (Account.display_name, Account.id)
    return list(db.session.scalars(query.order_by(*order).limit(MOST_NAMED)))
