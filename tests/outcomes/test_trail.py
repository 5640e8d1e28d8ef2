"""Every published outcome of the demonstration leads back to its tables and on to its changes."""

import re
import uuid
from collections import deque
from urllib.parse import urldefrag

import pytest
from sqlalchemy import select

from tests.conftest import make_account
from tests.opportunities.conftest import counted
from tests.outcomes.decisions.conftest import CHANGED, SAID, Decided, as_account, partner_of
from tests.pages import NAMESPACE, Page
from vrn_community import demo
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.insights.evidence import services as evidence
from vrn_community.insights.evidence.queries import insight
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.oversight.recommendations import services as recommendations

__all__ = ["as_account", "partner_of"]
TRAIL = re.compile(
    r"^/(register(/[0-9A-Z]{7})?|insights/.+|recommendations/.+|decisions/.+|changes/.+"
    r"|priorities(/\d+(/trail)?|/issues/.+|/aims/.+)?|register/debts(/.+)?)$"
)
#: What a page of each kind leads to at least.
OWED = {
    "/insights/": ("/register/", "/recommendations/", "/decisions/"),
    "/recommendations/": ("/register/", "/insights/"),
    "/decisions/": ("/insights/", "/recommendations/", "/changes/", "/register/"),
    "/changes/": ("/decisions/", "/recommendations/", "/register/", "/priorities/aims/"),
}


@pytest.fixture
def scene(partnership, arrange):
    return Decided(arrange)


def opened(client, url):
    """Open a page as people do: what stands behind a warning by its button."""
    page = Page.get(client, url)
    return Page.of(client.post(url)) if page.has("Before you go on") else page


def ways_on(page, here):
    """Return where the links and the buttons of the page itself lead."""
    main = next(page.tree.iter(f"{NAMESPACE}main"))
    links = [link.get("href", "") for link in main.iter(f"{NAMESPACE}a")]
    forms = [form.get("action", "") for form in main.iter(f"{NAMESPACE}form")]
    return {link if link[:1] != "#" else here + link for link in (*links, *forms) if link}


def crawl(client, start):
    """Return every page of the trail that can be reached, with where it leads."""
    pages, waiting = {}, deque([start])
    anchors, ids = set(), {}
    while waiting:
        url = waiting.popleft()
        if url in pages:
            continue
        page = opened(client, url)
        pages[url] = ways_on(page, url)
        ids[url] = {element.get("id") for element in page.tree.iter()}
        for link in pages[url]:
            target, anchor = urldefrag(link)
            if TRAIL.match(target):
                waiting.append(target)
                anchors |= {(target, anchor)} if anchor else set()
    wrong = {(url, anchor) for url, anchor in anchors if anchor not in ids[url]}
    assert not wrong
    return pages


def test_no_published_outcome_of_the_demonstration_is_a_dead_end(client, arrange):
    with arrange():
        demo.load()

    pages = crawl(client, "/register")

    kinds = {prefix: [url for url in pages if url.startswith(prefix)] for prefix in OWED}
    assert all(kinds.values()), kinds
    current = {link for url in pages if TRAIL.match(url) for link in pages[url]}
    for prefix, owed in OWED.items():
        for url in kinds[prefix]:
            leads = pages[url]
            missing = [to for to in owed if not any(link.startswith(to) for link in leads)]
            if prefix == "/insights/":
                missing = [to for to in missing if to != "/decisions/"]
            is_old = (
                any(link.startswith("/decisions/") for link in leads) and prefix == "/insights/"
            )
            assert not missing or is_old, (url, missing)
            assert url in current
    answered = opened(client, "/register?state=answered")
    told = [link for link in answered.links() if re.match(r"^/register/[0-9A-Z]{7}$", link)]
    assert told
    for url in told:
        back = {urldefrag(link)[1] for way in pages.values() for link in way if url in link}
        assert any(anchor.startswith("result-") for anchor in back)
        on = {prefix for prefix in OWED if any(link.startswith(prefix) for link in pages[url])}
        assert on == set(OWED)
    assert "/priorities/4/trail" in pages
    # What was recommended and taken up leads on to what was decided, promised and changed.
    asked = [url for url in kinds["/recommendations/"] if pages[url] & {*kinds["/changes/"]}]
    assert asked
    for url in asked:
        assert any(link.startswith("/decisions/") for link in pages[url])
    for url in kinds["/changes/"]:
        promised = {link for link in pages[url] if "#commitment-" in link}
        aims = {link for link in pages[url] if link.startswith("/priorities/aims/")}
        assert promised
        for aim in aims:
            assert url in pages[aim], aim


def test_every_priority_issue_and_aim_leads_to_what_was_done_about_it(scene, client):
    change = scene.change(decision=scene.decide(), recommendation=scene.asked)
    priorities = Page.get(client, "/priorities").links()
    aims = [link for link in priorities if link.startswith("/priorities/aims/")]
    issues = [link for link in priorities if link.startswith("/priorities/issues/")]
    numbered = [link for link in priorities if re.fullmatch(r"/priorities/\d", link)]

    assert len(numbered) == 7
    assert issues
    for url in numbered:
        assert f"{url}/trail" in Page.get(client, url).links()
    for url in issues:
        Page.get(client, url)
    helped = [url for url in aims if f"/changes/{change.id}" in Page.get(client, url).links()]
    assert len(helped) == 2 < len(aims)
    assert set(helped) < set(Page.get(client, f"/changes/{change.id}").links())


def test_an_aim_forgets_what_was_taken_down_and_turns_its_pages(scene, client):
    gone = scene.change(decision=scene.decide())
    aim = next(link for link in Page.get(client, f"/changes/{gone.id}").links() if "/aims/" in link)
    scene.withdraw(gone)

    assert f"/changes/{gone.id}" not in Page.get(client, aim).links()
    assert not Page.get(client, f"{aim}?page=99").has(CHANGED["what"])


def test_the_trail_is_followed_both_ways(scene, client):
    decision = scene.decide()
    change = scene.change(decision=decision, recommendation=scene.asked)
    here = f"/register/{scene.opportunity.code}"

    outcome = Page.get(client, here)
    for url in (
        f"/insights/{scene.known.id}",
        f"/recommendations/{scene.asked.id}",
        f"/decisions/{decision.id}",
        f"/changes/{change.id}",
    ):
        assert url in outcome.links()
        assert any(link.startswith(here) for link in Page.get(client, url).links()), url
    assert f"{here}#result-feel-title" in Page.get(client, f"/insights/{scene.known.id}").links()
    theme = Page.get(client, "/priorities/4/trail")
    assert theme.has(SAID["decided"])
    assert theme.has(CHANGED["what"])


def test_what_was_taken_down_takes_what_rests_on_it_along(scene, client, arrange):
    decision = scene.decide()
    with arrange() as session:
        session.merge(scene.opportunity).state = OpportunityState.WITHDRAWN

    Page.get(client, f"/insights/{scene.known.id}", status=404)
    Page.get(client, f"/recommendations/{scene.asked.id}", status=404)
    page = Page.get(client, f"/decisions/{decision.id}")
    assert not page.has(scene.known.statement)
    assert not page.has("Put up lights.")
    assert page.has("was taken down, or is being rewritten")
    assert not Page.get(client, "/priorities/4/trail").has(SAID["decided"])


def test_drafts_are_nobodys_business(scene, client):
    draft = scene.insight(is_published=False, statement="Nobody may read this.")

    Page.get(client, f"/insights/{draft.id}", status=404)
    assert not Page.get(client, f"/register/{scene.opportunity.code}").has("Nobody may read this.")


def test_a_quote_that_was_withheld_since_is_gone(scene, client, arrange):
    with arrange() as session:
        quoted = scene.insight(is_published=False, statement="They want lights.")
        author = session.merge(scene.author)
        evidence.cite(insight(quoted.id), session.merge(scene.release), ["quote:0"], by=author)
        evidence.publish(insight(quoted.id), by=session.merge(scene.checker))
    url = f"/insights/{quoted.id}"
    assert Page.get(client, url).has("More lights, please.")

    with arrange() as session:
        passage = session.scalars(select(Passage).where(Passage.question_id == "why")).first()
        passage.state, passage.cleared_words = PassageState.WITHHELD, None
    assert not Page.get(client, url).has("More lights, please.")


def test_a_withdrawn_insight_says_why_and_no_more(scene, client, arrange):
    with arrange() as session:
        by = session.merge(scene.author)
        evidence.withdraw(insight(scene.known.id), "It was counted wrongly.", by=by)

    page = Page.get(client, f"/insights/{scene.known.id}")

    assert page.has("It was counted wrongly.")
    assert not page.has(scene.known.statement)


@pytest.fixture
def rests_on_known(scene, arrange):
    """Return the address of a recommendation that rests on the insight of the scene."""
    with arrange() as session:
        chair = make_account(Role.OVERSIGHT_CHAIR, email="mo@example.org")
        cites = [f"insight:{scene.known.id}"]
        asked = recommendations.Request(session.merge(scene.csp), "Paint it.", "Grey.", cites=cites)
        opportunity = session.merge(scene.opportunity)
        made = recommendations.recommend(uuid.uuid4(), opportunity, asked, by=chair)
        recommendations.send(made, is_checked=True, by=chair)
        return f"/recommendations/{made.id}"


def test_what_rests_on_withdrawn_words_does_not_repeat_them(
    scene, client, arrange, rests_on_known, partner_of
):
    pages = (rests_on_known, f"/register/{scene.opportunity.code}")
    reply = f"/desk/replies/{rests_on_known.rsplit('/', 1)[1]}"
    assert all(Page.get(client, url).has(scene.known.statement) for url in pages)
    with arrange() as session:
        by = session.merge(scene.author)
        evidence.withdraw(insight(scene.known.id), "It was counted wrongly.", by=by)

    for page in (*(Page.get(client, url) for url in pages), Page.get(partner_of(scene.csp), reply)):
        assert not page.has(scene.known.statement)
        assert page.has("Something that was withdrawn later")
        assert f"/insights/{scene.known.id}" in page.links()


def test_what_rests_on_corrected_words_says_so(scene, client, arrange, rests_on_known):
    with arrange() as session:
        old, by = insight(scene.known.id), session.merge(scene.author)
        new = evidence.correct(old, uuid.uuid4(), "Some were counted twice.", by=by)
        evidence.publish(new, by=session.merge(scene.checker))

    for url in (rests_on_known, f"/register/{scene.opportunity.code}"):
        page = Page.get(client, url)
        assert page.has("corrected since")
        assert f"/insights/{scene.known.id}" in page.links()


def test_a_corrected_insight_says_why_to_everybody(scene, client, arrange):
    with arrange() as session:
        old, by = insight(scene.known.id), session.merge(scene.author)
        new = evidence.correct(old, uuid.uuid4(), "Some were counted twice.", by=by)
        evidence.publish(new, by=session.merge(scene.checker))

    assert Page.get(client, f"/insights/{old.id}").has("Some were counted twice.")


def test_pages_about_sensitive_questions_stand_behind_the_warning(scene, client, arrange):
    decision = scene.decide()
    change = scene.change(decision=decision)
    with arrange() as session:
        session.merge(scene.opportunity).is_sensitive = True

    for url in (
        f"/insights/{scene.known.id}",
        f"/recommendations/{scene.asked.id}",
        f"/decisions/{decision.id}",
        f"/changes/{change.id}",
    ):
        before = Page.get(client, url)
        assert before.has("Before you go on")
        after = Page.of(client.post(url))
        assert after.title.startswith("Questions - ")
        assert after.response.headers["Cache-Control"] == "no-store"


def test_a_theme_shows_a_few_of_each_kind_and_the_way_to_the_others(scene, client):
    told = [scene.insight(to=scene.csp) for _more in range(7)]
    here = f"/register/{scene.opportunity.code}"

    page = Page.get(client, "/priorities/4/trail")

    shown = [link for link in page.links() if link.startswith("/insights/")]
    assert len(shown) == 5
    assert page.has("3 more")  # There is one from the beginning.
    assert here in page.links()
    assert {f"/insights/{each.id}" for each in told} < set(Page.get(client, here).links())


def test_the_number_of_queries_never_grows(scene, client, app):
    scene.change(decision=scene.decide(), recommendation=scene.asked)
    aim = next(link for link in Page.get(client, "/priorities").links() if "/aims/" in link)
    here = f"/register/{scene.opportunity.code}"
    urls = ("/priorities/4/trail", here, "/register/debts", aim)

    def statements(url, number):
        with app.app_context(), counted() as found:
            assert client.get(f"{url}?n={number}").status_code == 200
        return len(found)

    few = {url: statements(url, 1) for url in urls}
    for _more in range(4):
        decision = scene.decide()
        scene.change(decision=decision, recommendation=scene.asked)
        scene.insight(to=scene.csp)
    statements("/register", 1)
    for url in urls:
        assert statements(url, 2) <= few[url], url


@pytest.mark.parametrize(
    "url",
    ["/priorities/99/trail", "/priorities/issues/x", "/priorities/aims/x", "/register/debts/x"],
)
def test_what_is_not_there_is_not_found(client, partnership, url):
    Page.get(client, url, status=404)
