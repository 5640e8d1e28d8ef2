"""What somebody sees who subtracts one release of a question from another; pure (V19)."""

from collections.abc import Sequence

from vrn_community.insights.tabulate import Row, Table


def is_far_from(table: Table, former: Table, threshold: int) -> bool:
    """Return whether subtracting an earlier table of a question shows no small cell.

    The people in between are a table of their own: as large as the threshold in each
    cell, or not there at all.
    """
    changes = [table.base - former.base, *_changes(table, former)]
    if table.is_multiple:
        changes += [changes[0] - change for change in changes[1:]]
    return not any(changes) or all(abs(change) >= threshold for change in changes)


def _changes(table: Table, former: Table) -> list[int]:
    """Return by how much each set of choices grew that both tables tell the number of."""
    if table.is_multiple:
        before = {row.choice_id: row.count for row in former.rows}
        return [r.count - before[r.choice_id] for r in table.rows if r.choice_id in before]
    groups: list[frozenset[str]] = []
    for row in (*table.rows, *former.rows):
        touched = [group for group in groups if group & row.choices]
        groups = [group for group in groups if group not in touched]
        groups.append(row.choices.union(*touched))
    return [_within(group, table.rows) - _within(group, former.rows) for group in groups]


def _within(group: frozenset[str], rows: Sequence[Row]) -> int:
    return sum(row.count for row in rows if row.choices <= group)
