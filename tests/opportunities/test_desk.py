import uuid
from datetime import timedelta

import pytest

from tests.opportunities.conftest import DESK, at, counted, reload
from tests.pages import Page, send
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities import gates
from vrn_community.opportunities.levels import WORDS, ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity

S = OpportunityState


def date_parts(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def sent_form(client, opportunity, **changes):
    """Return what a browser would send from the form of a draft, with changes."""
    page = Page.get(client, at(opportunity, "/edit"))
    sent = {}
    for field in page.all("input"):
        is_list = field.get("type") == "checkbox"
        if is_list and "checked" in field.attrib:
            sent.setdefault(field.get("name"), []).append(field.get("value"))
        elif not is_list:
            sent[field.get("name")] = field.get("value", "")
    for area in page.all("textarea"):
        sent[area.get("name")] = area.text or ""
    for menu in page.all("select"):
        chosen = [o.get("value") for o in menu.iter() if "selected" in o.attrib]
        sent[menu.get("name")] = chosen[0] if chosen else ""
    return sent | changes


def test_the_list_shows_level_state_and_author(publisher, stored):
    opportunity = stored(state=S.SUBMITTED)

    page = Page.get(publisher, DESK)

    assert at(opportunity) in page.links()
    assert all(page.has(words) for words in ("Consult", "Waiting for approval", "Noor Else"))


def test_the_list_can_show_one_state(publisher, stored):
    opportunity = stored(state=S.SUBMITTED)

    assert at(opportunity) in Page.get(publisher, f"{DESK}?state=submitted").links()
    assert Page.get(publisher, f"{DESK}?state=paused").has("There is nothing here.")
    assert at(opportunity) in Page.get(publisher, f"{DESK}?state=nonsense").links()


def test_the_list_takes_as_many_queries_for_ten_as_for_one(app, publisher, stored):
    sent = []
    publisher.get(DESK)
    for more in (1, 9):
        for _number in range(more):
            stored()
        with app.app_context(), counted() as statements:
            assert publisher.get(DESK).status_code == 200
        sent.append(len(statements))

    assert sent[0] == sent[1]


def test_only_those_who_may_edit_can_begin(publisher, approver):
    assert f"{DESK}/new" in Page.get(publisher, DESK).links()
    assert f"{DESK}/new" not in Page.get(approver, DESK).links()
    Page.get(approver, f"{DESK}/new", status=403)


def test_a_draft_is_begun_with_a_title_and_a_level(publisher, app):
    key = Page.get(publisher, f"{DESK}/new").hidden("id")
    sent = {"id": key, "title": "Lights", "level": "consult"}

    first = send(publisher, f"{DESK}/new", sent)
    again = send(publisher, f"{DESK}/new", sent)

    assert first.status_code == again.status_code == 303
    assert first.location == again.location == f"{DESK}/{key}/edit"
    with app.app_context():
        assert db.session.get(Opportunity, uuid.UUID(key)).title == "Lights"


def test_a_draft_without_title_or_level_is_asked_for_both(publisher):
    page = Page.post(publisher, f"{DESK}/new", {"title": " "})

    assert page.errors() == ["Give it a title.", "Choose a level."]
    assert page.title.startswith("Error:")
    too_long = Page.post(publisher, f"{DESK}/new", {"title": "x" * 121, "level": "inform"})
    assert too_long.errors() == ["Use at most 120 characters."]
    made_up = Page.post(publisher, f"{DESK}/new", {"title": "x", "level": "boss"})
    assert len(made_up.errors()) == 1


@pytest.mark.parametrize("level", ParticipationLevel)
def test_saving_a_draft_as_it_is_changes_nothing(publisher, stored, app, level):
    opportunity = stored(level=level)
    before = {c.key: getattr(opportunity, c.key) for c in Opportunity.__table__.columns}
    sent = sent_form(publisher, opportunity)

    assert send(publisher, at(opportunity, "/edit"), sent).status_code == 303

    after = reload(app, opportunity)
    shown = {name for name in sent if name in before} | {"closes_on", "opens_on", "duties"}
    shown -= {"version"} | ({"duties"} if level is ParticipationLevel.INFORM else set())
    assert {name: getattr(after, name) for name in shown} == {name: before[name] for name in shown}
    assert [p.number for p in after.priorities] == [4]
    assert after.asking_body.id == opportunity.asking_body_id


def test_everything_that_is_typed_is_stored(publisher, stored, app):
    opportunity = stored()
    day = clock.today() + timedelta(days=40)
    sent = sent_form(
        publisher,
        opportunity,
        title="  New   title ",
        description_source="## A\n\n**b**",
        priorities=["1", "3"],
        areas=["E07000130"],
        prevention_levels=["tertiary"],
        decision="Where the lights go",
        max_age="17",
        **date_parts("closes_on", day),
    )

    assert send(publisher, at(opportunity, "/edit"), sent).status_code == 303

    after = reload(app, opportunity)
    assert (after.title, after.max_age, after.closes_on) == ("New title", 17, day)
    assert [p.number for p in after.priorities] == [1, 3]
    assert [a.code for a in after.areas] == ["E07000130"]
    assert [str(level) for level in after.prevention_levels] == ["tertiary"]
    assert after.duty("decision") == "Where the lights go"
    assert "<h2>A</h2>" in after.description_html


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Give it a title."),
        ({"title": "  "}, "Give it a title."),
        ({"summary": "x" * 301}, "Use at most 300 characters."),
        ({"min_age": "121"}, "Enter an age."),
        ({"min_age": "20", "max_age": "19"}, "The oldest age is below the youngest."),
        ({"min_age": "x"}, "Enter a whole number."),
        ({"min_age": "1.5"}, "Enter a whole number."),
        ({"min_age": "9" * 5_000}, "Enter a whole number."),
        ({"min_age": "9", "max_age": "x"}, "Enter a whole number."),
        (
            {"closes_on-day": "31", "closes_on-month": "2"},
            "Enter a real date, for example 27 9 2027.",
        ),
        ({"closes_on-year": "2020"}, "It cannot close before it opens."),
        ({"priorities": ["99"]}, None),
        ({"asking_body": "nobody"}, None),
        ({"decision": "x" * 4_001}, None),
    ],
)
def test_what_cannot_be_stored_is_shown_again_with_the_reason(
    publisher, stored, app, changes, message
):
    opportunity = stored()

    page = Page.post(
        publisher, at(opportunity, "/edit"), sent_form(publisher, opportunity, **changes)
    )

    assert page.errors() == [message] if message else len(page.errors()) == 1
    assert page.title == "Error: Change the draft - VRN Community"
    assert reload(app, opportunity).version == opportunity.version


def test_what_was_typed_stays_when_something_is_wrong(publisher, stored):
    opportunity = stored()
    sent = sent_form(publisher, opportunity, audience="My words", **{"opens_on-day": "45"})

    page = Page.post(publisher, at(opportunity, "/edit"), sent)

    values = {field.get("id"): field.get("value") for field in page.all("input")}
    assert values["audience"] == "My words"
    assert values["opens_on-day"] == "45"


def test_whoever_is_overtaken_keeps_their_words_and_decides(publisher, stored, app):
    opportunity = stored()
    mine = sent_form(publisher, opportunity, audience="Mine")
    theirs = sent_form(publisher, opportunity, audience="Theirs")
    send(publisher, at(opportunity, "/edit"), theirs)

    page = Page.post(publisher, at(opportunity, "/edit"), mine)

    assert page.has("Somebody else changed this draft after you opened it.")
    assert reload(app, opportunity).audience == "Theirs"
    send(publisher, at(opportunity, "/edit"), mine | {"version": page.hidden("version")})
    assert reload(app, opportunity).audience == "Mine"


def test_words_typed_too_late_are_not_lost(publisher, stored, arrange, app):
    opportunity = stored()
    sent = sent_form(publisher, opportunity, audience="Too late")
    with arrange() as session:
        session.get(Opportunity, opportunity.id).state = S.SUBMITTED

    page = Page.post(publisher, at(opportunity, "/edit"), sent)

    assert page.has("This cannot be changed now, so nothing was saved.")
    assert "Too late" in page.text
    assert reload(app, opportunity).audience == opportunity.audience


def test_what_is_not_a_draft_has_no_form(publisher, stored):
    opportunity = stored(state=S.PUBLISHED)

    answer = publisher.get(at(opportunity, "/edit"))

    assert (answer.status_code, answer.location) == (303, at(opportunity))


def test_the_form_of_information_leaves_out_what_it_does_not_owe(publisher, stored):
    page = Page.get(publisher, at(stored(level=ParticipationLevel.INFORM), "/edit"))

    names = {field.get("name") for tag in ("input", "textarea") for field in page.all(tag)}
    assert not names & {
        "decider",
        "can_change",
        "payment",
        "decision_on-day",
        "space",
        "is_undecided",
    }
    assert {"review_on-day", "closes_on-day"} <= names


@pytest.mark.parametrize("level", ParticipationLevel)
def test_every_gap_leads_to_the_field_where_it_is_mended(publisher, stored, level):
    empty = dict.fromkeys(("summary", "contact", "audience", "decider", "payment"), "")
    opportunity = stored(
        level=level,
        duties={},
        priorities=[],
        closes_on=None,
        review_on=None,
        decision_on=None,
        opens_on=None,
        is_undecided=False,
        **empty,
    )

    page = Page.get(publisher, at(opportunity))

    links = [link for link in page.links() if link.startswith(at(opportunity, "/edit#"))]
    form = Page.get(publisher, at(opportunity, "/edit"))
    ids = {element.get("id") for element in form.tree.iter()}
    assert len(links) >= 5
    assert {link.split("#")[1] for link in links} <= ids
    assert page.has("Before it can be submitted")


@pytest.mark.parametrize("level", ParticipationLevel)
def test_a_preview_shows_what_people_will_see(publisher, client, stored, level):
    opportunity = stored(level=level, is_public=True)

    preview = Page.get(publisher, at(opportunity, "/preview"))
    public = Page.get(client, f"/o/{opportunity.code}")

    def content(page):
        words = page.words(page.all("main")[0])
        told = words[words.index(str(WORDS[level].label)) :]
        for what_can_be_done in ("Share or print", "Tell me what changed"):
            told = told.partition(what_can_be_done)[0]
        return told.strip()

    assert preview.has("Preview: this is how people will see it.")
    assert preview.heading == public.heading
    assert content(preview) == content(public)


def test_an_empty_draft_can_be_previewed(publisher):
    key = Page.get(publisher, f"{DESK}/new").hidden("id")
    for level in ParticipationLevel:
        key = str(uuid.uuid4())
        send(publisher, f"{DESK}/new", {"id": key, "title": "Bare", "level": level.value})

        assert Page.get(publisher, f"{DESK}/{key}/preview").heading == "Bare"
        assert Page.get(publisher, f"{DESK}/{key}").has("Before it can be submitted")


def test_reasons_of_all_steps_have_labels_of_their_own(publisher, stored):
    page = Page.get(publisher, at(stored(state=S.PUBLISHED)))

    ids = [area.get("id") for area in page.all("textarea")]
    assert ids == ["pause-reason", "close-reason", "withdraw-reason"]


def test_every_duty_of_every_level_has_a_field(publisher, stored):
    for level in set(ParticipationLevel) - {ParticipationLevel.INFORM}:
        page = Page.get(publisher, at(stored(level=level), "/edit"))
        names = {area.get("name") for area in page.all("textarea")}
        assert {duty.name for duty in gates.duties_of(level, with_children=True)} <= names
