"""The texts of the data files, for translators: an extraction method for Babel."""

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

#: Columns and keys whose texts people read; everything else is codes and numbers.
TEXT = frozenset(
    {
        "description",
        "focus_areas",
        "hours",
        "licence",
        "meaning",
        "name",
        "note",
        "official",
        "publisher",
        "purpose",
        "role",
        "short_title",
        "title",
        "upper_tier_name",
        "year",
    }
)
Message = tuple[int, None, str, list[str]]


def extract(
    fileobj: BinaryIO,
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Message]:
    """Yield each text of a CSV or JSON file with its line, as Babel wants it."""
    content = fileobj.read().decode("utf-8")
    found = _in_json(content) if content.lstrip()[:1] in "[{" else _in_csv(content)
    for line, text in found:
        if text:
            yield line, None, text, []


def _in_csv(content: str) -> Iterator[tuple[int, str]]:
    reader = csv.DictReader(io.StringIO(content))
    for row in reader:
        for column, text in row.items():
            if column in TEXT:
                yield reader.line_num, text


def _in_json(content: str) -> Iterator[tuple[int, str]]:
    lines = content.splitlines()
    for text in _texts(json.loads(content)):
        written = json.dumps(text, ensure_ascii=False)
        yield next(n for n, line in enumerate(lines, 1) if written in line), text


def _texts(node: Any, key: str = "") -> Iterator[str]:
    """Yield the texts below a node of a document whose key is one of those that people read."""
    if isinstance(node, str):
        if key in TEXT:
            yield node
    elif isinstance(node, dict):
        for name, child in node.items():
            yield from _texts(child, name)
    elif isinstance(node, list):
        for child in node:
            yield from _texts(child, key)
