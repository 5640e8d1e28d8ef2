"""What holds for every request: one commit, no foreign forms, headers, compression."""

import gzip
from urllib.parse import unquote

from flask import Flask, Response, abort, request
from werkzeug.exceptions import NotFound, RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from vrn_community import config
from vrn_community.extensions import db

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        *(
            f"{kind}-src 'self'"
            for kind in ("script", "style", "img", "connect", "font", "manifest")
        ),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
    ]
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: with it, forms over https are refused for want of a referrer.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}
COMPRESSIBLE = ("text/", "application/atom+xml", "image/svg+xml", "application/json")
SMALLEST_COMPRESSED = 500
#: A body that is too large is read on up to this size, in pieces; whoever sends more is cut off.
LARGEST_THROWN_AWAY = 16 * 1024 * 1024
PIECE = 64 * 1024
DESK = "/desk"


def is_desk() -> bool:
    """Return whether the request is for the signed-in half of the service."""
    return request.path == DESK or request.path.startswith(f"{DESK}/")


def is_desk_half() -> bool:
    """Return whether the request came to the half of the service that has the desk."""
    staff_host = config.current().staff_host
    return request.host.rsplit(":", 1)[0] == staff_host if staff_host else is_desk()


def refuse_wrong_host() -> None:
    """Answer 404 to desk pages on the public host and to public pages on the staff host."""
    if not request.path.startswith(("/static/", "/healthz")) and is_desk_half() != is_desk():
        raise NotFound


def refuse_foreign_forms() -> None:
    """Refuse a form that another website sent in a visitor's name."""
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)
    for name in ("Origin", "Referer"):
        sender = request.headers.get(name)
        if sender and not f"{sender}/".startswith(f"{request.scheme}://{request.host}/"):
            abort(403)


def refuse_null() -> None:
    """Refuse an address with the one character that PostgreSQL cannot even be asked for."""
    if "\0" in unquote(request.full_path):
        abort(404)


def refuse_json() -> None:
    """Refuse JSON, which no page sends: forms would read its values as if somebody typed them."""
    if request.is_json and request.method not in SAFE_METHODS:
        abort(415)


def read_body() -> None:
    """Read what is sent before the database is asked: a slow sender must not hold a lock."""
    try:
        request.get_data(parse_form_data=False)
    except RequestEntityTooLarge:
        _read_on()
        raise


def _read_on() -> None:
    """Throw away a body that is too large: a browser shows no answer before it has sent it all."""
    body, left = request.environ["wsgi.input"], request.content_length or 0
    if left > LARGEST_THROWN_AWAY:
        return
    while left > 0 and (piece := body.read(min(left, PIECE))):
        left -= len(piece)


def finish_transaction(response: Response) -> Response:
    """Commit a successful write before its answer leaves; keep nothing of anything else."""
    if not db.session.registry.has():  # Nobody has asked the database for anything.
        return response
    if request.method not in SAFE_METHODS and response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    return response


def add_headers(response: Response) -> Response:
    """Add the security headers, and forbid caching of everything that is not a public asset."""
    if "Content-Security-Policy" not in response.headers:  # A kept page has them all.
        response.headers.extend(SECURITY_HEADERS)
    if config.current().is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    response.headers.setdefault("Cache-Control", "no-store" if is_desk() else "no-cache")
    return response


def compress(response: Response) -> Response:
    """Compress public pages; desk pages stay plain because they hold tokens (BREACH)."""
    worth_it = (
        response.status_code == 200
        and not is_desk()
        and not response.direct_passthrough
        and "Content-Encoding" not in response.headers
        and (response.mimetype or "").startswith(COMPRESSIBLE)
    )
    if worth_it:
        response.vary.add("Accept-Encoding")
        body = response.get_data()
        if request.accept_encodings.quality("gzip") and len(body) >= SMALLEST_COMPRESSED:
            response.set_data(gzip.compress(body, 5, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
    return response


def init_app(app: Flask) -> None:
    """Apply the rules of this module; functions after a request run in reverse order."""
    settings: config.Settings = app.config["SETTINGS"]
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops
        )
    app.before_request(read_body)
    app.before_request(refuse_wrong_host)
    app.before_request(refuse_foreign_forms)
    app.before_request(refuse_null)
    app.before_request(refuse_json)
    app.after_request(compress)
    app.after_request(add_headers)
    app.after_request(finish_transaction)
