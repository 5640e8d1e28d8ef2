"""Bringing in answers that were given elsewhere: all of them or none, and once."""

import hashlib
import random
from collections.abc import Iterable, Sequence
from itertools import islice

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
from vrn_community.questionnaires import offences
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses import services
from vrn_community.responses.models import Response, Way
from vrn_community.responses.rows import Person

#: So many people are stored by one statement.
AT_ONCE = 500
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
    if offences.lets_write(version.opportunity, questionnaires.document(version)):
        raise NotAllowed(_("These questions are about offences, so nobody writes."))
    rest, number, new = iter(people), 0, 0
    while some := list(islice(rest, AT_ONCE)):
        number += len(some)
        new += _store(version, some, way)
    if new:
        counts = {"people": new, "before": number - new, "left_out": left_out}
        audit.record("response:import", version, actor=by, way=way.value, **counts)
    return new


def _store(version: QuestionnaireVersion, people: Sequence[Person], way: Way) -> int:
    """Store the answers of people who are not here already, and return how many those are."""
    document = questionnaires.document(version)
    keys = contributions.receive_all(version.opportunity_id, [_sending(p) for p in people])
    rows = [
        {**services.row_of(document, person.walk), "contribution_id": key, "way": way}
        for key, person in zip(keys, people, strict=True)
        if key
    ]
    if rows:
        # Nobody saw the questions here, so no random order is known.
        same = {"version_id": version.id, "seed": None}
        db.session.execute(insert(Response), [row | same for row in rows])
    return len(rows)


def _sending(person: Person) -> contributions.Sending:
    return contributions.Sending(
        receipts.code_for(person.walk.submission),
        person.language,
        may_quote=False,  # Nobody was asked.
        words=person.walk.words,
        received_on=person.received_on,
    )
