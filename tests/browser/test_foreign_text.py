"""Whatever somebody writes anywhere stays text on every page that anybody opens (V7, T23).

Payloads are put into every row and through every form; then pages are opened in a browser.
The short form takes one round of payloads and one address of each page; with `VRN_XSS=all`
(`make drill`) every payload stands in every place once, and each role opens all its pages.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from wtforms import Form

from tests.browser import server
from tests.browser.payloads import NAUGHTY, PAYLOADS, bundles, endless
from tests.browser.sowing import (
    buttons_of,
    fields_of,
    filled,
    form_classes,
    forms_of,
    sow_rows,
)
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version, of_each_kind
from tests.moderation.secret_words import Scene, store
from tests.moderation.visitors import give, open_to
from tests.outcomes.conftest import make_outcome
from tests.pages import Page
from vrn_community import config, create_app
from vrn_community.accounts import proving
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account, AccountState
from vrn_community.accounts.roles import PERMISSIONS, Role
from vrn_community.extensions import db
from vrn_community.foundation.text import clean_html, clean_markdown
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity
from vrn_community.rights import services as rights
from vrn_community.rights.models import RequestKind

pytestmark = pytest.mark.browser
IS_LONG = os.environ.get("VRN_XSS") == "all"
PIECES = [*bundles(), *bundles(NAUGHTY)]
ROUNDS = len(PIECES) if IS_LONG else 1
#: The number at the end of each payload.
MARK = re.compile(r" n\d+$")
#: After so many pages of one kind without a new form, no other of them is opened.
MOST_ALIKE = 4
LONG_AS_A_KEY = 36
#: Forms that are shown as samples and lead nowhere, and one for whoever has a passkey: its words
#: are sown as rows.
SHOWN_ONLY = {"SampleForm", "RenameForm"}
#: What the scene does not lead to yet: words that the team enters for a body that nobody answers
#: for, and evidence that is so late that it goes before the board.
BEHIND = {"sent_in", "RaiseForm.reasons"}
#: Fields that take words, and those that take something else; a new type has to be put here.
TEXTS = {
    "Line",
    "Lines",
    "EmailLine",
    "StringField",
    "TextAreaField",
    "EmailField",
}
OTHERS = {
    "AccusedField", "AreaField", "BooleanField", "Choices", "FieldList", "FileField",
    "HiddenField", "Money", "NewId", "NewPartId",
    "PasswordField",  # It is never shown.
    "RadioField", "SelectField", "SelectMultipleField", "SplitDateField", "WholeNumber", "Amount",
}  # fmt: skip
#: What a page must not do, told by the page itself.
WATCH = """
  window.canary = () => console.error("A canary ran.");
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    console.error(`${violatedDirective} ${blockedURI}`));
"""
#: Elements and attributes in which words have become more than text.
GROWN = """() => [
  ...document.querySelectorAll("[canary], script:not([src]), style, iframe, object, embed, base"),
  ...[...document.querySelectorAll("*")].filter(({ attributes }) => [...attributes].some(
    ({ name, value }) => name.startsWith("on") || /^\\s*(javascript|data|vbscript):/i.test(value)
      && ["href", "src", "action", "formaction", "xlink:href", "data", "srcdoc"].includes(name))),
].map((element) => element.outerHTML.slice(0, 200))"""


#: The endpoint of a page, and what kind of page it is there.
Kind = tuple[str, str]


@dataclass
class Ground:
    """The demonstration with a scene, and somebody of each role to sow and to look."""

    app: Flask
    folder: Path
    scene: Scene
    tokens: dict[str, str] = field(default_factory=dict)
    reached: set[tuple[type[Form], str]] = field(default_factory=set)

    def client(self, role: str) -> FlaskClient:
        made = self.app.test_client()
        if role:
            made.set_cookie("desk", self.tokens[role], path="/desk")
        return made

    def sign_everybody_in(self) -> None:
        """Begin a session for each role, whatever forms did to their accounts."""
        with self.app.app_context():
            for role in Role:
                account = _account_of(role)
                account.state = AccountState.ACTIVE
                self.tokens[role] = accounts.begin_session(account, is_proved=True)
            db.session.commit()

    def note(self, form: Form) -> None:
        """Note the fields of a form, and of the forms that it is made from, that got a payload."""
        for one in form:
            if any(MARK.search(str(raw)) for raw in one.raw_data or ()):
                self.reached |= {(kind, one.short_name) for kind in type(form).__mro__}


def _account_of(role: Role) -> Account:
    wanted = Account.email == f"{role}@demo.example"
    return db.session.scalars(select(Account).where(wanted)).one()


@pytest.fixture(scope="module")
def ground(prepared: Path, tmp_path_factory: Any) -> Iterator[Ground]:
    """Return the scene and the demonstration, with payloads sent through every form."""
    folder = tmp_path_factory.mktemp("words")
    server.copy(prepared, folder)
    # Some forms are there under a host with a name alone, or where a setting asks for more.
    settings = config.Settings(
        mode=config.Mode.DEMO,
        data_dir=folder,
        base_url="http://localhost:8000",
        asks_duty_to_report=True,
    )
    app = create_app(settings)
    with app.app_context():
        scene = store()
        _every_kind(scene)
        _wait_for_an_answer(scene)
        give(scene, {role: _account_of(role) for role in Role})
        proving.forget(_account_of(Role.FACILITATOR))
        db.session.commit()
    made = Ground(app, folder, scene)
    made.sign_everybody_in()
    with pytest.MonkeyPatch.context() as patch:
        validate = Form.validate
        patch.setattr(
            Form, "validate", lambda form, *a, **k: made.note(form) or validate(form, *a, **k)
        )
        sow_forms(made, endless(PIECES))
    made.sign_everybody_in()
    yield made
    with app.app_context():
        db.engine.dispose()


def _every_kind(scene: Scene) -> None:
    """Add an activity that asks every type of question, and a draft at each level."""
    asked = make_opportunity(scene.author, is_public=True)
    make_version(asked, sections=of_each_kind(), asks_age_band=False)
    drafts = [make_opportunity(scene.author, level=level) for level in ParticipationLevel]
    make_outcome(drafts[-1], is_published=False)
    scene.known["code"].append(asked.code)
    scene.known["opportunity_id"] += [draft.id for draft in drafts]


def _wait_for_an_answer(scene: Scene) -> None:
    """Add a question about somebody's information that nobody has answered."""
    asked = rights.receive(rights.Asking("another-token", RequestKind.ACCESS, "What is there?", ""))
    scene.known["request_id"].append(asked.id)


def sow_forms(ground: Ground, words: Iterator[str]) -> None:
    """Send each form that anybody sees: carelessly everywhere first, then as well as one can.

    What is sent carelessly is not kept, so that every page is still there for the next form.
    """
    sent: set[Any] = set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db.session, "commit", db.session.flush, raising=False)
        found = list(pages_with_new_forms(ground, words, sent))
    for role, kind, url in found:
        client = ground.client(role)
        if page := opened_page(client, url):
            sow_page(client, (kind, url, page), words, sent, careless=False)


def pages_with_new_forms(
    ground: Ground, words: Iterator[str], sent: set[Any]
) -> Iterator[tuple[str, Kind, str]]:
    """Yield the pages with a form that no page before had, after sending it carelessly."""
    nothing_new: Counter[Kind] = Counter()
    # Whoever may do least comes first: nobody else's pages stand for theirs.
    for role in ("", *sorted(Role, key=lambda role: len(PERMISSIONS[role]))):
        client = ground.client(role)
        for endpoint, url in open_to(ground.app, ground.scene, "GET", role):
            # Its last word says what kind of page it is, unless it is a key.
            last = url.rpartition("/")[2]
            kind = (endpoint, last if len(last) < LONG_AS_A_KEY else "")
            if nothing_new[kind] < MOST_ALIKE and (page := opened_page(client, url)):
                if sow_page(client, (kind, url, page), words, sent, careless=True):
                    yield role, kind, url
                else:
                    nothing_new[kind] += 1


def opened_page(client: FlaskClient, url: str) -> Page | None:
    answer = client.get(url)
    return Page.of(answer) if answer.status_code == 200 and "html" in answer.mimetype else None


def sow_page(
    client: FlaskClient,
    place: tuple[Kind, str, Page],
    words: Iterator[str],
    sent: set[Any],
    *,
    careless: bool,
) -> int:
    """Send the forms of a page that were not sent yet, and return how many."""
    kind, url, page = place
    before = len(sent)
    for action, form in forms_of(page):
        names = frozenset(e.get("name") for e in form.iter() if isinstance(e.tag, str))
        for button in buttons_of(form):
            key = (kind, names, careless, *button.items())
            if key in sent:
                continue
            sent.add(key)
            data = {**filled(form, words, careless=careless), **button}
            answer = client.post(action or url, data=data)
            assert answer.status_code < 500, (url, action, button)
            assert grown(answer) == [], (url, action)
    return len(sent) - before


def grown(answer: Any) -> list[str]:
    """Return the elements of an answer that words have become, as a parser sees it."""
    if "html" not in answer.content_type:
        return []
    tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
    return [
        element.tag
        for element in tree.iter()
        if isinstance(element.tag, str)
        and ("canary" in element.attrib or any(name.startswith("on") for name in element.attrib))
    ]


def test_every_type_of_field_is_known() -> None:
    used = {kind.__name__ for form in form_classes() for kind in fields_of(form).values()}

    assert used - TEXTS - OTHERS == set()


def test_payloads_went_through_every_field_of_every_form(ground: Ground) -> None:
    owed = {
        (form, name)
        for form in form_classes()
        for name, kind in fields_of(form).items()
        if kind.__name__ in TEXTS and form.__name__ not in SHOWN_ONLY
    }

    missing = {
        f"{form.__name__}.{name}"
        for form, name in owed - ground.reached
        if not BEHIND & {name, f"{form.__name__}.{name}"}
    }
    assert not missing, "\n".join(sorted(missing))


@pytest.mark.parametrize("text", [*PAYLOADS, *NAUGHTY])
def test_the_cleaner_leaves_nothing_that_runs(text: str) -> None:
    for html in (clean_html(text), clean_markdown(text), clean_html(clean_html(text))):
        tree = html5lib.parse(html, namespaceHTMLElements=False)
        for element in tree.iter():
            assert "canary" not in element.attrib, html
            assert not [name for name in element.attrib if name.startswith("on")], html
            assert not element.get("href", "").lower().startswith(("javascript", "data", "vbs"))


@pytest.mark.parametrize("number", range(ROUNDS))
def test_words_stay_words_on_every_page(ground: Ground, context: Any, number: int) -> None:
    words = endless(PIECES, number)
    with ground.app.app_context():
        drop_triggers()
        sown = sow_rows(words)
        db.session.commit()
    wrong: list[str] = []
    looked, showing = 0, 0
    with server.serving(ground.folder) as site:
        for role, pages in pages_to_look_at(ground, number).items():
            look = Look.through(context(), ground.tokens.get(role, ""), site)
            for url in pages:
                wrong += look.at(url)
            looked, showing = looked + look.looked, showing + look.showing

    assert wrong == []
    assert set(sown) >= {"opportunity", "passage", "questionnaire_version", "release", "theme"}
    assert looked > 100
    assert showing > looked / 2


def test_the_look_notices_what_is_not_cleaned(ground: Ground, context: Any) -> None:
    with ground.app.app_context():
        found = db.session.get(Opportunity, ground.scene.known["opportunity_id"][0])
        assert found
        found.description_html = "<p canary onclick=canary()>x</p><img src=x onerror=canary()>"
        code = found.code
        db.session.commit()
    with server.serving(ground.folder) as site:
        wrong = Look.through(context(), "", site).at(f"/o/{code}")

    assert [one for one in wrong if "onclick" in one]
    assert [one for one in wrong if "inline" in one or "event handler" in one]


def drop_triggers() -> None:
    """Let rows change that never change: nothing else looks at how they are shown."""
    for name in db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")):
        db.session.execute(text(f'DROP TRIGGER "{name}"'))


def pages_to_look_at(ground: Ground, number: int) -> dict[str, list[str]]:
    """Return the addresses for each role: one of each page, or in the last long round all."""
    seen: set[str] = set()
    chosen: dict[str, list[str]] = {}
    for role in ("", *Role):
        client = ground.client(role)
        for endpoint, url in open_to(ground.app, ground.scene, "GET", role):
            if (endpoint in seen and not (IS_LONG and number == 0)) or url == "/leave":
                continue
            answer = client.get(url)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                seen.add(endpoint)
                chosen.setdefault(role, []).append(url)
    return chosen


@dataclass
class Look:
    """One window that opens pages and notes what should not happen."""

    page: Any
    site: str
    heard: list[str] = field(default_factory=list)
    looked: int = 0
    showing: int = 0

    @classmethod
    def through(cls, window: Any, token: str, site: str) -> "Look":
        """Open a window, signed in where there is a token."""
        if token:
            window.add_cookies([{"name": "desk", "value": token, "url": f"{site}/desk"}])
        window.add_init_script(WATCH)
        look = cls(window.new_page(), site)
        look.page.on("dialog", lambda dialog: (look.heard.append("dialog"), dialog.dismiss()))
        look.page.on("pageerror", lambda error: look.heard.append(str(error)))
        look.page.on("console", look.hear)
        return look

    def hear(self, message: Any) -> None:
        """Note what the browser complains about."""
        if message.type in ("error", "warning"):
            self.heard.append(message.text)

    def at(self, url: str) -> list[str]:
        """Open a page, and return what is wrong with it."""
        self.heard.clear()
        self.page.goto(f"{self.site}{url}")
        wrong = [*self.heard, *self.page.evaluate(GROWN)]
        shown = self.page.evaluate("document.documentElement.textContent")
        self.looked += 1
        self.showing += "canary" in shown or " n" in shown
        if "canary49canary" in shown:
            wrong.append("A template ran.")
        return [f"{url}: {one}" for one in wrong]
