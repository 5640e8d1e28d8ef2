import uuid
from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.factories.passages import make_passage, with_answers
from tests.insights.conftest import frozen
from tests.insights.evidence.conftest import SAID, USED, content, drafted
from tests.insights.test_services import ENOUGH_MORE, add
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.contributions.models import PassageState
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.insights import services as insights
from vrn_community.insights.evidence import queries, services
from vrn_community.insights.evidence.models import Insight, InsightState
from vrn_community.insights.words import services as words
from vrn_community.partnership.levels import PreventionLevel
from vrn_community.partnership.models import Body, BodyKind


@pytest.fixture
def approver(session):
    return make_account(Role.APPROVER)


@pytest.fixture
def opportunity(closed):
    return closed(published_at=clock.now())


@pytest.fixture
def release(opportunity, analyst):
    return frozen(opportunity, analyst, ("More lights, please.",))


@pytest.fixture
def body(session):
    made = Body(slug="csp", name="The CSP", kind=BodyKind.BOARD, role="Helps.", position=1)
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def partner(body):
    account = make_account(Role.PARTNER)
    account.body_id = body.id
    return account


def actions(subject):
    return [entry.action for entry in audit.of_subject(subject.id)]


def test_an_insight_is_written_published_sent_received_and_used(
    analyst, approver, release, body, partner
):
    insight = drafted(analyst, release)
    services.publish(insight, by=approver)
    routing = services.route(insight, body, by=analyst)
    services.receive(routing, by=partner)
    services.use(uuid.uuid4(), routing, USED, by=partner)

    assert (insight.state, routing.received_on) == (InsightState.PUBLISHED, clock.today())
    assert [use.words for use in routing.uses] == ["It moved lights up the list."]
    steps = ("begin", "cite", "publish", "route", "receive", "use")
    assert actions(insight) == [f"insight:{step}" for step in steps]


def test_whatever_is_sent_twice_is_done_once(analyst, approver, release, body, partner):
    key, used = uuid.uuid4(), uuid.uuid4()
    insight = services.begin(key, content(), by=analyst)
    assert services.begin(key, content(statement="Else"), by=analyst) is insight
    for _twice in range(2):
        services.cite(insight, release, ["table:feel"], by=analyst)
    for _twice in range(2):
        services.publish(insight, by=approver)
    routing = services.route(insight, body, by=analyst)
    assert services.route(insight, body, by=analyst) is routing
    for _twice in range(2):
        services.use(used, routing, USED, by=partner)
        services.receive(routing, by=partner)

    assert insight.statement == SAID
    assert (len(insight.evidence), len(routing.uses)) == (1, 1)
    assert actions(insight).count("insight:publish") == 1
    assert actions(insight).count("insight:receive") == 1


def test_no_author_publishes_own_words_whatever_their_roles(session, release):
    both = make_account(Role.ANALYST, Role.APPROVER)
    insight = drafted(both, release)

    with pytest.raises(NotAllowed, match="somebody else has to publish it"):
        services.publish(insight, by=both)


def test_an_insight_that_rests_on_nothing_is_not_published(analyst, approver):
    with pytest.raises(NotAllowed, match="does not rest on anything yet"):
        services.publish(drafted(analyst), by=approver)


def test_what_changed_since_it_was_read_is_not_published(analyst, approver, release):
    insight = drafted(analyst, release)
    read = insight.version
    services.edit(insight, content(statement="Nobody feels unsafe."), by=analyst)

    with pytest.raises(NotAllowed, match="changed after you opened it"):
        services.publish(insight, by=approver, version=read)


def test_choosing_other_evidence_is_a_change_too(analyst, approver, release):
    insight = drafted(analyst, release)
    read = insight.version
    services.cite(insight, release, ["quote:0"], by=analyst)

    with pytest.raises(NotAllowed, match="changed after you opened it"):
        services.publish(insight, by=approver, version=read)


def test_nobody_changes_the_words_of_another_or_of_what_is_published(analyst, approver, release):
    insight = drafted(analyst, release)
    other = make_account(Role.ANALYST, email="other@example.org")
    with pytest.raises(NotAllowed, match="written by somebody else"):
        services.edit(insight, content(), by=other)
    with pytest.raises(NotAllowed, match="written by somebody else"):
        services.begin(insight.id, content(), by=other)

    services.publish(insight, by=approver)

    for refused in (
        lambda: services.edit(insight, content(), by=analyst),
        lambda: services.cite(insight, release, [], by=analyst),
    ):
        with pytest.raises(NotAllowed, match="things have moved on"):
            refused()


def test_only_what_was_released_can_be_cited(analyst, opportunity):
    draft = insights.draft_release(opportunity, by=analyst)
    insight = drafted(analyst)

    with pytest.raises(NotAllowed, match="Newer results exist"):
        services.cite(insight, draft, ["table:feel"], by=analyst)


@pytest.mark.parametrize("name", ["", "x", "x:y", "table:", "table:nothing", "quote:7", "theme:x"])
def test_what_a_release_does_not_hold_cannot_be_cited(analyst, release, name):
    with pytest.raises(NotAllowed, match="no longer there"):
        services.cite(drafted(analyst), release, [name], by=analyst)


def test_evidence_is_read_from_what_was_frozen(analyst, release):
    insight = drafted(analyst)
    services.cite(insight, release, ["table:feel", "table:heard", "quote:0"], by=analyst)

    found = {each.reference: each for each in insight.evidence}

    assert found["table:feel"].table.base == 88
    assert found["quote:0"].quote == "More lights, please."
    assert insight.fewest == min(found[key].table.base for key in ("table:feel", "table:heard"))


def test_an_insight_says_when_newer_results_replace_those_it_rests_on(
    analyst, opportunity, release
):
    insight = drafted(analyst, release)
    assert queries.newer_results([insight]) == {}
    add(opportunity, ENOUGH_MORE)
    newer = insights.draft_release(opportunity, by=analyst)
    insights.freeze(newer, by=analyst)

    assert queries.newer_results([insight]) == {insight.id: [newer]}
    assert insight.evidence[0].table.base == 88
    services.cite(insight, release, ["table:feel"], by=analyst)
    with pytest.raises(NotAllowed, match="Newer results exist"):
        services.cite(insight, release, ["table:feel", "table:heard"], by=analyst)
    assert queries.resting_on(release.id) == [insight]
    assert queries.resting_on(newer.id) == []


def themed(opportunity, analyst, people):
    """Return a theme that some people of many have, others have another one."""
    passages = [
        make_passage(opportunity, f"Words {n}", PassageState.CLEARED, question_id="why")
        for n in range(people + 30)
    ]
    with_answers(passages, answers={"feel": "unsafe"})
    frame = words.frame_of(opportunity.id, "why")
    theme, other = (
        words.add_theme(frame, name, "", key=uuid.uuid4(), by=analyst) for name in ("Dark", "Else")
    )
    found = {p.id: {theme.id if n < people else other.id} for n, p in enumerate(passages)}
    words.code(frame, found, coder=analyst)
    return theme


def test_a_theme_is_cited_with_a_number_that_never_moves(analyst, opportunity):
    theme = themed(opportunity, analyst, 20)
    release = frozen(opportunity, analyst)
    first, second = drafted(analyst), drafted(analyst)
    services.cite(first, release, [f"theme:{theme.id}"], by=analyst)
    more = make_passage(opportunity, "Dark", PassageState.CLEARED, question_id="why")
    with_answers([more], answers={"feel": "unsafe"})
    words.code(theme.frame, {more.id: {theme.id}}, coder=analyst)

    services.cite(second, release, [f"theme:{theme.id}"], by=analyst)

    assert [each.evidence[0].people for each in (first, second)] == [20, 20]


def test_a_theme_that_few_people_have_is_cited_without_a_number(analyst, opportunity):
    theme = themed(opportunity, analyst, 4)
    release = frozen(opportunity, analyst)
    insight = drafted(analyst)

    services.cite(insight, release, [f"theme:{theme.id}"], by=analyst)

    assert insight.evidence[0].people is None


def test_drafts_are_sent_to_nobody(analyst, release, body):
    with pytest.raises(NotAllowed, match="things have moved on"):
        services.route(drafted(analyst, release), body, by=analyst)


def test_only_the_body_that_was_sent_it_says_that_it_came_or_was_used(
    analyst, approver, release, body
):
    insight = drafted(analyst, release)
    services.publish(insight, by=approver)
    routing = services.route(insight, body, by=analyst)
    stranger = make_account(Role.PARTNER, email="stranger@example.org")

    for refused in (
        lambda: services.receive(routing, by=stranger),
        lambda: services.use(uuid.uuid4(), routing, USED, by=stranger),
    ):
        with pytest.raises(NotAllowed, match="another body"):
            refused()
    with pytest.raises(NotAllowed, match="Your roles"):
        services.receive(routing, by=analyst)
    assert routing.received_on is None


def test_an_insight_is_old_on_the_day_after_its_last(analyst):
    today = clock.today()

    assert not Insight(expires_on=today).is_expired
    assert Insight(expires_on=today - timedelta(days=1)).is_expired


def test_levels_of_prevention_are_kept_once_each(analyst):
    levels = [PreventionLevel.PRIMARY, PreventionLevel.TERTIARY]
    insight = drafted(analyst, prevention_levels=levels)
    kept = next(row for row in insight.prevention if row.level is PreventionLevel.PRIMARY)

    services.edit(insight, content(prevention_levels=levels[:1]), by=analyst)

    assert insight.prevention == [kept]
