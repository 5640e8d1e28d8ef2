"""Reads of words, themes and suggestions: of passages that may be read, and of no others.

Withholding a passage changes none of our rows, so every read joins on what may be read now.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload

from vrn_community.contributions.models import READABLE, Contribution, Passage
from vrn_community.extensions import db
from vrn_community.foundation import folding
from vrn_community.foundation.paging import Page, paginate
from vrn_community.insights.words.models import (
    CodeFrame,
    Coding,
    Reading,
    RunState,
    Suggestion,
    Theme,
    ThemeRun,
)
from vrn_community.opportunities.models import Opportunity, Stage
from vrn_community.opportunities.queries import is_in_stage

#: Each coder's themes of each passage that they read.
Codes = dict[uuid.UUID, dict[uuid.UUID, set[uuid.UUID]]]


def readable(opportunity_id: uuid.UUID, question_id: str) -> Select[Passage]:
    """Return the query of the words of a question that may be read, in random order."""
    query = select(Passage).join(Contribution, Contribution.id == Passage.contribution_id)
    return query.where(
        Contribution.opportunity_id == opportunity_id,
        Passage.question_id == question_id,
        Passage.state.in_(READABLE),
    ).order_by(Passage.id)


def question(opportunity_id: uuid.UUID, question_id: str) -> str:
    """Return the key of a question to which there are words to read, or raise NoResultFound."""
    if question_id not in questions(opportunity_id):
        raise NoResultFound
    return question_id


def questions(opportunity_id: uuid.UUID) -> list[str]:
    """Return the questions to which there are words to read."""
    query = select(Passage.question_id).distinct().join(Passage.contribution)
    query = query.where(Contribution.opportunity_id == opportunity_id, Passage.state.in_(READABLE))
    return sorted(db.session.scalars(query))


def closed(number: int) -> Page[Opportunity]:
    """Return a page of the closed activities to which there are words to read, newest first."""
    written = (
        select(Passage.id)
        .join(Passage.contribution)
        .where(Contribution.opportunity_id == Opportunity.id, Passage.state.in_(READABLE))
    )
    query = select(Opportunity).where(is_in_stage(Stage.CLOSED), written.exists())
    latest = Opportunity.opens_on.desc().nulls_last()
    return paginate(query.order_by(latest, Opportunity.id), number)


def search(
    opportunity_id: uuid.UUID,
    question_id: str,
    number: int,
    *,
    words: str = "",
    theme: Theme | None = None,
) -> Page[Passage]:
    """Return a page of words of a question, perhaps only with some words or a theme."""
    query = readable(opportunity_id, question_id)
    if words:
        query = query.where(folding.contains(Passage.cleared_words, words))
    if theme:
        coded = select(Coding.passage_id).where(Coding.theme_id == theme.id)
        query = query.where(Passage.id.in_(coded))
    return paginate(query, number)


def frame(opportunity_id: uuid.UUID, question_id: str) -> CodeFrame | None:
    """Return the code frame of a question, if somebody has begun one."""
    query = select(CodeFrame).where(
        CodeFrame.opportunity_id == opportunity_id, CodeFrame.question_id == question_id
    )
    return db.session.scalars(query).first()


def themes(frame: CodeFrame | None) -> list[Theme]:
    """Return all themes of a frame by name, those given up last."""
    if frame is None:
        return []
    query = select(Theme).where(Theme.frame_id == frame.id).options(joinedload(Theme.merged_into))
    found = db.session.scalars(query)
    return sorted(found, key=lambda theme: (not theme.is_active, theme.name.lower(), theme.id))


def active_themes(frame: CodeFrame | None) -> list[Theme]:
    """Return the themes that passages can be given, by name."""
    return [theme for theme in themes(frame) if theme.is_active]


def theme(opportunity_id: uuid.UUID, theme_id: uuid.UUID) -> Theme:
    """Return a theme of an opportunity with its frame; NoResultFound if there is none."""
    query = select(Theme).join(Theme.frame).options(joinedload(Theme.frame))
    of_this = (Theme.id == theme_id, CodeFrame.opportunity_id == opportunity_id)
    return db.session.scalars(query.where(*of_this)).one()


def codes(frame: CodeFrame, among: Collection[uuid.UUID] | None = None) -> Codes:
    """Return what each coder decided: passages they read, each with its active themes."""
    allowed = readable(frame.opportunity_id, frame.question_id).order_by(None)
    keys = allowed.with_only_columns(Passage.id)
    if among is not None:
        keys = keys.where(Passage.id.in_(among))
    found: Codes = defaultdict(dict)
    read = select(Reading.coder_id, Reading.passage_id).where(Reading.passage_id.in_(keys))
    for coder, passage in db.session.execute(read):
        found[coder][passage] = set()
    given = (
        select(Coding.coder_id, Coding.passage_id, Coding.theme_id)
        .join(Theme, Theme.id == Coding.theme_id)
        .where(Coding.passage_id.in_(keys), Theme.retired_at.is_(None))
    )
    for coder, passage, theme_id in db.session.execute(given):
        if passage in found[coder]:
            found[coder][passage].add(theme_id)
    return found


def people_of(frame: CodeFrame) -> dict[uuid.UUID, uuid.UUID]:
    """Return by passage who wrote it: one key for each person."""
    query = readable(frame.opportunity_id, frame.question_id).order_by(None)
    rows = db.session.execute(query.with_only_columns(Passage.id, Passage.contribution_id))
    return {row.id: row.contribution_id for row in rows}


@dataclass(frozen=True)
class Text:
    """One cleared passage as the search for themes reads it."""

    passage_id: uuid.UUID
    words: str
    language: str


def texts(frame: CodeFrame) -> list[Text]:
    """Return the words of a question that may be read now, in random order."""
    query = readable(frame.opportunity_id, frame.question_id)
    columns = (Passage.id, Passage.cleared_words, Contribution.language)
    rows = db.session.execute(query.with_only_columns(*columns))
    return [Text(key, words or "", language) for key, words, language in rows]


def still_readable(keys: Iterable[uuid.UUID], frame: CodeFrame) -> set[uuid.UUID]:
    """Return which passages may be read now, and keep them so until the commit."""
    query = readable(frame.opportunity_id, frame.question_id)
    locked = query.with_only_columns(Passage.id).with_for_update(read=True, of=Passage)
    return set(keys) & set(db.session.scalars(locked))


def current_run(frame: CodeFrame | None) -> ThemeRun | None:
    """Return the last run of a frame that was not superseded."""
    if frame is None:
        return None
    query = select(ThemeRun).where(
        ThemeRun.frame_id == frame.id, ThemeRun.state != RunState.SUPERSEDED
    )
    return db.session.scalars(query).first()


def suggestion(opportunity_id: uuid.UUID, suggestion_id: uuid.UUID) -> Suggestion:
    """Return a suggestion of an opportunity; NoResultFound if there is none."""
    loaded = joinedload(Suggestion.run).joinedload(ThemeRun.frame)
    query = select(Suggestion).join(Suggestion.run).join(ThemeRun.frame).options(loaded)
    of_this = (Suggestion.id == suggestion_id, CodeFrame.opportunity_id == opportunity_id)
    return db.session.scalars(query.where(*of_this)).one()
