"""What somebody sees who subtracts one release of a question from another; pure (V19)."""

from collections.abc import Iterable, Mapping, Sequence

from vrn_community.insights.tabulate import Row, Table


def is_far_from(table: Table, former: Table, threshold: int) -> bool:
    """Return whether subtracting an earlier table of a question shows no small cell.

    The people in between are a table of their own: as large as the threshold in each cell.
    """
    changes = [table.base - former.base, *_changes(table, former)]
    if table.is_multiple:
        changes += [changes[0] - change for change in changes[1:]]
    return all(abs(change) >= threshold for change in changes)


def is_same(tables: Iterable[Table], former: Mapping[str, Table]) -> bool:
    """Return whether nobody seems to have come or gone since an earlier release.

    Only then may a table stay as it was. Otherwise it would tell that all people in between
    left its question unanswered, or would rather not say.
    """
    known = [(table, former[table.key]) for table in tables if table.key in former]
    return not any(_has_changed(table, before) for table, before in known)


def _has_changed(table: Table, former: Table) -> bool:
    left_out = former.no_answer is not None and table.no_answer != former.no_answer
    return left_out or table.base != former.base or any(_changes(table, former))


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
