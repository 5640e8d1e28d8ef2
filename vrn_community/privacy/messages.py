"""What models say of themselves, for translators: an extraction method for Babel."""

import ast
import io
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

from babel.messages.extract import extract_python

Message = tuple[int, Any, Any, Any]


def extract(
    fileobj: BinaryIO,
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Message]:
    """Yield the texts of a module of models, and the first line about each class of rows."""
    content = fileobj.read()
    yield from extract_python(io.BytesIO(content), keywords, comment_tags, options)  # type: ignore[arg-type]
    for node in ast.walk(ast.parse(content)):
        if isinstance(node, ast.ClassDef) and "__tablename__" in ast.dump(node):
            yield node.lineno, None, (ast.get_docstring(node) or "").partition("\n")[0], []
