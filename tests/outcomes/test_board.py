"""The board sees what waits for it, who owes what, and the latest replies, on one page."""

import uuid

import pytest

from tests.opportunities.conftest import counted
from tests.outcomes.conftest import day
from tests.outcomes.decisions.conftest import Decided
from tests.pages import Page
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.oversight.commitments import services as commitments
from vrn_community.oversight.recommendations import answering
from vrn_community.oversight.recommendations import services as recommendations
from vrn_community.oversight.recommendations.models import Answer

BOARD = "/desk/board"


class Scene(Decided):
    def ask(self, words, *, is_late=False, answer=None, is_escalated=False):
        """Store a recommendation to the partnership, and what became of it."""
        with self.arrange() as session:
            chair = session.query(Account).filter_by(email="joy@example.org").one()
            asked = recommendations.Request(session.merge(self.csp), words, "Dark.")
            about, partner = session.merge(self.opportunity), session.merge(self.partner)
            made = recommendations.recommend(uuid.uuid4(), about, asked, by=chair)
            recommendations.send(made, is_checked=True, by=chair)
            if answer:
                answering.reply(made, answer, "Because.", by=partner)
            if is_late:
                made.reply_by = day(-3)
            if is_escalated:
                answering.escalate(made, "Nobody else can.", by=chair)
            if answer is Answer.ACCEPTED:
                promise = commitments.Promise("Head of lights", f"Do: {words}", day(1))
                promised = commitments.promise(uuid.uuid4(), made, promise, by=partner)
                promised.due_on = day(-2)
            return made


@pytest.fixture
def scene(partnership, arrange):
    return Scene(arrange)


@pytest.fixture
def mo(sign_in_as):
    return sign_in_as(Role.BOARD_MEMBER, email="mo@example.org", name="Mo Hussain")


def test_the_board_sees_what_waits_who_owes_what_and_what_was_replied(scene, mo, app):
    late = scene.ask("Name a day.", is_late=True, is_escalated=True)
    accepted = scene.ask("Cut the bushes.", answer=Answer.ACCEPTED)
    refused = scene.ask("Open a way.", answer=Answer.NOT_ACCEPTED)

    page = Page.get(mo, BOARD)

    assert page.has("What waits for the board")
    for row in (late, accepted, refused):
        assert f"{BOARD}/{row.id}" in page.links()
    assert f"/register/debts/{scene.csp.slug}" in page.links()
    row = next(row for row in page.all("tr") if page.words(row).startswith(scene.csp.name))
    assert page.words(row).split(scene.csp.name)[1].split() == [
        *("2", "1", "late"),  # Replies: one is due later.
        *("1", "1", "late"),  # Promises.
        "0",
        *("3", "days"),
    ]
    for words in ("Accepted", "Not accepted"):
        assert page.has(words)
    assert f"{BOARD}/recommendations" in page.links()
    Page.get(mo, f"{BOARD}/recommendations?state=overdue")


def test_without_anything_it_says_so(partnership, mo):
    page = Page.get(mo, BOARD)

    for words in ("Nothing waits for the board today.", "No body has replied yet."):
        assert page.has(words)


def test_each_list_turns_by_itself_and_nonsense_turns_nothing(scene, mo):
    for number in range(11):
        scene.ask(f"Number {number}.", answer=Answer.PARTLY)

    page = Page.get(mo, f"{BOARD}?replies=2&waits=99&debts=x")

    assert (
        len(
            [link for link in page.links() if link.startswith(f"{BOARD}/") and "recomm" not in link]
        )
        == 1
    )
    assert any("replies=1" in link and link.endswith("#replies") for link in page.links())


def test_the_number_of_statements_does_not_grow(scene, mo, app):
    def statements(number):
        with app.app_context(), counted() as found:
            assert mo.get(f"{BOARD}?n={number}").status_code == 200
        return len(found)

    scene.ask("First.", answer=Answer.ACCEPTED)
    scene.ask("Late.", is_late=True, is_escalated=True)
    statements(0)
    few = statements(1)
    for number in range(4):
        scene.ask(f"Number {number}.", answer=Answer.ACCEPTED)
        scene.ask(f"Late {number}.", is_late=True, is_escalated=True)

    statements(2)
    assert statements(3) <= few


@pytest.mark.parametrize("role", [Role.PARTNER, Role.OVERSIGHT_CHAIR, Role.PUBLISHER])
def test_it_is_for_the_board_alone(partnership, sign_in_as, role):
    client = sign_in_as(role, email="other@example.org", name="Other")

    assert client.get(BOARD).status_code == 403
