"""What staff add to the phrase lists, and what of them they leave out."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vrn_community.foundation.db import Record, enum_column
from vrn_community.screening.signals import Signal


class PhraseChange(Record):
    """A phrase that staff added to a list, or one of the list that they leave out."""

    __tablename__ = "phrase_change"
    __table_args__ = (UniqueConstraint("signal", "words", "is_exception"),)

    signal: Mapped[Signal] = mapped_column(enum_column(Signal))
    words: Mapped[str]
    #: Whether it takes the sign away: "knife and fork" is no weapon.
    is_exception: Mapped[bool] = mapped_column(default=False)
    #: Whether it is left out, not added.
    is_left_out: Mapped[bool] = mapped_column(default=False)
