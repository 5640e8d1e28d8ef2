"""Lists in pages: one query for the rows of a page, one for their number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, inspect, select
from sqlalchemy.orm.interfaces import ORMOption

from vrn_community.extensions import db

Row = TypeVar("Row")
LARGEST_PAGE = 100_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list; pages count from 1, and a page beyond the last is the last."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows of the page."""
        return iter(self.rows)

    @property
    def has_prev(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after."""
        return self.number < self.pages


def paginate(
    query: Select[Row],
    number: int,
    size: int = 20,
    load: Sequence[ORMOption] = (),
    total: int | None = None,
) -> Page[Row]:
    """Return one page of an ordered query of objects, loaded with what `load` says.

    Whoever knows the total already says so: counting can take longer than reading.
    """
    total = count(query) if total is None else total
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    if not total:
        return Page([], number, pages, total)
    # Sorting keys alone is much cheaper than sorting rows with all that they hold.
    keys = db.session.scalars(
        query.with_only_columns(_key(query)).limit(size).offset((number - 1) * size)
    ).all()
    found = {
        inspect(row).identity[0]: row
        for row in db.session.scalars(_by_key(query, keys, load)).unique()
    }
    return Page([found[key] for key in keys if key in found], number, pages, total)


def in_pages(rows: Sequence[Row], number: int, size: int = 20) -> Page[Row]:
    """Return one page of rows that are all there already."""
    pages = max(1, -(-len(rows) // size))
    number = min(max(1, number), pages)
    return Page(rows[(number - 1) * size : number * size], number, pages, len(rows))


def count(query: Select[Any]) -> int:
    """Return how many objects a query finds."""
    return db.session.scalar(query.order_by(None).with_only_columns(func.count(_key(query)))) or 0


def _key(query: Select[Any]) -> Any:
    """Return the primary key column of the objects that a query loads."""
    return inspect(query.column_descriptions[0]["entity"]).primary_key[0]


def _by_key(query: Select[Row], keys: Sequence[Any], load: Sequence[ORMOption]) -> Select[Row]:
    entity = query.column_descriptions[0]["entity"]
    found: Select[Row] = select(entity).where(_key(query).in_(keys)).options(*load)
    return found


def page_number(text: str | None) -> int:
    """Return the page number that an address asks for; 1 if it makes no sense."""
    if text and text.isascii() and text.isdigit():
        return min(int(text[:9]), LARGEST_PAGE)
    return 1
