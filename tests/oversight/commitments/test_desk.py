"""What a body promises and says of it, over HTTP: every state, role and act, and one whole way."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import make_account
from tests.oversight.lifecycles import undone
from tests.pages import Page, csrf_token, send
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account, AccountState
from vrn_community.accounts.roles import PERMISSIONS, Role
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.commitments import services
from vrn_community.oversight.commitments.lifecycle import STEPS, Act
from vrn_community.oversight.commitments.models import Commitment, CommitmentState, Milestone
from vrn_community.oversight.recommendations.models import Recommendation

DESK, S = "/desk/commitments", CommitmentState
GROUP = "/desk/oversight/commitments"
#: The permission that each folder of addresses asks for.
DOORS = {DESK: Permission.RECOMMENDATION_REPLY, GROUP: Permission.RECOMMENDATION_SEND}
#: Of which body somebody is who tries, and whether anybody answers for the one that promised.
OWN, OTHER, SILENT = "of the body", "another's", "of none, and nobody answers for it"
WHO = [*((role, OWN) for role in Role), *((role, OTHER) for role in Role)]
WHO += [(Role.PUBLISHER, SILENT), (Role.OVERSIGHT_CHAIR, SILENT)]


def day(days):
    return clock.today() + timedelta(days=days)


def date_of(name, on):
    return {f"{name}-{part}": getattr(on, part) for part in ("day", "month", "year")}


@pytest.fixture
def asked(scene):
    """Return a recommendation that the council accepts in part."""
    made = scene.recommend()
    scene.reply(made)
    return made


@pytest.fixture
def lena(partner_of, scene):
    return partner_of(scene.council)


def promise_form(**changes):
    form = {"id": str(uuid.uuid4()), "owner": "Head of parks", "text": "Put up lights."}
    steps = {"step_1": "Order them", **date_of("day_1", day(20))}
    return {**form, **date_of("due_on", day(60)), **steps, **changes}


def promised(client, asked, **changes):
    """Promise something, and return its address."""
    form = promise_form(**changes)
    answer = send(client, f"{DESK}/for/{asked.id}", form)
    assert answer.status_code == 303, answer.text
    return f"{DESK}/{form['id']}"


def by_act(commitment):
    """Return the address and a right form of each act."""
    at, key = f"{DESK}/{commitment.id}", str(uuid.uuid4())
    (step,) = commitment.milestones
    return {
        Act.START: (f"{at}/start", {}),
        Act.NOTE: (f"{at}/note", {"id": key, "text": "Two are up."}),
        Act.REACH: (f"{at}/reach/{step.id}", {}),
        Act.MOVE: (f"{at}/move", {"id": key, "reason": "Snow.", **date_of("day", day(70))}),
        Act.FINISH: (f"{at}/finish", {"evidence": "They shine.", "link": ""}),
        Act.DROP: (f"{at}/drop", {"reason": "No money."}),
    }


def acts_on(commitment):
    query = select(func.count()).select_from(AuditEntry)
    of_it = AuditEntry.action.startswith("commitment:")
    db.session.expire_all()
    return db.session.scalar(query.where(of_it)), db.session.get_one(Commitment, commitment.id)


def stored_in_each_state(scene, place):
    """Store a promise in each state, and return them with the requests of their acts."""
    made = scene.recommend()
    scene.reply(made)
    with scene.arrange() as session:
        max_ = session.scalars(select(Account).where(Account.email == "max@example.org")).one()
        found = session.merge(made)
        what = services.Promise("Head", "Lights", day(60), [("Order", day(20))])
        made = {state: services.promise(uuid.uuid4(), found, what, by=max_) for state in S}
        for state, commitment in made.items():
            commitment.state = state
        if place is SILENT:
            max_.state = AccountState.DISABLED
        return [
            (state, commitment, act, folder, url.replace(DESK, folder), form)
            for state, commitment in made.items()
            for act, (url, form) in by_act(commitment).items()
            for folder in ((DESK, GROUP) if act is Act.MOVE else (DESK,))
        ]


def is_allowed(state, act, folder, who):
    """Return whether the tables let somebody of a role do something where they try it."""
    role, place = who
    is_given = DOORS[folder] in STEPS[act].permissions & PERMISSIONS[role]
    is_of_team = Permission.OUTCOME_EDIT in PERMISSIONS[role]
    is_theirs = place is OWN or (place is SILENT and is_of_team) or folder is GROUP
    return is_given and is_theirs and state in STEPS[act].begins_in


@pytest.mark.once
@pytest.mark.parametrize("who", WHO, ids=lambda who: f"{who[0]}, {who[1]}")
def test_each_role_can_do_what_the_tables_say_and_no_more(app, scene, sign_in_as, who):
    role, place = who
    cases = stored_in_each_state(scene, place)
    client = sign_in_as(role, email="somebody@example.org")
    with scene.arrange() as session:
        bodies = {OWN: scene.council.id, OTHER: scene.police.id}
        session.get_one(Account, client.account_id).body_id = bodies.get(place)
    token = csrf_token(client)

    for state, commitment, act, folder, url, form in cases:
        form = {**form, "sent_in": "letter of 3 May", "csrf_token": token}
        with app.app_context():
            before, _row = acts_on(commitment)
        with undone(app):
            answer = client.post(url, data=form)
            with app.app_context():
                after, row = acts_on(commitment)
                now = row.state
        case = (who, state, act, folder, answer.status_code)
        if is_allowed(state, act, folder, who):
            assert answer.status_code == 303, case
            assert (now, after) == (STEPS[act].ends_in or state, before + 1), case
        else:
            assert is_refused(answer, state, act, may=DOORS[folder] in PERMISSIONS[role]), case
            assert (now, after) == (state, before), case


def is_refused(answer, state, act, *, may):
    """Return whether an act was refused; what is done already may be said again."""
    if not may:
        return answer.status_code == 403
    is_done = answer.status_code == 303 and state is STEPS[act].ends_in
    is_said = answer.status_code == 200 and "error-summary" in answer.text
    return is_done or is_said or answer.status_code in (404, 409)


def test_another_body_finds_nothing_of_it(scene, asked, lena, app):
    at = promised(lena, asked)
    with scene.arrange() as session:
        other = make_account(Role.PARTNER, email="pia@example.org", name="Pia")
        other.body_id = session.merge(scene.police).id
        token = accounts.begin_session(other, is_proved=True)
        urls = by_act(session.get_one(Commitment, uuid.UUID(at.rsplit("/", 1)[1])))
    pia = app.test_client()
    pia.set_cookie("desk", token, path="/desk")

    for url in (at, f"{at}/note", f"{at}/move", f"{at}/finish", f"{at}/drop"):
        assert pia.get(url).status_code == 404, url
    for url, form in urls.values():
        assert send(pia, url, form).status_code == 404, url
    assert send(pia, f"{DESK}/for/{asked.id}", promise_form()).status_code == 404


def test_a_promise_is_made_once_and_everyone_reads_it(client, scene, asked, lena):
    public = f"/register/{scene.closed.code}"
    reply = f"/desk/replies/{asked.id}"
    assert f"{DESK}/for/{asked.id}" in Page.get(lena, reply).links()
    form = promise_form()
    sent = {send(lena, f"{DESK}/for/{asked.id}", form).location for _twice in range(2)}
    assert sent == {reply}
    at = f"{DESK}/{form['id']}"
    assert at in Page.get(lena, reply).links()
    page = Page.get(client, public)
    for words in ("Put up lights.", "Head of parks", "Order them"):
        assert page.text.count(words) == 1, words
    assert not page.has("Lena")

    assert not Page.get(client, public).has("How far it is")


def test_notes_and_moved_days_stand_beside_a_promise_each_once(client, scene, asked, lena):
    at = promised(lena, asked)
    send(lena, f"{at}/start", {})
    note = {"id": str(uuid.uuid4()), "text": "Two <b>are</b> up."}
    move = {"id": str(uuid.uuid4()), "reason": "It snowed.", **date_of("day", day(70))}
    for _twice in range(2):
        send(lena, f"{at}/note", note)
        send(lena, f"{at}/move", move)
    with scene.arrange() as session:
        commitment = session.get_one(Commitment, uuid.UUID(at.rsplit("/", 1)[1]))
        assert (commitment.state, commitment.due_on) == (S.UNDER_WAY, day(70))
        (step,) = commitment.milestones
    moved = {"id": str(uuid.uuid4()), "reason": "The shop is shut.", **date_of("day", day(30))}
    send(lena, f"{at}/move?step={step.id}", moved)
    for _twice in range(2):
        send(lena, f"{at}/reach/{step.id}", {})
    too_late = send(lena, f"{at}/move?step={step.id}", {**moved, "id": str(uuid.uuid4())})
    assert "error-summary" in too_late.text

    page = Page.get(client, f"/register/{scene.closed.code}")
    for words in ("Two <b>are</b> up.", "It snowed.", "The shop is shut."):
        assert page.words(page.tree).count(words) == 1, words
    assert page.has("Reached on")


def test_a_step_is_moved_no_further_than_the_day_on_which_all_is_done(scene, asked, lena):
    at = promised(lena, asked, **date_of("due_on", day(30)))
    with scene.arrange() as session:
        (step,) = session.get_one(Commitment, uuid.UUID(at.rsplit("/", 1)[1])).milestones
    url, form = f"{at}/move?step={step.id}", {"id": str(uuid.uuid4()), "reason": "Snow."}

    refused = Page.post(lena, url, {**form, **date_of("day", day(31))})

    assert [error for error in refused.errors() if "day" in error]
    assert refused.has("Snow.")
    with scene.arrange() as session:
        step = session.get_one(Milestone, step.id)
        by = session.scalars(select(Account).filter_by(email="lena@example.org")).one()
        wanted = services.Move(day(31), "Snow.", step)
        with pytest.raises(NotAllowed):
            services.move(uuid.uuid4(), step.commitment, wanted, by=by)
    assert send(lena, url, {**form, **date_of("day", day(30))}).status_code == 303


def test_it_is_done_with_what_shows_it_and_then_nothing_can_be_done(client, scene, asked, lena):
    at = promised(lena, asked)
    without = Page.post(lena, f"{at}/finish", {"evidence": "", "link": ""})
    assert len(without.errors()) == 1
    wrong = Page.post(lena, f"{at}/finish", {"evidence": "They shine.", "link": "javascript:x"})
    assert wrong.has("They shine.")
    link = "https://example.org/lights"
    for _twice in range(2):
        done = send(lena, f"{at}/finish", {"evidence": "They shine.", "link": link})
        assert done.status_code == 303

    page = Page.get(client, f"/register/{scene.closed.code}")
    assert page.words(page.tree).count("They shine.") == 1
    assert link in page.links()
    assert not Page.get(lena, at).has("What you can do now")


def test_what_is_dropped_says_why_and_can_be_promised_anew(client, scene, asked, lena):
    at = promised(lena, asked, text="Lights everywhere.")
    assert len(Page.post(lena, f"{at}/drop", {"reason": " "}).errors()) == 1
    for _twice in range(2):
        assert send(lena, f"{at}/drop", {"reason": "It costs too much."}).status_code == 303
    again = promised(lena, asked, text="Lights on the path.")

    page = Page.get(client, f"/register/{scene.closed.code}")
    for words in ("Lights everywhere.", "It costs too much.", "Lights on the path."):
        assert page.has(words), words
    assert not Page.get(lena, at).has("What you can do now")
    assert Page.get(lena, again).has("What you can do now")
    assert lena.get(f"{at}/finish").location == at


def test_a_day_that_is_moved_after_it_had_passed_stays_overdue(client, scene, asked, lena):
    at = promised(lena, asked)
    with scene.arrange() as session:
        session.get_one(Commitment, uuid.UUID(at.rsplit("/", 1)[1])).due_on = day(-1)
    form = {"id": str(uuid.uuid4()), "reason": "Sorry.", **date_of("day", day(9))}
    assert Page.get(lena, f"{at}/move").has("stays overdue")

    assert send(lena, f"{at}/move", form).status_code == 303

    page = Page.get(client, f"/register/{scene.closed.code}")
    assert page.has("Overdue since")
    assert page.has("Sorry.")


def test_after_two_moves_the_group_allows_a_later_day(client, chair, scene, asked, lena):
    at = promised(lena, asked)
    key = at.rsplit("/", 1)[1]
    last = day(60 + 28)
    latest = f"{last.day} {last:%B %Y}"
    assert Page.get(lena, f"{at}/move").has(f"The latest possible day is {latest}.")
    too_late = {"id": str(uuid.uuid4()), "reason": "Snow.", **date_of("day", day(89))}
    assert Page.post(lena, f"{at}/move", too_late).errors() == [
        f"The latest possible day is {latest}."
    ]
    for number in (62, 64, 66):
        form = {"id": str(uuid.uuid4()), "reason": "Snow.", **date_of("day", day(number))}
        answer = send(lena, f"{at}/move", form)
    assert answer.status_code == 200
    assert "The body has moved this day 2 times already." in answer.text
    assert "Snow." in answer.text
    page = Page.get(lena, at)
    assert page.has("The group can allow more time.")
    assert f"{at}/move" not in page.links()
    assert lena.get(f"{at}/move").location == at
    desk, allow = f"/desk/oversight/recommendations/{asked.id}", f"{GROUP}/{key}/move"
    assert allow in Page.get(chair, desk).links()
    assert Page.get(chair, allow).has("Name a later day")
    assert send(lena, allow, form).status_code == 403

    for _twice in range(2):
        assert send(chair, allow, form).location == desk

    page = Page.get(client, f"/register/{scene.closed.code}")
    assert page.has("The day was moved 3 times, by 6 days in all.")
    assert page.words(page.tree).count("The residents’ group allowed it.") == 1


@pytest.mark.parametrize("answer", [None, "not-accepted"])
def test_only_what_was_accepted_is_promised(scene, lena, answer):
    made = scene.recommend()
    if answer:
        reply = {"answer": answer, "reasons": "It is not ours."}
        assert send(lena, f"/desk/replies/{made.id}", reply).status_code == 303

    assert lena.get(f"{DESK}/for/{made.id}").location == f"/desk/replies/{made.id}"
    refused = Page.post(lena, f"{DESK}/for/{made.id}", promise_form())
    assert refused.has("Accept the recommendation first")
    with scene.arrange() as session:
        assert session.scalars(select(Commitment)).all() == []
        assert session.get_one(Recommendation, made.id)


def test_words_that_name_somebody_wait_for_the_tick(client, scene, asked, lena):
    at = promised(lena, asked)
    form = {"id": str(uuid.uuid4()), "text": "Ring Jo on 07700 900123."}

    asks = Page.post(lena, f"{at}/note", form)

    assert len(asks.errors()) == 1
    assert asks.has("Ring Jo on 07700 900123.")
    assert "07700" not in Page.get(client, f"/register/{scene.closed.code}").text
    assert send(lena, f"{at}/note", {**form, "is_checked": "y"}).status_code == 303
    assert Page.get(client, f"/register/{scene.closed.code}").has("07700 900123")
