"""Public pages of reports, and the rows behind each of their figures."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from vrn_community.foundation import clock, downloads
from vrn_community.foundation.permissions import public
from vrn_community.foundation.sheets import Cell, csv_file
from vrn_community.outcomes.reports import labels, making, periods
from vrn_community.outcomes.reports.making import Reader
from vrn_community.outcomes.reports.periods import Period
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.models import Body

bp = Blueprint("reports", __name__, url_prefix="/reports")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    return render_template(
        "outcomes/reports/index.html", labels=labels, bodies=partnership.bodies()
    )


@bp.get("/board")
@public
def board() -> ResponseReturnValue:
    return _page(Reader.BOARD)


@bp.get("/group")
@public
def group() -> ResponseReturnValue:
    return _page(Reader.GROUP)


@bp.get("/panel")
@public
def panel() -> ResponseReturnValue:
    return _page(Reader.PANEL)


@bp.get("/bodies/<slug>")
@public
def body(slug: str) -> ResponseReturnValue:
    return _page(Reader.BODY, partnership.body(slug))


@bp.get("/rows/<kind>.csv")
@public
def rows(kind: str) -> ResponseReturnValue:
    if kind not in labels.COLUMNS:
        abort(404)
    slug = request.args.get("body", "")
    found = making.rows(_period(), kind, partnership.body(slug) if slug else None)
    return _file(kind, list(labels.COLUMNS[kind]), [[_cell(cell) for cell in row] for row in found])


@bp.get("/columns.csv")
@public
def columns() -> ResponseReturnValue:
    meanings = [
        [kind, name, str(meaning)]
        for kind, names in labels.COLUMNS.items()
        for name, meaning in names.items()
    ]
    return _file("columns", ["file", "column", "meaning"], meanings)


def _page(reader: Reader, body: Body | None = None) -> ResponseReturnValue:
    period = _period(reader.months)
    return render_template(
        "outcomes/reports/report.html",
        reader=reader,
        body=body,
        report=making.report(period, body),
        periods=periods.since(making.first_day(), reader.months),
        parts=labels.PARTS[reader],
        labels=labels,
    )


def _period(months: int = 0) -> Period:
    """Return the period of the address, today's if it names none; 404 for what is none of ours.

    A report takes periods of its own length, a file of rows those of any.
    """
    name = request.args.get("period", "")
    found = periods.read(name) if name else periods.holding(clock.today(), months or periods.YEAR)
    if found is None or found.months != (months or found.months):
        abort(404)
    if found not in periods.since(making.first_day(), found.months):
        abort(404)
    return found


def _cell(cell: object) -> Cell:
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, int | str) else None


def _file(name: str, headings: Sequence[str], lines: Iterable[Sequence[Cell]]) -> Response:
    return downloads.file(csv_file(headings, lines), f"report-{name}.csv", "text/csv")
