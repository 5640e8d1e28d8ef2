import pytest
from flask import abort
from sqlalchemy import event, text
from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    NoResultFound,
    OperationalError,
    TimeoutError,
)

from tests.conftest import make_account
from tests.pages import Page
from vrn_community.accounts import queries as accounts
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation.errors import PAGES, NotAllowed
from vrn_community.foundation.permissions import public

CODES = [400, 403, 404, 405, 409, 410, 413, 429, 500, 503]
FAULT = OperationalError("SELECT 1", {}, Exception("database is locked"))


@pytest.fixture
def failing(app, monkeypatch):
    """Return a function that lets a public page fail in a way of its own."""

    def fail(error):
        @public
        def view():
            if isinstance(error, int):
                abort(error)
            raise error

        monkeypatch.setitem(app.view_functions, "pages.privacy", view)

    return fail


@pytest.fixture
def outage(app):
    """Return a function after whose call the database answers no more."""
    is_out = []

    def fail(_connection, _cursor, statement, *_rest):
        if is_out and statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            raise FAULT

    with app.app_context():
        connection = db.engine
    event.listen(connection, "before_cursor_execute", fail)
    yield lambda: is_out.append(True)
    event.remove(connection, "before_cursor_execute", fail)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("prefix", "tag", "direction"), [("", "en", "ltr"), ("/ur", "ur", "rtl")])
def test_every_error_is_a_page_with_help(failing, client, code, prefix, tag, direction):
    failing(code)

    page = Page.get(client, f"{prefix}/privacy", status=code)

    root = page.all("html")[0]
    assert (root.get("lang"), root.get("dir")) == (tag, direction)
    assert {f"{prefix}/", f"{prefix}/opportunities", "mailto:vrn@leics.pcc.gov.uk"} <= set(
        page.links()
    )
    assert {"tel:999", "tel:08001111", "tel:116123", "tel:101"} <= set(page.links())
    assert page.has(str(code))


@pytest.mark.parametrize("code", CODES)
def test_every_error_says_what_happened_and_what_to_do(failing, client, code):
    failing(code)

    page = Page.get(client, "/privacy", status=code)

    assert page.heading == str(PAGES[code].title)
    assert page.has(str(PAGES[code].happened))
    assert page.has(str(PAGES[code].next_step))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NoResultFound(), 404),
        (NotAllowed("Somebody else has to approve it."), 409),
        (IntegrityError("INSERT", {}, Exception("UNIQUE")), 409),
        (FAULT, 503),
        (TimeoutError("QueuePool limit of size 16 reached"), 503),
        (ZeroDivisionError("a detail for the log"), 500),
        (418, 418),
        (502, 502),
    ],
    ids=lambda value: type(value).__name__,
)
def test_errors_of_the_code_become_pages_without_their_details(failing, client, error, code):
    failing(error)

    page = Page.get(client, "/privacy", status=code)

    for detail in (
        "SELECT",
        "INSERT",
        "locked",
        "UNIQUE",
        "a detail for the log",
        "Traceback",
        "QueuePool",
    ):
        assert detail not in page.text


def test_a_refusal_says_why(failing, client):
    failing(NotAllowed("Somebody else has to <b>approve</b> it."))

    assert Page.get(client, "/privacy", status=409).has("Somebody else has to <b>approve</b> it.")


@pytest.mark.parametrize("code", [429, 503])
def test_who_must_wait_is_told_how_long(failing, client, code):
    failing(code)

    assert int(client.get("/privacy").headers["Retry-After"]) > 0


def test_a_wrong_method_says_which_ones_work(client):
    page = Page.of(client.post("/privacy"), status=405)

    assert {"GET", "HEAD"} <= page.response.allow


def test_an_address_that_is_not_ours_gets_no_links(client):
    answer = client.get("/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("sent", [{"Sec-Fetch-Site": "cross-site"}, {"Content-Length": "99999999"}])
def test_a_foreign_host_is_refused_where_something_else_is_wrong_too(sign_in_as, sent):
    headers = {"Host": "evil.example", **sent}
    answer = sign_in_as(Role.PUBLISHER).post("/desk/settings", data={"x": "1"}, headers=headers)

    assert answer.status_code == 400
    assert answer.text == "This address is not served here.\n"


@pytest.mark.parametrize("url", ["/nowhere", "/ur/nowhere", "/desk/nowhere", "/o/AAAAAAA"])
def test_what_does_not_exist_is_not_found(client, url):
    Page.get(client, url, status=404)


def test_errors_of_the_desk_look_like_the_desk(sign_in_as):
    page = Page.get(sign_in_as(Role.PUBLISHER), "/desk/nowhere", status=404)

    assert page.has("Sam Okafor")
    assert "/desk" in page.links()


@pytest.mark.parametrize("url", ["/", "/ur/", "/help", "/opportunities", "/desk/sign-in?x"])
def test_a_database_that_does_not_answer_is_a_kind_page(app, client, outage, url):
    client.set_cookie("desk", "x", path="/desk")
    outage()

    page = Page.get(client, url, status=503)

    assert page.response.headers["Retry-After"]
    assert "tel:999" in page.links()


def test_the_desk_stays_kind_when_the_database_goes_away_in_the_middle(
    sign_in_as, outage, monkeypatch
):
    client = sign_in_as(Role.ADMINISTRATOR)
    read_page = accounts.page

    def go_away(*args, **options):
        outage()
        return read_page(*args, **options)

    monkeypatch.setattr(accounts, "page", go_away)

    page = Page.get(client, "/desk/accounts", status=503)

    assert not page.has("Sam Okafor")
    assert client.get_cookie("desk", path="/desk")


def test_an_unread_session_is_not_a_missing_one(sign_in_as, outage):
    client = sign_in_as(Role.ADMINISTRATOR)
    outage()

    page = Page.get(client, "/desk/accounts", status=503)

    assert page.heading == str(PAGES[503].title)


@pytest.mark.parametrize("url", ["/desk", "/desk/accounts", "/desk/nowhere"])
def test_no_connection_left_for_a_session_is_a_kind_page_too(sign_in_as, monkeypatch, url):
    client = sign_in_as(Role.ADMINISTRATOR)

    def none_left(_token):
        raise TimeoutError("QueuePool limit of size 16 reached")

    monkeypatch.setattr(accounts, "live_session", none_left)

    page = Page.get(client, url, status=503)

    assert page.response.headers["Retry-After"] == "60"
    assert client.get_cookie("desk", path="/desk")


def test_the_log_of_an_error_has_no_address_and_nothing_that_somebody_wrote(
    app, client, monkeypatch, caplog
):
    @public
    def view(token):
        words = {"words": "what somebody wrote"}
        try:
            db.session.execute(text("SELECT :words FROM nowhere"), words)
        except DBAPIError as error:
            raise RuntimeError("It broke.") from error

    monkeypatch.setitem(app.view_functions, "accounts_desk.join", view)

    Page.get(client, "/desk/invitation/a-token-of-somebody?code=ABC1234", status=500)

    assert "Exception in accounts_desk.join" in caplog.text
    assert "It broke." in caplog.text
    for private in ("a-token-of-somebody", "ABC1234", "what somebody wrote"):
        assert private not in caplog.text


def test_the_log_of_a_busy_database_names_its_kind_alone(failing, client, caplog):
    failing(OperationalError("SELECT 1", {"words": "what somebody wrote"}, Exception("locked")))

    client.get("/privacy?code=ABC1234")

    assert "The database did not answer: Exception" in caplog.text
    assert not [p for p in ("what somebody wrote", "ABC1234", "SELECT") if p in caplog.text]


def test_a_failed_form_writes_nothing(arrange, app, failing, sign_in_as, monkeypatch):
    @public
    def view():
        make_account(email="half@example.org")
        abort(409)

    monkeypatch.setitem(app.view_functions, "accounts_desk.sign_in", view)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    app.test_client().post("/desk/sign-in")

    with arrange():
        assert accounts.by_email("half@example.org") is None
