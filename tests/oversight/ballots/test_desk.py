import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.oversight.ballots.conftest import DESK, OPTIONS, cast, make_ballot, make_members, opened
from tests.pages import Page, send
from vrn_community.accounts import services as accounts
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.oversight.ballots import services
from vrn_community.oversight.ballots.counting import AGREE, OBJECT, Method
from vrn_community.oversight.ballots.models import Ballot, Voter

CODE = re.compile(r'class="receipt-code"><bdi dir="ltr">([0-9A-Z ]+)</bdi>')


class Group:
    """The group, stored, with a browser for each."""

    def __init__(self, app, arrange):
        self.app, self.arrange = app, arrange
        with arrange():
            self.chair = make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org", name="Joy")
            self.members = make_members(4)

    def browser(self, account):
        with self.arrange() as session:
            token = accounts.begin_session(session.merge(account), is_proved=True)
        client = self.app.test_client()
        client.set_cookie("desk", token, path="/desk")
        return client

    def open(self, method=Method.VOTE, **changes):
        with self.arrange() as session:
            return opened(session.merge(self.chair), method, **changes)

    def close(self, ballot, choices):
        """Let members vote in their order, and close."""
        with self.arrange() as session:
            found, chair = session.merge(ballot), session.merge(self.chair)
            for member, (choice, reason) in zip(self.members, choices, strict=False):
                cast(found, session.merge(member), choice, reason)
            found.closes_on = clock.today()
            session.flush()
            services.close(found, by=chair)


@pytest.fixture
def group(app, arrange):
    return Group(app, arrange)


def form_of(**changes):
    days = (("opens_on", clock.today()), ("closes_on", clock.today() + timedelta(days=3)))
    parts = {f"{n}-{p}": getattr(day, p) for n, day in days for p in ("day", "month", "year")}
    asked = {"question": "What comes first?", "method": "vote", "options": "\n".join(OPTIONS)}
    return {**parts, **asked, "id": str(uuid.uuid4()), **changes}


def at(ballot, ending=""):
    return f"{DESK}/{ballot.id}{ending}"


def press(client, ballot, **changes):
    page = Page.get(client, at(ballot))
    return send(client, at(ballot, "/vote"), {"form": page.hidden("form"), **changes})


def test_a_ballot_is_prepared_once_however_often_the_button_is_pressed(group):
    client, form = group.browser(group.chair), form_of()

    sent = {send(client, f"{DESK}/new", form).location for _twice in range(2)}

    assert len(sent) == 1
    page = Page.get(client, sent.pop())
    assert page.heading == "What comes first?"
    assert page.has("Bushes")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"question": ""}, "Write what is to be decided."),
        ({"method": ""}, "Choose how it is decided."),
        ({"method": "dice"}, "Not a valid choice"),
        ({"options": "Only one"}, "Write from 2 to 12 options, one a line."),
        ({"options": "Same\nSame"}, "Two options are the same."),
        ({"closes_on-year": "2001"}, "Choose today or a later day."),
        ({"closes_on-day": "99"}, "Enter a real date"),
        ({"opens_on-year": "2090", "closes_on-year": "2089"}, "It cannot close before it opens."),
        ({"question": "x" * 301}, "Use at most 300 characters."),
    ],
)
def test_what_is_wrong_with_a_draft_is_said_beside_the_field(group, changes, message):
    client = group.browser(group.chair)
    answer = send(client, f"{DESK}/new", form_of(background="It is dark.", **changes))

    assert answer.status_code == 200
    assert message in answer.text
    assert "It is dark." in answer.text


def test_opening_warns_of_what_a_secret_ballot_cannot_hide(group):
    with group.arrange() as session:
        draft = make_ballot(session.merge(group.chair), is_secret=True)
    client = group.browser(group.chair)
    page = Page.get(client, at(draft, "/open"))
    form = {"quorum": "3", "version": page.hidden("version")}

    refused = send(client, at(draft, "/open"), form)
    wrong = send(client, at(draft, "/open"), {**form, "quorum": "99", "knows_risk": "y"})
    opened = send(client, at(draft, "/open"), {**form, "knows_risk": "y"})

    assert page.has("When all choose the same, everybody knows how each one voted.")
    assert "Tell the members first, then tick the box." in refused.text
    assert "Choose a number from 3 to 5." in wrong.text
    assert opened.location == at(draft)


def test_whoever_is_kept_out_gets_no_page(group):
    out = group.members[0]
    ballot = group.open(excluded=[out.id])
    client = group.browser(out)

    Page.get(client, at(ballot), status=404)
    assert send(client, at(ballot, "/vote"), {"choice": "1"}).status_code == 404
    assert not Page.get(client, DESK).has("What comes first?")


def test_a_secret_vote_gives_one_code_that_stands_in_no_address(group):
    ballot = group.open(is_secret=True)
    client = group.browser(group.members[0])
    form = {"form": Page.get(client, at(ballot)).hidden("form"), "choice": "1"}

    first, again = (send(client, at(ballot, "/vote"), form) for _twice in range(2))
    later = send(client, at(ballot, "/vote"), {**form, "form": "x"})

    assert first.status_code == again.status_code == later.status_code == 200
    code = CODE.search(first.text)[1]
    assert CODE.search(again.text)[1] == code
    assert first.headers["Cache-Control"] == "no-store"
    assert first.location is None
    assert not CODE.search(later.text)
    page = Page.get(client, at(ballot))
    assert page.has("Your vote is in.")
    assert not page.has(code)


def test_a_second_form_says_that_the_vote_is_in_already(group):
    ballot = group.open(is_secret=True)
    client = group.browser(group.members[0])
    second = Page.get(client, at(ballot)).hidden("form")
    press(client, ballot, choice="1")

    answer = send(client, at(ballot, "/vote"), {"form": second, "choice": "2"})

    assert answer.status_code == 409
    assert "Your vote is in already." in answer.text


@pytest.mark.parametrize("form", ["", "x", "A" * 200, "é"])
def test_a_form_that_nobody_gave_asks_again_and_keeps_what_was_typed(group, form):
    ballot = group.open(is_secret=True)
    answer = send(
        group.browser(group.members[0]),
        at(ballot, "/vote"),
        {"form": form, "choice": "1", "reason": "It is dark."},
    )

    assert answer.status_code == 200
    assert "This page was open for too long. Choose again." in answer.text
    assert "It is dark." in answer.text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "Choose one of the answers."),
        ({"choice": OBJECT}, "Say why you object."),
        ({"choice": OBJECT, "reason": "x" * 501}, "Use at most 500 characters."),
    ],
)
def test_what_is_wrong_with_a_vote_is_said_beside_the_field(group, changes, message):
    ballot = group.open(Method.CONSENT)
    answer = press(group.browser(group.members[0]), ballot, **changes)

    assert answer.status_code == 200
    assert message in answer.text


@pytest.mark.parametrize("method", Method)
def test_reasons_are_owed_only_where_somebody_can_object(group, method):
    page = Page.get(group.browser(group.members[0]), at(group.open(method)))

    assert page.has("Whoever objects says why.") == (method is Method.CONSENT)
    assert page.has("You need not give any.") == (method is Method.VOTE)


@pytest.mark.parametrize("is_secret", [True, False])
def test_nobody_reads_what_was_chosen_before_the_end(group, is_secret):
    ballot = group.open(is_secret=is_secret)
    press(group.browser(group.members[0]), ballot, choice="1", reason="Marmosetfern")

    for account in (group.chair, group.members[0], group.members[1]):
        page = Page.get(group.browser(account), at(ballot))
        assert page.has("1 of 5; at least 3 must")
        assert not page.has("Marmosetfern")
        assert not page.has("How often each was chosen")


def test_each_finds_their_vote_in_the_list_and_no_names_stand_there(group):
    ballot = group.open(is_secret=True)
    codes = []
    for member, choice in zip(group.members, ("1", "1", "2", "abstain"), strict=True):
        answer = press(group.browser(member), ballot, choice=choice, reason=f"Reason {choice}")
        codes.append((CODE.search(answer.text)[1], choice))
    group.close(ballot, [])

    page = Page.get(group.browser(group.members[3]), at(ballot))
    for code, choice in codes:
        (row,) = [page.words(row) for row in page.all("tr") if code in page.words(row)]
        assert f"Reason {choice}" in row
    assert page.has("Decided: Lights")
    assert not page.has("Member 00")
    assert not page.has("All who took part chose the same.")


def test_a_unanimous_secret_result_says_what_it_gives_away(group):
    ballot = group.open(is_secret=True)
    group.close(ballot, [("2", "")] * 4)

    page = Page.get(group.browser(group.members[0]), at(ballot))
    assert page.has("So everybody knows how each of them voted")


def test_too_few_votes_of_a_secret_ballot_are_shown_to_nobody(group):
    ballot = group.open(is_secret=True)
    group.close(ballot, [("2", "Marmosetfern")] * 2)

    page = Page.get(group.browser(group.chair), at(ballot))
    assert page.has("never counted")
    assert page.has("2 of 5")
    assert not page.has("Marmosetfern")


def test_an_open_ballot_shows_names_objections_and_how_they_were_met(group):
    ballot = group.open(Method.CONSENT)
    group.close(ballot, [(AGREE, ""), (AGREE, ""), (OBJECT, "It costs <b>too</b> much.")])
    chair, member = group.browser(group.chair), group.browser(group.members[2])

    page = Page.get(chair, at(ballot))
    assert page.has("Somebody objected")
    assert page.has("Member 02 I object It costs <b>too</b> much.")
    Page.get(chair, at(ballot, "/resolve"))
    assert send(chair, at(ballot, "/resolve"), {"words": ""}).status_code == 200
    send(chair, at(ballot, "/resolve"), {"words": "We ask for half."})
    view = {"id": str(uuid.uuid4()), "words": "Half is too much too."}
    for _twice in range(2):
        assert send(member, at(ballot, "/dissent"), view).status_code == 303

    page = Page.get(chair, at(ballot))
    assert page.has("Decided, after an objection was met")
    assert page.text.count("Half is too much too.") == 1
    assert member.get(at(ballot, "/dissent")).location == at(ballot)


def test_an_objection_leads_to_a_vote(group):
    ballot = group.open(Method.CONSENT)
    group.close(ballot, [(AGREE, ""), (AGREE, ""), (OBJECT, "No.")])
    chair = group.browser(group.chair)

    sent = {send(chair, at(ballot, "/put-to-vote"), {}).location for _twice in range(2)}

    assert len(sent) == 1
    following = Page.get(chair, sent.pop())
    assert following.has("Yes")
    assert at(ballot) in Page.get(chair, f"{DESK}?state=closed").links()


def test_what_was_put_to_a_vote_the_chair_cannot_decide_alone(group, arrange):
    ballot = group.open(Method.CONSENT)
    group.close(ballot, [(AGREE, ""), (AGREE, ""), (OBJECT, "No.")])
    chair = group.browser(group.chair)
    following = send(chair, at(ballot, "/put-to-vote"), {}).location
    assert at(ballot, "/resolve") not in Page.get(chair, at(ballot)).links()
    with arrange() as session:
        made = session.query(Ballot).filter(Ballot.follows_id == ballot.id).one()
        services.open_ballot(made, services.Rules(3), by=session.merge(group.chair))
    group.close(made, [("2", ""), ("2", ""), ("1", "")])

    assert send(chair, at(ballot, "/resolve"), {"words": "It is met."}).status_code == 409

    assert Page.get(chair, following).has("Decided: No")
    with arrange() as session:
        for found in session.query(Ballot):
            assert not found.is_carried


def test_a_vote_on_what_was_objected_to_stays_between_yes_and_no(group, arrange):
    ballot = group.open(Method.CONSENT)
    group.close(ballot, [(AGREE, ""), (AGREE, ""), (OBJECT, "No.")])
    chair = group.browser(group.chair)
    following = send(chair, at(ballot, "/put-to-vote"), {}).location

    for changes in ({"options": "No\nYes"}, {"method": "consent", "options": ""}):
        refused = Page.post(chair, f"{following}/edit", form_of(question="Then?", **changes))
        assert len(refused.errors()) == 1
        assert "Then?" in refused.text
    same = form_of(question="Shall we?", options="Yes\nNo")
    assert send(chair, f"{following}/edit", same).status_code == 303


def test_the_first_page_says_which_ballots_wait(group):
    ballot = group.open()
    client = group.browser(group.members[0])

    assert at(ballot) in Page.get(client, "/desk").links()
    press(client, ballot, choice="1")
    assert Page.get(client, "/desk").has("No ballot waits for your vote.")


def test_the_list_is_paged_and_costs_the_same_whatever_is_in_it(group, app):
    for _number in range(3):
        group.open()
    client = group.browser(group.members[0])
    client.get(DESK)  # The first page writes when somebody was last seen.
    few = queries_of(app, client)
    for _number in range(22):
        group.open()

    assert queries_of(app, client) == few
    assert "Page 1 of 2" in client.get(DESK).text
    assert Page.get(client, f"{DESK}?page=99&state=nonsense").has("What comes first?")


def queries_of(app, client):
    from sqlalchemy import event

    from vrn_community.extensions import db

    seen = []
    with app.app_context():
        engine = db.engine
    listen = (engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    event.listen(*listen)
    client.get(DESK)
    event.remove(*listen)
    return len(seen)


@pytest.mark.parametrize("role", [role for role in Role if not role.startswith("oversight")])
def test_nobody_outside_the_group_votes(group, sign_in_as, role):
    ballot = group.open()
    client = sign_in_as(role, email="out@example.org")

    assert send(client, at(ballot, "/vote"), {"choice": "1"}).status_code == 403
    is_helper = role is Role.SECRETARIAT
    assert client.get(at(ballot)).status_code == (200 if is_helper else 403)
    with group.arrange() as session:
        assert not session.scalars(select(Voter).where(Voter.has_voted)).all()
        assert session.get(Ballot, ballot.id).is_open
