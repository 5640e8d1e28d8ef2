"""The results of now, as far as they may be seen: each item, and each by another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import force_locale

from vrn_community import config
from vrn_community.foundation import i18n
from vrn_community.insights import counting, crossing, dataset, disclosure, persons, tabulate
from vrn_community.insights.counting import Dataset
from vrn_community.insights.crossing import CrossTable
from vrn_community.insights.disclosure import Protected, Refusal
from vrn_community.insights.models import Release
from vrn_community.insights.tabulate import ABOUT, Asked, Table
from vrn_community.opportunities import children
from vrn_community.opportunities.models import Opportunity
from vrn_community.responses import ages, sessions


@dataclass(frozen=True)
class Results:
    """What people answered, as far as it may be seen; the answers themselves may not."""

    data: Dataset
    items: Mapping[str, Sequence[Asked]]
    tables: Sequence[Protected]

    @property
    def base(self) -> int:
        """How many people there are, exactly: never shown."""
        return self.data.people

    @property
    def shown(self) -> list[Table]:
        """The tables that may be seen."""
        return [table for table in self.tables if isinstance(table, Table)]

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
        exact = counting.cross(self.data, self.items[key], self.items[by])
        return crossing.protect(exact, of, other, config.current().disclosure_threshold)


def live(opportunity: Opportunity) -> Results:
    """Return the results of now, in the order of the questionnaire."""
    return beside(opportunity, ())


def beside(opportunity: Opportunity, formers: Sequence[Release]) -> Results:
    """Return the results of now as they are safe beside earlier releases too."""
    data = dataset.read(opportunity.id)
    with force_locale(i18n.SOURCE):  # Labels are stored once, and translated when shown.
        items = counting.items(data)
        tables = [counting.table(data, versions) for versions in items.values()]
    possible = [_without_impossible_ages(table, opportunity) for table in tables]
    before = [{table.key: table for table in former.shown} for former in formers]
    threshold = config.current().disclosure_threshold
    return Results(data, items, disclosure.protect_together(possible, threshold, before))


def _without_impossible_ages(table: Table, opportunity: Opportunity) -> Table:
    """Take out the age bands that cannot take part: they are empty by structure."""
    if table.key != f"{ABOUT}{persons.AGE}":
        return table
    alone = 0 if sessions.had_sessions(opportunity.id) else children.YOUNGEST_ALONE
    youngest = max(alone, opportunity.min_age or 0)
    oldest = opportunity.max_age or max(last for _first, last in ages.YEARS.values())
    impossible = {
        band for band, (first, last) in ages.YEARS.items() if last < youngest or first > oldest
    }
    return tabulate.without(table, impossible)
