import pytest

from tests.factories.passages import make_passage
from tests.outcomes.conftest import WORDS, day, make_closed, make_outcome
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.outcomes import queries
from vrn_community.outcomes.models import OutcomeState


def at(opportunity, ending=""):
    return f"/desk/opportunities/{opportunity.id}/outcome{ending}"


def sent_form(client, opportunity, **changes):
    decided = day(-1)
    parts = {"day": decided.day, "month": decided.month, "year": decided.year}
    version = Page.get(client, at(opportunity, "/edit")).hidden("version")
    dates = {f"decided_on-{name}": value for name, value in parts.items()}
    return {**WORDS, **dates, "version": version, **changes}


@pytest.fixture
def closed(stored):
    return stored(make_closed, title="Lights in the park")


@pytest.fixture
def draft(stored, closed):
    return stored(make_outcome, closed, is_published=False)


@pytest.fixture
def reload(arrange):
    def read(opportunity):
        with arrange():
            return queries.outcome(opportunity.id)

    return read


def test_an_outcome_is_begun_written_and_published(publisher, client, closed, reload):
    assert Page.get(publisher, at(closed)).has("Nobody has begun it yet.")
    for _twice in range(2):
        assert send(publisher, at(closed, "/begin"), {}).location == at(closed, "/edit")
    form = Page.get(publisher, at(closed, "/edit"))
    assert form.has(closed.decider) or closed.decider in form.text

    saved = send(publisher, at(closed, "/edit"), sent_form(publisher, closed))
    assert saved.location == at(closed)
    page = Page.get(publisher, at(closed))
    assert not page.has("Before it can be published")
    assert not Page.get(client, f"/register/{closed.code}").has(WORDS["changed"])
    for _twice in range(2):
        assert send(publisher, at(closed, "/publish"), {}).location == at(closed)

    assert reload(closed).state is OutcomeState.PUBLISHED
    assert Page.get(client, f"/register/{closed.code}").has(WORDS["changed"])


def test_every_gap_leads_to_the_field_where_it_is_mended(publisher, closed):
    send(publisher, at(closed, "/begin"), {})
    form = Page.get(publisher, at(closed, "/edit"))
    empty = dict.fromkeys(WORDS, "") | {"version": form.hidden("version")}
    send(publisher, at(closed, "/edit"), empty)

    page = Page.get(publisher, at(closed))

    links = [link for link in page.links() if link.startswith(at(closed, "/edit#"))]
    ids = {element.get("id") for element in form.tree.iter()}
    assert len(links) == 7
    assert {link.split("#")[1] for link in links} <= ids


def test_what_seems_to_name_somebody_is_looked_at_before_everybody_reads_it(
    publisher, closed, draft, arrange, reload
):
    telling = sent_form(publisher, closed, you_said="Mrs Okafor, ring 07700 900123")

    asked = Page.post(publisher, at(closed, "/edit"), telling)
    assert asked.errors()
    assert "Mrs Okafor" in asked.text
    assert reload(closed).you_said == WORDS["you_said"]
    saved = send(publisher, at(closed, "/edit"), {**telling, "is_checked": "y"})

    assert saved.status_code == 303
    assert "Mrs Okafor" in reload(closed).you_said
    assert send(publisher, at(closed, "/publish"), {}).status_code == 303
    with arrange() as session:
        session.merge(reload(closed)).easy_read = ""
    easy = {"easy_read": "Ring 07700 900123."}
    assert Page.post(publisher, at(closed, "/easy-read"), easy).errors()
    assert send(publisher, at(closed, "/easy-read"), {**easy, "is_checked": "y"}).status_code == 303


def test_what_is_incomplete_is_not_published(publisher, closed, draft, arrange, reload):
    with arrange() as session:
        session.merge(draft).you_said = ""
        for _number in range(10):
            make_passage(session.merge(closed))

    page = Page.post(publisher, at(closed, "/publish"), {})

    assert page.title.startswith("Error:")
    assert page.has("Say what people told you.")
    assert page.has("People answered, and the results are not frozen yet.")
    assert reload(closed).state is OutcomeState.DRAFT


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"changed": "x" * 4_001}, "Use at most 4,000 characters."),
        ({"decided_by": "x" * 201}, "Use at most 200 characters."),
        ({"decided_on-day": "45"}, "Enter a real date, for example 27 9 2027."),
    ],
    ids=str,
)
def test_what_cannot_be_stored_is_shown_again(publisher, closed, draft, reload, changes, message):
    form = sent_form(publisher, closed, you_said="My words", **changes)

    page = Page.post(publisher, at(closed, "/edit"), form)

    assert page.errors() == [message]
    assert "My words" in page.text
    assert reload(closed).you_said == WORDS["you_said"]


def test_whoever_is_overtaken_keeps_their_words_and_decides(publisher, closed, draft, reload):
    mine = sent_form(publisher, closed, changed="Mine")
    send(publisher, at(closed, "/edit"), sent_form(publisher, closed, changed="Theirs"))

    page = Page.post(publisher, at(closed, "/edit"), mine)

    assert page.has("Somebody else changed this draft after you opened it.")
    assert reload(closed).changed == "Theirs"
    send(publisher, at(closed, "/edit"), mine | {"version": page.hidden("version")})
    assert reload(closed).changed == "Mine"


def test_words_typed_after_publication_are_not_lost(publisher, closed, draft, reload):
    form = sent_form(publisher, closed, changed="Too late")
    send(publisher, at(closed, "/publish"), {})

    page = Page.post(publisher, at(closed, "/edit"), form)

    assert page.has("This cannot be changed now, so nothing was saved.")
    assert "Too late" in page.text
    assert reload(closed).changed == WORDS["changed"]
    assert publisher.get(at(closed, "/edit")).location == at(closed)


def test_nothing_that_was_not_begun_is_edited_or_published(publisher, closed):
    Page.get(publisher, at(closed, "/edit"), status=404)
    assert send(publisher, at(closed, "/publish"), {}).status_code == 404


def test_what_nobody_could_answer_has_no_outcome(publisher, stored):
    inform = stored(make_closed, level=ParticipationLevel.INFORM)

    assert send(publisher, at(inform, "/begin"), {}).status_code == 409


@pytest.mark.parametrize("role", [Role.APPROVER, Role.OVERSIGHT_CHAIR, Role.PARTNER, Role.ANALYST])
def test_other_roles_write_no_outcome(sign_in_as, closed, draft, role, reload):
    stranger = sign_in_as(role, email="stranger@example.org")

    assert stranger.get(at(closed)).status_code == 403
    for ending in ("/begin", "/edit", "/publish"):
        assert send(stranger, at(closed, ending), {}).status_code == 403
    assert reload(closed).state is OutcomeState.DRAFT
