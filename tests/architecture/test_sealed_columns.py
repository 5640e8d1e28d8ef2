"""No column of bytes is forgotten: it is sealed, or it is said here why not."""

from collections import Counter

from sqlalchemy import LargeBinary

from migrations.triggers import KEYED
from vrn_community import config, create_app
from vrn_community.contributions.jobs import RENEWALS
from vrn_community.extensions import db
from vrn_community.foundation import record_keys, rotation, sealed_columns
from vrn_community.privacy import settling

#: Columns of bytes that no key of ours seals.
OTHERS = {
    "draft.sealed": "sealed by the words of its owner, which nobody else has",
    "day_columns.columns": "closed answers, which are not sealed, in another form",
    "key_holder.locked_private": "locked with a passphrase that is nowhere",
    "key_holder.public_key": "seals, and opens nothing",
    "key_holder.sealed_team_key": "sealed for the key of its holder",
    "team_key.locked_private": "locked with the recovery key, which stands on paper",
    "team_key.public_key": "seals, and opens nothing",
    "passkey.credential_id": "the name of a passkey, which browsers send in clear",
    "passkey.public_key": "says who signed, and lets nobody sign",
}

#: Sealed columns that need no key of their own: nobody's words that go after a time.
OF_DATA_KEY = {
    "authenticator_app.sealed_secret": "makes codes that work for half a minute",
    "group_session.sealed_code": "a code that opens nothing once the group is over",
    "interest.sealed_words": "stays as the record of the group does",
    "record_key.wrapped_key": "the key itself",
}


def test_every_column_of_bytes_is_sealed_or_said_to_be_something_else() -> None:
    create_app(config.for_tests())
    bytes_columns = {
        f"{table.name}.{column.name}"
        for table in db.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }

    known = {f"{one.model.__tablename__}.{one.column}" for one in sealed_columns.every()}
    assert bytes_columns == known | set(OTHERS)
    assert not known & set(OTHERS)


def test_what_people_told_us_for_a_time_is_sealed_by_a_key_of_its_record() -> None:
    create_app(config.for_tests())
    of_data_key = {f"{one.model.__tablename__}.{one.column}" for one in rotation.columns()}

    assert of_data_key == set(OF_DATA_KEY)


def test_it_is_said_for_each_row_with_a_key_what_becomes_of_it_after_a_restore() -> None:
    said = settling.SENT + settling.WHOLE + settling.WORDS + settling.ENTRIES + settling.LEFT_ALONE

    assert Counter(said) == Counter(record_keys.models())


def test_every_sealed_column_is_rotated_or_sealed_by_a_key_that_is() -> None:
    create_app(config.for_tests())
    not_rotated = {one.model for one in sealed_columns.every()} - {
        one.model for one in rotation.columns()
    }

    assert not_rotated <= set(record_keys.models())
    assert record_keys.RecordKey.wrapping in rotation.columns()


def test_every_row_with_a_key_takes_it_along_and_keys_are_moved_each_night() -> None:
    create_app(config.for_tests())

    assert {model.__tablename__ for model in record_keys.models()} == set(KEYED)
    assert {*KEYED, record_keys.RecordKey.__tablename__} <= set(RENEWALS)
