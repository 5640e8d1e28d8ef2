"""Addresses that other systems read."""

from flask import Blueprint, Response
from flask_babel import gettext as _

from vrn_community import config
from vrn_community.exchange import feeds
from vrn_community.foundation.permissions import public
from vrn_community.opportunities import queries

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


def _title() -> str:
    return str(_("Open now on %(service)s", service=config.current().service_name))
