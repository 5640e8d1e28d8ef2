"""Words that nobody has cleared are on no page of anybody else, and nowhere on the disk."""

import urllib.error
import urllib.request
import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect, select, text

from tests import databases
from tests.browser import server
from tests.conftest import make_account
from tests.moderation.conftest import DESK
from tests.moderation.secret_words import (
    AGAIN,
    ASKED,
    BROKEN,
    CLEARED,
    SECRETS,
    WANTED,
    Scene,
    store,
)
from tests.moderation.visitors import addresses, open_to
from tests.pages import csrf_token
from vrn_community.accounts import proving
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import sealed_columns
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.followers.models import Follower
from vrn_community.partnership import loader
from vrn_community.responses import sessions
from vrn_community.rights.models import PrivacyRequest, RawDataRequest
from vrn_community.safeguarding.kinds import EntryKind
from vrn_community.safeguarding.models import CaseEntry

#: Lists are looked at in every way that they can be filtered.
FILTERS = (
    *(f"?state={state}" for state in ("pending", "held", "cleared", "redacted", "withheld")),
    *(f"?state={state}" for state in ("open", "closed", "decided", "overdue", "draft")),
    "?page=2",
    "?signal=name",
    "?search=came",
)
#: What a form sends when nobody knows better: enough for some pages to come back with content.
TYPED = {"step": "preview", "go": "next", "code": "0" * 24, "q": "came", "reason": "", "note": ""}
#: Pages that never answer 200: they lead elsewhere.
LEADING_ON = {
    "pages.leave",
    "pages.favicon",
    "sign_in_desk.code",
    "passkeys_desk.add",  # Browsers use passkeys under a name alone; tests run under a number.
    "asked_desk.enter",  # Opens only while a body that nobody answers for owes evidence.
    "scrutiny_desk.bring_up",  # Opens only while evidence is overdue.
}
#: What the data folder holds while the service runs, with a backup and its keys.
FILES = {"vrn-community.sqlite", "jobs.sqlite", "server.log", "copy", "copy.record-keys"}
#: What the data protection officer may read, by what stands in the address; a letter is a form.
OFFICER = {"/desk/breaches/": BROKEN, "/desk/raw-data/": WANTED, "/letter": ASKED}
Seen = set[tuple[str, str]]


def may_see(scene: Scene, who: str, url: str) -> set[str]:
    """Return the words that somebody may see at an address."""
    path = url.partition("?")[0]
    if who == Role.MODERATOR:
        waiting = {
            word for key, word in scene.words.items() if key in scene.waiting and str(key) in path
        }
        return waiting | {AGAIN for key in scene.asked if str(key) in path}
    if who == Role.DATA_PROTECTION_OFFICER:
        return {word for place, word in OFFICER.items() if place in path}
    return set()


def leaks(scene: Scene, who: str, url: str, body: str) -> Seen:
    found = {word for word in SECRETS if word in body}
    return {(f"{who or 'everybody'} at {url}", word) for word in found - may_see(scene, who, url)}


@pytest.mark.once
def test_words_that_nobody_cleared_are_on_no_page(app, scene, visitors) -> None:
    leaked: Seen = set()
    shown, opened, allowed = set(), set(), set()
    for who, visitor in visitors.items():
        pages = open_to(app, scene, "GET", who)
        for endpoint, url in [*pages, *([] if who else _in_urdu(pages))]:
            status, body = _look(visitor, url)
            leaked |= leaks(scene, who, url, body)
            allowed |= {word for word in SECRETS if word in body}
            opened |= {endpoint} if status == 200 else set()
            shown |= {who} if CLEARED in body else set()

    assert leaked == set()
    # Every page was seen by somebody, and words can be seen where they may be.
    assert {endpoint for endpoint, _url in addresses(app, scene, "GET")} - opened == LEADING_ON
    waiting = {word for key, word in scene.words.items() if key in scene.waiting}
    assert allowed == {*waiting, AGAIN, BROKEN, WANTED}
    assert shown >= {"", Role.MODERATOR, Role.OVERSIGHT_CHAIR, Role.ANALYST}


def _look(visitor: FlaskClient, url: str) -> tuple[int, str]:
    """Return the status and the text of a page; of a list, in every way it can be filtered."""
    answer = visitor.get(url)
    is_text = "text/" in answer.content_type or "xml" in answer.content_type
    body = answer.text if is_text else ""
    if f'href="{url}?state=' in body or 'name="state"' in body:
        body += "".join(visitor.get(f"{url}{more}").text for more in FILTERS)
    assert answer.status_code < 500, url
    return answer.status_code, body


def _in_urdu(pages: list[tuple[str, str]]) -> list[tuple[str, str]]:
    public = ((name, url) for name, url in pages if not url.startswith(("/desk", "/static")))
    return [(name, f"/ur{url}") for name, url in public]


@pytest.mark.once
def test_no_answer_to_a_form_brings_words_that_nobody_cleared(app, scene, visitors) -> None:
    leaked: Seen = set()
    answered = set()
    with app.app_context():
        connection = db.engine
    for who, visitor in visitors.items():
        cookie = visitor.get_cookie("desk", path="/desk")
        token = csrf_token(visitor) if who else ""
        for endpoint, url in open_to(app, scene, "POST", who):
            savepoint = connection.begin_nested()  # What a form does is undone again.
            answer = visitor.post(url, data={**TYPED, "csrf_token": token})
            savepoint.rollback()
            if cookie:
                visitor.set_cookie("desk", cookie.value, path="/desk")
            assert answer.status_code < 500, (who, url)
            leaked |= {
                (where, word)
                for where, word in leaks(scene, who, url, answer.text)
                if not _is_own_case(scene, who, url, word)
            }
            answered |= {endpoint} if answer.status_code in (200, 303, 409) else set()

    assert leaked == set()
    assert {endpoint for endpoint, _url in addresses(app, scene, "POST")} == answered


def _is_own_case(scene: Scene, who: str, url: str, word: str) -> bool:
    """Return whether a moderator asked for the words of the passage at this very address."""
    asked = {word for key, word in scene.words.items() if url.startswith(f"{DESK}/{key}/")}
    return who == Role.MODERATOR and word in asked and url.endswith(("/reveal", "/redact"))


def test_the_words_stand_in_no_column_in_clear(app, scene) -> None:
    with app.app_context():
        for name in inspect(db.engine).get_table_names():
            for row in db.session.execute(text(f'SELECT * FROM "{name}"')):
                assert not [word for word in SECRETS if word in repr(row)], name


@pytest.mark.once
def test_nothing_that_is_sealed_stands_in_any_file_in_clear(worker) -> None:
    with databases.of_kind("sqlite", f"canary_{worker}") as database:
        folder = database.settings.data_dir
        with databases.opened(database.settings) as app:
            loader.load()
            made = store()
            _seal_the_rest(made)
            db.session.commit()
            pages = addresses(app, made, "GET")
            public = [url for _name, url in pages if not url.startswith("/desk")]
            secrets = {word.encode() for word in SECRETS} | _opened()
            assert app.test_cli_runner().invoke(args=["backup", f"{folder}/copy"]).exit_code == 0
        with server.serving(folder) as site:
            for url in dict.fromkeys(public):
                if url != "/leave":
                    _open(f"{site}{url}")
            at_work = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert set(at_work) >= FILES
    assert any(CLEARED.encode() in content for content in at_work.values())
    for name, content in at_work.items():
        assert not [secret for secret in secrets if secret in content], name


def _seal_the_rest(scene: Scene) -> None:
    """Fill the sealed columns that the scene has nothing in."""
    concern = scene.known["concern_id"][0]
    early = CaseEntry(id=uuid.uuid4(), concern_id=concern, kind=EntryKind.ADDED)
    early.text = "Wombatsorrel was rung."
    db.session.add(early)
    proving.set_up(scene.author, "JBSWY3DPEHPK3PXP")
    db.session.add(_told_by(scene.known["opportunity_id"][0]))
    complaint = db.session.get_one(PrivacyRequest, scene.known["request_id"][0])
    complaint.extension = "Wombatsorrel must be asked."
    wanted = db.session.get_one(RawDataRequest, scene.known["raw_id"][0])
    wanted.reasons = "Wombatsorrel is named in it."
    opened = db.session.get_one(Opportunity, scene.known["opportunity_id"][0])
    plan = sessions.Plan(opened, "A youth club", "Its leader", 10, timedelta(hours=2))
    facilitator = make_account(Role.FACILITATOR)
    sessions.open_session(scene.known["session_id"][0], plan, by=facilitator)
    db.session.flush()


def _told_by(opportunity_id: uuid.UUID) -> Follower:
    made = Follower(id=uuid.uuid4(), opportunity_id=opportunity_id, contact_hash="x")
    made.contact = "wombatsorrel@example.org"
    return made


def _opened() -> set[bytes]:
    """Return what every sealed column holds, opened; each must hold something."""
    found: set[bytes] = set()
    for column in sealed_columns.every():
        rows = db.session.scalars(select(column.model))
        opened = {_content(column, row) for row in rows} - {b""}
        assert opened, f"Nothing is in {column.column}: add it to `_seal_the_rest`."
        # Words that others may read by now stand elsewhere in clear: they are no secrets.
        found |= {content for content in opened if CLEARED.encode() not in content}
    return found


def _content(column: sealed_columns.SealedColumn, row: Any) -> bytes:
    if isinstance(column, sealed_columns.Sealed):
        return column.content(row)
    sealed = getattr(row, column.column)
    return column.unseal(getattr(row, column.of), sealed) if sealed else b""


def _open(url: str) -> None:
    try:
        urllib.request.urlopen(url, timeout=20).close()
    except urllib.error.HTTPError as error:
        error.close()  # Some pages are there for one of the activities alone.
