"""The operator sees and releases results under the same rules as everybody."""

import pytest

from tests.conftest import make_account
from tests.insights.conftest import make_closed
from tests.insights.test_crossed_desk import PEOPLE
from vrn_community.accounts.roles import Role
from vrn_community.insights import queries


@pytest.fixture
def closed_one(app, partnership, arrange):
    with arrange():
        return make_closed(make_account(Role.ANALYST, email="ana@example.org"), PEOPLE)


def run(app, *words):
    return app.test_cli_runner().invoke(args=["insights", *words])


def test_a_table_is_printed_with_its_base(app, closed_one):
    told = run(app, "table", closed_one.code, "feel")

    assert told.exit_code == 0
    assert "69   51 %  Safe" in told.output
    assert "134" in told.output


def test_a_table_by_another_hides_what_is_small(app, closed_one):
    told = run(app, "table", closed_one.code, "feel", "--by", "heard")

    assert told.exit_code == 0
    assert "not shown" in told.output
    assert "by People like me are heard." in told.output


def test_a_table_that_is_refused_says_why(app, closed_one, policy):
    policy(disclosure_threshold=1_000)

    told = run(app, "table", closed_one.code, "feel")

    assert told.exit_code == 1
    assert "Not shown. Too few people answered it" in told.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("age-band",), "There are no answers to age-band."),
        (("nothing",), "There are no answers to nothing. There are: feel, ideas,"),
        (("feel", "--by", "ideas"), "Nothing can be divided by ideas."),
    ],
)
def test_what_cannot_be_shown_says_why(app, closed_one, words, said):
    told = run(app, "table", closed_one.code, *words)

    assert told.exit_code == 1
    assert said in told.output


def test_an_unknown_activity_is_named(app):
    assert "There is no opportunity 1234567." in run(app, "table", "1234567", "feel").output


def test_a_release_is_made_and_frozen(app, closed_one):
    told = run(
        app, "release", closed_one.code, "--as", "ana@example.org", "--by", "heard", "--freeze"
    )

    assert told.exit_code == 0, told.output
    with app.app_context():
        release = queries.current_release(closed_one.id)
        shown = f"{len(release.tables)} tables and {len(release.crosses)} by another"
    assert shown.endswith("2 by another")
    assert f"Release 1 is frozen: {shown}." in told.output


def test_somebody_unknown_releases_nothing(app, closed_one):
    told = run(app, "release", closed_one.code, "--as", "nobody@example.org")

    assert told.exit_code == 1
    assert "There is no account" in told.output
