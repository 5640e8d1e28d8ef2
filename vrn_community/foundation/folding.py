"""Looking for words without minding capital letters, accents and vowel marks."""

import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

#: Accents of Latin, Greek and Cyrillic letters, and the vowel marks of Arabic ones.
MARKS = (("\u0300", "\u036f"), ("\u064b", "\u0652"))


def fold(text: str | None) -> str | None:
    """Return a text in small letters without accents; what SQLite calls `fold`."""
    if text is None:
        return None
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in apart if not any(first <= c <= last for first, last in MARKS))


class Folded(GenericFunction[str]):
    """The folded text of a column, in the words of each database."""

    type = String()
    name = "fold"
    inherit_cache = True


@compiles(Folded, "postgresql")
def _on_postgresql(element: Folded, compiler: Any, **options: Any) -> str:
    column = compiler.process(element.clauses, **options)
    marks = "".join(f"{first}-{last}" for first, last in MARKS)
    return f"regexp_replace(normalize(lower({column}), NFKD), '[{marks}]', '', 'g')"


def contains(column: Any, words: str) -> ColumnElement[bool]:
    """Return the condition that a column has some words, which hold no wildcard."""
    return Folded(column).contains(fold(words) or "", autoescape=True)
