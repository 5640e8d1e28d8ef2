"""The words of a record have a key of their own, which goes when the record goes."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import delete, event, select

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.factories.questionnaires import make_version, send
from vrn_community.accounts.roles import Role
from vrn_community.contributions import queries, services
from vrn_community.contributions.models import Contribution, Passage
from vrn_community.extensions import db
from vrn_community.foundation import crypto, record_keys
from vrn_community.foundation.record_keys import KeyGoneError, RecordKey


@pytest.fixture
def version(session):
    return make_version(make_opportunity(make_account(Role.PUBLISHER), is_public=True))


@contextmanager
def statements() -> Iterator[list[str]]:
    """Give the statements that are sent to the database meanwhile."""
    said: list[str] = []

    def note(*told: Any) -> None:
        said.append(told[2])

    bound = db.session.get_bind()
    event.listen(bound, "before_cursor_execute", note)
    yield said
    event.remove(bound, "before_cursor_execute", note)


def keys() -> set[uuid.UUID]:
    """Return whose keys are there, but for those of contributions that are there."""
    of_others = RecordKey.record_id.not_in(select(Contribution.id))
    return set(db.session.scalars(select(RecordKey.record_id).where(of_others)))


def test_each_passage_has_a_key_of_its_own(version) -> None:
    send(version, {"feel": "unsafe"}, {"why": "It is dark.", "ideas.other": "A night bus"})

    passages = db.session.scalars(select(Passage)).all()
    assert keys() == {passage.id for passage in passages}
    opened = [passage.record_key.opened() for passage in passages]
    assert len(set(opened)) == 2
    assert {passage.unseal() for passage in passages} == {"It is dark.", "A night bus"}


def test_closed_answers_alone_have_a_key_too_that_goes_with_them(version) -> None:
    sent = queries.by_receipt(send(version, {"feel": "unsafe"}))
    assert set(db.session.scalars(select(RecordKey.record_id))) == {sent.id}

    services.withdraw(sent)

    assert db.session.scalars(select(RecordKey)).all() == []


def test_all_words_of_a_person_are_stored_in_one_statement_and_their_keys_in_another(
    version,
) -> None:
    words = {f"q{number}": f"Words {number}" for number in range(5)}
    sending = services.Sending("0" * 24, "en", False, words)

    with statements() as said:
        services.receive(version.opportunity_id, sending)

    assert len(keys()) == 5
    assert sum("INSERT INTO record_key" in statement for statement in said) == 1
    assert sum("INSERT INTO passage" in statement for statement in said) == 1


def test_opening_the_words_of_many_asks_for_their_keys_once(version) -> None:
    for number in range(5):
        make_passage(version.opportunity, f"Words {number}")
    db.session.expunge_all()

    with statements() as said:
        looked_at = services.screen_again()

    assert looked_at.count == 5
    assert sum("record_key" in statement for statement in said) == 1


def test_the_data_key_alone_opens_no_words(version) -> None:
    send(version, {"feel": "unsafe"}, {"why": "It is dark."})
    passage = db.session.scalars(select(Passage)).one()

    with pytest.raises(crypto.SealBrokenError):
        crypto.unseal_bytes(passage.sealed_words, "passage", str(passage.id), "sealed_words")


def test_the_key_of_one_record_opens_no_other(version) -> None:
    one, other = (make_passage(version.opportunity, words) for words in ("one", "other"))

    one.record_key.wrapped_key = other.record_key.wrapped_key

    with pytest.raises(crypto.SealBrokenError):
        one.unseal()


def taken_back(version, code) -> None:
    services.withdraw(queries.by_receipt(code))


def corrected(version, code) -> None:
    send(version, {"feel": "safe"}, {}, receipt=code)


def deleted(version, code) -> None:
    sent = queries.by_receipt(code)
    db.session.execute(delete(Contribution).where(Contribution.id == sent.id))


def one_passage_deleted(version, code) -> None:
    (passage,) = queries.passages_of(queries.by_receipt(code))
    db.session.delete(passage)
    db.session.flush()


@pytest.mark.parametrize("end", [taken_back, corrected, deleted, one_passage_deleted])
def test_the_key_goes_with_the_words_however_they_go(version, end) -> None:
    code = send(version, {"feel": "unsafe"}, {"why": "Gone tomorrow."})
    other = make_passage(version.opportunity)
    assert len(keys()) == 2

    end(version, code)

    assert keys() == {other.id}


def test_words_without_a_key_open_for_nobody(version) -> None:
    passage = make_passage(version.opportunity)
    db.session.execute(delete(RecordKey))
    db.session.expire_all()

    with pytest.raises(KeyGoneError):
        passage.unseal()


def test_what_came_back_without_its_key_is_deleted_again_and_counted(version) -> None:
    gone = send(version, {"feel": "unsafe"}, {"why": "one", "ideas.other": "two"})
    kept = send(version, {"feel": "unsafe"}, {"why": "three"})
    ticks = send(version, {"feel": "unsafe"})
    lost = queries.by_receipt(gone)
    db.session.execute(delete(RecordKey).where(RecordKey.record_id == lost.id))
    record_keys.make([uuid.uuid4()])

    assert record_keys.missing() == {"Contribution": 1}
    services.take_back_again(queries.without_keys())

    assert queries.by_receipt(gone) is None
    assert queries.by_receipt(kept)
    assert queries.by_receipt(ticks)
    assert (record_keys.missing(), record_keys.forget_unused(), len(keys())) == ({}, 1, 1)
