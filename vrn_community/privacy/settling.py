"""After a restore: what came back although it was deleted since goes again, for its key is gone.

A box of a secret ballot is left as it is: that ballot was counted or withdrawn, and nobody counts
it anew. `keys status` names it until the chair withdraws the ballot.
"""

from sqlalchemy import delete, exists, select

from vrn_community.contributions import queries as contributions
from vrn_community.contributions import services as taking_back
from vrn_community.contributions.models import Contribution, Passage
from vrn_community.exchange.models import Export
from vrn_community.extensions import db
from vrn_community.foundation import record_keys
from vrn_community.foundation.record_keys import HasRecordKey
from vrn_community.moderation.models import Appeal
from vrn_community.outcomes.followers.models import Follower
from vrn_community.oversight.ballots.models import BallotBox
from vrn_community.oversight.members.models import Member
from vrn_community.rights.models import (
    BreachEntry,
    PrivacyRequest,
    ProgressNote,
    RawDataRequest,
    Reach,
)
from vrn_community.safeguarding.models import CaseEntry, Concern

Models = tuple[type[HasRecordKey], ...]
#: What people sent: taken back, or only their words as written went.
SENT: Models = (Contribution, Passage)
#: Rows that went with their words.
WHOLE: Models = (Follower, PrivacyRequest, ProgressNote, RawDataRequest, Reach)
#: Rows of which only the words went, or may be taken out.
WORDS: Models = (Appeal, BreachEntry, Export, Member)
#: Entries that went with their case.
ENTRIES: Models = (CaseEntry,)
LEFT_ALONE: Models = (BallotBox,)


def lost() -> dict[str, int]:
    """Return how many rows came back without their keys, by table, where there are any."""
    left_alone = {model.__name__ for model in LEFT_ALONE}
    return {name: n for name, n in record_keys.missing().items() if name not in left_alone}


def settle() -> None:
    """Delete again what a restore brought back, people or time having taken it since."""
    for model in WHOLE:
        db.session.execute(delete(model).where(record_keys.is_missing(model)))
    for model in WORDS:
        record_keys.empty_all(model, record_keys.is_missing(model))
    _forget_cases()
    taking_back.take_back_again(contributions.without_keys())


def _forget_cases() -> None:
    """Delete entries without keys, and the concerns of which nothing else is written."""
    gone = record_keys.is_missing(CaseEntry)
    concerns = set(db.session.scalars(select(CaseEntry.concern_id).where(gone)))
    db.session.execute(delete(CaseEntry).where(gone))
    is_told = exists().where(CaseEntry.concern_id == Concern.id)
    db.session.execute(delete(Concern).where(Concern.id.in_(concerns), ~is_told))
