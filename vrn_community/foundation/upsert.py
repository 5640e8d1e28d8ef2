"""Insert, or do something else if the row is there: the same statement for both databases."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from vrn_community.extensions import db
from vrn_community.foundation.db import Base


def upsert(model: type[Base]) -> Any:
    """Return an INSERT that has `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if db.engine.dialect.name == "postgresql":
        return postgresql.insert(model)
    return sqlite.insert(model)
