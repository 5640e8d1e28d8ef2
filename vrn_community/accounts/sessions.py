"""Sessions of the desk: a random cookie for /desk, and a row that knows only its hash.

What Flask keeps in a session comes from three places, so that reading a page
writes nothing: who is signed in from the row, the anti-forgery token from the
cookie, and one-time messages from a second, signed cookie.
"""

from contextlib import suppress
from typing import Any

from flask import Flask, Response, g, session, url_for
from flask.sessions import SessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import update
from werkzeug.exceptions import HTTPException

from vrn_community import config
from vrn_community.accounts import queries
from vrn_community.accounts.models import Account, DeskSession
from vrn_community.extensions import db, login_manager
from vrn_community.foundation import clock, crypto
from vrn_community.foundation.db import DATABASE_SILENT
from vrn_community.foundation.http import DESK, is_desk, is_desk_half, read_body

MESSAGES = "_flashes"
MESSAGES_LIVE_SECONDS = 300


class Session(dict[str, Any], SessionMixin):
    """The session of one request."""

    def __init__(self, token: str, row: DeskSession | None) -> None:
        """Begin from a cookie's token and, for somebody signed in, its row."""
        super().__init__(csrf_token=crypto.keyed_hash("csrf", token))
        self.token = token
        is_waiting = bool(row and row.is_waiting)
        self.account = row.account if row and not is_waiting else None
        #: Whoever has given the password, and not yet the second factor.
        self.waiting = row.account if row and is_waiting else None
        self.proved_at = row.proved_at if row else None
        self.last_seen_at = row.last_seen_at if row else None
        self.sent_token = ""
        self.had_messages = False
        if row and not is_waiting:
            self.update(_user_id=str(row.account_id), _fresh=True)

    def renew(self, token: str = "") -> None:
        """Take a new token, as at sign-in and sign-out: the old cookie opens nothing."""
        self.token = token or crypto.new_token()
        self.last_seen_at = None
        g.pop("csrf_token", None)  # What Flask-WTF keeps for the request belongs to the old token.
        self["csrf_token"] = crypto.keyed_hash("csrf", self.token)

    @property
    def is_fresh(self) -> bool:
        """Whether the second factor was shown a short while ago."""
        lives = config.current().second_factor_fresh
        return bool(self.proved_at and clock.now() - self.proved_at <= lives)


class DeskSessions(SessionInterface):
    """Opens sessions below /desk, and none anywhere else."""

    def open_session(self, app: Flask, request: Any) -> Session | None:
        """Return the session of a desk request; None on public pages."""
        with suppress(HTTPException):  # What is wrong with it is said once there is a session.
            if not is_desk() or not is_desk_half():
                return None
            read_body()
        sent = request.cookies.get(cookie_name(), "")[:100]
        opened = Session(sent or crypto.new_token(), _row_of(sent))
        opened.sent_token = sent
        if messages := _read_messages(request.cookies.get(messages_name(), "")):
            opened[MESSAGES] = messages
            opened.had_messages = True
        if someone := opened.account or opened.waiting:
            g.account_language = someone.language
        return opened

    def save_session(self, app: Flask, opened: SessionMixin, response: Response) -> None:
        """Send the cookies that changed, and note now and then that the person is still here."""
        if not isinstance(opened, Session):
            return
        if opened.token != opened.sent_token:
            _set_cookie(response, cookie_name(), opened.token)
        if messages := opened.get(MESSAGES):
            _set_cookie(response, messages_name(), _write_messages(messages))
        elif opened.had_messages:
            _set_cookie(response, messages_name(), "", max_age=0)
        if response.status_code < 500:
            _touch(opened)


def _row_of(token: str) -> DeskSession | None:
    """Return the row of a cookie; Flask needs a session even to show that there is none to read."""
    try:
        return queries.live_session(token) if token else None
    except DATABASE_SILENT as error:
        g.unread_session = error
        return None


def refuse_unread() -> None:
    """Fail a request whose session the database did not give: nobody knows who asks."""
    if error := g.pop("unread_session", None):
        raise error


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(config.current().secret_key, salt="desk-messages")


def _read_messages(cookie: str) -> list[tuple[str, str]]:
    try:
        return [(kind, text) for kind, text in _signer().loads(cookie, MESSAGES_LIVE_SECONDS)]
    except (BadSignature, ValueError, TypeError):
        return []


def _write_messages(messages: list[tuple[str, str]]) -> str:
    return str(_signer().dumps([[kind, str(text)] for kind, text in messages]))


def cookie_name() -> str:
    """Return the name of the session cookie; the prefix makes browsers insist on https."""
    return "__Secure-desk" if config.current().is_secure else "desk"


def messages_name() -> str:
    """Return the name of the cookie of one-time messages."""
    return f"{cookie_name()}-messages"


def _set_cookie(response: Response, name: str, value: str, *, max_age: int | None = None) -> None:
    secure = config.current().is_secure
    response.set_cookie(
        name, value, max_age, path=DESK, secure=secure, httponly=True, samesite="Lax"
    )


def _touch(opened: Session) -> None:
    """Write the time of the last request, at most every five minutes and after the commit."""
    moment = clock.now()
    if not opened.last_seen_at or moment - opened.last_seen_at <= config.current().session_touch:
        return
    of_this_session = DeskSession.token_hash == crypto.token_hash(opened.token)
    try:
        db.session.execute(update(DeskSession).where(of_this_session).values(last_seen_at=moment))
        db.session.commit()
    except DATABASE_SILENT:
        db.session.rollback()  # The page is ready and good; the next request tries again.


def own_path(target: str | None) -> str:
    """Return a path of the desk to go on to; anything else becomes the desk's first page."""
    plain = target and target.startswith("/desk/") and "\\" not in target and target.isprintable()
    return target if target and plain else url_for("pages_desk.dashboard")


def init_app(app: Flask) -> None:
    """Use these sessions, and let Flask-Login find the account in them."""
    app.session_interface = DeskSessions()
    app.before_request(refuse_unread)
    login_manager.init_app(app)
    login_manager.session_protection = None
    login_manager.login_view = "accounts_desk.sign_in"
    login_manager.login_message = None
    login_manager.user_loader(_account)


def _account(_account_id: str) -> Account | None:
    return getattr(session, "account", None)
