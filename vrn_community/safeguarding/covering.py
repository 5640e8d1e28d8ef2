"""Who is there for concerns: named for some days, and taken out again."""

import uuid
from datetime import date

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.safeguarding import checks, queries
from vrn_community.safeguarding.models import Cover, CoverRole


def name_cover(
    key: uuid.UUID, account_id: uuid.UUID, role: CoverRole, days: tuple[date, date], *, by: Account
) -> Cover:
    """Say that an account has a role on some days; sent twice, it is said once."""
    known = db.session.get(Cover, key)
    if known is not None:
        return known
    if queries.has_other_role(account_id, role, *days):
        raise NotAllowed(_("Nobody can be the lead and the deputy on the same day."))
    made = Cover(id=key, account_id=account_id, role=role, begins_on=days[0], ends_on=days[1])
    db.session.add(made)
    db.session.flush()
    audit.record("cover:name", made, actor=by, role=role, account=str(account_id))
    return made


def remove_cover(cover: Cover, *, by: Account) -> None:
    """Take days of cover back, unless something sensitive that is published needs them."""
    db.session.delete(cover)
    db.session.flush()
    if any(checks.cover_gaps(needs) for needs in queries.sensitive_ahead()):
        raise NotAllowed(
            _("Something sensitive is open on these days. Name somebody else for them first.")
        )
    audit.record("cover:remove", cover, actor=by, role=cover.role)
