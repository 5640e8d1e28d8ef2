import uuid

import pytest

from tests.conftest import make_account
from tests.oversight.ballots.conftest import cast, make_members, opened
from tests.oversight.lifecycles import expected, tried
from tests.oversight.publishing.conftest import DESK, make_statement, publish
from tests.pages import Page, send
from vrn_community.accounts import services as accounts
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.oversight.ballots import services as ballots
from vrn_community.oversight.publishing import services
from vrn_community.oversight.publishing.lifecycle import STEPS, Act, StatementState

S = StatementState
DAY = {f"about_on-{part}": getattr(clock.today(), part) for part in ("day", "month", "year")}


@pytest.fixture
def chair_client(sign_in_as, partnership):
    return sign_in_as(Role.OVERSIGHT_CHAIR, email="joy@example.org", name="Joy")


def form_of(**changes):
    known = {"title": "Our meeting", "words": "We met.\nRing 07700 900123.", "kind": "notes"}
    return {"id": str(uuid.uuid4()), **DAY, **known, **changes}


def test_a_text_goes_its_way_to_the_public_page(client, chair_client):
    empty = Page.get(client, "/oversight")
    assert empty.has("There is nothing here yet.")
    form = form_of()
    sent = {send(chair_client, f"{DESK}/new", form).location for _twice in range(2)}
    (at,) = sent
    page = Page.get(chair_client, f"{at}/clear")
    assert page.has("A phone number: Ring 07700 900123.")
    read = {"version": page.hidden("version"), "is_read": "y"}
    without = send(chair_client, f"{at}/clear", read)
    assert "Say why it may stand, or take it out of the text." in without.text
    unread = send(chair_client, f"{at}/clear", {**read, "is_read": "", "reason": "The hall."})
    assert unread.status_code in (200, 303)
    send(chair_client, f"{at}/clear", {**read, "reason": "The hall."})
    send(chair_client, f"{at}/publish", {})
    send(chair_client, f"{at}/amend", {"reason": "A number was wrong."})
    changed = {"title": "Our meeting", "words": "We <b>met</b>."}
    send(chair_client, f"{at}/edit", changed)
    public = f"/oversight/{at.rsplit('/', 1)[1]}"
    assert Page.get(client, public).has("Ring 07700 900123.")
    page = Page.get(chair_client, f"{at}/clear")
    send(chair_client, f"{at}/clear", {**read, "version": page.hidden("version")})
    send(chair_client, f"{at}/publish", {})

    page = Page.get(client, public)
    for words in ("We <b>met</b>.", "A number was wrong.", "Version 1", "Ring 07700 900123."):
        assert page.has(words), words
    assert public in Page.get(client, "/oversight?kind=notes").links()
    assert public not in Page.get(client, "/oversight?kind=report").links()
    assert Page.get(client, "/oversight").has("Amended on")


def test_a_text_that_was_withdrawn_says_why_and_nothing_else(client, chair_client, arrange):
    at = send(chair_client, f"{DESK}/new", form_of(words="Quokkabramble")).location
    page = Page.get(chair_client, f"{at}/clear")
    send(chair_client, f"{at}/clear", {"version": page.hidden("version"), "is_read": "y"})
    send(chair_client, f"{at}/publish", {})
    send(chair_client, f"{at}/withdraw", {"reason": "It named somebody."})

    page = Page.get(client, f"/oversight/{at.rsplit('/', 1)[1]}")
    assert page.has("It named somebody.")
    assert not page.has("Quokkabramble")


def test_nobody_reads_in_public_what_is_not_published(client, chair_client):
    at = send(chair_client, f"{DESK}/new", form_of()).location
    key = at.rsplit("/", 1)[1]

    Page.get(client, f"/oversight/{key}", status=404)
    send(chair_client, f"{at}/keep", {"reason": "It is about one family."})
    Page.get(client, f"/oversight/{key}", status=404)
    assert Page.get(chair_client, at).has("It is about one family.")


def test_the_public_page_says_who_the_group_is_in_both_languages(client, partnership):
    page = Page.get(client, "/oversight")
    for words in ("Who they are", "What they are for", "What they may do"):
        assert page.has(words), words
    root = Page.get(client, "/ur/oversight").all("html")[0]
    assert root.get("dir") == "rtl"
    assert "/oversight" in Page.get(client, "/decides").links()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Give it a title."),
        ({"words": ""}, "Write what it says."),
        ({"kind": ""}, "Choose what it is."),
        ({"about_on-year": "2090"}, "Choose today or an earlier day."),
        ({"about_on-day": "99"}, "Enter a real date"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(chair_client, changes, message):
    answer = send(chair_client, f"{DESK}/new", form_of(**changes))

    assert answer.status_code == 200
    assert message in answer.text


def test_a_decision_is_told_with_its_counts(app, arrange, chair_client):
    with arrange() as session:
        from vrn_community.accounts.models import Account

        chair = session.get(Account, chair_client.account_id)
        members = make_members(3)
        ballot = opened(chair)
        for member in (*members, chair):
            cast(ballot, member, "1")
        ballots.close(ballot, by=chair)
    page = Page.get(chair_client, DESK)

    assert f"{DESK}/new/{ballot.id}" in page.links()
    written = Page.get(chair_client, f"{DESK}/new/{ballot.id}")
    assert written.has("Lights: 4")
    assert not written.has("Member 00")


@pytest.mark.parametrize("role", Role)
def test_every_act_in_every_state_is_done_or_refused_as_the_table_says(app, arrange, role):
    with arrange():
        who = make_account(role, email="who@example.org")
        chair = make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org")
        made = {state: make_statement(chair) for state in S}
        services.clear(made[S.CLEARED], "", by=chair, version=1)
        publish(made[S.PUBLISHED], chair)
        services.keep(made[S.KEPT], "Why.", by=chair)
        publish(made[S.WITHDRAWN], chair)
        services.withdraw(made[S.WITHDRAWN], "Why.", by=chair)
        versions = {state: statement.newest.version for state, statement in made.items()}
        for statement in made.values():
            statement.newest.author_id = who.id
        token = accounts.begin_session(who, is_proved=True)
        versions = {state: statement.newest.version for state, statement in made.items()}
    client = app.test_client()
    client.set_cookie("desk", token, path="/desk")
    urls = {state: {act: f"{DESK}/{s.id}/{act}" for act in Act} for state, s in made.items()}

    def form(state, act):
        text = {"title": "Our meeting", "words": "We met."}
        return {**text, "reason": "Because.", "version": versions[state], "is_read": "y"}

    found = tried(app, client, urls, form)

    wanted = {(state, act): expected(STEPS, state, role, act) for state in S for act in Act}
    for (state, act), status in wanted.items():
        if state is STEPS[act].ends_in and status == 409 and act not in (Act.EDIT, Act.AMEND):
            wanted[state, act] = 303 if act is not Act.CLEAR else 409
        # What was never public is kept, and not withdrawn.
        if act is Act.WITHDRAW and state in (S.DRAFT, S.CLEARED) and status == 303:
            wanted[state, act] = 409
    assert found == wanted
