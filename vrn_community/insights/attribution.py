"""What may be said of who wrote a quote: at most an age band and a broad area; pure (V21).

It is said only where a table of the same release shows how many such people there are: the table
of the item, or for both that of one by the other. Otherwise less is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from vrn_community.insights.charts import PLACES
from vrn_community.insights.crossing import CrossTable, Group
from vrn_community.insights.tabulate import ABOUT, Table
from vrn_community.questionnaires import equality

AGE = f"{ABOUT}{equality.AGE_BAND.id}"


class Shows(StrEnum):
    """What is to stand beside a quote."""

    NOTHING = "nothing"
    AGE = "age"
    AREA = "area"
    BOTH = "both"


@dataclass(frozen=True)
class Writer:
    """Who wrote a passage: the answers to closed questions, and those about the person."""

    answers: Mapping[str, object] = field(default_factory=dict)
    profile: Mapping[str, object] = field(default_factory=dict)

    def choice(self, table: Table) -> object:
        """Return what the writer chose in a table."""
        known = self.profile if table.is_about_person else self.answers
        return known.get(table.question_id)


def allowed(
    wanted: Shows, writer: Writer, tables: Sequence[Table], crosses: Sequence[CrossTable]
) -> dict[str, str]:
    """Return the labels that may stand beside a quote: under `age`, `area`, both or neither."""
    found = {name: (table, label) for name, table, label in _shown(writer, tables)}
    labels = {name: label for name, (_table, label) in found.items()}
    if wanted is not Shows.BOTH:
        return {name: label for name, label in labels.items() if name == wanted.value}
    if len(found) == 2 and not _is_crossed(writer, [t for t, _label in found.values()], crosses):
        del labels["age"]
    return labels


def _shown(writer: Writer, tables: Sequence[Table]) -> Iterator[tuple[str, Table, str]]:
    """Go through what the tables show of the writer's age band and area on their own."""
    for table in tables:
        name = "age" if table.key == AGE else "area" if table.kind in PLACES else ""
        for row in table.rows if name else ():
            if not row.merged and row.choice_id == writer.choice(table):
                yield name, table, row.label


def _is_crossed(writer: Writer, tables: Sequence[Table], crosses: Sequence[CrossTable]) -> bool:
    """Return whether a table of one item by the other shows how many such people there are."""
    chosen = {table.key: writer.choice(table) for table in tables}
    for cross in crosses:
        if set(cross.key) == chosen.keys():
            of, by = (chosen[key] for key in cross.key)
            row, column = _place(cross.rows, of), _place(cross.columns, by)
            if row is not None and column is not None:
                return cross.counts[row][column] is not None
    return False


def _place(groups: Sequence[Group], choice: object) -> int | None:
    """Return which group is this answer and no other, if one is."""
    places = (n for n, g in enumerate(groups) if not g.with_no_answer and [*g.labels] == [choice])
    return next(places, None)
