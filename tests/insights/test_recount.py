"""An independent program counts the same answers, in SQL on the raw rows, and finds the same."""

import json
import random
import uuid
from itertools import product

import duckdb
import pytest

from tests.factories.questionnaires import SAMPLES, choice
from vrn_community.insights import columns, counting
from vrn_community.insights.counting import Dataset, Part
from vrn_community.questionnaires import routing
from vrn_community.questionnaires.document import Questionnaire

COUNTED = (
    "single-choice", "multiple-choice", "picture-choice", "yes-no", "agreement-scale",
    "frequency-scale", "satisfaction-scale", "sentiment", "grid", "cards", "ranking", "points",
    "number", "month-year",
)  # fmt: skip
#: What each question rests on: a chain, and a kind that rests on any of several answers.
RULES = {
    "yes-no": ("single-choice", ("bus", "walk")),
    "sentiment": ("yes-no", ("yes",)),
    "grid": ("multiple-choice", ("lights", "buses")),
}
PEOPLE, MISSING = 120, ("dont-know", "prefer-not-to-say")


def random_version(chance, number):
    """Return a questionnaire of some kinds of questions; a later version has one choice more."""
    kinds = [
        kind
        for kind in COUNTED
        if kind in {"single-choice", "yes-no", "multiple-choice"} or chance.random() < 0.7
    ]
    sections = []
    for kind in kinds:
        question = {**SAMPLES[kind], "offers": chance.sample(MISSING, chance.randint(0, 2))}
        if kind in RULES:
            of, includes = RULES[kind]
            question["show_if"] = {"question": f"a-{of}", "includes": list(includes)}
        if kind == "single-choice" and number:
            question["choices"] = [*question["choices"], choice("train")]
        sections.append({"id": f"s-{kind}", "title": "", "questions": [question]})
    return Questionnaire.model_validate({"asks_age_band": False, "sections": sections})


def random_answer(chance, question):
    if chance.random() < 0.15:
        return None
    if question.offers and chance.random() < 0.15:
        return str(chance.choice(question.offers))
    items = question.items()
    names = [c.id for c in items[0].choices if not c.missing]
    some = chance.sample(names, chance.randint(1, len(names)))
    by_kind = {
        "number": chance.randint(0, 120),
        "month-year": f"{chance.randint(1950, 2026)}-{chance.randint(1, 12):02}",
        "points": dict.fromkeys(some, 3),
        **dict.fromkeys(("multiple-choice", "ranking"), some),
        **dict.fromkeys(("grid", "cards"), {items[-1].id: some[0], items[0].id: some[-1]}),
    }
    return by_kind.get(question.kind, some[0])


def random_people(chance, document):
    for _person in range(PEOPLE):
        given = {q.id: random_answer(chance, q) for q in document.questions()}
        yield routing.relevant(document, {key: a for key, a in given.items() if a is not None})


class Recount:
    """The same answers in DuckDB, and what each item means in SQL."""

    def __init__(self, versions):
        self.documents = [document for document, _people in versions]
        self.sql = duckdb.connect()
        self.sql.execute("CREATE TABLE person (version INTEGER, answers JSON)")
        rows = [
            (number, json.dumps(person))
            for number, (_document, people) in enumerate(versions)
            for person in people
        ]
        self.sql.executemany("INSERT INTO person VALUES (?, ?)", rows)

    def count(self, *conditions):
        return self.count_all([conditions])[0]

    def count_all(self, wanted):
        """Return for how many people all of some conditions hold, for each of some sets."""
        holds = (" AND ".join(f"coalesce({one}, false)" for one in each) for each in wanted)
        counts = ", ".join(f"count(*) FILTER (WHERE {each})" for each in holds)
        return self.sql.execute(f"SELECT {counts} FROM person").fetchone()

    def asked(self, of):
        """Return in which versions the question is."""
        known = [
            str(number)
            for number, document in enumerate(self.documents)
            if of.question.id in {q.id for q in document.questions()}
        ]
        return f"version IN ({', '.join(known)})"

    def shown(self, kind):
        if kind not in RULES:
            return "true"
        of, includes = RULES[kind]
        one = " OR ".join(self.chose(of, f"a-{of}", "", name) for name in includes)
        return f"(coalesce({one}, false) AND {self.shown(of)})"

    def chose(self, kind, key, item, name):
        """Return the condition that somebody chose an answer, as raw rows have it."""
        part = f"""(answers->>'$."{key}"')"""
        if kind in {"number", "month-year"}:
            first, _dash, last = name.partition("\N{EN DASH}")
            number = f"try_cast(left({part}, 4) AS DOUBLE)"
            return f"floor({number}) BETWEEN {first} AND {last or first}"
        if kind == "ranking":
            return f"""(answers->>'$."{key}"[0]') = '{name}'"""
        if kind == "multiple-choice":
            return f"""list_contains(answers->>'$."{key}"[*]', '{name}')"""
        if kind == "points":
            return f"""(answers->'$."{key}"."{name}"') IS NOT NULL"""
        return f"""(answers->>'$."{key}"."{item}"') = '{name}'""" if item else f"{part} = '{name}'"

    def of(self, one, option):
        item = one.item.id if one.question.kind in {"grid", "cards"} else ""
        name = option.text if one.question.kind in {"number", "month-year"} else option.id
        return f"({self.chose(one.question.kind, one.question.id, item, name)})"


def read(versions):
    keys = [uuid.uuid4() for _version in versions]
    parts = [
        Part(key, len(people), columns.encode(document, people))
        for key, (document, people) in zip(keys, versions, strict=True)
    ]
    documents = zip(keys, (document for document, _people in versions), strict=True)
    return Dataset(parts, dict(documents))


@pytest.fixture(params=range(6))
def both(request):
    """Return random answers to two versions, as the service has them and as DuckDB has them."""
    chance = random.Random(request.param)
    documents = [random_version(chance, number) for number in (1, 0)]  # The newest first.
    versions = [(document, list(random_people(chance, document))) for document in documents]
    data = read(versions)
    return data, counting.items(data), Recount(versions)


def test_every_answer_and_every_kind_of_no_answer_is_counted_as_duckdb_counts_it(both):
    data, items, recount = both

    for versions in items.values():
        table, one = counting.table(data, versions), versions[0]
        options = {option.id: option for each in versions for option in each.choices}
        chosen = {key: recount.of(one, option) for key, option in options.items()}
        asked, shown = recount.asked(one), recount.shown(one.question.kind)
        answered = f"({' OR '.join(f'coalesce({chose}, false)' for chose in chosen.values())})"
        said = {kind: f"""(answers->>'$."{one.question.id}"') = '{kind}'""" for kind in MISSING}
        silent = (asked, f"NOT {answered}", *(f"{word} IS NOT true" for word in said.values()))

        missing = {kind: recount.count(asked, word) for kind, word in said.items()}
        missing["not-answered"] = recount.count(*silent, shown)
        missing["not-applicable"] = recount.count(*silent, f"NOT {shown}")
        assert table.base == recount.count(asked, answered)
        assert {row.choice_id: row.count for row in table.rows} == {
            key: recount.count(asked, chose) for key, chose in chosen.items()
        }
        assert table.missing == {kind: missing[kind] for kind in table.missing}
        assert table.no_answer == sum(missing.values())


def test_one_item_by_another_is_counted_as_duckdb_counts_it(both):
    data, items, recount = both
    dividing = [versions for versions in items.values() if not versions[0].item.is_multiple]

    for versions, by in product(items.values(), dividing[:6]):
        crossing = counting.cross(data, versions, by)
        names = [{c.id: c for one in side for c in one.choices} for side in (versions, by)]
        wanted = [
            (recount.of(versions[0], one), recount.of(by[0], other))
            for one, other in product(names[0].values(), names[1].values())
        ]
        assert crossing.counts[:-1, :-1].ravel().tolist() == list(recount.count_all(wanted))
