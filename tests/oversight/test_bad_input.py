"""What is wrong in any form of the group is said beside its field, and nothing is lost or written.

The forms are read from the pages: what a form has, a test sends, one wrong value after the other.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.conftest import make_account
from tests.factories.meetings import make_asked, make_red, store_group
from tests.oversight.recommendations.conftest import RecommendingScene
from tests.pages import NAMESPACE, Page
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.foundation import clock
from vrn_community.oversight.commitments import services as commitments
from vrn_community.oversight.meetings import services as meetings
from vrn_community.oversight.meetings.models import Meeting
from vrn_community.oversight.recommendations.models import Recommendation
from vrn_community.oversight.scrutiny.models import Rating, ScrutinyTopic
from vrn_community.oversight.scrutiny.queries import About

BLUEPRINTS = (
    *(
        "meetings_desk",
        "items_desk",
        "papers_desk",
        "members_desk",
        "membership_desk",
        "own_data_desk",
    ),
    *("claims_desk", "scrutiny_desk", "asked_desk", "commitments_desk"),
)
CHAIR, MEMBER, KAI, LENA = "cleo.group", "imo.group", "kai.group", "lena"


@dataclass(frozen=True)
class Sent:
    """Who sends a form, which page shows it, and the values for the address of both."""

    who: str
    page: str = ""
    known: Mapping[str, int] = field(default_factory=dict)


#: Every form in which something is typed or chosen, by the endpoint to which it is sent.
FORMS: dict[str, Sent] = {
    "meetings_desk.new": Sent(KAI),
    "meetings_desk.edit": Sent(KAI, known={"meeting_id": 1}),
    "meetings_desk.new_item": Sent(KAI, known={"meeting_id": 1}),
    "meetings_desk.hold": Sent(KAI, "meetings_desk.show"),
    "items_desk.edit": Sent(KAI),
    "items_desk.declare": Sent(MEMBER, "items_desk.show"),
    "items_desk.declare_for": Sent(CHAIR, "items_desk.show"),
    "items_desk.note": Sent(KAI, "items_desk.show"),
    "items_desk.agree_action": Sent(KAI, "items_desk.show"),
    "papers_desk.new": Sent(KAI),
    "papers_desk.edit": Sent(KAI),
    "members_desk.new": Sent(KAI),
    "members_desk.show": Sent(KAI),
    "membership_desk.own": Sent(MEMBER),
    "membership_desk.time": Sent(MEMBER),
    "claims_desk.export_claims": Sent(KAI, "claims_desk.claims"),
    "scrutiny_desk.new": Sent(CHAIR),
    "scrutiny_desk.ask": Sent(CHAIR),
    "scrutiny_desk.edit": Sent(CHAIR, known={"asked_id": 1}),
    "scrutiny_desk.rate": Sent(MEMBER),
    "scrutiny_desk.feedback": Sent(CHAIR),
    "scrutiny_desk.move": Sent(CHAIR),
    "scrutiny_desk.bring_up": Sent(CHAIR, known={"asked_id": 2}),
    "asked_desk.answer": Sent(LENA),
    "asked_desk.move_own": Sent(LENA),
    "asked_desk.enter": Sent(KAI, known={"asked_id": 2}),
    "asked_desk.answer_rating": Sent(LENA),
    "asked_desk.enter_rating": Sent(KAI, known={"rating_id": 1}),
    "commitments_desk.promise": Sent(LENA),
    "commitments_desk.note": Sent(LENA),
    "commitments_desk.move": Sent(LENA),
    "commitments_desk.finish": Sent(LENA),
    "commitments_desk.drop": Sent(LENA),
}
#: What is only pressed.
PRESSED = {
    *("meetings_desk.send_papers", "meetings_desk.apologise", "meetings_desk.approve_notes"),
    *("items_desk.move_up", "items_desk.opt_out", "items_desk.opt_in", "items_desk.finish_action"),
    *("members_desk.forget", "own_data_desk.export", "membership_desk.ask_deletion"),
    *("membership_desk.withdraw", "claims_desk.approve", "claims_desk.pay"),
    *("scrutiny_desk.close_topic", "scrutiny_desk.send", "scrutiny_desk.close"),
    *("commitments_desk.start", "commitments_desk.reach"),
}
#: Forms that are right when nothing is typed: nobody came that is known, or the days of the page.
RIGHT_WHEN_EMPTY = {"meetings_desk.hold"}
TOO_LONG = "x" * 70_000
SKIPPED = {"csrf_token", "id", "version"}


class World(RecommendingScene):
    """All that the group has, and who may send each form."""

    def __init__(self, app: Any, arrange: Any) -> None:
        super().__init__(arrange)
        self.app = app
        with arrange() as session:
            closed, council = session.merge(self.closed), session.merge(self.council)
            make_account(Role.OVERSIGHT_MEMBER, email="without.record@example.org", name="New")
            self.known = dict(store_group(closed, council))
            lena = make_account(Role.PARTNER, email="lena@example.org", name="Lena Fox")
            lena.body_id = council.id
        asked = self.recommend()
        self.reply(asked)
        with arrange() as session:
            self.known |= self._promised(session, asked)
            planned = session.get_one(Meeting, self.known["meeting_id"][1])
            self.known["item_id"].append(_add_item(session, planned))
            self._ask_who_has_nobody(session)
            # The meeting that was held heard of what was rated before it.
            rating = session.get_one(Rating, self.known["rating_id"][0])
            rating.created_at = clock.now() - timedelta(days=9)

    def _promised(self, session: Any, asked: Recommendation) -> dict[str, list[uuid.UUID]]:
        day = clock.today() + timedelta(days=30)
        what = commitments.Promise("Head of parks", "Put up lights.", day)
        found = session.get_one(Recommendation, asked.id)
        made = commitments.promise(uuid.uuid4(), found, what, by=_account(session, LENA))
        return {"recommendation_id": [asked.id], "commitment_id": [made.id]}

    def _ask_who_has_nobody(self, session: Any) -> None:
        """Store what is overdue, and what is red, of a body for which nobody signs in."""
        body, chair = session.merge(self.police), _account(session, CHAIR)
        topic = session.get_one(ScrutinyTopic, self.known["topic_id"][0])
        late = make_asked(topic, body, chair)
        late.answer_by = clock.today() - timedelta(days=1)
        self.known["asked_id"].append(late.id)
        self.known["rating_id"].append(make_red(topic.id, body, chair, About.TOPIC).id)

    def client(self, who: str) -> Any:
        with self.arrange() as session:
            token = accounts.begin_session(_account(session, who), is_proved=True)
        client = self.app.test_client()
        client.set_cookie("desk", token, path="/desk")
        return client

    def url(self, endpoint: str, sent: Sent) -> str:
        """Return the address of an endpoint, with real keys."""
        (rule,) = self.app.url_map.iter_rules(endpoint)
        chosen = {name: self.known[name][sent.known.get(name, 0)] for name in rule.arguments}
        return self.app.url_map.bind("127.0.0.1").build(endpoint, chosen)

    def written(self) -> int:
        """Return how many acts the audit trail has."""
        with self.arrange() as session:
            return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def _account(session: Any, who: str) -> Account:
    query = select(Account).where(Account.email == f"{who}@example.org")
    return session.scalars(query).one()


def _add_item(session: Any, meeting: Meeting) -> uuid.UUID:
    kai = _account(session, KAI)
    return meetings.add_item(uuid.uuid4(), meeting, "Later", "", by=kai).id


@pytest.fixture
def world(app, arrange, partnership):
    return World(app, arrange)


def form_in(page: Page, url: str) -> Any:
    """Return the form of a page that is sent to an address."""
    found = [form for form in page.all("form") if form.get("action", url) == url]
    return next(form for form in found if form.get("method", "").lower() == "post")


def fields_of(form: Any) -> dict[str, tuple[str, str]]:
    """Return the kind of each field of a form, and a value that somebody may send, by name."""
    found: dict[str, tuple[str, str]] = {}
    for tag in ("input", "textarea", "select"):
        for each in form.iter(f"{NAMESPACE}{tag}"):
            name, kind = each.get("name", ""), each.get("type", tag)
            if kind == "hidden" or name in SKIPPED or name in found:
                continue
            if name.rpartition("-")[2] in ("day", "month", "year"):
                found[name] = ("date", "2")
            elif kind == "select":
                values = [o.get("value") for o in each.iter(f"{NAMESPACE}option") if o.get("value")]
                found[name] = ("choice", values[0] if values else "")
            elif kind in ("radio", "checkbox"):
                found[name] = (kind, each.get("value", "y"))
            else:
                found[name] = ("text", f"Marmosetfern {name}")
    return found


def wrong_values(fields: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Go through the fields of a form, each with values that no form may take."""
    for name, (kind, _value) in fields.items():
        if kind in ("choice", "radio"):
            yield name, {name: "nonsense"}
            yield name, {name: str(uuid.UUID(int=9))}
        elif kind == "date":
            for value in ("99", "x", "²", "-1"):
                yield name.rpartition("-")[0], {name: value}
        elif kind == "text":
            yield name, {name: TOO_LONG}


@pytest.mark.parametrize("endpoint", FORMS)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(world, endpoint):
    sent = FORMS[endpoint]
    client, url = world.client(sent.who), world.url(endpoint, sent)
    page = Page.get(client, world.url(sent.page, sent) if sent.page else url)
    form = form_in(page, url)
    fields, token = fields_of(form), page.hidden("csrf_token")
    right = {name: value for name, (_kind, value) in fields.items()}
    before = world.written()
    tried = list(wrong_values(fields))
    assert tried

    for name, wrong in tried:
        answer = client.post(url, data={**right, **wrong, "csrf_token": token})

        case = (endpoint, name, [value[:9] for value in wrong.values()])
        assert answer.status_code == 200, case
        shown = Page.of(answer)
        assert f'id="{name}-error"' in shown.text, case
        assert any(link.startswith(f"#{name}") for link in shown.links()), case
        for other, (kind, value) in fields.items():
            if kind == "text" and other not in wrong:
                assert value in shown.text, (case, other)
    assert world.written() == before


@pytest.mark.parametrize("endpoint", FORMS)
def test_an_empty_form_says_what_is_missing(world, endpoint):
    sent = FORMS[endpoint]
    client, url = world.client(sent.who), world.url(endpoint, sent)
    page = Page.get(client, world.url(sent.page, sent) if sent.page else url)
    fields, before = fields_of(form_in(page, url)), world.written()
    empty = {name: "" for name, (kind, _value) in fields.items() if kind != "radio"}

    answer = client.post(url, data={**empty, "csrf_token": page.hidden("csrf_token")})

    if endpoint in RIGHT_WHEN_EMPTY:
        assert answer.status_code == 303
        return
    assert len(Page.of(answer).errors()) >= 1
    assert world.written() == before


def test_every_form_is_tried(app):
    found = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in BLUEPRINTS and "POST" in (rule.methods or ())
    }

    assert found == set(FORMS) | PRESSED
