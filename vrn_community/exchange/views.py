"""Addresses that other systems read."""

from collections.abc import Iterable, Sequence

from flask import Blueprint, Response, abort
from flask_babel import gettext as _

from vrn_community import config
from vrn_community.exchange import feeds
from vrn_community.foundation import crypto
from vrn_community.foundation.permissions import public
from vrn_community.foundation.sheets import Cell, csv_file
from vrn_community.insights import sheets
from vrn_community.insights.models import Release
from vrn_community.opportunities import queries
from vrn_community.outcomes import queries as outcomes

bp = Blueprint("exchange", __name__)
MOST = 100


@bp.get("/opportunities.atom")
@public
def opportunities_feed() -> Response:
    base_url = config.current().base_url
    body = feeds.atom(queries.open_now(MOST, queries.FEED), title=_title(), base_url=base_url)
    return Response(body, mimetype="application/atom+xml")


@bp.get("/opportunities.ics")
@public
def opportunities_calendar() -> Response:
    base_url = config.current().base_url
    body = feeds.calendar(queries.open_now(MOST, queries.FEED), title=_title(), base_url=base_url)
    return Response(body, mimetype="text/calendar")


@bp.get("/register/<code>/results.csv")
@public
def results_csv(code: str) -> Response:
    release = _release(code)
    return _csv(f"results-{release.opportunity.code}", list(sheets.COLUMNS), sheets.rows(release))


@bp.get("/register/<code>/results-columns.csv")
@public
def columns_csv(code: str) -> Response:
    opportunity = _release(code).opportunity
    meanings = ((name, str(meaning)) for name, meaning in sheets.COLUMNS.items())
    return _csv(f"columns-{opportunity.code}", ["column", "meaning"], meanings)


def _release(code: str) -> Release:
    """Return what the public sees of the results of an activity, or 404."""
    release = outcomes.public_release(crypto.read_code(code))
    if release is None:
        abort(404)
    return release


def _csv(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(csv_file(headings, rows), mimetype="text/csv", headers=headers)


def _title() -> str:
    return str(_("Open now on %(service)s", service=config.current().service_name))
