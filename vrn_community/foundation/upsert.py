"""Insert, or do something else if the row is there: the same statement for both databases."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from vrn_community.extensions import db
from vrn_community.foundation.db import Base, table_of


def upsert(model: type[Base]) -> Any:
    """Return an INSERT that has `on_conflict_do_nothing` and `on_conflict_do_update`.

    It is one of the table, not of the model, which would make it twice as slow.
    """
    if db.engine.dialect.name == "postgresql":
        return postgresql.insert(table_of(model))
    return sqlite.insert(table_of(model))
