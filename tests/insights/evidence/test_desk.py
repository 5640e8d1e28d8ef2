import uuid
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from tests.conftest import make_account
from tests.insights.conftest import frozen
from tests.insights.evidence.conftest import LIBRARY, RECEIVED, SAID, content, drafted
from tests.insights.test_services import ENOUGH_MORE, add
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights.evidence import queries, services
from vrn_community.insights.evidence.models import Evidence, EvidenceKind, Insight
from vrn_community.insights.models import Release
from vrn_community.insights.words import services as words_services
from vrn_community.moderation import services as moderation
from vrn_community.partnership import queries as partnership


def form_of(**changes):
    day = clock.today() + timedelta(days=30)
    parts = {"expires_on-day": day.day, "expires_on-month": day.month, "expires_on-year": day.year}
    said = {"statement": SAID, "from_whom": "Online", "who_is_missing": "Older people"}
    return {**said, "certainty": "one-source", **parts, **changes}


def use_of(**changes):
    day = clock.today()
    parts = {"used_on-day": day.day, "used_on-month": day.month, "used_on-year": day.year}
    return {"purpose": "needs-assessment", "words": "Chapter 3 cites it.", **parts, **changes}


def reload(scene, insight):
    with scene.arrange():
        return queries.insight(insight.id)


# Writing


def test_an_analyst_writes_an_insight_from_the_page_of_a_release(scene, as_account):
    client, release = as_account(scene.author), scene.release
    at = f"/desk/opportunities/{scene.opportunity.id}/results/releases/{release.id}"
    link = next(url for url in Page.get(client, at).links() if "/desk/insights/new" in url)

    began = send(client, link, form_of(priorities="4", areas="E07000129"))
    ticks = Page.get(client, began.location)
    saved = send(client, began.location, {"chosen": ["table:feel", "quote:0"]})
    page = Page.get(client, saved.location)

    assert ticks.has("How safe do you feel?")
    assert page.has(SAID)
    assert page.has("At least 88 people answered each question below")
    assert page.has("Most often people chose")
    assert page.has("More lights, please.")
    assert page.has("Blaby")
    assert at in page.links()
    assert saved.location in Page.get(client, at).links()


def test_pressing_save_twice_writes_one_insight(scene, as_account, arrange):
    client, key = as_account(scene.author), str(uuid.uuid4())

    places = {send(client, f"{LIBRARY}/new", form_of(id=key)).location for _twice in range(2)}

    assert places == {f"{LIBRARY}/{key}/evidence"}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"statement": " "}, "Write what we know."),
        ({"statement": "x" * 501}, "Use at most 500 characters."),
        ({"certainty": "sure"}, "Not a valid choice."),
        ({"from_whom": ""}, "Say from whom it comes."),
        ({"who_is_missing": ""}, "Say who is missing."),
        ({"expires_on-year": "2020"}, "Choose a day after today."),
        ({"expires_on-day": "99"}, "Enter a real date, for example 27 9 2027."),
    ],
)
def test_what_is_wrong_in_an_insight_is_said_beside_it(scene, as_account, wrong, message):
    page = Page.post(as_account(scene.author), f"{LIBRARY}/new", form_of(**wrong))

    assert message in page.errors()
    assert page.has("New insight")


def test_only_the_author_changes_a_draft(scene, as_account, sign_in_as):
    draft = scene.insight(is_published=False)
    mine, other = as_account(scene.author), sign_in_as(Role.ANALYST)

    send(mine, f"{LIBRARY}/{draft.id}/edit", form_of(statement="Other words."))

    assert Page.get(mine, f"{LIBRARY}/{draft.id}/edit").has("Other words.")
    assert other.get(f"{LIBRARY}/{draft.id}/edit").location == f"{LIBRARY}/{draft.id}"
    assert send(other, f"{LIBRARY}/{draft.id}/edit", form_of()).status_code == 409
    assert reload(scene, draft).statement == "Other words."


def test_a_reference_that_makes_no_sense_is_refused(scene, as_account):
    draft = scene.insight(is_published=False)
    url = f"{LIBRARY}/{draft.id}/evidence/{scene.release.id}"

    assert send(as_account(scene.author), url, {"chosen": "x:y"}).status_code == 409


# Publishing and sending


def test_somebody_else_publishes_and_finds_it_on_their_first_page(scene, as_account):
    draft = scene.insight(is_published=False)
    client, at = as_account(scene.checker), f"{LIBRARY}/{draft.id}"
    assert at in Page.get(client, "/desk").links()
    version = Page.get(client, at).hidden("version")

    assert send(client, f"{at}/publish", {"version": version}).location == at

    assert Page.get(client, at).has("It was sent to nobody yet.")
    assert at not in Page.get(client, "/desk").links()


def test_an_author_who_could_publish_reads_why_not(scene, as_account, sign_in_as, arrange):
    client = sign_in_as(Role.ANALYST, Role.APPROVER)
    at = send(client, f"{LIBRARY}/new", form_of()).location.removesuffix("/evidence")
    send(client, f"{at}/evidence/{scene.release.id}", {"chosen": "table:feel"})

    assert Page.get(client, at).has("You wrote this, so somebody else has to publish it.")
    assert send(client, f"{at}/publish", {"version": "1"}).status_code == 409


def test_an_insight_is_sent_to_a_body(scene, as_account):
    insight = scene.insight()
    client, at = as_account(scene.author), f"{LIBRARY}/{insight.id}"

    assert send(client, f"{at}/route", {"body": "charnwood-csp"}).location == at

    page = Page.get(client, at)
    assert page.has("Nobody has said yet that it came.")
    assert 'value="charnwood-csp"' not in page.text
    assert Page.post(client, f"{at}/route", {"body": ""}).errors() == ["Choose a body."]


# What a body was sent


def test_a_partner_finds_says_and_notes(scene, partner_of):
    insight = scene.insight(to=scene.csp)
    partner, at = partner_of(scene.csp), f"{RECEIVED}/{insight.id}"
    assert at in Page.get(partner, "/desk").links()
    assert at in Page.get(partner, RECEIVED).links()

    assert Page.get(partner, at).has("Say that it came")
    assert send(partner, f"{at}/receipt", {}).location == at
    assert send(partner, at, use_of()).location == at

    page = Page.get(partner, at)
    assert page.has("Lena Fox said on")
    assert page.has("Chapter 3 cites it.")
    assert not page.has("Ana Writes")
    assert at not in Page.get(partner, "/desk").links()


def test_the_desk_sees_the_receipt_and_what_came_of_it(scene, as_account, partner_of):
    insight = scene.insight(to=scene.csp)
    partner = partner_of(scene.csp, Role.BOARD_MEMBER)
    send(partner, f"{RECEIVED}/{insight.id}", use_of())

    page = Page.get(as_account(scene.author), f"{LIBRARY}/{insight.id}")

    assert page.has("Lena Fox said on")
    assert page.has("A needs assessment: Chapter 3 cites it.")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"purpose": "fun"}, "Not a valid choice."),
        ({"words": ""}, "Say it in one sentence."),
        ({"used_on-year": "2100"}, "Choose today or a day before."),
    ],
)
def test_what_is_wrong_in_a_use_is_said_beside_it(scene, partner_of, wrong, message):
    insight = scene.insight(to=scene.csp)

    page = Page.post(partner_of(scene.csp), f"{RECEIVED}/{insight.id}", use_of(**wrong))

    assert message in page.errors()


@pytest.mark.parametrize("ending", ["", "/receipt"])
def test_a_partner_opens_nothing_that_was_not_sent_to_their_body(scene, partner_of, ending):
    to_others = scene.insight(to=scene.board)
    nowhere, draft = scene.insight(), scene.insight(is_published=False)
    partner = partner_of(scene.csp)

    for insight in (to_others, nowhere, draft):
        at = f"{RECEIVED}/{insight.id}"
        Page.get(partner, at, status=404)
        assert send(partner, f"{at}{ending}", use_of()).status_code == 404
        assert partner.get(f"{LIBRARY}/{insight.id}").status_code == 403
    assert Page.get(partner, RECEIVED).has("Nothing was sent to your body yet.")
    assert Page.get(partner, f"{RECEIVED}?q=path").has("We know nothing about this yet.")


def test_a_partner_without_a_body_reads_what_to_do(scene, partner_of):
    scene.insight(to=scene.csp)

    assert Page.get(partner_of(None), RECEIVED).has("We do not know yet which body")


# The library


@pytest.fixture
def library(scene):
    with scene.arrange():
        blaby, melton = partnership.area("E07000129"), partnership.area("E07000133")
        four, issues = partnership.priority(4), partnership.local_issues()
    return {
        "path": scene.insight(areas=[blaby], priorities=[four]),
        "cafe": scene.insight(statement="The Café helps.", areas=[melton], local_issues=issues[:1]),
        "old": scene.insight(
            statement="Buses came late.", expires_on=clock.today() - timedelta(days=1)
        ),
    }


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", {"path", "cafe", "old"}),
        ("q=CAFE", {"cafe"}),
        ("q=path+dark", {"path"}),
        ("q=100%25", set()),
        ("priority=4", {"path"}),
        ("priority=x", {"path", "cafe", "old"}),
        ("area=E07000129", {"path", "old"}),
        ("area=nowhere", {"old"}),
        ("issue=nothing", set()),
        ("age=current", {"path", "cafe"}),
        ("age=expired", {"old"}),
        ("age=x&page=-1", {"path", "cafe", "old"}),
    ],
)
def test_the_library_answers_what_we_know(scene, library, sign_in_as, asked, expected):
    page = Page.get(sign_in_as(Role.PUBLISHER), f"{LIBRARY}?{asked}")

    found = {name for name, row in library.items() if f"{LIBRARY}/{row.id}" in page.links()}
    assert found == expected


def test_the_library_is_searched_by_local_issue(scene, library, sign_in_as, arrange):
    with arrange():
        slug = partnership.local_issues()[0].slug

    page = Page.get(sign_in_as(Role.PUBLISHER), f"{LIBRARY}?issue={slug}")

    assert f"{LIBRARY}/{library['cafe'].id}" in page.links()
    assert f"{LIBRARY}/{library['old'].id}" not in page.links()


def test_an_empty_library_says_so(partnership, sign_in_as):
    assert Page.get(sign_in_as(Role.PUBLISHER), LIBRARY).has("There are no insights yet.")


def count_queries(client, url):
    seen = []
    listener = lambda *_args: seen.append(1)  # noqa: E731
    with client.application.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listener)
    try:
        Page.get(client, url)
    finally:
        event.remove(engine, "before_cursor_execute", listener)
    return len(seen)


def test_lists_and_pages_take_no_query_per_row(scene, sign_in_as, arrange):
    client = sign_in_as(Role.ANALYST)
    one = scene.insight()
    Page.get(client, LIBRARY)  # Some facts of the place are read once and kept.
    before = [count_queries(client, url) for url in (LIBRARY, f"{LIBRARY}/{one.id}")]
    with arrange() as session:
        author, release = session.merge(scene.author), session.merge(scene.release)
        for _number in range(25):
            drafted(author, release)
    many = scene.insight(is_published=False)

    after = [count_queries(client, url) for url in (LIBRARY, f"{LIBRARY}/{many.id}")]

    assert after[0] == before[0]
    assert after[1] <= before[1]
    assert Page.get(client, LIBRARY).has("Page 1 of 2")


@pytest.fixture
def superseded(scene, arrange):
    """Return an insight that rests on results which newer ones replaced, and those."""
    insight = scene.insight(to=scene.csp)
    with arrange() as session:
        opportunity, author = session.merge(scene.opportunity), session.merge(scene.author)
        add(opportunity, ENOUGH_MORE)
        return insight, frozen(opportunity, author)


def test_lists_and_pages_say_when_newer_results_exist_and_lead_there(
    scene, superseded, as_account, partner_of
):
    insight, newer = superseded
    at = f"/desk/opportunities/{scene.opportunity.id}/results/releases/{newer.id}"
    client, partner = as_account(scene.author), partner_of(scene.csp)

    for url in (LIBRARY, f"{LIBRARY}/{insight.id}"):
        page = Page.get(client, url)
        assert page.has("Newer results exist")
        assert at in page.links()
    for url in (RECEIVED, f"{RECEIVED}/{insight.id}"):
        page = Page.get(partner, url)
        assert page.has("Newer results exist")
        assert f"/register/{scene.opportunity.code}" in page.links()
        assert at not in page.links()


def test_a_library_of_old_results_takes_no_query_per_row(scene, superseded, as_account, arrange):
    client = as_account(scene.author)
    Page.get(client, LIBRARY)
    before = count_queries(client, LIBRARY)
    for _number in range(5):
        with arrange() as session:
            services.begin(uuid.uuid4(), content(), by=session.merge(scene.author))
    with arrange() as session:
        old = session.get(Release, scene.release.id)
        for row in session.scalars(select(Insight)).all():
            if not row.evidence:
                row.evidence = [Evidence(release=old, kind=EvidenceKind.TABLE, key="feel")]

    assert count_queries(client, LIBRARY) == before
    assert Page.get(client, LIBRARY).text.count("Newer results exist") == 6


# What the words rest on


def test_a_quote_that_is_withheld_later_vanishes_from_the_insight(
    scene, as_account, partner_of, arrange
):
    insight = scene.insight(is_published=False)
    client, at = as_account(scene.author), f"{LIBRARY}/{insight.id}"
    send(client, f"{at}/evidence/{scene.release.id}", {"chosen": ["table:feel", "quote:0"]})
    with arrange() as session:
        stored = queries.insight(insight.id)
        services.publish(stored, by=session.merge(scene.checker))
        services.route(stored, session.merge(scene.csp), by=session.merge(scene.author))
    partner, sent = partner_of(scene.csp), f"{RECEIVED}/{insight.id}"
    said = "More lights, please."
    assert Page.get(client, at).has(said)
    assert Page.get(partner, sent).has(said)

    with arrange() as session:
        words = session.scalars(select(Passage).where(Passage.cleared_words == said)).one()
        moderation.withhold(words, moderator=make_account(Role.MODERATOR), reason="Who it was")

    for page in (Page.get(client, at), Page.get(partner, sent)):
        assert not page.has(said)
        assert page.has("Its words were withheld later")
    draft = scene.insight(is_published=False)
    url = f"{LIBRARY}/{draft.id}/evidence/{scene.release.id}"
    assert not Page.get(client, url).has(said)


def test_a_theme_leads_to_its_frame_and_passages_those_who_may_see_them(
    scene, as_account, sign_in_as, arrange
):
    insight = scene.insight(is_published=False)
    with arrange() as session:
        author = session.merge(scene.author)
        frame = words_services.frame_of(scene.opportunity.id, "why")
        theme = words_services.add_theme(frame, "Dark", "", key=uuid.uuid4(), by=author)
        chosen = ["table:feel", f"theme:{theme.id}"]
        release = session.merge(scene.release)
        services.cite(queries.insight(insight.id), release, chosen, by=author)
    words = f"/desk/opportunities/{scene.opportunity.id}/words"
    links = {f"{words}/why/themes", f"{words}/themes/{theme.id}"}

    may, may_not = as_account(scene.author), sign_in_as(Role.PUBLISHER)

    assert links <= set(Page.get(may, f"{LIBRARY}/{insight.id}").links())
    assert not links & set(Page.get(may_not, f"{LIBRARY}/{insight.id}").links())
    for url in links:
        Page.get(may, url)
