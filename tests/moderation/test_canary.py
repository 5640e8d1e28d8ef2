"""Words that nobody has cleared are on no page of anybody else."""

import uuid

import pytest

from tests.moderation.conftest import at
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.moderation import services
from vrn_community.moderation.reasons import RevealReason
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.safeguarding import services as safeguarding
from vrn_community.safeguarding.models import Urgency

CANARY = "Zanzibarquail"
NOTE = "Marmosetfern"
VISITORS = (None, *Role)


@pytest.fixture
def secrets(stored, arrange):
    """Return keys of a pending, a withheld, a redacted passage and of one with a concern."""
    words = f"Then {CANARY} came."
    made = [stored(words) for _number in range(4)]
    with arrange() as session:
        pending, withheld, redacted, worrying = (session.merge(passage) for passage in made)
        opportunity = pending.contribution.opportunity
        lead = opportunity.author
        services.withhold(withheld, moderator=lead, reason="A case is open.")
        services.redact(redacted, [[1, 1]], moderator=lead, reason="place")
        services.reveal(withheld, RevealReason.ASKED, moderator=lead)
        concern = safeguarding.raise_concern(worrying, Urgency.ROUTINE, NOTE, by=lead)
        opportunity.state = OpportunityState.PUBLISHED
        opportunity.published_at = opportunity.created_at
    return {
        "passages": (pending, withheld, redacted, worrying),
        "concern_id": concern.id,
        "opportunity_id": opportunity.id,
        "code": opportunity.code,
        "account_id": opportunity.author_id,
    }


def pages(app, known):
    """Yield the address of every page that can be read, with each passage in turn."""
    urls = app.url_map.bind("127.0.0.1")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        for passage in known["passages"]:
            parts = {"passage_id": passage.id, "number": 1, "token": "x", "name": "x", **known}
            parts = {name: parts.get(name, uuid.UUID(int=1)) for name in rule.arguments}
            yield urls.build(rule.endpoint, parts)


@pytest.mark.parametrize("role", VISITORS)
def test_words_that_nobody_cleared_are_on_no_page(app, client, sign_in_as, secrets, role):
    visitor = sign_in_as(role, email="visitor@example.org") if role else client
    own = {at(passage) for passage in secrets["passages"] if passage.is_waiting}
    allowed = own if role is Role.MODERATOR else set()
    seen = set()

    for url in dict.fromkeys(pages(app, secrets)):
        answer = visitor.get(url)
        assert answer.status_code < 500, url
        if CANARY in answer.text:
            seen.add(url)
        is_case = role in (Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_DEPUTY)
        assert NOTE not in answer.text or (is_case and "/safeguarding/" in url), url

    assert seen == allowed


def test_the_words_stand_in_no_column_in_clear(app, secrets):
    with app.app_context():
        for table in db.metadata.sorted_tables:
            for row in db.session.execute(table.select()):
                assert CANARY not in repr(row), table.name
                assert NOTE not in repr(row), table.name
