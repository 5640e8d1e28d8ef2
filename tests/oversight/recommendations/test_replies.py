from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.oversight.recommendations.conftest import REPLIES
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.oversight.recommendations import answering, queries
from vrn_community.oversight.recommendations.models import Answer, RecommendationState

REPLY = {"answer": "partly", "reasons": "It costs little, and we begin in March."}


def at(recommendation):
    return f"{REPLIES}/{recommendation.id}"


def reload(scene, recommendation):
    with scene.arrange():
        return queries.recommendation(recommendation.id)


@pytest.mark.parametrize("role", [Role.PARTNER, Role.BOARD_MEMBER])
def test_somebody_sees_what_their_body_is_asked_and_nothing_else(partner_of, scene, role):
    mine, other = scene.recommend(), scene.recommend(scene.police, text="Fewer cars")
    draft = scene.recommend(is_sent=False, text="Not sent")

    client = partner_of(scene.council, role)
    page = Page.get(client, REPLIES)

    assert at(mine) in page.links()
    assert not page.has("Fewer cars")
    assert not page.has("Not sent")
    Page.get(client, at(other), status=404)
    Page.get(client, at(draft), status=404)
    assert send(client, at(other), REPLY).status_code == 404


def test_what_is_overdue_comes_first(partner_of, scene, arrange):
    later, overdue = scene.recommend(text="Later"), scene.recommend(text="Long ago")
    with arrange() as session:
        session.merge(overdue).reply_by = clock.today() - timedelta(days=3)

    page = Page.get(partner_of(scene.council), REPLIES)

    order = [link for link in page.links() if link in (at(later), at(overdue))]
    assert order == [at(overdue), at(later)]
    assert page.has("Overdue")


def test_an_account_without_a_body_is_told_why_it_sees_nothing(partner_of, scene):
    sent = scene.recommend()
    client = partner_of(None)

    assert Page.get(client, REPLIES).has("We do not know yet which body you answer for.")
    Page.get(client, at(sent), status=404)


def test_a_body_that_is_asked_nothing_is_told_so(partner_of, scene):
    assert Page.get(partner_of(scene.police), REPLIES).has("Nothing is waiting for your body.")


def test_a_reply_is_sent_once_and_shown(partner_of, scene):
    sent = scene.recommend()
    client = partner_of(scene.council)
    form = Page.get(client, at(sent))
    assert form.has("More lights")
    assert not form.has("Joy")

    for _twice in range(2):
        assert send(client, at(sent), REPLY).location == at(sent)

    page = Page.get(client, at(sent))
    assert page.has("Accepted in part")
    assert page.has(REPLY["reasons"])
    assert page.all("textarea") == []
    assert reload(scene, sent).state is RecommendationState.REPLIED


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"answer": ""}, "Choose an answer."),
        ({"answer": "perhaps"}, None),
        ({"reasons": " "}, "Give your reasons."),
        ({"reasons": "x" * 4_001}, "Use at most 4,000 characters."),
    ],
    ids=str,
)
def test_a_reply_that_is_not_right_is_shown_again(partner_of, scene, changes, message):
    sent = scene.recommend()

    page = Page.post(partner_of(scene.council), at(sent), REPLY | changes)

    assert page.errors() == [message] if message else len(page.errors()) == 1
    assert page.title.startswith("Error: Reply to a recommendation")
    assert reload(scene, sent).state is RecommendationState.SENT


def test_words_typed_after_a_colleague_has_replied_are_not_lost(partner_of, scene, arrange):
    sent = scene.recommend()
    client = partner_of(scene.council)
    with arrange() as session:
        colleague = make_account(Role.BOARD_MEMBER, email="max@example.org")
        colleague.body_id = sent.body_id
        found = session.merge(sent)
        answering.reply(found, Answer.ACCEPTED, "We do it all.", by=colleague)

    page = Page.post(client, at(sent), REPLY)

    assert page.has("That cannot be done now: things have moved on.")
    assert REPLY["reasons"] in page.words(page.all("textarea")[0])
    assert reload(scene, sent).reply.reasons == "We do it all."


@pytest.mark.parametrize("role", [Role.OVERSIGHT_CHAIR, Role.APPROVER, Role.ADMINISTRATOR])
def test_other_roles_do_not_reply(sign_in_as, scene, role):
    sent = scene.recommend()
    stranger = sign_in_as(role, email="stranger@example.org")

    assert stranger.get(REPLIES).status_code == 403
    assert send(stranger, at(sent), REPLY).status_code == 403
