import pytest

from tests.pages import Page, send
from tests.questionnaires.conftest import TWO_PAGES, after, section, single
from tests.questionnaires.test_desk import asked
from tests.questionnaires.test_desk_forms import filled, refused, save, url
from vrn_community.questionnaires import editing, outline
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.question_types.grids import Grid
from vrn_community.questionnaires.question_types.numbers import Number
from vrn_community.questionnaires.rules import AllOf, AnyOf, Greater, NoneOf

ROWS = ({"id": "day", "text": "By day"}, {"id": "night", "text": "At night"})
#: A page with answers of every sort that a rule can test, and a page that depends on them.
SORTS = Questionnaire(
    sections=(
        section(
            "first",
            single("way", "bus", "walk"),
            Number(id="times", text="How often?", least=0, greatest=7),
            Grid(id="safe", text="Safe?", rows=ROWS, scale="agreement"),
        ),
        section("second", single("why")),
    )
)
NESTED = AllOf(all=(after("way", "bus"), AnyOf(any=(Greater(question="times", greater=2),))))


def rule_of(app, opportunity, part="why"):
    return outline.part(asked(app, opportunity), part).show_if


def add(client, opportunity, reference, part="why", **changes):
    return save(
        client, url(opportunity, f"/parts/{part}/condition/test?after={reference}"), **changes
    )


def press(client, opportunity, part="why", **pressed):
    there = url(opportunity, f"/parts/{part}/condition")
    return send(client, there, {"join": ["all"], **filled(client, there), **pressed})


@pytest.mark.parametrize("part", ["why", "second"])
def test_a_rule_is_set_and_taken_away(publisher, stored, app, part):
    opportunity, _version = stored(SORTS)
    page = Page.get(publisher, url(opportunity, f"/parts/{part}/condition"))
    assert page.has("It is shown to everybody.")
    for words in ("Question way?", "How often?", "Safe? – By day", "Safe? – At night"):
        assert page.has(words)

    add(publisher, opportunity, "way", part, includes=["bus"])
    assert rule_of(app, opportunity, part) == after("way", "bus")

    press(publisher, opportunity, part, always="yes")
    assert rule_of(app, opportunity, part) is None


def test_several_tests_are_joined_as_the_editor_says(publisher, stored, app):
    opportunity, _version = stored(SORTS)

    add(publisher, opportunity, "way", includes=["bus", "walk"])
    add(publisher, opportunity, "times", kind="above", number="2,5")
    add(publisher, opportunity, "safe.night", includes=["disagree"])

    tests = (
        after("way", "bus", "walk"),
        Greater(question="times", greater=2.5),
        after("safe.night", "disagree"),
    )
    assert rule_of(app, opportunity) == AllOf(all=tests)
    press(publisher, opportunity, join="any")
    assert rule_of(app, opportunity) == AnyOf(any=tests)
    press(publisher, opportunity, remove="1", join="any")
    press(publisher, opportunity, join="none")
    assert rule_of(app, opportunity) == NoneOf(none=(tests[0], tests[2]))
    page = Page.get(publisher, url(opportunity, "/parts/why/condition"))
    assert page.has("“Safe?” is “Disagree” (At night)")


def test_a_test_is_changed_where_it_stands(publisher, stored, app):
    rule = AllOf(all=(after("way", "bus"), Greater(question="times", greater=3)))
    opportunity, _version = stored(editing.show_when(SORTS, "why", rule))
    there = url(opportunity, "/parts/why/condition/test?change=1")
    assert filled(publisher, there)["number"] == ["3"]

    save(publisher, there, kind="exactly", number="4")

    first, second = rule_of(app, opportunity).all
    assert (first, second.equals) == (after("way", "bus"), 4)


def test_a_rule_with_rules_inside_is_shown_and_only_replaced_as_a_whole(publisher, stored, app):
    opportunity, _version = stored(editing.show_when(SORTS, "why", NESTED))
    there = url(opportunity, "/parts/why/condition")

    page = Page.get(publisher, there)
    assert page.has("“Question way?” is “Bus” and “How often?” is above 2")
    assert page.has("It stays as it is until you put another in its place")
    press(publisher, opportunity, remove="0")
    press(publisher, opportunity, join="none")
    assert rule_of(app, opportunity) == NESTED

    warned = Page.get(publisher, url(opportunity, "/parts/why/condition/test?after=way"))
    assert warned.has("in the place of the whole rule")
    add(publisher, opportunity, "way", includes=["walk"])
    assert rule_of(app, opportunity) == after("way", "walk")


@pytest.mark.parametrize(
    ("reference", "changes", "message"),
    [
        ("way", {"includes": []}, "Choose at least one answer."),
        ("way", {"includes": ["boat"]}, None),
        ("way", {"includes": ["bus"], "kind": "above"}, None),
        ("times", {"kind": "above", "number": ""}, "Enter the number."),
        ("times", {"kind": "above", "number": "many"}, "Enter a number."),
        ("safe.day", {"kind": "below", "number": ""}, "Enter the number."),
    ],
)
def test_half_a_test_is_shown_again(publisher, stored, app, reference, changes, message):
    opportunity, _version = stored(SORTS)
    there = url(opportunity, f"/parts/why/condition/test?after={reference}")

    page = refused(publisher, there, **changes)

    assert page.errors() == [message] if message else len(page.errors()) == 1
    assert rule_of(app, opportunity) is None


@pytest.mark.parametrize("after_what", ["", "nothing", "why", "safe", "safe.noon"])
def test_only_earlier_closed_questions_decide(publisher, stored, after_what):
    opportunity, _version = stored(SORTS)

    there = url(opportunity, f"/parts/why/condition/test?after={after_what}")
    Page.get(publisher, there, status=404)


def test_on_the_first_page_nothing_can_decide(publisher, stored):
    opportunity, _version = stored()

    page = Page.get(publisher, url(opportunity, "/parts/way/condition"))

    assert page.has("there are none")
    Page.get(publisher, url(opportunity, "/parts/way/condition/test?after=safe"), status=404)


def test_whoever_is_overtaken_changes_no_rule(publisher, stored, app):
    opportunity, _version = stored()
    there = url(opportunity, "/parts/help/condition/test?after=way")
    mine = {**filled(publisher, there), "includes": ["bus"]}
    save(publisher, url(opportunity, "/questions/way"), text="Other?")

    page = Page.post(publisher, there, mine)

    assert page.has("These questions were changed after you opened this form.")
    assert rule_of(app, opportunity, "help") is None
    assert asked(app, opportunity).sections[1] == TWO_PAGES.sections[1]
