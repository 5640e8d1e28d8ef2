"""Reads of results: live tables under the rules of disclosure, releases, and words to quote."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vrn_community import config
from vrn_community.contributions import queries as contributions
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.foundation import i18n
from vrn_community.foundation.paging import Page
from vrn_community.insights import disclosure, tabulate
from vrn_community.insights.models import Release, ReleaseState
from vrn_community.insights.tabulate import Table
from vrn_community.opportunities import children
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import equality
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.models import VersionState
from vrn_community.responses import ages, sessions
from vrn_community.responses import queries as responses
from vrn_community.responses.queries import StoredResponse

QUOTES_ON_A_PAGE = 50


@dataclass(frozen=True)
class Results:
    """What people answered, as far as it may be seen; the base itself may not."""

    base: int
    tables: list[disclosure.Protected]

    @property
    def shown(self) -> list[Table]:
        """The tables that may be seen."""
        return [table for table in self.tables if isinstance(table, Table)]


def live_tables(opportunity: Opportunity) -> list[disclosure.Protected]:
    """Return a table, or why there is none, for each closed question, from the answers of now."""
    return results(opportunity).tables


def results(opportunity: Opportunity, formers: Sequence[Release] = ()) -> Results:
    """Return the results of now, safe beside earlier releases too, in the order of questions."""
    rows = responses.stored(opportunity.id)
    before = [{table.question_id: table for table in former.shown} for former in formers]
    threshold = config.current().disclosure_threshold
    tables = disclosure.protect_together(_count(opportunity, rows), threshold, before)
    return Results(len(rows), tables)


def _count(opportunity: Opportunity, rows: Sequence[StoredResponse]) -> list[Table]:
    """Return the tables with every small cell in them: for protection only."""
    by_version = defaultdict(list)
    for row in rows:
        by_version[row.version_id].append(row)
    found: dict[str, Table] = {}
    with force_locale(i18n.SOURCE):  # Labels are stored once, and translated when shown.
        for version, document in _documents(opportunity.id):
            if version in by_version:
                for table in _tables(document, by_version[version]):
                    newer = found.get(table.question_id)
                    found[table.question_id] = tabulate.combine(newer, table) if newer else table
    age = equality.AGE_BAND.id
    if age in found:
        found[age] = tabulate.without(found[age], _impossible_ages(opportunity))
    return list(found.values())


def _impossible_ages(opportunity: Opportunity) -> set[str]:
    """Return the age bands that cannot take part: they are empty by structure."""
    alone = 0 if sessions.had_sessions(opportunity.id) else children.YOUNGEST_ALONE
    youngest = max(alone, opportunity.min_age or 0)
    oldest = opportunity.max_age or max(last for _first, last in ages.YEARS.values())
    return {band for band, (first, last) in ages.YEARS.items() if last < youngest or first > oldest}


def _documents(opportunity_id: uuid.UUID) -> Iterator[tuple[uuid.UUID, Questionnaire]]:
    """Go through the versions of the questionnaire that people were asked, the newest first."""
    for version in questionnaires.versions(opportunity_id):
        if version.state is not VersionState.DRAFT:
            yield version.id, questionnaires.document(version)


def _tables(document: Questionnaire, rows: Sequence[StoredResponse]) -> Iterator[Table]:
    answers = [row.answers for row in rows]
    for question in document.questions():
        for item in question.items():
            yield tabulate.frequencies(question, document, answers, item)
    profiles = [row.profile for row in rows]
    about = _about_person(document.equality_block)
    for question in about.questions():
        if document.asks_age_band or question.id != equality.AGE_BAND.id:
            yield tabulate.frequencies(question, about, profiles, is_about_person=True)


@cache
def _about_person(block: str | None) -> Questionnaire:
    """Return the questions about the person as a questionnaire, the age band first."""
    first = Section(id="age", title="", questions=(equality.AGE_BAND,))
    return Questionnaire(sections=(first, equality.whole(block)) if block else (first,))


def releases(opportunity_id: uuid.UUID) -> list[Release]:
    """Return all releases of an opportunity, the newest first."""
    query = select(Release).where(Release.opportunity_id == opportunity_id)
    return list(db.session.scalars(query.order_by(Release.number.desc())))


def published(opportunity_id: uuid.UUID) -> list[Release]:
    """Return what was ever released of an opportunity, the newest first."""
    return [found for found in releases(opportunity_id) if found.state != ReleaseState.DRAFT]


def draft(opportunity_id: uuid.UUID) -> Release | None:
    """Return the release that is being prepared, if there is one."""
    return _in_state(opportunity_id, ReleaseState.DRAFT)


def current_release(opportunity_id: uuid.UUID) -> Release | None:
    """Return what the public sees of the results of an opportunity, if anything."""
    return _in_state(opportunity_id, ReleaseState.FROZEN)


def _in_state(opportunity_id: uuid.UUID, state: ReleaseState) -> Release | None:
    query = select(Release).where(Release.opportunity_id == opportunity_id, Release.state == state)
    return db.session.scalars(query).first()


def release(opportunity_id: uuid.UUID, release_id: uuid.UUID) -> Release:
    """Return a release of an opportunity, and that with it; NoResultFound if there is none."""
    query = select(Release).options(joinedload(Release.opportunity))
    of_this = (Release.id == release_id, Release.opportunity_id == opportunity_id)
    return db.session.scalars(query.where(*of_this)).one()


def quotable(opportunity_id: uuid.UUID) -> list[Passage]:
    """Return the cleared passages that their authors allow to be quoted, by question."""
    readable = contributions.readable_passages(opportunity_id)
    allowed = [passage for passage in readable if passage.contribution.may_quote]
    return sorted(allowed, key=lambda passage: passage.question_id)


def page_of(passages: Sequence[Passage], number: int) -> Page[Passage]:
    """Return one page of passages."""
    total = len(passages)
    pages = max(1, -(-total // QUOTES_ON_A_PAGE))
    number = min(max(1, number), pages)
    start = (number - 1) * QUOTES_ON_A_PAGE
    return Page(passages[start : start + QUOTES_ON_A_PAGE], number, pages, total)


def question_texts(opportunity_id: uuid.UUID) -> dict[str, str]:
    """Return the text of each question of an opportunity, as it was asked last."""
    texts: dict[str, str] = {}
    for _version, document in _documents(opportunity_id):
        for question in document.questions():
            texts.setdefault(question.id, question.text)
    return texts
