"""Whoever goes back a version, and forward again, reads all that was sealed."""

import pytest
from sqlalchemy import select

from tests.architecture.test_migrations import OF_RECORDS, SCRIPTS, empty
from tests.databases import Database, migrate, opened
from tests.privacy import canaries
from vrn_community.extensions import db
from vrn_community.foundation import record_keys
from vrn_community.foundation.record_keys import RecordKey
from vrn_community.partnership import loader

__all__ = ["empty"]
BEFORE = SCRIPTS.get_revision(OF_RECORDS).down_revision
pytestmark = pytest.mark.once


def test_everything_opens_after_going_back_to_before_each_record_had_a_key(empty: Database) -> None:
    migrate(empty.settings)
    with opened(empty.settings):
        loader.load()
        planted = canaries.plant()
        db.session.commit()
        before = planted.read()
        keys = set(db.session.scalars(select(RecordKey.wrapped_key)))

    migrate(empty.settings, BEFORE, down=True)
    migrate(empty.settings)

    with opened(empty.settings):
        assert planted.read() == before
        assert len(before) > 20
        assert record_keys.missing() == {}
        anew = set(db.session.scalars(select(RecordKey.wrapped_key)))
        assert len(anew) == len(keys)
        assert record_keys.forget_unused() == 0
