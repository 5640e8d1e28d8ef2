"""Public pages are the same for everyone, so each process keeps them until something changes."""

from dataclasses import dataclass

from flask import Flask, Response, g, request

from vrn_community.audit import memory
from vrn_community.extensions import db
from vrn_community.foundation.db import DATABASE_SILENT
from vrn_community.foundation.http import is_desk
from vrn_community.foundation.i18n import current_language

#: Longer addresses are searches that nobody repeats.
LONGEST = 120
#: What no copy may answer for.
NEVER_KEPT = frozenset({"static", "pages.health"})


@dataclass(frozen=True)
class KeptPage:
    """A page as it left: its body, perhaps compressed, and its headers."""

    body: bytes
    headers: tuple[tuple[str, str], ...]


def _key() -> tuple[object, ...] | None:
    """Return what a page depends on besides the data; None if it is made for one visitor."""
    plain = request.method == "GET" and not request.cookies and not is_desk()
    if not plain or len(request.full_path) > LONGEST or request.endpoint in NEVER_KEPT:
        return None
    takes_gzip = bool(request.accept_encodings.quality("gzip"))
    saves_data = request.headers.get("Save-Data") == "on"
    return ("page", request.host, request.full_path, current_language(), takes_gzip, saves_data)


def give_kept() -> Response | None:
    """Answer with the kept page, if there is one."""
    g.page_key = _key()
    if g.page_key is None or request.endpoint is None:
        return None
    try:
        kept = memory.recall(g.page_key)
    except DATABASE_SILENT:
        db.session.rollback()
        g.page_key = kept = None  # Many pages say all that they say without a database.
    return Response(kept.body, headers=list(kept.headers)) if kept else None


def keep(response: Response) -> Response:
    """Keep a page that any cache on the way might keep."""
    key = g.get("page_key")
    is_for_all = "no-store" not in response.headers["Cache-Control"]
    if key and response.status_code == 200 and is_for_all and "Set-Cookie" not in response.headers:
        memory.remember(key, KeptPage(response.get_data(), tuple(response.headers.items())))
    return response


def init_app(app: Flask) -> None:
    """Keep pages as they are when everything else is done with them."""
    app.before_request(give_kept)
    # What is registered first is called last.
    app.after_request_funcs.setdefault(None, []).insert(0, keep)
