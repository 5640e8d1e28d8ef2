"""The nightly rewriting of tables that must not tell who came when."""

from sqlalchemy import text

from vrn_community import jobs
from vrn_community.extensions import db

#: Tables of people's answers, each with the index of its random key.
SHUFFLED = {
    "contribution": "pk_contribution",
    "passage": "pk_passage",
    "response": "pk_response",
}


@jobs.every_night
def shuffle() -> None:
    """Store the rows of PostgreSQL in the order of their random keys (T14).

    New rows go to the end of a table's file, so its order would be the order of
    arrival. SQLite needs nothing of the kind: its tables are ordered by their key.
    """
    if db.engine.dialect.name != "postgresql":
        return
    for table, index in SHUFFLED.items():
        db.session.execute(text(f"CLUSTER {table} USING {index}"))
