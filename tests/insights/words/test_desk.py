import pytest
from sqlalchemy import select

from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.insights.words.conftest import ABOUT, cleared
from tests.opportunities.conftest import counted
from tests.pages import Page, send
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import PassageState
from vrn_community.extensions import db
from vrn_community.insights.words import jobs
from vrn_community.insights.words.models import Coding, Suggestion, Theme


def at(opportunity, ending=""):
    return f"/desk/opportunities/{opportunity.id}/words{ending}"


@pytest.fixture
def analyst(sign_in_as):
    return sign_in_as(Role.ANALYST, email="analyst@example.org", name="Ana Lyst")


@pytest.fixture
def asked(stored, arrange):
    """Store an activity with words to read, and some that wait."""
    opportunity = stored([])
    with arrange():
        cleared(opportunity, ABOUT, question_id="why")
        make_passage(opportunity, "CANARY", PassageState.PENDING, "why")
    return opportunity


def only(app, model):
    with app.app_context():
        return db.session.scalars(select(model)).one()


def add_theme(client, opportunity, name="Lights"):
    return send(client, at(opportunity, "/why/themes"), {"name": name})


def test_an_analyst_reads_what_is_cleared_and_nothing_that_waits(analyst, asked):
    index = Page.get(analyst, at(asked))
    assert index.has("What makes you feel unsafe?")
    assert at(asked, "/why") in index.links()

    page = Page.get(analyst, at(asked, "/why"))

    assert page.heading == "Read and code"
    assert page.has("Page 1 of 5")
    assert "CANARY" not in page.text


def test_a_search_keeps_its_words_and_says_when_nothing_matches(analyst, asked):
    page = Page.get(analyst, at(asked, "/why?q=LAMP"))
    assert page.has("lamp")
    assert not page.has("late buses")

    nothing = Page.get(analyst, at(asked, "/why?q=%25zzz"))
    assert nothing.has("No words match.")
    assert [i.get("value") for i in nothing.all("input") if i.get("id") == "q"] == ["%zzz"]


def test_an_activity_without_words_says_so(analyst, stored):
    opportunity = stored([])

    assert Page.get(analyst, at(opportunity)).has("There are no words to read yet")
    Page.get(analyst, at(opportunity, "/why"), status=404)


def test_themes_are_added_and_passages_coded(analyst, asked, app):
    assert add_theme(analyst, asked).status_code == 303
    theme = only(app, Theme)
    page = Page.get(analyst, at(asked, "/why"))
    keys = [i.get("value") for i in page.all("input") if i.get("name") == "among"]
    data = {"among": keys, "given": [f"{keys[0]} {theme.id}"], "none": [keys[1]]}

    answer = send(analyst, at(asked, "/why?page=2"), data)

    assert answer.location == at(asked, "/why?page=2")
    again = Page.get(analyst, at(asked, "/why"))
    ticked = [i.get("value") for i in again.all("input") if i.get("checked") is not None]
    assert ticked == [f"{keys[0]} {theme.id}", keys[1]]
    by_theme = Page.get(analyst, at(asked, f"/why?theme={theme.id}"))
    assert [i.get("value") for i in by_theme.all("input") if i.get("name") == "among"] == keys[:1]


def test_a_form_that_makes_no_sense_codes_nothing(analyst, asked, app):
    add_theme(analyst, asked)
    data = {"among": ["x", ""], "given": ["x", "x y", " "], "none": ["x"]}

    assert send(analyst, at(asked, "/why"), data).status_code in (303, 409)

    with app.app_context():
        assert not db.session.scalars(select(Coding)).all()


def test_a_theme_without_a_name_is_refused_beside_the_field(analyst, asked):
    page = Page.post(analyst, at(asked, "/why/themes"), {"name": " ", "definition": "Kept"})

    assert page.errors() == ["Give the theme a name."]
    assert page.has("Kept")


def test_a_theme_is_renamed_merged_and_given_up(analyst, asked, app):
    for name in ("Lamps", "Lights", "Buses"):
        add_theme(analyst, asked, name)
    with app.app_context():
        keys = {theme.name: theme.id for theme in db.session.scalars(select(Theme))}

    send(analyst, at(asked, f"/themes/{keys['Lights']}"), {"name": "Street lights"})
    send(analyst, at(asked, f"/themes/{keys['Lamps']}/merge"), {"merge-into": keys["Lights"]})
    send(analyst, at(asked, f"/themes/{keys['Buses']}/retire"), {})

    page = Page.get(analyst, at(asked, "/why/themes"))
    assert page.has("Merged into Street lights")
    assert page.has("Given up")
    assert Page.get(analyst, at(asked, f"/themes/{keys['Lights']}")).has(
        "What it was called before"
    )
    assert not Page.get(analyst, at(asked, f"/themes/{keys['Buses']}")).has("Save the theme")
    wrong = send(analyst, at(asked, f"/themes/{keys['Lights']}/merge"), {"merge-into": "x"})
    assert wrong.status_code == 409


def test_a_suggestion_is_asked_for_seen_to_come_and_accepted_or_put_aside(analyst, asked, app):
    assert send(analyst, at(asked, "/why/suggestions"), {}).status_code == 303
    waiting = Page.get(analyst, at(asked, "/why/suggestions"))
    assert waiting.has("We look for themes: 0% done")
    assert waiting.has("Look again")

    with app.app_context():
        jobs.suggest()
    page = Page.get(analyst, at(asked, "/why/suggestions"))
    assert page.has("A computer put passages with similar words together.")
    first, second = [link for link in page.links() if "/suggestions/" in link][:2]
    form = Page.get(analyst, first)
    assert form.has("No passage gets the theme before somebody has coded it.")
    assert send(analyst, first, {"name": "Dark streets"}).status_code == 303
    assert send(analyst, f"{second}/dismiss", {}).status_code == 303

    assert Page.get(analyst, at(asked, "/why/themes")).has(
        "From a suggestion, accepted by a person"
    )
    left = Page.get(analyst, at(asked, "/why/suggestions")).links()
    assert not {first, second} & set(left)
    assert Page.get(analyst, first).has("Somebody has decided about this suggestion already.")


def test_what_cannot_be_suggested_is_said_by_language(analyst, stored, arrange, app):
    opportunity = stored([])
    with arrange():
        cleared(opportunity, ["The street is far too dark at night"] * 3, question_id="why")
    send(analyst, at(opportunity, "/why/suggestions"), {})
    with app.app_context():
        jobs.suggest()

    page = Page.get(analyst, at(opportunity, "/why/suggestions"))

    assert page.has("Language: English")
    assert page.has("So few people wrote in this language that reading them is quicker.")


def test_nothing_of_a_passage_is_stored_with_a_suggestion(analyst, asked, app):
    send(analyst, at(asked, "/why/suggestions"), {})
    with app.app_context():
        jobs.suggest()
        columns = {column.name for column in Suggestion.__table__.columns}

    assert columns == {"id", "created_at", "run_id", "language", "stability", "state"}


def test_agreement_needs_a_second_coder(analyst, asked):
    page = Page.get(analyst, at(asked, "/why/agreement"))

    assert page.has("Too few passages were read by two people.")


def test_agreement_is_shown_with_what_it_means(sign_in_as, analyst, asked, app):
    add_theme(analyst, asked)
    theme = only(app, Theme)
    second = sign_in_as(Role.ANALYST, email="second@example.org")
    page = Page.get(analyst, at(asked, "/why"))
    keys = [i.get("value") for i in page.all("input") if i.get("name") == "among"]
    data = {"among": keys, "given": [f"{key} {theme.id}" for key in keys[:9]], "none": keys[9:]}

    for coder in (analyst, second):
        send(coder, at(asked, "/why"), data)

    shown = Page.get(analyst, at(asked, "/why/agreement"))
    assert shown.has("Good: you can rely on it.")
    assert Page.get(second, at(asked, "/why/themes")).has("Too few people answered it")


def test_the_pages_take_a_fixed_number_of_queries(analyst, asked, app):
    for name in ("Lights", "Buses", "Clubs"):
        add_theme(analyst, asked, name)
    for ending in ("/why", "/why/themes", "/why/agreement"):
        with app.app_context(), counted() as statements:
            analyst.get(at(asked, ending))
            number = len(statements)

        assert number < 35, ending


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.ANALYST, Role.PEER_ANALYST)])
def test_words_are_for_analysts_alone(sign_in_as, asked, role):
    client = sign_in_as(role, email="other@example.org")

    for ending in ("", "/why", "/why/themes", "/why/suggestions", "/why/agreement"):
        assert client.get(at(asked, ending)).status_code == 403
    for ending in ("/why", "/why/themes", "/why/suggestions"):
        assert send(client, at(asked, ending), {}).status_code == 403


def test_a_theme_of_another_activity_is_not_there(analyst, asked, stored_elsewhere, app):
    add_theme(analyst, asked)

    Page.get(analyst, at(stored_elsewhere, f"/themes/{only(app, Theme).id}"), status=404)


@pytest.fixture
def stored_elsewhere(arrange, asked):

    with arrange():
        author = db.session.scalars(select(Account)).first()
        return make_opportunity(author)
