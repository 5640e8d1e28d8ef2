import uuid

import pytest

from tests.conftest import make_account
from tests.factories.questionnaires import make_version
from tests.insights.conftest import CROWD, answered
from tests.oversight.conftest import make_closed
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.oversight import services
from vrn_community.oversight.models import ObservationKind
from vrn_community.oversight.reading import Spot


def actions(subject):
    return [entry.action for entry in audit.of_subject(subject.id)]


def test_an_observation_has_an_author_and_is_noted_once(closed, joy):
    answered(make_version(closed), CROWD)
    key, about = uuid.uuid4(), Spot(ObservationKind.TABLE, "feel")

    once = services.observe(key, closed, "Few girls answered.", about=about, by=joy)
    again = services.observe(key, closed, "Few girls answered.", about=about, by=joy)

    assert once is again
    assert (once.author_id, once.key) == (joy.id, "feel")
    assert actions(once) == ["observation:write"]


def test_nobody_writes_over_the_observation_of_somebody_else(closed, joy):
    key = uuid.uuid4()
    services.observe(key, closed, "Mine.", by=joy)
    other = make_account(Role.OVERSIGHT_MEMBER)

    with pytest.raises(NotAllowed, match="somebody else"):
        services.observe(key, closed, "Not mine.", by=other)


@pytest.mark.parametrize(
    "changes",
    [
        {"closes_on": clock.today()},
        {"state": OpportunityState.PAUSED},
        {"state": OpportunityState.RETURNED},
        {"state": OpportunityState.WITHDRAWN},
        {"level": ParticipationLevel.INFORM},
    ],
    ids=str,
)
def test_what_is_not_closed_is_not_observed(closed, joy, changes):
    running = make_closed(closed.author, **changes)

    with pytest.raises(NotAllowed, match="when it has closed"):
        services.observe(uuid.uuid4(), running, "Too early.", by=joy)


def test_who_checks_nothing_observes_nothing(closed):
    publisher = closed.author

    with pytest.raises(NotAllowed, match="roles"):
        services.observe(uuid.uuid4(), closed, "Hm.", by=publisher)


def test_the_audit_trail_holds_no_words(closed, joy):
    noted = services.observe(uuid.uuid4(), closed, "Few girls answered.", by=joy)

    assert "girls" not in str(audit.of_subject(noted.id)[-1].details)
