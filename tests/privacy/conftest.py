from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from vrn_community.accounts.roles import Role
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that lets months pass."""
    begin = clock.now()

    def pass_(months: int = 0, **span: int) -> None:
        from dateutil.relativedelta import relativedelta

        monkeypatch.setattr(clock, "now", lambda: begin + relativedelta(months=months, **span))

    return pass_


@pytest.fixture
def ben(session: Any, partnership: None) -> Any:
    """Return a publisher; keeps a session open, so not for tests that use a client."""
    return make_account(Role.PUBLISHER, Role.APPROVER, email="ben@example.org", name="Ben Carter")


@pytest.fixture
def asked(arrange: Any, partnership: None) -> Callable[..., Opportunity]:
    """Return a function that stores an activity with questions, for pages to show."""

    def make(*after: Callable[[Opportunity], Any], **changes: Any) -> Opportunity:
        with arrange():
            author = make_account(Role.PUBLISHER, email="noor@example.org", name="Noor Else")
            made = make_opportunity(author, **changes)
            make_version(made)
            for act in after:
                act(made)
            return made

    return make
