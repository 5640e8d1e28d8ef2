"""Errors as pages: what happened, what to do next, and who can help now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import logout_user
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from vrn_community.extensions import db
from vrn_community.foundation import typed
from vrn_community.foundation.db import DATABASE_SILENT
from vrn_community.foundation.http import is_desk, is_desk_half
from vrn_community.foundation.record_keys import KeyGoneError


class NotAllowed(Exception):  # noqa: N818 - a refusal of the domain, named as a fact.
    """An act that the rules of the domain refuse; the message says why, for the person."""


@dataclass(frozen=True)
class ErrorPage:
    """The words of one error page."""

    title: Any
    happened: Any
    next_step: Any


PAGES = {
    400: ErrorPage(
        _l("We could not read that"),
        _l("Something in the address or the form was not right. Nothing was sent or changed."),
        _l("Go back, check what you typed, and try again."),
    ),
    403: ErrorPage(
        _l("You cannot open this page"),
        _l("This page is only for some people, or the form was sent from another website."),
        _l("If you think you should be able to open it, sign in again or ask the team."),
    ),
    404: ErrorPage(
        _l("We could not find that page"),
        _l("The address may have a mistake in it, or the page may have moved."),
        _l("Check the address, or look at what is open now."),
    ),
    405: ErrorPage(
        _l("That does not work here"),
        _l("This address cannot be used in that way. Nothing was sent or changed."),
        _l("Go back and use the buttons on the page."),
    ),
    409: ErrorPage(
        _l("This has changed in the meantime"),
        _l("Somebody else may have changed it, or it may have been done already."),
        _l("Open the page again to see how things stand now."),
    ),
    410: ErrorPage(
        _l("This is no longer here"),
        _l("It was taken down. It was not your mistake."),
        _l("Look at what is open now."),
    ),
    413: ErrorPage(
        _l("That is too much to send at once"),
        _l("The form or the file is larger than we can take. Nothing was sent."),
        _l("Go back, make it shorter, and try again."),
    ),
    415: ErrorPage(
        _l("We cannot read this kind of file"),
        _l("It came in a form that no page here sends. Nothing was sent or changed."),
        _l("Go back and use the form on the page."),
    ),
    429: ErrorPage(
        _l("Please wait a little"),
        _l("This was tried many times in a short while, so we paused it."),
        _l("Try again in about 15 minutes."),
    ),
    500: ErrorPage(
        _l("Something went wrong"),
        _l("It is our fault, not yours. Nothing was changed."),
        _l("Try again in a few minutes."),
    ),
    503: ErrorPage(
        _l("We cannot do that just now"),
        _l("The service is very busy or being looked after. Nothing was changed."),
        _l("Wait a minute, then press the button again."),
    ),
}
#: When to try again, in seconds.
RETRY_AFTER = {429: "900", 503: "60"}


def error_page(
    code: int, *, happened: object = None, next_step: object = None, written: Sequence[str] = ()
) -> ResponseReturnValue:
    """Return the designed page of a status, with words of its own where there are some.

    What somebody had written can be copied from it.
    """
    # Other checks come before the one of the host: where it is not ours, no link can be made.
    if isinstance(request.routing_exception, SecurityError):
        return Response("This address is not served here.\n", 400, mimetype="text/plain")
    page = PAGES.get(code) or PAGES[500 if code >= 500 else 400]
    layout = "desk" if is_desk_half() else "public"
    if code >= 500 and is_desk():
        logout_user()  # On this page only: to know who is signed in could take a query.
    body = render_template(
        "errors/error.html",
        code=code,
        layout=f"layouts/{layout}.html",
        title=page.title,
        happened=happened or page.happened,
        next_step=next_step or page.next_step,
        written=written,
    )
    headers = {"Retry-After": RETRY_AFTER[code]} if code in RETRY_AFTER else {}
    return body, code, headers


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    original = getattr(error, "original_exception", None)
    if isinstance(original, DATABASE_SILENT):
        return _busy(original)
    answer = make_response(error_page(error.code))
    if isinstance(error, MethodNotAllowed):
        answer.allow.update(error.valid_methods or ())
    return answer


def _conflict(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    message = str(error) if isinstance(error, NotAllowed) else None
    written = typed.written(request.form) if is_desk_half() else ()
    return error_page(409, happened=message, written=written)


def _missing(_error: NoResultFound) -> ResponseReturnValue:
    return error_page(404)


def _busy(error: Exception) -> ResponseReturnValue:
    kind = type(getattr(error, "orig", error)).__name__
    current_app.logger.error("The database did not answer: %s", kind)
    db.session.rollback()
    return error_page(503)


def _log(exc_info: Any) -> None:
    """Log what broke, without the address: a path can hold a token or a code."""
    current_app.logger.error("Exception in %s", request.endpoint, exc_info=exc_info)


def init_app(app: Flask) -> None:
    """Answer every error with a designed page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NoResultFound, _missing)
    app.log_exception = _log  # type: ignore[method-assign]
    for silent in DATABASE_SILENT:
        app.register_error_handler(silent, _busy)
    for conflict in (NotAllowed, IntegrityError, StaleDataError, KeyGoneError):
        app.register_error_handler(conflict, _conflict)
