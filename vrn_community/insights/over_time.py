"""Which questions with fixed words were asked when, and what is seen of them at each time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vrn_community.foundation import clock
from vrn_community.insights import columns, persons, queries, results, waves
from vrn_community.insights.models import Release
from vrn_community.insights.tabulate import Table
from vrn_community.insights.waves import Compared, Wave
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import bank
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.questionnaires.question_types import AnyQuestion

#: So many activities, the newest, stand beside each other.
MOST_WAVES = 12


@dataclass(frozen=True)
class Asking:
    """An activity that asked a question of the bank, and whether always in the bank's words."""

    opportunity: Opportunity
    is_same: bool


@dataclass(frozen=True)
class OverTime:
    """One question of the bank over time: a comparison for each of its rows that has one."""

    question: AnyQuestion
    compared: Sequence[Compared]
    #: Activities that are left out: they asked in other words.
    reworded: Sequence[Opportunity]
    #: Activities that are left out: nothing of the question can be seen.
    unseen: Sequence[Opportunity]
    #: Older activities than the newest that are compared.
    older: int


def questions() -> dict[str, AnyQuestion]:
    """Return the questions of the bank that are counted, by id, in the order of the bank."""
    asked = (question for found in bank.wordings() for question in found.entry.questions)
    return {question.id: question for question in asked if question.items()}


def askings(*, released: bool = False) -> dict[str, list[Asking]]:
    """Return who asked each question of the bank, the newest first; perhaps released ones only."""
    found: dict[str, dict[Opportunity, bool]] = {}
    for version in queries.asked_versions(released=released):
        for question_id, is_same in _wordings(version):
            known = found.setdefault(question_id, {})
            known[version.opportunity] = known.get(version.opportunity, True) and is_same
    return {
        question_id: [Asking(*pair) for pair in sorted(pairs.items(), key=_newest)]
        for question_id, pairs in found.items()
    }


def _wordings(version: QuestionnaireVersion) -> Iterator[tuple[str, bool]]:
    for question in questionnaires.document(version).questions():
        origin = bank.origin(question)
        if origin:
            yield question.id, origin[1]


def _newest(pair: tuple[Opportunity, bool]) -> tuple[int, str]:
    return -_day(pair[0]).toordinal(), pair[0].title


def _day(opportunity: Opportunity) -> date:
    """Return the day for which an activity stands: its last, or its first where it has none."""
    last = opportunity.closed_on or opportunity.closes_on
    return last or opportunity.opens_on or clock.today()


def of_question(question_id: str) -> OverTime:
    """Return a question over time, of releases and else of now; KeyError if the bank has none.

    Of an activity with a release only that is used, whatever came since.
    """
    question = questions()[question_id]
    asked = askings().get(question_id, [])
    same = [one.opportunity for one in asked if one.is_same]
    newest = same[:MOST_WAVES]
    releases = queries.current_releases(opportunity.id for opportunity in newest)
    seen = [(one, *_tables(one, releases.get(one.id))) for one in newest]
    found = {key: [w for one in seen if (w := _wave(key, *one))] for key in _keys(question)}
    return OverTime(
        question,
        _compared(found.values()),
        [one.opportunity for one in asked if not one.is_same],
        [one for one, tables, _is_live in seen if not tables.keys() & found.keys()],
        len(same) - len(newest),
    )


def _tables(opportunity: Opportunity, release: Release | None) -> tuple[Mapping[str, Table], bool]:
    """Return what is shown of an activity, and whether that is not released yet."""
    shown = release.shown if release else results.live(opportunity).shown
    return {table.key: table for table in shown}, release is None


def _wave(
    key: str, opportunity: Opportunity, tables: Mapping[str, Table], is_live: bool = False
) -> Wave | None:
    table = tables.get(key)
    if table is None:
        return None
    ways = tables.get(persons.WAY)
    return Wave(opportunity.title, _day(opportunity), table, ways, is_live)


def _keys(question: AnyQuestion) -> list[str]:
    return [columns.key_of(question, item) for item in question.items()]


def _compared(found: Iterable[Sequence[Wave]]) -> list[Compared]:
    return [compared for of in found if (compared := waves.compare(of))]


def of_release(release: Release) -> list[Compared]:
    """Return the questions of a release over time, of what was released alone."""
    tables = {table.key for table in release.shown}
    keys = {q.id: [key for key in _keys(q) if key in tables] for q in questions().values()}
    wanted = {question_id: found for question_id, found in keys.items() if found}
    asked = askings(released=True) if wanted else {}
    same = {
        question_id: [one.opportunity for one in asked.get(question_id, []) if one.is_same]
        for question_id in wanted
    }
    same = {key: found[:MOST_WAVES] for key, found in same.items() if release.opportunity in found}
    releases = queries.current_releases({one.id for found in same.values() for one in found})
    seen = {key: {t.key: t for t in of.shown} for key, of in releases.items()}
    return _compared(
        [w for one in found if (w := _wave(key, one, seen.get(one.id, {})))]
        for question_id, found in same.items()
        for key in wanted[question_id]
    )
