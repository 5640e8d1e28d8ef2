"""Somebody of each role, and every address that each of them may open."""

import itertools
from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.moderation.secret_words import Scene, store
from tests.oversight.scenes import hand_over
from vrn_community.accounts.models import Account, Passkey
from vrn_community.accounts.roles import Role, permissions_of
from vrn_community.contributions.models import Passage
from vrn_community.exchange.models import Export
from vrn_community.extensions import db
from vrn_community.foundation.permissions import guard_of
from vrn_community.insights.evidence.models import Insight
from vrn_community.moderation import appeals, welfare
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.recommendations.models import Recommendation
from vrn_community.responses import sessions

#: Pages that are about something that only stands behind the question mark.
QUERIES = {"questionnaires_desk.condition_test": "?after=feel"}


@pytest.fixture
def scene(arrange, partnership) -> Scene:
    with arrange():
        return store()


@pytest.fixture
def visitors(app, arrange, scene, sign_in_as) -> dict[str, FlaskClient]:
    """Return somebody without an account, and somebody of each role."""
    made = {role: sign_in_as(role, email=f"{role}@visitor.example") for role in Role}
    with arrange() as session:
        give(scene, {role: session.get(Account, one.account_id) for role, one in made.items()})
    return {"": app.test_client(), **made}


def give(scene: Scene, accounts: Mapping[Role, Account]) -> None:
    """Let the accounts of some roles have what only its owner may open."""
    draft = db.session.get(Recommendation, scene.known["recommendation_id"][0])
    insight = db.session.get(Insight, scene.known["insight_id"][0])
    opened = db.session.get(Opportunity, scene.known["opportunity_id"][0])
    passkey = db.session.get(Passkey, scene.known["passkey_id"][0])
    assert draft is not None
    assert passkey is not None
    assert insight is not None
    assert opened is not None
    for key in scene.known["recommendation_id"]:
        asked = db.session.get_one(Recommendation, key)
        asked.author_id = accounts[Role.OVERSIGHT_CHAIR].id
    for role in (Role.PARTNER, Role.BOARD_MEMBER):
        accounts[role].body_id = draft.body_id
    export = db.session.get(Export, scene.known["export_id"][0])
    assert export is not None
    hand_over(scene.known, accounts)
    insight.author_id = passkey.account_id = export.asked_by_id = accounts[Role.ANALYST].id
    plan = sessions.Plan(opened, "A youth club", "Its leader", 10, timedelta(hours=2))
    sessions.open_session(scene.known["session_id"][0], plan, by=accounts[Role.FACILITATOR])
    _let_read(scene, accounts[Role.MODERATOR])


def _let_read(scene: Scene, moderator: Account) -> None:
    """Let a moderator have opened what waits: before that no page shows it."""
    for key in scene.waiting | scene.asked:
        passage = db.session.get_one(Passage, key)
        for words in {passage, appeals.to_open(passage, moderator)}:
            welfare.open_words(words, by=moderator, goes_on=True)


def addresses(app, scene: Scene, method: str) -> Iterator[tuple[str, str]]:
    """Yield the endpoint and every real address of every page; unknown parameters are refused."""
    urls = app.url_map.bind("127.0.0.1")
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or ()):
            continue
        if unknown := rule.arguments - set(scene.known):
            pytest.fail(
                f"{rule} has parameters that tests/moderation/secret_words.py gives no real value "
                f"for: {', '.join(sorted(unknown))}. Add them to `Scene.known`."
            )
        names = sorted(rule.arguments)
        for chosen in itertools.product(*(scene.known[name] for name in names)):
            url = urls.build(rule.endpoint, dict(zip(names, chosen, strict=True)))
            yield rule.endpoint, url + QUERIES.get(rule.endpoint, "")


def open_to(app, scene: Scene, method: str, who: str) -> list[tuple[str, str]]:
    """Return what the guards let somebody open; of those who have an account, at the desk.

    That guards refuse everybody else is seen in `tests/architecture/test_guards.py`; who is signed
    in is nobody elsewhere, as their cookie is not sent there.
    """
    return [
        (endpoint, url)
        for endpoint, url in addresses(app, scene, method)
        if (url.startswith("/desk") or not who) and _lets_in(app, endpoint, who)
    ]


def _lets_in(app, endpoint: str, who: str) -> bool:
    guard = guard_of(app.view_functions[endpoint])
    assert guard
    if not who:
        return not guard.needs_account
    return guard.permission in {*permissions_of([Role(who)]), None}
