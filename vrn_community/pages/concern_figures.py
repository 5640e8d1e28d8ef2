"""The yearly figures about concerns, for the board: totals alone, under the rules of disclosure."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from vrn_community import config
from vrn_community.foundation.permissions import Permission, fresh, requires
from vrn_community.insights import disclosure
from vrn_community.insights.tabulate import Row, Table, percent
from vrn_community.safeguarding import figures, labels

desk = Blueprint("figures_desk", __name__, url_prefix="/desk/concern-figures")


@desk.get("")
@requires(Permission.SAFEGUARDING_READ_FIGURES)
def index() -> ResponseReturnValue:
    """Show the figures of each year that are frozen."""
    rows = figures.summaries()
    year = figures.last_year()
    return render_template(
        "pages/desk/concern_figures.html",
        years=[(row, _shown(row.tables)) for row in rows],
        to_freeze=None if year in {row.year for row in rows} else year,
        threshold=config.current().disclosure_threshold,
        headings=labels.FIGURES,
    )


def _shown(tables: list[dict[str, Any]]) -> dict[str, list[tuple[str, int, int]]]:
    """Return the rows of each question in the words of the page; none where it is not shown."""
    words, found = figures.words(), {}
    kept = {table.question_id: table for table in map(Table.from_json, tables)}
    for name, choices in words.items():
        rows = kept[name].rows if name in kept else ()
        found[name] = [(", ".join(_words(choices, row)), row.count, row.percent) for row in rows]
    return found


def _words(choices: dict[str, Any], row: Row) -> list[str]:
    merged = row.merged or {row.choice_id: row.label}
    return [str(choices.get(choice, label)) for choice, label in merged.items()]


@desk.post("/freeze")
@fresh
@requires(Permission.CONCERN_DECIDE)
def freeze() -> ResponseReturnValue:
    """Freeze the figures of the last year that is over; pressed twice, they are frozen once."""
    if not current_user.can(Permission.SAFEGUARDING_READ_FIGURES):
        abort(403)
    year = figures.last_year()
    figures.freeze(year, protected(figures.of_year(year)), by=current_user)
    flash(_("The figures of %(year)s are frozen.", year=year))
    return redirect(url_for(".index"), 303)


def protected(exact: list[figures.Figures]) -> list[dict[str, Any]]:
    """Return the tables that may be shown, safe beside each other."""
    found = disclosure.protect_together(map(_table, exact), config.current().disclosure_threshold)
    return [table.to_json() for table in found if isinstance(table, Table)]


def _table(exact: figures.Figures) -> Table:
    base = sum(exact.counts.values())
    rows = tuple(
        Row(choice, str(exact.words[choice]), count, percent(count, base))
        for choice, count in exact.counts.items()
    )
    return Table(exact.name, str(labels.FIGURES[exact.name]), "single-choice", base, rows)
