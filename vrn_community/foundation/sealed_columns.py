"""Columns that stand in the database sealed: found from the models, so that none is forgotten.

`note = Sealed("sealed_note")` in a model makes `row.note` the words, and `sealed_note` their
bytes. They open in their own table, row and column only. When the data key is changed, they
are sealed anew with all others (`foundation/rotation.py`).
"""

from collections.abc import Iterator
from typing import Any, Self, overload

from vrn_community.foundation import crypto
from vrn_community.foundation.db import Base


class SealedColumn:
    """A column of bytes that a data key has sealed for their own table, row and column."""

    #: Whether a data key seals it, so that it is sealed anew when that key is changed.
    is_of_data_key = True
    model: type[Base]

    def __init__(self, column: str, *, of: str = "id") -> None:
        """Name the column of the bytes, and the one that says whose they are, if not the id.

        What is sealed `of` another column cannot be given to somebody else by changing that.
        """
        self.column, self.of = column, of

    def __set_name__(self, model: type[Base], _name: str) -> None:
        """Learn the model."""
        self.model = model

    def place(self, owner: object) -> tuple[str, str, str]:
        """Return the place for which the bytes of an owner are sealed."""
        if owner is None:
            raise ValueError(f"{self.of} must be set before {self.column} can be sealed.")
        return (self.model.__tablename__, str(owner), self.column)

    def seal(self, owner: object, content: bytes) -> bytes:
        """Return a content sealed for its owner."""
        return crypto.seal_bytes(content, *self.place(owner))

    def unseal(self, owner: object, sealed: bytes) -> bytes:
        """Return a sealed content; SealBrokenError if it was changed, moved, or has no key."""
        return crypto.unseal_bytes(sealed, *self.place(owner))


class Sealed(SealedColumn):
    """Words of a row that its column holds sealed; no bytes are no words."""

    @overload
    def __get__(self, row: None, model: Any) -> Self: ...
    @overload
    def __get__(self, row: object, model: Any) -> str: ...
    def __get__(self, row: Any, model: Any) -> Any:
        """Return the words of a row."""
        return self if row is None else self.content(row).decode()

    def __set__(self, row: Any, words: str | None) -> None:
        """Seal the words of a row, or keep none; what they are sealed of must be set."""
        self.keep(row, None if words is None else words.encode())

    def content(self, row: Any) -> bytes:
        """Return what a row holds, where that is no words; no bytes if there is none."""
        sealed = getattr(row, self.column)
        return self._unsealed(row, sealed) if sealed else b""

    def keep(self, row: Any, content: bytes | None) -> None:
        """Seal what a row is to hold, or keep nothing."""
        setattr(row, self.column, None if content is None else self._sealed(row, content))

    def _sealed(self, row: Any, content: bytes) -> bytes:
        return self.seal(getattr(row, self.of), content)

    def _unsealed(self, row: Any, sealed: bytes) -> bytes:
        return self.unseal(getattr(row, self.of), sealed)


def every() -> Iterator[SealedColumn]:
    """Go through the sealed columns of all models, in the order of tables."""
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__tablename__):
        yield from (v for v in vars(mapper.class_).values() if isinstance(v, SealedColumn))
