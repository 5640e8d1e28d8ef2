"""Bringing in answers that were given elsewhere: all of them or none, and once."""

import hashlib
import random
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from sqlalchemy import insert

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.contributions import receipts
from vrn_community.contributions import services as contributions
from vrn_community.extensions import db
from vrn_community.foundation import crypto
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses import services
from vrn_community.responses.models import Response, Way
from vrn_community.responses.rows import Person

#: How answers can have come that were not given here.
WAYS = (Way.PAPER, Way.ENTRY, Way.ONLINE)


def token_of(opportunity: Opportunity, content: bytes) -> str:
    """Return what the lines of a file make their submissions from: the same for the same file."""
    digest = hashlib.sha256(content).hexdigest()
    return crypto.keyed_hash("response-import", f"{opportunity.id}\0{digest}")


def in_no_order(people: Sequence[Person]) -> list[Person]:
    """Return people in an order that says nothing of the lines that they stood in."""
    return random.SystemRandom().sample(people, len(people))


def store(
    version: QuestionnaireVersion,
    people: Iterable[Person],
    *,
    way: Way,
    left_out: int,
    by: Account,
) -> int:
    """Store what people answered elsewhere, and return how many were not here already.

    `left_out` cells or lines of the file could not be carried.
    """
    if not by.can(Permission.QUESTIONNAIRE_EDIT):
        raise NotAllowed(_("Your roles do not allow this."))
    stored = [_store(version, person, way) for person in people]
    new = sum(stored)
    if new:
        counts = {"people": new, "before": len(stored) - new, "left_out": left_out}
        audit.record("response:import", version, actor=by, way=way.value, **counts)
    return new


def _store(version: QuestionnaireVersion, person: Person, way: Way) -> bool:
    """Store one person's answers, unless they are here already."""
    walk = person.walk
    sending = contributions.Sending(
        receipts.code_for(walk.submission),
        person.language,
        may_quote=False,  # Nobody was asked here.
        words=walk.words,
        received_on=person.received_on,
    )
    key = contributions.receive(version.opportunity_id, sending)
    if key is None:
        return False
    row = services.row_of(questionnaires.document(version), walk) | {"seed": None, "way": way}
    keys = {"contribution_id": key, "version_id": version.id}
    db.session.execute(insert(Response).values({**keys, **row}))
    return True
