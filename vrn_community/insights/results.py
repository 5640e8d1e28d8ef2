"""The results of now, as far as they may be seen: each item, and each by another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from flask_babel import force_locale

from vrn_community import config
from vrn_community.foundation import clock, i18n
from vrn_community.insights import (
    charts,
    counting,
    crossing,
    dataset,
    disclosure,
    persons,
    queries,
    spoken,
    steps,
    tabulate,
)
from vrn_community.insights import weighted as weighing
from vrn_community.insights.counting import Dataset
from vrn_community.insights.crossing import CrossTable
from vrn_community.insights.disclosure import Protected, Reason, Refusal
from vrn_community.insights.models import Release
from vrn_community.insights.reach import Comparison, compare
from vrn_community.insights.tabulate import ABOUT, Asked, Table
from vrn_community.insights.weighted import Beside
from vrn_community.insights.words.counting import Spoken
from vrn_community.opportunities import children
from vrn_community.opportunities.models import Opportunity, Stage
from vrn_community.partnership import queries as partnership
from vrn_community.questionnaires import equality
from vrn_community.questionnaires.equality import CensusCell
from vrn_community.responses import ages, sessions


@dataclass(frozen=True)
class Results:
    """What people answered, as far as it may be seen; the answers themselves may not."""

    data: Dataset
    items: Mapping[str, Sequence[Asked]]
    tables: Sequence[Protected]
    #: By the name of the table, the words that were coded.
    spoken: Mapping[str, Spoken] = field(default_factory=dict)
    #: The earlier releases beside which all this is safe.
    formers: Sequence[Release] = ()
    #: The day up to whose end answers are in it; None means all of them.
    until: date | None = None

    @property
    def base(self) -> int:
        """How many people there are, exactly: never shown."""
        return self.data.people

    @property
    def shown(self) -> list[Table]:
        """The tables that may be seen."""
        return [table for table in self.tables if isinstance(table, Table)]

    @property
    def refused(self) -> list[Refusal]:
        """The tables that may not be seen."""
        return [table for table in self.tables if isinstance(table, Refusal)]

    @property
    def dividing(self) -> list[Table]:
        """The tables by which others can be divided: those with one answer a person."""
        return [table for table in self.shown if not table.is_multiple]

    def crossed(self, key: str, by: str) -> CrossTable | Refusal:
        """Return one item by another; KeyError if one is not there or cannot divide."""
        found = {table.key: table for table in self.tables}
        of, other = found[key], found[by]
        if key == by or by not in {table.key for table in self.dividing}:
            raise KeyError(by)
        crossed = self._cross(of, other)
        turned = self._cross(other, of) if key in {table.key for table in self.dividing} else None
        if not all(self._is_far(table) for table in (crossed, turned)):
            return Refusal(of.question_id, of.text, Reason.TOO_CLOSE, of.is_about_person)
        return crossed

    def _cross(self, of: Protected, by: Protected) -> CrossTable | Refusal:
        exact = (
            self.spoken[of.key].crossed(self.data, self.items[by.key])
            if of.key in self.spoken
            else counting.cross(self.data, self.items[of.key], self.items[by.key])
        )
        return crossing.protect(exact, of, by, config.current().disclosure_threshold)

    def _is_far(self, table: CrossTable | Refusal | None) -> bool:
        """Return whether subtracting what was released of a cross-table shows no small cell."""
        if not isinstance(table, CrossTable):
            return True
        threshold = config.current().disclosure_threshold
        before = (one for release in self.formers for one in release.crossed)
        same = (one for one in before if one.key == table.key)
        return all(crossing.is_far_from(table, one, threshold) for one in same)


def live(opportunity: Opportunity) -> Results:
    """Return the results that staff may see now, in the order of the questionnaire.

    While more answers can come they stand still between steps; they are safe beside releases.
    """
    until = shown_until(opportunity)
    formers = queries.published(opportunity.id)
    if formers:
        alone = beside(opportunity, (), until)
        if any(alone.shown == former.shown for former in formers):
            return replace(alone, formers=formers)  # What was released, and nothing else.
    return beside(opportunity, formers, until)


def shown_until(opportunity: Opportunity) -> date | None:
    """Return the day up to whose end live figures show answers; None if they show all."""
    if opportunity.stage is Stage.CLOSED:
        return None
    people = dataset.people_by_day(opportunity.id)
    threshold = config.current().disclosure_threshold
    return steps.last_shown(people, threshold, clock.today()) or date.min


def beside(
    opportunity: Opportunity, formers: Sequence[Release], until: date | None = None
) -> Results:
    """Return the results of now, or until a day, as they are safe beside earlier releases too."""
    data = dataset.read(opportunity.id, until or date.max)
    with force_locale(i18n.SOURCE):  # Labels are stored once, and translated when shown.
        items = counting.items(data)
        tables = [counting.table(data, versions) for versions in items.values()]
    # Themes change with each passage that somebody reads: not while figures have to stand still.
    coded = [] if until else spoken.read(opportunity.id, data.documents)
    words = {each.key: each for each in coded}
    tables += [each.table(data) for each in words.values()]
    possible = [_without_impossible_ages(table, opportunity) for table in tables]
    before = [{table.key: table for table in former.shown} for former in formers]
    threshold = config.current().disclosure_threshold
    safe = disclosure.protect_together(possible, threshold, before)
    return Results(data, items, safe, words, formers, until)


def _without_impossible_ages(table: Table, opportunity: Opportunity) -> Table:
    if table.key != f"{ABOUT}{persons.AGE}":
        return table
    return tabulate.without(table, impossible_ages(opportunity))


def impossible_ages(opportunity: Opportunity) -> set[str]:
    """Return the age bands that cannot take part: they are empty by structure."""
    alone = 0 if sessions.had_sessions(opportunity.id) else children.YOUNGEST_ALONE
    youngest = max(alone, opportunity.min_age or 0)
    oldest = opportunity.max_age or max(last for _first, last in ages.YEARS.values())
    return {band for band, (first, last) in ages.YEARS.items() if last < youngest or first > oldest}


def reach(found: Results, opportunity: Opportunity) -> list[Comparison]:
    """Return the tables about people, and of areas, beside the residents of the same areas."""
    here = [area.code for area in opportunity.areas]
    return [
        comparison
        for table in found.shown
        if (comparison := _compared(table, here)) and comparison.shares
    ]


def margins(found: Results, opportunity: Opportunity) -> list[Table]:
    """Return the tables that are shown, and by which results can be weighted to the residents."""
    here = [area.code for area in opportunity.areas]
    return [table for table in found.dividing if _living(table, here)]


def weighted(found: Results, opportunity: Opportunity, by: Table) -> list[Beside]:
    """Return the questions that can be weighted by a table, from what is shown alone."""
    living = _living(by, [area.code for area in opportunity.areas]) or {}
    asked = [t for t in found.shown if not (t.is_about_person or t.is_of_themes or t is by)]
    crossed = (found.crossed(table.key, by.key) for table in asked)
    made = (weighing.beside(t, living) for t in crossed if isinstance(t, CrossTable))
    return [each for each in made if each]


def _compared(table: Table, here: Sequence[str]) -> Comparison | None:
    people = _living(table, here)
    return compare(table, people, _all_living(table, people, here)) if people else None


def _living(table: Table, here: Sequence[str]) -> dict[str, int] | None:
    """Return how many residents the census has in each group of a table; None if it has none."""
    if table.kind in charts.PLACES:
        known = {area.code: area.population_2021 for area in partnership.areas()}
        return {code.lower(): known[code] for code in here or known}
    cells = equality.census(equality.LATEST).get(table.question_id)
    if not table.is_about_person or not cells:
        return None
    if not all(cell.table.is_comparable for cell in cells.values()):
        return None
    return {choice: _residents(cell, here) for choice, cell in cells.items()}


def _all_living(table: Table, people: Mapping[str, int], here: Sequence[str]) -> int:
    """Return how many residents there are, in whatever group."""
    if table.kind in charts.PLACES:
        return sum(people.values())
    if table.question_id == persons.AGE:  # Only of the ages that could take part.
        possible = {name for row in table.rows for name in row.choices}
        return sum(people[name] for name in possible & people.keys())
    cells = equality.census(equality.LATEST)[table.question_id]
    whole = partnership.population(next(iter(cells.values())).table, here)
    return sum(line.count for line in whole)


def _residents(cell: CensusCell, here: Sequence[str]) -> int:
    lines = partnership.population(cell.table, here, detailed=bool(cell.detail))
    wanted = [line for line in lines if line.category in cell.categories]
    return sum(line.count for line in wanted if cell.detail in ("", line.detail))
