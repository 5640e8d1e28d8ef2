"""After a restore each record without its key goes, or loses what nobody can read any more."""

import pytest
from sqlalchemy import delete, func, select

from tests.privacy import canaries
from vrn_community.contributions.models import Contribution, Passage
from vrn_community.exchange.models import Export
from vrn_community.extensions import db
from vrn_community.foundation import record_keys
from vrn_community.foundation.record_keys import KeyGoneError, RecordKey
from vrn_community.moderation.models import Appeal
from vrn_community.outcomes.followers.models import Follower
from vrn_community.oversight.members.models import Member
from vrn_community.privacy import settling
from vrn_community.rights.models import (
    BreachEntry,
    PrivacyRequest,
    ProgressNote,
    RawDataRequest,
    Reach,
)
from vrn_community.safeguarding.models import CaseEntry, Concern

GONE = (
    *(Appeal, CaseEntry, Concern, Contribution, Follower, Passage, PrivacyRequest),
    *(ProgressNote, RawDataRequest, Reach),
)


@pytest.fixture
def planted(session, partnership):
    return canaries.plant()


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def lose(*keys) -> None:
    """Lose the keys of some records, as a restore of an older backup does."""
    db.session.execute(delete(RecordKey).where(RecordKey.record_id.in_(keys)))
    db.session.expire_all()


def test_what_came_back_without_any_key_goes_or_loses_its_words(planted) -> None:
    lose(*db.session.scalars(select(RecordKey.record_id)))
    assert sum(settling.lost().values()) > len(GONE)

    settling.settle()

    db.session.expire_all()
    assert {model.__name__: count(model) for model in GONE} == {m.__name__: 0 for m in GONE}
    member, file, line = (
        db.session.scalars(select(m)).one() for m in (Member, Export, BreachEntry)
    )
    assert (member.interests, member.access_needs, line.words) == ("", "", "")
    assert file.sealed_file is None
    assert settling.lost() == {}


def test_where_all_keys_are_there_everything_stays(planted) -> None:
    before = planted.read()

    settling.settle()

    assert planted.read() == before


def test_of_a_case_what_still_opens_stays(planted) -> None:
    lost = db.session.scalars(select(CaseEntry)).first()
    entries, concerns = count(CaseEntry), count(Concern)
    lose(lost.id)

    settling.settle()

    assert (count(CaseEntry), count(Concern)) == (entries - 1, concerns)


def test_an_appeal_without_its_reason_still_waits(planted) -> None:
    appeal = db.session.scalars(select(Appeal)).one()
    lose(appeal.id)

    settling.settle()

    db.session.refresh(appeal)
    assert (appeal.reason, appeal.outcome) == ("", None)


def test_how_to_reach_somebody_goes_without_their_request(planted) -> None:
    asked = db.session.scalars(select(PrivacyRequest)).one()
    lose(asked.reach.id)

    settling.settle()

    db.session.refresh(asked)
    assert asked.reach is None
    assert asked.words in planted.words


def test_nothing_is_written_beside_words_whose_key_is_gone(planted) -> None:
    asked = db.session.scalars(select(PrivacyRequest)).one()
    lose(asked.id)

    with pytest.raises(KeyGoneError):
        asked.answer = "Done."
    assert record_keys.missing() == {"PrivacyRequest": 1}
