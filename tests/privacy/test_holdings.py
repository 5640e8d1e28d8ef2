"""The page of what is held cannot lie: what is not classified, or is gone, fails here."""

import pytest
from sqlalchemy import LargeBinary

from tests.factories.passages import make_passage
from tests.pages import Page
from vrn_community.accounts.labels import ROLES
from vrn_community.accounts.roles import OUTSIDE, Role
from vrn_community.foundation.db import Base
from vrn_community.foundation.permissions import Permission
from vrn_community.privacy import holdings
from vrn_community.privacy.retention import CLASSES

TABLES = sorted(Base.metadata.tables)
OF_PEOPLE = {"drafts", "words", "cleared", "answers", "cases", "feelings"}


@pytest.fixture(autouse=True)
def models(app):
    """Load every model."""


def held(table):
    return holdings.classified()[table]


def kinds(table):
    columns = held(table)["columns"].items()
    return {name: kind for kind, names in columns for name in names.split()}


def test_every_table_and_column_is_classified_and_nothing_else():
    models = holdings.columns_of_models()

    assert sorted(holdings.classified()) == sorted(models)
    for table, columns in models.items():
        assert set(kinds(table)) == columns, table
        listed = [name for names in held(table)["columns"].values() for name in names.split()]
        assert len(listed) == len(columns), table


def test_every_name_in_the_file_means_something():
    classes = {kind.name for kind in CLASSES}
    readers = {*holdings.READERS, *Permission}
    for table in holdings.classified():
        found = [held(table), *held(table).get("parts", {}).values()]
        assert {each["class"] for each in found} <= classes, table
        assert {name for each in found for name in each["readers"]} <= readers, table
        assert set(held(table)["columns"]) <= set(holdings.KINDS), table
        assert set(held(table).get("parts", {})) <= set(kinds(table)), table


def test_what_is_locked_or_scrambled_is_said_to_be_and_nothing_else_is():
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            is_sealed = column.name.startswith(("sealed", "locked", "wrapped"))
            assert (kinds(table.name)[column.name] == "sealed") == is_sealed, column
            if column.name.endswith("_hash"):
                assert kinds(table.name)[column.name] == "hash", column
            if isinstance(column.type, LargeBinary):
                assert kinds(table.name)[column.name] in ("sealed", "answers", "key"), column


def test_every_model_says_in_one_line_what_a_row_is():
    abouts = holdings.abouts()
    assert {table for table in abouts if not abouts[table].endswith(".")} == set()


def test_partners_read_nothing_of_what_single_people_sent():
    for kind, found in holdings.groups():
        for holding in found:
            if kind.name in OF_PEOPLE:
                assert not set(holding.readers) & OUTSIDE, holding.table


def test_the_page_says_all_of_it_in_words_first(app, client, partnership):
    page = Page.get(client, "/privacy/what-we-hold")

    with app.test_request_context():
        for kind in CLASSES:
            assert page.has(str(kind.label))
            assert page.has(kind.kept())
    for table in holdings.classified():
        assert page.has(table)
    assert page.has("12 months after people could read what came of it")
    assert page.has("Locked with a key: sealed_words")
    assert page.has(str(ROLES[Role.MODERATOR]))


def test_the_page_is_the_same_whoever_answered(client, arrange, partnership, asked):
    before = Page.get(client, "/privacy/what-we-hold").text
    made = asked(is_public=True)
    with arrange() as session:
        make_passage(session.merge(made), "A canary among words")

    assert Page.get(client, "/privacy/what-we-hold").text == before
