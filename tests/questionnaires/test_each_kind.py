"""Every kind of question, as somebody meets it who answers without JavaScript."""

import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient
from flask_babel import Domain
from werkzeug.datastructures import MultiDict

from tests.architecture.test_untranslated import outside_brackets
from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import SAMPLES, make_version, of_each_kind, questionnaire
from tests.factories.ways import BLABY, LEICESTER, WAYS, Sent, fields
from tests.pages import NAMESPACE, Page
from vrn_community.accounts.roles import Role
from vrn_community.insights import columns, counting
from vrn_community.insights.counting import Dataset, Part
from vrn_community.questionnaires.question_types import TYPES

CHECK = "Check your answers"
WRONG = [kind for kind, way in WAYS.items() if way.wrong]
OFFERING = [kind for kind, sample in SAMPLES.items() if sample.get("offers")]
ROUND = ["picture-choice", "yes-no", "agreement-scale", "sentiment", "grid", "cards", "consent"]
#: Words are read, not counted; and what is only read has no answer.
NOT_COUNTED = {"short-text", "several-texts", "long-text", "information"}


class Answering:
    """Somebody who is asked one question."""

    def __init__(self, client: FlaskClient, code: str, kind: str, language: str = "") -> None:
        self.client, self.kind = client, kind
        self.home = f"{language}/o/{code}"
        self.page = Page.get(client, f"{self.home}/answer")
        self.go()

    def go(self, act: str = "next", sent: Sent | None = None) -> Page:
        hidden = [i for i in self.page.all("input") if i.get("type") == "hidden"]
        carried = {i.get("name"): i.get("value") for i in hidden}
        data = {**carried, "go": act, **fields(self.kind, sent or {})}
        self.page = Page.of(self.client.post(f"{self.home}/answer", data=data))
        return self.page

    def values(self) -> dict[str, list[str]]:
        """Return what stands in the form: what is typed, ticked or chosen, by name."""
        found: dict[str, list[str]] = {}
        for field in self.page.all("input"):
            is_ticked = field.get("checked") is not None
            if is_ticked or field.get("type") == "text":
                found.setdefault(field.get("name"), []).append(field.get("value"))
        for field in self.page.all("textarea"):
            found[field.get("name")] = ["".join(field.itertext())]
        for field in self.page.all("select"):
            options = field.iter(f"{NAMESPACE}option")
            found[field.get("name")] = [
                o.get("value") for o in options if o.get("selected") is not None
            ]
        return {name: [value for value in values if value] for name, values in found.items()}


@pytest.fixture
def asked(client, arrange, partnership):
    """Return a function that opens the page with the sample of a kind."""

    def ask(kind: str, language: str = "") -> Answering:
        with arrange():
            opportunity = make_opportunity(make_account(Role.PUBLISHER), is_public=True)
            sections = of_each_kind(kind)
            make_version(opportunity, asks_age_band=False, sections=sections)
            code = opportunity.code
        return Answering(client, code, kind, language)

    return ask


def as_lists(sent: Sent) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in sent.items()}


def test_each_kind_has_a_sample_and_a_way():
    assert list(SAMPLES) == list(WAYS) == list(TYPES)


@pytest.mark.parametrize("kind", TYPES)
def test_an_answer_is_shown_again_in_words_and_in_the_form(asked, kind):
    way = WAYS[kind]
    person = asked(kind)

    page = person.go(sent=way.sent)
    assert page.heading == CHECK
    assert all(page.has(words) for words in way.says)
    if kind == "information":
        return
    person.go(f"change:section.page-{kind}")
    assert person.page.heading == f"About {kind}"
    sent = {name.removeprefix(f"a-{kind}"): value for name, value in person.values().items()}
    assert person.go(sent=sent).heading == CHECK
    assert all(person.page.has(words) for words in way.says)


@pytest.mark.parametrize("kind", TYPES)
def test_nothing_has_to_be_answered(asked, kind):
    page = asked(kind).go()

    assert page.heading == CHECK
    assert kind == "information" or page.has("Not answered")


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_is_named_beside_the_field_and_kept(asked, kind):
    way = WAYS[kind]
    person = asked(kind)

    page = person.go(sent=way.wrong)

    assert page.heading == f"About {kind}"
    assert way.problem in page.errors()[0]
    error = next(e for e in page.tree.iter() if e.get("id") == f"a-{kind}-error")
    assert way.problem in page.words(error)
    wrong = [e for e in page.tree.iter() if e.get("aria-invalid") == "true"]
    assert any(f"a-{kind}-error" in e.get("aria-describedby", "") for e in page.tree.iter())
    assert wrong
    kept = person.values()
    for name, value in as_lists(fields(kind, way.wrong)).items():
        assert kept[name] == [v for v in value if v], name


def test_a_place_that_was_chosen_on_the_map_can_be_changed_in_the_list(asked):
    person = asked("area-map")
    person.go(sent={"": LEICESTER})
    person.go("change:section.page-area-map")

    page = person.go(sent={"": LEICESTER, ".list": BLABY})

    assert page.heading == CHECK
    assert page.has("Blaby")


@pytest.mark.parametrize("kind", ROUND)
def test_what_was_never_offered_is_no_answer(asked, kind):
    page = asked(kind).go(sent={"": "nonsense", ".parks": "nonsense", ".missing": "nonsense"})

    assert page.heading == CHECK
    assert page.has("Not answered")


@pytest.mark.parametrize("kind", OFFERING)
@pytest.mark.parametrize("said", ["dont-know", "prefer-not-to-say"])
def test_somebody_may_rather_not_say(asked, kind, said):
    person = asked(kind)
    tiles = [i.get("name") for i in person.page.all("input") if i.get("value") == said]
    name = tiles[0].removeprefix(f"a-{kind}") if tiles else ""  # A list has the question's name.

    page = person.go(sent={name: said})

    assert page.heading == CHECK
    assert page.has({"dont-know": "I do not know"}.get(said, "Prefer not to say"))
    person.go(f"change:section.page-{kind}")
    assert person.values()[f"a-{kind}{name}"] == [said]


@pytest.mark.parametrize("kind", TYPES)
def test_the_question_can_be_read_on_paper(asked, client, kind):
    sample, person = SAMPLES[kind], asked(kind)

    page = Page.get(client, f"{person.home}/questions")

    assert page.heading == "The questions"
    parts = [sample, *sample.get("choices", []), *sample.get("rows", [])]
    for text in (part["text"] for part in parts):
        assert page.has(text)
    assert page.has("Think about last month.")
    assert page.response.headers["Cache-Control"] == "no-cache"
    assert not page.all("input")
    has_room = any(
        str(e.get("class")).startswith(("box", "blank")) for e in page.tree.iter() if e.get("class")
    )
    assert has_room == (kind != "information")


@pytest.mark.parametrize("kind", TYPES)
def test_a_table_counts_the_answer_or_the_type_says_that_it_is_not_counted(
    session, partnership, kind
):
    document = questionnaire(sections=of_each_kind(kind))
    question = next(document.questions())
    if kind in NOT_COUNTED:
        assert question.items() == ()
        return

    sent: Any = MultiDict(fields(kind, WAYS[kind].sent))
    people = [{question.id: question.read(sent).answer}, {}]
    part = Part(uuid.uuid4(), len(people), columns.encode(document, people))
    data = Dataset([part], {part.version_id: document})
    tables = [counting.table(data, versions) for versions in counting.items(data).values()]

    assert any(table.base == 1 and any(row.count == 1 for row in table.rows) for table in tables)


class Bracketing:
    """A translation into brackets, of everything that can be translated."""

    def ugettext(self, text: str) -> str:
        return f"[{text}]" if text else ""

    def ungettext(self, one: str, many: str, number: int) -> str:
        return f"[{one if number == 1 else many}]"


@pytest.mark.parametrize("kind", TYPES)
def test_all_our_words_can_be_translated_and_the_page_runs_from_the_right(asked, monkeypatch, kind):
    monkeypatch.setattr(Domain, "get_translations", lambda self: Bracketing())
    way = WAYS[kind]
    person = asked(kind, "/ur")
    paper = Page.get(person.client, f"{person.home}/questions")
    pages = [person.page, paper]
    if way.wrong:
        pages.append(person.go(sent=way.wrong))

    for page in pages:
        assert page.all("html")[0].get("dir") == "rtl"
        outside = [t for t in outside_brackets(page) if not t.startswith("title:")]
        assert outside == []
