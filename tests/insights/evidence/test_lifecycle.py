"""Every state by every role by every act, tried over HTTP against the table of steps."""

import itertools
import uuid

import pytest

from tests.insights.evidence.conftest import LIBRARY, RECEIVED
from tests.insights.evidence.test_desk import form_of, use_of
from tests.pages import Page, send
from vrn_community.accounts.roles import Role, permissions_of
from vrn_community.audit import queries as audit
from vrn_community.foundation import clock
from vrn_community.insights.evidence import labels, queries, services
from vrn_community.insights.evidence.lifecycle import STEPS, Act
from vrn_community.insights.evidence.models import InsightState

LEGAL = {
    "draft": {"edit": "draft", "cite": "draft", "publish": "published", "withdraw": "withdrawn"},
    "published": {"route": "published", "correct": "published", "withdraw": "withdrawn"},
    "corrected": {},
    "withdrawn": {},
}
#: Who writes, who checks, another analyst, and somebody who may only read.
WHO = (Role.ANALYST, Role.APPROVER, "other analyst", Role.PUBLISHER, Role.PARTNER)


@pytest.mark.parametrize("state", InsightState)
def test_each_state_leads_only_where_it_may(state):
    found = {act: step.ends_in for act, step in STEPS.items() if state in step.begins_in}

    assert found == LEGAL[state]
    assert set(labels.STATES) == set(InsightState)


def in_state(scene, state):
    """Return an insight that went to a state as people take it there."""
    made = scene.insight(is_published=state is not InsightState.DRAFT)
    with scene.arrange() as session:
        made = queries.insight(made.id)
        author, checker = session.merge(scene.author), session.merge(scene.checker)
        if state is InsightState.WITHDRAWN:
            services.withdraw(made, "It was wrong.", by=author)
        if state is InsightState.CORRECTED:
            services.publish(services.correct(made, uuid.uuid4(), "Why.", by=author), by=checker)
        assert made.state is state
        return made


def is_allowed(act, state, who):
    step, is_author = STEPS[act], who is Role.ANALYST
    role = Role.ANALYST if who == "other analyst" else who
    is_right = step.is_for_author in (None, is_author)
    is_legal = state in step.begins_in and step.permission in permissions_of([role])
    return is_legal and is_right


def attempt(client, act, insight, release):
    at = f"{LIBRARY}/{insight.id}"
    sent = {
        Act.EDIT: ("/edit", form_of(statement="Other words.")),
        Act.CITE: (f"/evidence/{release.id}", {"chosen": ["table:feel", "quote:0"]}),
        Act.PUBLISH: ("/publish", {"version": str(insight.version)}),
        Act.ROUTE: ("/route", {"body": "charnwood-csp"}),
        Act.CORRECT: ("/correct", {"reason": "A number was wrong."}),
        Act.WITHDRAW: ("/withdraw", {"reason": "It was wrong."}),
    }
    ending, data = sent[act]
    return send(client, f"{at}{ending}", data)


@pytest.mark.parametrize("state", InsightState)
def test_the_table_holds_over_http(scene, as_account, sign_in_as, state):
    others = (Role.ANALYST, Role.PUBLISHER, Role.PARTNER)
    third, reader, outside = (sign_in_as(r, email=f"{r}@else.example") for r in others)
    clients = dict(
        zip(
            WHO,
            (as_account(scene.author), as_account(scene.checker), third, reader, outside),
            strict=True,
        )
    )
    for act, who in itertools.product(Act, WHO):
        insight = in_state(scene, state)

        status = attempt(clients[who], act, insight, scene.release).status_code

        with scene.arrange():
            after = queries.insight(insight.id).state
            written = [e for e in audit.of_subject(insight.id) if e.action == f"insight:{act}"]
        if is_allowed(act, state, who):
            assert (status, after) == (303, LEGAL[state][act]), (act, who)
        elif status == 303:  # Done before: said twice, it is said once.
            assert (state, len(written)) == (STEPS[act].ends_in, 1), (act, who)
        else:
            assert status in (403, 409), (act, who)
            assert after is state


# Correcting


def corrected(scene, insight, **changes):
    with scene.arrange() as session:
        author, checker = session.merge(scene.author), session.merge(scene.checker)
        first = queries.insight(insight.id)
        draft = services.correct(first, uuid.uuid4(), "A place was missing.", by=author)
        if changes:
            services.edit(draft, changes, by=author)
        services.publish(draft, by=checker)
        return draft


def test_a_correction_keeps_the_old_words_and_tells_whoever_was_sent_them(
    scene, as_account, partner_of
):
    insight = scene.insight(to=scene.csp)
    partner = partner_of(scene.csp)
    send(partner, f"{RECEIVED}/{insight.id}", use_of())
    client = as_account(scene.author)

    began = send(client, f"{LIBRARY}/{insight.id}/correct", {"reason": "A place was missing."})
    send(client, began.location, form_of(statement="The path and the park."))
    at = began.location.removesuffix("/edit")
    assert Page.get(partner, f"{RECEIVED}/{insight.id}").has("Note it")
    checker = as_account(scene.checker)
    send(checker, f"{at}/publish", {"version": Page.get(checker, at).hidden("version")})

    page, old = Page.get(client, at), Page.get(client, f"{LIBRARY}/{insight.id}")
    assert page.has("Corrected because: A place was missing.")
    assert page.has("Many people feel unsafe on the path after dark.")
    assert f"{LIBRARY}/{insight.id}" in page.links()
    assert old.has("It was corrected on")
    assert old.has("Chapter 3 cites it.")
    found = Page.get(client, LIBRARY).links()
    assert at in found
    assert f"{LIBRARY}/{insight.id}" not in found
    new = at.rpartition("/")[2]
    assert f"{RECEIVED}/{new}" in Page.get(partner, "/desk").links()
    assert f"{RECEIVED}/{insight.id}" in Page.get(partner, f"{RECEIVED}/{new}").links()
    assert send(partner, f"{RECEIVED}/{insight.id}", use_of()).status_code == 409
    assert send(partner, f"{RECEIVED}/{new}", use_of()).status_code == 303


def test_one_correction_at_a_time_and_pressed_twice_one(scene, as_account, sign_in_as):
    insight = scene.insight()
    key = str(uuid.uuid4())
    url = f"{LIBRARY}/{insight.id}/correct"
    client, other = as_account(scene.author), sign_in_as(Role.ANALYST)

    places = {send(client, url, {"id": key, "reason": "Why."}).location for _twice in range(2)}

    assert places == {f"{LIBRARY}/{key}/edit"}
    assert send(other, url, {"reason": "Mine."}).status_code == 409


def test_a_correction_of_what_was_withdrawn_is_not_published(scene, as_account):
    insight = scene.insight()
    client = as_account(scene.author)
    began = send(client, f"{LIBRARY}/{insight.id}/correct", {"reason": "Why."})
    send(client, f"{LIBRARY}/{insight.id}/withdraw", {"reason": "All wrong."})

    at = began.location.removesuffix("/edit")
    answer = send(as_account(scene.checker), f"{at}/publish", {"version": "1"})

    assert answer.status_code == 409


# Withdrawing


@pytest.mark.parametrize("ending", ["correct", "withdraw"])
@pytest.mark.parametrize(
    ("typed", "message"),
    [(" ", "Give a reason."), ("x" * 501, "Use at most 500 characters.")],
)
def test_without_a_reason_nothing_ends(scene, as_account, ending, typed, message):
    insight = scene.insight()
    url = f"{LIBRARY}/{insight.id}/{ending}"

    page = Page.post(as_account(scene.author), url, {"reason": typed})

    assert page.errors() == [message]


def test_what_is_withdrawn_says_so_everywhere_and_is_used_no_more(scene, as_account, partner_of):
    insight = scene.insight(to=scene.csp)
    partner, at = partner_of(scene.csp), f"{RECEIVED}/{insight.id}"
    send(partner, at, use_of())
    client = as_account(scene.author)

    send(client, f"{LIBRARY}/{insight.id}/withdraw", {"reason": "The question misled."})

    for page in (
        Page.get(client, LIBRARY),
        Page.get(client, f"{LIBRARY}/{insight.id}"),
        Page.get(partner, RECEIVED),
        Page.get(partner, at),
    ):
        assert page.has("Withdrawn")
        assert page.has("The question misled.")
    assert Page.get(client, f"{LIBRARY}/{insight.id}").has("Chapter 3 cites it.")
    assert Page.get(partner, at).has("Chapter 3 cites it.")
    assert at in Page.get(partner, "/desk").links()
    assert send(partner, at, use_of(words="Again.")).status_code == 409
    for _twice in range(2):
        assert send(partner, f"{at}/known", {}).status_code == 303
    assert at not in Page.get(partner, "/desk").links()
    assert Page.get(client, f"{LIBRARY}/{insight.id}").has("that it knows of the withdrawal.")
    assert not Page.get(client, f"{LIBRARY}?age=current").has(insight.statement)


# Bodies without accounts


def receipt_of(**changes):
    day = clock.today()
    parts = {"said_on-day": day.day, "said_on-month": day.month, "said_on-year": day.year}
    return {"way": "phone", "role": "head of community safety", **parts, **changes}


def where_to_note(scene, insight):
    with scene.arrange():
        routing = queries.routings(insight.id)[0]
        return f"{LIBRARY}/{insight.id}/routings/{routing.id}"


def test_the_team_notes_what_a_body_said_by_phone(scene, as_account):
    insight = scene.insight(to=scene.board)
    client, url = as_account(scene.author), where_to_note(scene, insight)
    assert url in Page.get(client, f"{LIBRARY}/{insight.id}").links()

    for way in ("phone", "letter"):  # Noted twice, the first holds.
        assert send(client, url, receipt_of(way=way)).status_code == 303

    page = Page.get(client, f"{LIBRARY}/{insight.id}")
    assert page.has("Noted by Ana Writes for the body: it came (By phone, head of community safety")
    assert url not in page.links()
    with scene.arrange():
        entry = next(e for e in audit.of_subject(insight.id) if e.action == "insight:note-receipt")
        assert entry.details["way"] == "phone"
        assert entry.details["role"] == "head of community safety"
    send(client, f"{LIBRARY}/{insight.id}/withdraw", {"reason": "Wrong."})
    assert send(client, url, receipt_of()).status_code == 303
    assert Page.get(client, f"{LIBRARY}/{insight.id}").has("that it knows of the withdrawal.")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"way": "pigeon"}, "Not a valid choice."),
        ({"role": " "}, "Say what they are there."),
        ({"role": "x" * 101}, "Use at most 100 characters."),
        ({"said_on-year": "2020"}, "Choose a day from the one on which it was sent until today."),
        ({"said_on-year": "2100"}, "Choose a day from the one on which it was sent until today."),
        ({"said_on-day": "99"}, "Enter a real date, for example 27 9 2027."),
    ],
)
def test_what_is_wrong_in_a_receipt_is_said_beside_it(scene, as_account, wrong, message):
    insight = scene.insight(to=scene.board)

    page = Page.post(as_account(scene.author), where_to_note(scene, insight), receipt_of(**wrong))

    assert message in page.errors()


def test_only_the_team_notes_for_a_body_and_only_for_its_own_insight(
    scene, as_account, partner_of, sign_in_as
):
    insight, other = scene.insight(to=scene.csp), scene.insight()
    url = where_to_note(scene, insight)

    assert send(partner_of(scene.csp), url, receipt_of()).status_code == 403
    assert send(sign_in_as(Role.PUBLISHER), url, receipt_of()).status_code == 403
    elsewhere = url.replace(str(insight.id), str(other.id))
    assert send(as_account(scene.author), elsewhere, receipt_of()).status_code == 404
