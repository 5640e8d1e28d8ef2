"""Addresses that other systems read."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Blueprint, Response, abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community import config
from vrn_community.exchange import feeds, register
from vrn_community.foundation import crypto, downloads
from vrn_community.foundation.permissions import public
from vrn_community.foundation.sheets import Cell, csv_file
from vrn_community.insights import sheets
from vrn_community.insights.models import Release
from vrn_community.opportunities import queries
from vrn_community.outcomes import ledger
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


@bp.get("/register.atom")
@public
def register_feed() -> Response:
    title = str(_("What changed, on %(service)s", service=config.current().service_name))
    found = [(each, _news_title(each), _news_path(each)) for each in ledger.news(MOST)]
    body = feeds.news(found, title=title, base_url=config.current().base_url)
    return Response(body, mimetype="application/atom+xml")


#: The page on which each kind of news stands, and what its title begins with.
NEWS: dict[str, tuple[str, Any]] = {
    "outcome": ("outcomes.show", _l("What changed: %(body)s")),
    "reply": ("outcomes.recommendation", _l("A reply by %(body)s")),
    "decision": ("decisions.decision", _l("A decision by %(body)s")),
    "change": ("decisions.change", _l("Different now: %(body)s")),
}


def _news_title(news: ledger.News) -> str:
    return str(NEWS[news.kind][1]) % {"body": news.by}


def _news_path(news: ledger.News) -> str:
    endpoint = NEWS[news.kind][0]
    if news.code:
        return url_for(endpoint, code=news.code)
    name = {"reply": "recommendation_id"}.get(news.kind, f"{news.kind}_id")
    return url_for(endpoint, **{name: news.id})  # type: ignore[arg-type]


@bp.get("/register.csv")
@public
def register_csv() -> Response:
    return _csv("register", list(register.COLUMNS), map(register.entry_line, ledger.whole()))


@bp.get("/register/recommendations.csv")
@public
def recommendations_csv() -> Response:
    return _csv("recommendations", list(register.ASKED), map(register.asked_line, ledger.asked()))


@bp.get("/register/columns.csv")
@public
def register_columns() -> Response:
    return _csv("register-columns", ["file", "column", "meaning"], register.meanings())


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
    return downloads.file(csv_file(headings, rows), f"{name}.csv", "text/csv")


def _title() -> str:
    return str(_("Open now on %(service)s", service=config.current().service_name))
