import uuid

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from tests.insights.words.conftest import cleared
from vrn_community.audit import queries as audit
from vrn_community.contributions import services as contributions
from vrn_community.contributions.models import PassageState
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.insights.words import queries, reports, services
from vrn_community.insights.words.models import CodeFrame, Coding, Reading


def add(frame, name, by, definition=""):
    return services.add_theme(frame, name, definition, key=uuid.uuid4(), by=by)


def number(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_frame_is_begun_once_and_only_where_there_are_words(opportunity, frame):
    assert services.frame_of(opportunity.id, "q1").id == frame.id
    assert number(CodeFrame) == 1
    with pytest.raises(NoResultFound):
        services.frame_of(opportunity.id, "nothing")


def test_a_theme_that_is_sent_twice_is_one_theme(frame, coders):
    key = uuid.uuid4()

    made = [services.add_theme(frame, "Lights", "", key=key, by=coders[0]) for _ in range(2)]

    assert made[0] is made[1]
    assert len(queries.themes(frame)) == 1
    with pytest.raises(NotAllowed, match="this name already"):
        add(frame, "LIGHTS", coders[0])


def test_a_renamed_theme_keeps_its_earlier_name(frame, coders):
    theme = add(frame, "Lights", coders[0], "Lamps in streets")

    services.change_theme(theme, "Street lights", "Lamps and dark places", by=coders[0])
    services.change_theme(theme, "Street lights", "Lamps and dark places", by=coders[0])

    assert [name for name, _definition, _until in theme.earlier] == ["Lights"]
    assert theme.name == "Street lights"
    actions = [entry.action for entry in audit.of_subject(theme.id)]
    assert actions == ["theme:add", "theme:change"]


def test_merging_gives_every_passage_the_other_theme_and_keeps_the_first(frame, passages, coders):
    lamps, lights = add(frame, "Lamps", coders[0]), add(frame, "Lights", coders[0])
    first, second = passages[0].id, passages[1].id
    services.code(frame, {first: {lamps.id}, second: {lamps.id, lights.id}}, coder=coders[0])

    services.merge(lamps, lights, by=coders[0])
    services.merge(lamps, lights, by=coders[0])

    assert queries.codes(frame)[coders[0].id] == {first: {lights.id}, second: {lights.id}}
    assert [theme.name for theme in queries.themes(frame)] == ["Lights", "Lamps"]
    assert lamps.merged_into is lights
    assert number(Coding) == 4


def test_a_theme_merges_only_into_another_of_its_frame(frame, opportunity, coders):
    theme = add(frame, "Lights", coders[0])
    cleared(opportunity, ["Elsewhere"], question_id="q2")
    other = add(services.frame_of(opportunity.id, "q2"), "Lights", coders[0])

    for target in (theme, other):
        with pytest.raises(NotAllowed, match="another theme"):
            services.merge(theme, target, by=coders[0])


def test_a_theme_that_is_given_up_can_no_longer_be_given(frame, passages, coders):
    theme = add(frame, "Lights", coders[0])
    services.retire(theme, by=coders[0])
    services.retire(theme, by=coders[0])

    with pytest.raises(NotAllowed, match="merged or given up"):
        services.code(frame, {passages[0].id: {theme.id}}, coder=coders[0])
    with pytest.raises(NotAllowed, match="merged or given up"):
        services.change_theme(theme, "Lamps", "", by=coders[0])


def test_coders_decide_on_their_own_and_may_change_their_minds(frame, passages, coders):
    theme = add(frame, "Lights", coders[0])
    key = passages[0].id
    services.code(frame, {key: {theme.id}}, coder=coders[0])
    services.code(frame, {key: set()}, coder=coders[1])
    assert queries.codes(frame) == {coders[0].id: {key: {theme.id}}, coders[1].id: {key: set()}}

    services.code(frame, {key: set()}, coder=coders[0])
    services.code(frame, {key: None}, coder=coders[1])

    assert queries.codes(frame) == {coders[0].id: {key: set()}}
    assert number(Coding) == 0


def test_saving_the_same_codes_twice_changes_nothing(frame, passages, coders):
    theme = add(frame, "Lights", coders[0])

    for _ in range(2):
        services.code(frame, {passages[0].id: {theme.id}}, coder=coders[0])

    assert (number(Reading), number(Coding)) == (1, 1)
    assert len([e for e in audit.of_subject(frame.id) if e.action == "theme:code"]) == 1


def test_what_may_not_be_read_is_not_coded_and_not_found(frame, opportunity, passages, coders):
    theme = add(frame, "Lights", coders[0])
    keys = [passage.id for passage in passages[:4]]
    services.code(frame, dict.fromkeys(keys, {theme.id}), coder=coders[0])

    passages[0].state, passages[0].cleared_words = PassageState.WITHHELD, None
    passages[1].state = PassageState.HELD
    contributions.withdraw(passages[2].contribution)
    db.session.flush()
    services.code(frame, {keys[0]: set()}, coder=coders[1])

    assert queries.codes(frame) == {coders[0].id: {keys[3]: {theme.id}}}
    assert number(Coding) == 3  # Of the withdrawn one nothing is left.
    found = queries.search(opportunity.id, "q1", 1, theme=theme)
    assert [passage.id for passage in found] == [keys[3]]


def test_themes_are_counted_in_people_and_only_where_many_say_them(frame, passages, coders):
    lights, buses, rare = (add(frame, name, coders[0]) for name in ("Lights", "Buses", "Rare"))
    given = {p.id: {lights.id} for p in passages[:30]} | {p.id: {buses.id} for p in passages[30:60]}
    given |= {p.id: {rare.id, lights.id} for p in passages[60:64]}
    services.code(frame, given, coder=coders[0])

    table = reports.people_by_theme(frame)

    counts = {row.label: row.count for row in table.rows}
    assert (table.base, counts) == (64, {"Lights": 34, "Buses": 30})
    assert set(table.left_out.values()) == {"Rare"}


def test_few_people_with_themes_are_not_counted_at_all(frame, passages, coders):
    lights = add(frame, "Lights", coders[0])
    services.code(frame, {p.id: {lights.id} for p in passages[:9]}, coder=coders[0])

    assert reports.people_by_theme(frame).reason == "few-people"


def test_agreement_is_told_from_ten_passages_that_two_have_read(frame, passages, coders):
    lights = add(frame, "Lights", coders[0])
    given = {p.id: {lights.id} if place % 2 else set() for place, p in enumerate(passages[:10])}
    services.code(frame, given, coder=coders[0])
    assert reports.agreement_of(frame).lines == []

    services.code(frame, given, coder=coders[1])

    whole, line = reports.agreement_of(frame).lines
    assert (whole.alpha, line.alpha, line.level) == (1, 1, "good")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cafe", True),
        ("CAFÉ", True),
        ("café IS 100%", True),
        ("100_", False),
        ("%", True),
        ("_", False),
        ("\\", False),
        ("حرک", True),  # Without the vowel marks that were written.
        ("zzz", False),
    ],
)
def test_a_search_minds_no_capitals_accents_or_wildcards(opportunity, words, found):
    cleared(opportunity, ["The Café is 100% full, حَرَکَت"])

    assert bool(queries.search(opportunity.id, "q1", 1, words=words).total) is found


def test_a_search_reads_no_words_that_wait_or_of_another_question(opportunity):
    cleared(opportunity, ["CANARY"], question_id="q2")
    waiting = cleared(opportunity, ["CANARY"])[0]
    waiting.state = PassageState.HELD
    db.session.flush()

    assert queries.search(opportunity.id, "q1", 1, words="canary").total == 0
