"""Every order of answers that somebody with the whole database can read out of it."""

import re
import statistics
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pysqlite3.dbapi2
from psycopg import sql

#: The tables of people's answers, each with its random key.
TABLES = {
    "contribution": "id",
    "passage": "id",
    "record_key": "record_id",
    "response": "contribution_id",
}
#: What PostgreSQL says of a row besides its columns: where it lies, and which transactions wrote.
HIDDEN_COLUMNS = ("ctid", "xmin", "xmax", "cmin", "cmax")
INDEXES = """
    SELECT c.relname, array_agg(a.attname::text ORDER BY array_position(i.indkey, a.attnum))
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
    WHERE i.indrelid = %s::regclass GROUP BY c.relname"""
LONG_VALUES = "SELECT reltoastrelid::regclass::text FROM pg_class WHERE relname = 'passage'"
MARK = 16

#: Who came when, by table and key.
Arrivals = Mapping[str, Mapping[str, int]]
#: By name of an order: for each row its place in that order, and when it came.
Orders = dict[str, list[tuple[Any, float]]]


def spearman(pairs: list[tuple[Any, float]]) -> float:
    """Return how well a place tells when a row came: 0 not at all, 1 or -1 exactly."""
    places, arrivals = zip(*pairs, strict=True)
    if len(set(places)) == 1:
        return 0.0
    return statistics.correlation(_ranks(places), _ranks(arrivals))


def _ranks(values: Iterable[Any]) -> list[float]:
    """Return the rank of each value; equal values share the mean of theirs."""
    kept = list(values)
    ranks, before = {}, 0
    for value, count in sorted(Counter(kept).items()):
        ranks[value] = before + (count - 1) / 2
        before += count
    return [ranks[value] for value in kept]


def _enumerated(keys: Iterable[tuple[Any]], arrivals: Mapping[str, int]) -> list[tuple[Any, float]]:
    return [(place, arrivals[uuid.UUID(str(key)).hex]) for place, (key,) in enumerate(keys)]


def of_sqlite(path: Path, arrivals: Arrivals, tables: Mapping[str, str] = TABLES) -> Orders:
    """Return the orders of a file: scans, indexes, and where its bytes lie."""
    found: Orders = {}
    content = path.read_bytes()
    with closing(pysqlite3.dbapi2.connect(str(path))) as connection:
        for table, key in tables.items():
            scan = f"SELECT {key} FROM {table}"
            found[table] = _enumerated(connection.execute(f"{scan} NOT INDEXED"), arrivals[table])
            query = "SELECT name, rootpage FROM sqlite_master WHERE tbl_name = ? AND rootpage"
            for name, root in connection.execute(query, (table,)).fetchall():
                if name != table:
                    rows = connection.execute(f'{scan} INDEXED BY "{name}"')
                    found[name] = _enumerated(rows, arrivals[table])
                lying = _lying(content, root, arrivals[table])
                found[f"{name}: bytes"] = lying
                found[f"{name}: inside its pages"] = _inside(lying, _page_size(content))
        if "passage" not in tables:
            return found
        sealed = connection.execute("SELECT id, sealed_words FROM passage").fetchall()
    found["passage: long values"] = _overflow(content, dict(sealed), arrivals["passage"])
    return found


def _page_size(content: bytes) -> int:
    return int.from_bytes(content[16:18])


def _pages(content: bytes, number: int) -> Iterator[int]:
    """Yield the pages of a tree, by the file format of SQLite."""
    size = _page_size(content)
    page = content[(number - 1) * size : number * size]
    yield number
    if page[0] in (2, 5):
        cells = range(12, 12 + 2 * int.from_bytes(page[3:5]), 2)
        starts = [8, *(int.from_bytes(page[cell : cell + 2]) for cell in cells)]
        for start in starts:
            yield from _pages(content, int.from_bytes(page[start : start + 4]))


def _lying(content: bytes, root: int, arrivals: Mapping[str, int]) -> list[tuple[Any, float]]:
    """Return where in the file the keys of a table or an index lie, each once.

    A page that was parted may still hold a key that went to another.
    """
    size, found = _page_size(content), {}
    for number in _pages(content, root):
        start = (number - 1) * size
        for match in re.finditer(rb"(?=([0-9a-f]{32}))", content[start : start + size]):
            came = arrivals.get(key := match[1].decode())
            if came is not None:
                found[key] = (start + match.start(), came)
    return list(found.values())


def _inside(lying: list[tuple[Any, float]], page_size: int) -> list[tuple[Any, float]]:
    """Return the places of rows among those on the same page, from the middle of each page."""
    pages = defaultdict(list)
    for offset, came in lying:
        pages[offset // page_size].append((offset, came))
    found: list[tuple[Any, float]] = []
    for rows in pages.values():
        middle = (len(rows) - 1) / 2
        places, times = (_ranks(values) for values in zip(*rows, strict=True))
        found += [(p - middle, t - middle) for p, t in zip(places, times, strict=True)]
    return found


def _overflow(
    content: bytes, sealed: Mapping[str, bytes], arrivals: Mapping[str, int]
) -> list[tuple[Any, float]]:
    """Return on which pages the ends of long values lie; all values have the same length."""
    ends = {words[-MARK:]: arrivals[key] for key, words in sealed.items()}
    size = _page_size(content)
    # An end that lies across two pages is not found: any other tells where they begin.
    inside = next(place for end in ends if (place := content.find(end)) >= 0) % size
    places = range(inside, len(content), size)
    marks = ((place, ends.get(content[place : place + MARK])) for place in places)
    return [(place, came) for place, came in marks if came is not None]


def of_postgresql(address: str, arrivals: Arrivals, tables: Mapping[str, str] = TABLES) -> Orders:
    """Return the orders of a database: hidden columns, indexes, and long values."""
    found: Orders = {}
    with psycopg.connect(address.replace("+psycopg", "")) as connection:
        for table, key in tables.items():
            known = arrivals[table]
            for column in HIDDEN_COLUMNS:
                rows = connection.execute(f"SELECT {key}, {column}::text FROM {table}")
                found[f"{table}: {column}"] = [(_numbers(v), known[k.hex]) for k, v in rows]
            for name, columns in connection.execute(INDEXES, (table,)).fetchall():
                by = sql.SQL(", ").join(map(sql.Identifier, columns)).as_string()
                rows = connection.execute(f"SELECT {key} FROM {table} ORDER BY {by}, ctid")
                found[name] = _enumerated(rows, known)
        if "passage" not in tables:
            return found
        long_values = connection.execute(LONG_VALUES).fetchone()
        marks = connection.execute(f"SELECT id, substring(sealed_words FOR {MARK}) FROM passage")
        starts = {mark: arrivals["passage"][key.hex] for key, mark in marks}
        for column in ("ctid", "xmin", "chunk_id"):
            query = f"SELECT {column}::text, chunk_data FROM {long_values[0]} WHERE chunk_seq = 0"
            found[f"long values: {column}"] = [
                (_numbers(value), starts[bytes(data[:MARK])])
                for value, data in connection.execute(query)
            ]
    return found


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"\d+", text))
