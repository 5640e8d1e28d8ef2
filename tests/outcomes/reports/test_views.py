"""What pages of reports say, which periods there are, and what is never told."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.conftest import make_account
from tests.factories.meetings import make_meeting
from tests.opportunities.conftest import counted
from tests.outcomes.conftest import day, make_closed, make_outcome
from tests.outcomes.decisions.conftest import Decided
from tests.outcomes.reports.recount import FILES, read
from tests.outcomes.reports.test_recount import debts, figures
from tests.pages import Page
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.outcomes import debts as owed
from vrn_community.outcomes.reports import labels
from vrn_community.outcomes.reports.periods import QUARTER, YEAR, holding
from vrn_community.outcomes.reports.periods import read as named
from vrn_community.oversight.meetings.models import Attendance, MeetingState, Presence
from vrn_community.oversight.scrutiny.models import Colour, Rating

YEARLY = "/reports/group"
PAGES = ("/reports/board", YEARLY, "/reports/panel", "/reports/bodies/charnwood-csp")
THIS_YEAR = holding(clock.today(), YEAR).name


@pytest.fixture
def scene(partnership, arrange):
    return Decided(arrange)


@pytest.mark.parametrize(
    ("on", "quarter", "year"),
    [
        (date(2026, 3, 31), "2025-26-q4", "2025-26"),
        (date(2026, 4, 1), "2026-27-q1", "2026-27"),
        (date(2026, 6, 30), "2026-27-q1", "2026-27"),
        (date(2026, 12, 31), "2026-27-q3", "2026-27"),
        (date(2100, 1, 1), "2099-00-q4", "2099-00"),
    ],
)
def test_a_year_begins_in_april_and_has_four_quarters(on, quarter, year):
    for months, name in ((QUARTER, quarter), (YEAR, year)):
        period = holding(on, months)
        assert period.first <= on <= period.last
        assert (period.name, named(name)) == (name, period)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "period",
    ["x", "2026-28", "2026-27-q5", "2026-27-q0", "0000-01", "9999-00", "1066-67", "2090-91-q1"]
    + ["2026-27%00", "٢٠٢٦-27", "2026-27-q1" * 9, "%F0%9F%A6%8A", "2026"],
)
def test_a_period_that_is_none_of_ours_is_not_found(scene, client, path, period):
    Page.get(client, f"{path}?period={period}", status=404)


def test_a_report_takes_periods_of_its_own_length(scene, client):
    quarter = holding(clock.today(), QUARTER).name

    Page.get(client, f"/reports/board?period={quarter}")
    Page.get(client, f"/reports/board?period={THIS_YEAR}", status=404)
    Page.get(client, f"/reports/panel?period={quarter}", status=404)
    assert client.get(f"/reports/rows/moves.csv?period={quarter}").status_code == 200
    assert client.get(f"/reports/rows/moves.csv?period={THIS_YEAR}").status_code == 200
    assert client.get("/reports/rows/secrets.csv").status_code == 404
    assert client.get("/reports/rows/moves.csv?body=nobody").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_it_counts_and_until_when_and_offers_other_periods(scene, client, path):
    page = Page.get(client, path)

    assert page.has("What is public on this service, and nothing else.")
    assert page.has("This period is not over.")
    (chosen,) = (one for one in page.all("option") if one.get("selected") is not None)
    again = Page.get(client, f"{path}?period={chosen.get('value')}")
    assert again.heading == page.heading
    inside = {link[1:] for link in page.links() if link.startswith("#") and link != "#main"}
    assert inside <= {one.get("id") for one in page.tree.iter()}
    for table in page.all("table"):
        assert page.words(table[0])
    assert all(cell.get("scope") for cell in page.all("th"))


def test_reports_are_found_from_the_register_and_the_debts(scene, client):
    for path in ("/register", "/register/debts"):
        assert "/reports" in Page.get(client, path).links()
    links = Page.get(client, "/reports").links()
    assert {*PAGES} <= set(links)
    assert (
        "/reports/bodies/charnwood-csp" in Page.get(client, "/register/debts/charnwood-csp").links()
    )


def test_each_column_has_a_meaning_and_each_file_its_columns(scene, client):
    told = {(row["file"], row["column"]) for row in read(client.get("/reports/columns.csv").text)}

    for name in FILES:
        heads = client.get(f"/reports/rows/{name}.csv").text.splitlines()[0].lstrip("\ufeff")
        assert heads.split(",") == list(labels.COLUMNS[name])
    assert told == {(name, column) for name in FILES for column in labels.COLUMNS[name]}


def test_what_is_owed_today_is_what_the_page_of_debts_says(scene, client, arrange):
    with arrange() as session:
        author = session.merge(scene.author)
        for closes, decision in ((-100, -90), (-10, 20), (5, 30), (-100, 5)):
            make_closed(
                author, closes_on=day(closes), opens_on=day(-140), decision_on=day(decision)
            )
        make_closed(author, state=OpportunityState.WITHDRAWN)
        make_closed(author, state=OpportunityState.PAUSED)
        make_closed(author, closes_on=None, opens_on=day(-50), decision_on=day(-1))
        make_outcome(make_closed(author))
    with arrange():
        expected = {
            debt.body.slug: [debt.replies, debt.late_replies, debt.promises, debt.late_promises]
            + [debt.answers, debt.late_answers]
            for debt in owed.by_body()
        }

    assert debts(Page.get(client, "/reports/panel")) == expected
    assert sum(map(sum, expected.values())) > 5


@pytest.mark.parametrize(
    ("came", "told"), [(9, "0 to 9"), (10, "at least 10"), (19, "at least 10")]
)
def test_members_are_counted_in_steps_and_never_named(scene, client, arrange, came, told):
    with arrange():
        kai = make_account(Role.SECRETARIAT, email="kai@example.org")
        chair = make_account(Role.OVERSIGHT_CHAIR, email="chair@example.org", name="Zebedee Chair")
        held = make_meeting(chair, kai, days=0)
        held.state = MeetingState.HELD
        for number in range(came):
            who = make_account(name=f"Zebedee {number}", email=f"z{number}@example.org")
            row = Attendance(meeting_id=held.id, account_id=who.id, presence=Presence.CAME)
            db.session.add(row)

    page = Page.get(client, YEARLY)

    assert figures(page)["Members who came, all meetings together"] == told
    (row,) = read(client.get("/reports/rows/meetings.csv").text)
    assert row["members_at_least"] == ("0" if came < 10 else "10")
    assert "Zebedee" not in page.text


def test_one_thing_is_rated_once_by_its_worst_colour_and_hides_what_is_not_public(
    scene, client, arrange
):
    with arrange() as session:
        shown = make_closed(session.merge(scene.author), title="Lights in the park")
        hidden = {
            "Gone": {"state": OpportunityState.WITHDRAWN},
            "Rewritten": {"state": OpportunityState.RETURNED},
            "Hard": {"is_sensitive": True},
        }
        others = [
            make_closed(session.merge(scene.author), title=title, **changes)
            for title, changes in hidden.items()
        ]
        for rated in (shown, shown, *others):
            for colour in (Colour.RED, Colour.GREEN):
                rating = Rating(opportunity_id=rated.id, colour=colour, reasons="Zebedee")
                rating.author_id, rating.escalated_to = rated.author_id, "Zebedee"
                db.session.add(rating)

    page = Page.get(client, YEARLY)

    assert (figures(page)["Red"], figures(page)["Green"]) == ("4", "0")
    assert page.has("Lights in the park")
    text = page.text + client.get("/reports/rows/ratings.csv").text
    assert not [title for title in (*hidden, "Zebedee") if title in text]


def test_what_did_not_change_is_told_but_nothing_hard(scene, client, arrange):
    with arrange() as session:
        author = session.merge(scene.author)
        make_outcome(make_closed(author), not_changed="No later buses.")
        make_outcome(make_closed(author, is_sensitive=True), not_changed="Hard words.")
        gone = make_closed(author, state=OpportunityState.WITHDRAWN)
        make_outcome(gone, not_changed="Gone words.")

    page = Page.get(client, YEARLY)

    assert page.has("No later buses.")
    assert not page.has("Hard words.")
    assert not page.has("Gone words.")


def test_a_report_takes_as_many_queries_for_much_as_for_little(scene, client, app, arrange):
    def statements():
        found = {}
        for url in (*PAGES, *(f"/reports/rows/{name}.csv" for name in FILES)):
            app.extensions.pop("memory", None)
            with app.app_context(), counted() as sent:
                assert client.get(url).status_code == 200
            found[url] = len(sent)
        return found

    statements()  # What every page keeps for a minute is read now.
    few = statements()
    for _more in range(3):
        scene.change(decision=scene.decide())
        with arrange() as session:
            make_outcome(make_closed(session.merge(scene.author)))
    assert statements() == few


def test_the_first_period_is_that_of_the_first_thing_that_was_public(scene, client, arrange):
    first = datetime.combine(clock.today() - timedelta(days=800), time(12), UTC)
    with arrange() as session:
        session.merge(scene.opportunity).published_at = first

    offered = [one.get("value") for one in Page.get(client, YEARLY).all("option")]

    assert offered[0] == THIS_YEAR
    assert offered[-1] == holding(first.date(), YEAR).name
    assert Page.get(client, f"{YEARLY}?period={offered[-1]}").has("None")
