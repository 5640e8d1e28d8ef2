import uuid
from datetime import timedelta

import pytest

from tests.oversight.conftest import DESK
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.oversight.recommendations import days, queries
from vrn_community.oversight.recommendations.models import Recommendation, RecommendationState

LIST = f"{DESK}/recommendations"


def at(thing, ending=""):
    folder = LIST if isinstance(thing, Recommendation) else DESK
    return f"{folder}/{thing.id}{ending}"


def form_of(body="council", **changes):
    day = clock.today() + timedelta(days=14)
    parts = {"reply_by-day": day.day, "reply_by-month": day.month, "reply_by-year": day.year}
    return {"body": body, "text": "More lights", "reasons": "36% said so", **parts, **changes}


def reload(scene, recommendation):
    with scene.arrange():
        return queries.recommendation(recommendation.id)


def test_nothing_is_recommended_about_what_is_open(chair, scene):
    Page.get(chair, at(scene.open, "/recommend"), status=404)
    assert send(chair, at(scene.open, "/recommend"), form_of()).status_code == 404


def test_a_chair_writes_a_draft_and_sends_it(chair, scene):
    assert at(scene.closed, "/recommend") in Page.get(chair, at(scene.closed)).links()
    key = Page.get(chair, at(scene.closed, "/recommend")).hidden("id")
    form = form_of(id=key)

    first = send(chair, at(scene.closed, "/recommend"), form)
    again = send(chair, at(scene.closed, "/recommend"), form)
    assert first.location == again.location == f"{LIST}/{key}"
    draft = Page.get(chair, first.location)
    assert draft.has("The council")
    for _twice in range(2):
        assert send(chair, f"{LIST}/{key}/send", {}).status_code == 303

    page = Page.get(chair, f"{LIST}/{key}")
    assert page.has("Waiting for a reply")
    assert f"{LIST}/{key}/edit" not in page.links()


def test_the_form_names_the_usual_day_and_not_the_group_itself(app, chair, scene):
    page = Page.get(chair, at(scene.closed, "/recommend"))

    with app.app_context():
        day = days.usual_reply_by()
    values = {field.get("id"): field.get("value") for field in page.all("input")}
    assert values["reply_by-day"] == str(day.day)
    bodies = {option.get("value") for option in page.all("option")}
    assert {"council", "police"} <= bodies
    assert "community-oversight-group" not in bodies


def test_without_a_day_the_reply_is_due_on_the_usual_day(chair, scene, arrange):
    key = str(uuid.uuid4())
    empty = {"reply_by-day": "", "reply_by-month": "", "reply_by-year": ""}

    send(chair, at(scene.closed, "/recommend"), form_of(id=key, **empty))

    with arrange():
        due = queries.recommendation(uuid.UUID(key)).reply_by
        assert due == days.usual_reply_by()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"body": ""}, "Choose who should do it."),
        ({"text": " "}, "Write what should be done."),
        ({"reasons": ""}, "Give your reasons."),
        ({"text": "x" * 4_001}, "Use at most 4,000 characters."),
        ({"reply_by-year": "2020"}, "Choose a day after today."),
        ({"body": "residents"}, None),
    ],
    ids=str,
)
def test_a_recommendation_that_is_not_right_is_shown_again(chair, scene, changes, message):
    page = Page.post(chair, at(scene.closed, "/recommend"), form_of(**changes))

    assert page.errors() == [message] if message else len(page.errors()) == 1
    assert Page.get(chair, LIST).has("There is nothing here.")


def test_members_read_recommendations_and_write_none(member, scene):
    draft = scene.recommend(is_sent=False)

    page = Page.get(member, at(draft))

    assert page.has("Written by Joy")
    assert [form for form in page.all("form") if str(draft.id) in form.get("action", "")] == []
    for ending in ("/send", "/close", "/edit"):
        assert send(member, at(draft, ending), form_of()).status_code == 403
    Page.get(member, at(scene.closed, "/recommend"), status=403)


def test_a_chair_sends_the_draft_of_another_and_leaves_its_words(chair, scene):
    draft = scene.recommend(is_sent=False)

    assert at(draft, "/edit") not in Page.get(chair, at(draft)).links()
    assert chair.get(at(draft, "/edit")).location == at(draft)
    assert send(chair, at(draft, "/edit"), form_of(text="Mine now")).status_code == 409
    send(chair, at(draft, "/send"), {})

    after = reload(scene, draft)
    assert (after.state, after.text) == (RecommendationState.SENT, "More lights")


def test_an_author_changes_a_draft(chair, scene):
    key = str(uuid.uuid4())
    send(chair, at(scene.closed, "/recommend"), form_of(id=key))
    url = f"{LIST}/{key}/edit"

    form = Page.get(chair, url)
    assert form.words(form.all("textarea")[0]) == "More lights"
    answered = send(chair, url, form_of(text="Better words", body="police"))

    assert answered.location == f"{LIST}/{key}"
    assert Page.get(chair, f"{LIST}/{key}").has("Better words")


def test_what_is_overdue_stands_out(member, scene, arrange):
    sent = scene.recommend()
    with arrange() as session:
        session.merge(sent).reply_by = clock.today() - timedelta(days=1)

    assert Page.get(member, f"{LIST}?state=overdue").has("Overdue")
    assert at(sent) in Page.get(member, f"{LIST}?state=overdue").links()
    assert Page.get(member, at(sent)).has("The reply should have come by")


def test_recommendations_can_be_filtered(member, scene):
    to_council, to_police = scene.recommend(), scene.recommend(scene.police, is_sent=False)

    def listed(query):
        links = Page.get(member, f"{LIST}?{query}").links()
        return {one.id for one in (to_council, to_police) if at(one) in links}

    assert listed("") == {to_council.id, to_police.id}
    assert listed("state=sent") == {to_council.id}
    assert listed("state=overdue") == set()
    assert listed("body=police") == {to_police.id}
    assert listed(f"about={scene.closed.id}") == {to_council.id, to_police.id}
    assert listed(f"about={scene.open.id}") == set()
    assert listed("state=nonsense&page=99&about=nonsense") == {to_council.id, to_police.id}
    Page.get(member, f"{LIST}?body=nobody", status=404)


def test_the_list_takes_as_many_queries_for_ten_as_for_one(app, member, scene):
    from tests.opportunities.conftest import counted

    sent = []
    member.get(LIST)
    for more in (1, 9):
        for _number in range(more):
            scene.recommend()
        with app.app_context(), counted() as statements:
            assert member.get(LIST).status_code == 200
        sent.append(len(statements))

    assert sent[0] == sent[1]


@pytest.mark.parametrize(
    "role", [Role.PUBLISHER, Role.MODERATOR, Role.ANALYST, Role.PARTNER, Role.ADMINISTRATOR]
)
def test_other_roles_see_nothing_of_it(sign_in_as, scene, role):
    sent = scene.recommend()
    stranger = sign_in_as(role, email="stranger@example.org")

    for url in (LIST, at(sent), at(scene.closed, "/recommend")):
        assert stranger.get(url).status_code == 403
