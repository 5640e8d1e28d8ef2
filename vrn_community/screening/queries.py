"""The phrase lists in force: those of the data files, with what staff changed."""

import uuid

from sqlalchemy import func, select

from vrn_community.extensions import db
from vrn_community.foundation.kept import kept
from vrn_community.foundation.paging import Page, paginate
from vrn_community.screening import lists, screen
from vrn_community.screening.models import PhraseChange
from vrn_community.screening.phrases import Phrase, PhraseBook
from vrn_community.screening.signals import Signals

PAGE_SIZE = 50


def signals_of(text: str) -> Signals:
    """Return what a text is a sign of, by the lists in force."""
    return screen.screen(text, book())


@kept
def book() -> PhraseBook:
    """Return the lists in force, at most a minute old, ready to be looked through for."""
    columns = (PhraseChange.signal, PhraseChange.words, PhraseChange.is_exception)
    rows = db.session.execute(select(*columns, PhraseChange.is_left_out)).all()
    added = {Phrase(*row[:3]) for row in rows if not row.is_left_out}
    left_out = {Phrase(*row[:3]) for row in rows if row.is_left_out}
    return PhraseBook.of(frozenset(lists.all_shipped()) - left_out | added)


def changes(number: int) -> Page[PhraseChange]:
    """Return a page of what staff changed, by signal and words."""
    order = (PhraseChange.signal, func.lower(PhraseChange.words), PhraseChange.id)
    return paginate(select(PhraseChange).order_by(*order), number, PAGE_SIZE)


def change(change_id: uuid.UUID) -> PhraseChange | None:
    """Return a change by its key, if it is still there."""
    return db.session.get(PhraseChange, change_id)


def change_of(phrase: Phrase) -> PhraseChange | None:
    """Return what staff changed about a phrase, if they did."""
    query = select(PhraseChange).where(
        PhraseChange.signal == phrase.signal,
        PhraseChange.words == phrase.words,
        PhraseChange.is_exception == phrase.is_exception,
    )
    return db.session.scalars(query).first()
