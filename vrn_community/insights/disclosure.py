"""Which tables may be seen, so that nobody can be recognised in them; pure.

One number, the threshold, rules everywhere. A cell with fewer people is unsafe, an
empty one too, unless it is empty by structure (then the table does not have it). The
rules hold against somebody who knows them, the questionnaire and everything shown:

* Small cells are merged, so that each of them could have many sizes.
* The number of people without an answer is a cell. It is shown for all tables of a
  set or for none, because one of them gives the number of people who took part, and
  that the others. So that number is never shown either: see `people`.
* A question that is asked only after certain answers tells how many people gave
  them at least. So an earlier table has to tell as much.
* Whoever subtracts an earlier release from a later one must find no small cell: no empty one
  either, such as nobody who answered a question at all, unless all tables are as they were.

That somebody skipped a question that offered no "prefer not to say" is no answer: how many
people did may follow from two tables.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from vrn_community.insights import differencing, tabulate
from vrn_community.insights.tabulate import ABOUT, Row, Table, percent
from vrn_community.questionnaires.question_types.base import Missing

#: The choice under which merged answers stand.
MERGED = "other-answers"
#: Answers that say something about a person although they count as missing.
TELLING = frozenset({Missing.DONT_KNOW, Missing.PREFER_NOT_TO_SAY})
Rows = Sequence[Row]
Known = Mapping[str, Table]


class Reason(StrEnum):
    """Why a table is not shown."""

    FEW_PEOPLE = "few-people"
    SMALL_ANSWERS = "small-answers"
    HIDDEN_BEFORE = "hidden-before"
    TOO_CLOSE = "too-close"


@dataclass(frozen=True)
class Refusal:
    """A table that is not shown, and why."""

    question_id: str
    text: str
    reason: Reason
    is_about_person: bool = False
    #: The name of the table by which it was to be divided, if it was.
    by: str = ""

    @property
    def is_of_themes(self) -> bool:
        """Whether it counts what people found in words, rather than answers to choose from."""
        return tabulate.is_of_themes(self.question_id)

    @property
    def key(self) -> str:
        """The name of the table among all."""
        name = f"{ABOUT}{self.question_id}" if self.is_about_person else self.question_id
        return f"{name} by {self.by}" if self.by else name


Protected = Table | Refusal


def protect_together(
    tables: Iterable[Table], threshold: int, formers: Sequence[Known] = ()
) -> list[Protected]:
    """Return tables that are safe beside each other and beside those released before.

    `tables` come in the order of the questionnaire; `formers` are earlier releases,
    as tables by key.
    """
    tables = list(tables)
    changed = [former for former in formers if not differencing.is_same(tables, former)]
    found: dict[str, Protected] = {}
    for table in tables:
        shown = {key: other for key, other in found.items() if isinstance(other, Table)}
        found[table.key] = _protect_beside(table, shown, threshold, changed)
    shown = {key: other for key, other in found.items() if isinstance(other, Table)}
    if formers or any(table.no_answer is None for table in shown.values()):
        found |= {key: replace(t, missing={}, no_answer=None) for key, t in shown.items()}
    return list(found.values())


def _protect_beside(
    table: Table, shown: Known, threshold: int, formers: Sequence[Known]
) -> Protected:
    safe = protect(table, threshold)
    if isinstance(safe, Refusal):
        return safe
    if not _rests_on_shown(table, shown, threshold):
        return _refuse(table, Reason.HIDDEN_BEFORE)
    before = [former[table.key] for former in formers if table.key in former]
    if not all(differencing.is_far_from(safe, former, threshold) for former in before):
        return _refuse(table, Reason.TOO_CLOSE)
    return safe


def people(tables: Iterable[Table]) -> int:
    """Return how many people took part at least, as far as the tables tell it already."""
    return max((table.base + (table.no_answer or 0) for table in tables), default=0)


def is_safe(table: Table, threshold: int) -> bool:
    """Return whether a table can be shown as it is."""
    return protect(table, threshold) == table


def protect(table: Table, threshold: int) -> Protected:
    """Return a table without a cell below the threshold, or why there is none."""
    if table.base < threshold:
        return _refuse(table, Reason.FEW_PEOPLE)
    safe = _shown_options(table, threshold) if table.is_multiple else _merged(table, threshold)
    if safe is None:
        return _refuse(table, Reason.SMALL_ANSWERS)
    return _with_safe_missing(safe, threshold)


def _refuse(table: Table, reason: Reason) -> Refusal:
    return Refusal(table.question_id, table.text, reason, table.is_about_person)


def _merged(table: Table, threshold: int) -> Table | None:
    """Merge the smallest cells of a question with one answer, if two rows at least remain."""
    small = [row for row in table.rows if row.count < threshold]
    if small and not _hide_each_other(small, threshold):
        enough = [row.count for row in table.rows if row.count >= threshold]
        # With the next larger ones, level ones included, nobody knows which were the small ones.
        small = [row for row in table.rows if row.count <= min(enough, default=threshold)]
    rows = [row for row in table.rows if row not in small]
    if not small:
        return table if len(rows) > 1 else None
    if len(small) < 2:
        return None
    return replace(table, rows=(*rows, _merge(small, table.base))) if rows else None


def _hide_each_other(small: Rows, threshold: int) -> bool:
    """Return whether small cells can be merged with no larger one."""
    total = sum(row.count for row in small)
    return total >= threshold and _least(total, len(small), threshold) <= threshold // 2


def _least(total: int, number: int, threshold: int) -> int:
    """Return how small one of some cells that are all below the threshold can be.

    Somebody who knows that they are must find half of the possible sizes of each still
    open, whatever the others are.
    """
    return total - (number - 1) * (threshold - 1)


def _merge(rows: Rows, base: int) -> Row:
    count = sum(row.count for row in rows)
    labels = {row.choice_id: row.label for row in rows}
    return Row(MERGED, "Other answers", count, percent(count, base), merged=labels)


def _shown_options(table: Table, threshold: int) -> Table | None:
    """Keep the answers of a question with several that are safe as tables of yes and no."""
    kept = [row for row in table.rows if threshold <= row.count <= table.base - threshold]
    left = [row for row in table.rows if row not in kept]
    if not kept or (left and not _stay_hidden(left, kept, table.base, threshold)):
        return None
    hidden = {row.choice_id: row.label for row in left}
    return replace(table, rows=tuple(kept), left_out={**table.left_out, **hidden})


def _stay_hidden(left: Rows, kept: Rows, base: int, threshold: int) -> bool:
    """Return whether answers that are left out could have many sizes.

    Everybody in the base chose something, so whoever chose nothing that is shown chose
    one of these; and whoever chose an answer that stands alone chose none of these.
    """
    least = _least(base - sum(row.count for row in kept), len(left), threshold)
    alone = sum(row.count for row in kept if row.is_exclusive)
    ordinary = max((row.count for row in kept if not row.is_exclusive), default=0)
    most = [base - alone - (ordinary if row.is_exclusive else 0) for row in left]
    return not threshold // 2 < least < threshold and min(most) >= threshold


def _with_safe_missing(table: Table, threshold: int) -> Table:
    """Show people without an answer by kind, or else together, or else not at all."""
    if table.missing and min(table.missing.values()) >= threshold:
        return table
    total = table.no_answer or 0
    return replace(table, missing={}, no_answer=total if total >= threshold else None)


def _rests_on_shown(table: Table, shown: Known, threshold: int) -> bool:
    """Return whether a table tells no more of earlier answers than the tables shown do."""
    for question_id, choices in table.asked_if:
        above = shown.get(f"{ABOUT}{question_id}" if table.is_about_person else question_id)
        if above is None:
            return False
        least, most = _bounds(above, frozenset(choices))
        if table.base > least:
            return False
        if TELLING & table.missing.keys() and most - table.base < threshold:
            return False
    return True


def _bounds(table: Table, choices: frozenset[str]) -> tuple[int, int]:
    """Return how many people gave one of some answers, at least and at most, as a table tells.

    With several answers the first is too high, for people are counted twice: then the
    single largest answer says it.
    """
    inside = [row.count for row in table.rows if row.choices <= choices]
    touching = [row.count for row in table.rows if row.choices & choices]
    least = max(inside, default=0) if table.is_multiple else sum(inside)
    hidden = table.is_multiple and len(touching) < len(choices)
    return least, table.base if hidden else min(table.base, sum(touching))
