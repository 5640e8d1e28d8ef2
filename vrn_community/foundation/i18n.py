"""Languages: in the path of public pages, in the account on the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from babel import Locale
from babel.lists import format_list
from flask import Flask, g, has_request_context, request
from flask_babel import format_date, format_datetime, get_locale, get_translations
from flask_babel import gettext as translate
from markupsafe import Markup, escape
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from vrn_community.extensions import babel
from vrn_community.foundation import clock

#: Languages whose public pages are complete, by tag; the source language comes first.
LANGUAGES = {"en": "English", "ur": "اردو"}
SOURCE = "en"
ENVIRON_KEY = "vrn.language"


@dataclass(frozen=True)
class PageLanguage:
    """One language of the service and, where there is one, the page's address in it."""

    tag: str
    own_name: str
    direction: str
    url: str = ""


class LanguageInPath:
    """WSGI middleware that moves `/ur` from the path to the script name.

    Routes are registered once, and `url_for` keeps the language. English has no
    prefix; `/en/` exists so that somebody whose browser prefers another language
    can still choose the English home page.
    """

    def __init__(self, app: WSGIApplication) -> None:
        """Wrap an application."""
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Call the application with the language set aside."""
        path = "/" + environ.get("PATH_INFO", "").lstrip("/")
        prefix, _, rest = path[1:].partition("/")
        rest = rest.lstrip("/")  # Or `/ur//desk` would be a second way to the desk.
        if prefix in LANGUAGES and not f"/{rest}/".startswith("/desk/"):
            environ["PATH_INFO"] = f"/{rest}"
            language = prefix
        else:
            environ["PATH_INFO"] = path
            language = _negotiated(environ) if path == "/" else SOURCE
        environ[ENVIRON_KEY] = language
        if language != SOURCE:
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{language}"
        return self.app(environ, start_response)


def _negotiated(environ: WSGIEnvironment) -> str:
    """Return the language of a visitor who arrives; who moves around here has chosen already."""
    host = environ.get("HTTP_HOST", "")
    came_from_here = environ.get("HTTP_SEC_FETCH_SITE") == "same-origin" or (
        f"//{host}/" in environ.get("HTTP_REFERER", "")
    )
    if came_from_here:
        return SOURCE
    accepted = parse_accept_header(environ.get("HTTP_ACCEPT_LANGUAGE", ""), LanguageAccept)
    return accepted.best_match(LANGUAGES, SOURCE) or SOURCE


def current_language() -> str:
    """Return the language tag of this request: the account's on the desk, else the path's."""
    if not has_request_context():
        return SOURCE
    chosen: str = g.get("account_language") or request.environ.get(ENVIRON_KEY, SOURCE)
    return chosen


def page_language(tag: str = "", url: str = "") -> PageLanguage:
    """Describe a language (the page's own if none is named)."""
    tag = tag or str(get_locale() or SOURCE)
    return PageLanguage(tag, LANGUAGES.get(tag, tag), _direction(tag), url)


@cache
def _direction(tag: str) -> str:
    return str(Locale.parse(tag).text_direction)


def alternatives() -> list[PageLanguage]:
    """Return this page in each language."""
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    home, path = request.path == "/", quote(request.path)
    return [
        page_language(tag, ("" if tag == SOURCE and not home else f"/{tag}") + path + query)
        for tag in LANGUAGES
    ]


class InPageLanguage(str):
    """A text that is in the page's language already, so that nothing marks it as English."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        """Return the lines, each in the page's language too."""
        return [InPageLanguage(line) for line in super().splitlines(keepends)]


def data_text(text: str) -> str:
    """Return a text of our data in the page's language, or the English one marked as English."""
    if not text or isinstance(text, InPageLanguage) or current_language() == SOURCE:
        return text
    translated: str = translate(text)
    return translated if translated != text else staff_text(text)


def data_name(text: str) -> str:
    """Return a text of our data in the page's language, where nothing can be marked: an option.

    Unlike `_` in a template, it takes a per cent sign for a per cent sign.
    """
    return str(translate(text))


def staff_text(text: str) -> str:
    """Return what staff wrote, marked as English on pages in another language."""
    if not text or isinstance(text, InPageLanguage) or current_language() == SOURCE:
        return text
    return Markup('<span lang="en" dir="ltr">{}</span>').format(text)


def text_list(texts: Iterable[str]) -> str:
    """Return texts of our data as one enumeration in the page's language: A, B and C."""
    escaped = [str(escape(data_text(text))) for text in texts]
    return Markup(format_list(escaped, locale=get_locale()))  # noqa: S704 - escaped. nosemgrep: markup


def template_gettext(message: str) -> str:
    """Translate a text of a template; English ones are their own translation."""
    if current_language() == SOURCE:
        return message
    return str(get_translations().ugettext(message))


def template_ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a text of a template that depends on a number."""
    if current_language() == SOURCE:
        return singular if number == 1 else plural
    return str(get_translations().ungettext(singular, plural, number))


def local_date(day: date) -> str:
    """Return a date in the page's words: 4 May 2026."""
    return str(format_date(day, "d MMMM y"))


def local_datetime(moment: datetime) -> str:
    """Return a moment in the page's words and London time: 4 May 2026, 14:30."""
    return str(format_datetime(clock.in_london(moment), "d MMMM y, HH:mm", rebase=False))


def init_app(app: Flask) -> None:
    """Serve public pages in every language and give templates the words for dates and data."""
    babel.init_app(app, locale_selector=current_language)
    # Faster than the extension's own, which looks up its context four times for each text.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        template_gettext, template_ngettext, newstyle=True
    )
    # What Jinja puts under this name looks up the other each time: a page has hundreds of texts.
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"]
    app.wsgi_app = LanguageInPath(app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.globals.update(
        data_name=data_name,
        data_text=data_text,
        staff_text=staff_text,
        text_list=text_list,
        local_date=local_date,
        local_datetime=local_datetime,
    )
    app.context_processor(
        lambda: {
            "page_language": page_language(),
            "languages": alternatives,
            "save_data": request.headers.get("Save-Data") == "on",
        }
    )
