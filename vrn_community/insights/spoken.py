"""What people said in their own words, as themes that people found in them, for counting."""

import uuid
from collections.abc import Mapping

from sqlalchemy import select

from vrn_community.contributions.models import Contribution, Passage
from vrn_community.extensions import db
from vrn_community.insights import dataset
from vrn_community.insights.counting import Dataset
from vrn_community.insights.tabulate import THEMES
from vrn_community.insights.words import counting, queries
from vrn_community.insights.words.counting import Named, Spoken
from vrn_community.insights.words.models import CodeFrame, Reading
from vrn_community.questionnaires.document import Questionnaire


def read(opportunity_id: uuid.UUID, asked: Mapping[uuid.UUID, Questionnaire]) -> list[Spoken]:
    """Return the coded words of now, a question after another; without themes there are none."""
    query = select(CodeFrame).where(CodeFrame.opportunity_id == opportunity_id)
    frames = db.session.scalars(query.order_by(CodeFrame.question_id)).all()
    found = [_spoken(frame, asked) for frame in frames]
    return [each for each in found if each.themes and each.read.people]


def _spoken(frame: CodeFrame, asked: Mapping[uuid.UUID, Questionnaire]) -> Spoken:
    themes = [Named(str(t.id), t.name, t.definition) for t in queries.active_themes(frame)]
    codes = queries.codes(frame) if themes else {}
    people = counting.by_person(codes, queries.people_of(frame)) if codes else {}
    mine = select(Passage.contribution_id).join(Reading, Reading.passage_id == Passage.id)
    mine = mine.where(Passage.question_id == frame.question_id)
    known = dataset.read_some(frame.opportunity_id, Contribution.id.in_(mine)) if people else []
    name = f"{THEMES}:{frame.question_id}"
    parts = [counting.with_themes(part, who, people, name, themes) for part, who in known]
    return Spoken(frame.question_id, _text(frame, asked), themes, Dataset(parts, asked))


def _text(frame: CodeFrame, asked: Mapping[uuid.UUID, Questionnaire]) -> str:
    stem = frame.question_id.partition(".")[0]
    texts = (q.text for document in asked.values() for q in document.questions() if q.id == stem)
    return next(texts, "")
