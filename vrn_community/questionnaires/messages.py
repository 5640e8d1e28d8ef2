"""The texts of the equality questions and of the bank, as Babel extracts them for translators."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

#: Keys whose texts people read; everything else is ids and categories.
TEXT = frozenset({"hint", "introduction", "purpose", "text", "title"})
Message = tuple[int, None, str, list[str]]


def extract(
    fileobj: BinaryIO,
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Message]:
    """Yield each text of a JSON file with its line, as Babel wants it."""
    content = fileobj.read().decode("utf-8")
    lines = content.splitlines()
    for text in _texts(json.loads(content)):
        written = json.dumps(text, ensure_ascii=False)
        yield next(n for n, line in enumerate(lines, 1) if written in line), None, text, []


def _texts(node: Any) -> Iterator[str]:
    """Yield the texts below a node, in the order of the file."""
    children = node.items() if isinstance(node, dict) else enumerate(node)
    for key, child in children:
        if isinstance(child, dict | list):
            yield from _texts(child)
        elif key in TEXT and child:
            yield child
