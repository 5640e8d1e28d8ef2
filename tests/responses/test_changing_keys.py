"""Nobody who is answering notices that the data key is changed."""

from datetime import timedelta

import pytest

from tests.conftest import make_account
from tests.pages import Page
from tests.responses.test_drafts import SECRET, come_back, save
from tests.responses.walking import carried, code_on, go, to_check_page
from vrn_community.accounts.roles import Role
from vrn_community.contributions import queries as contributions
from vrn_community.extensions import db
from vrn_community.opportunities.models import Opportunity
from vrn_community.responses import sessions

OLD, NEW = "o" * 32, "n" * 32


@pytest.fixture(autouse=True)
def old_key(policy) -> None:
    policy(data_key=OLD)


def test_pressing_send_before_and_after_is_one_answer_with_one_code(client, url, policy, stored):
    form = carried(to_check_page(client, url))

    codes = []
    for keys in (OLD, f"{OLD},{NEW}", f"{NEW},{OLD}"):
        policy(data_key=keys)
        codes.append(code_on(Page.of(client.post(url, data={**form, "go": "send"}))))

    assert len(set(codes)) == 1
    assert stored() == (1, 1, 2)


def test_a_form_that_was_open_goes_on(client, url, policy, stored):
    page = go(client, url, Page.get(client, url))
    policy(data_key=f"{NEW},{OLD}")
    page = go(client, url, page, **{"age-band": "16-17"})

    page = go(client, url, go(client, url, page, feel="unsafe", why=SECRET))
    policy(data_key=NEW)  # A day later: the form was sealed anew with each page.
    assert code_on(go(client, url, go(client, url, page), "send"))
    assert stored()[0] == 1


def test_a_draft_opens_with_its_words_whatever_the_key(client, url, policy):
    _page, words = save(client, url)
    policy(data_key=NEW)

    assert SECRET in come_back(client, url, words).text


def test_a_receipt_code_from_before_still_finds_what_was_sent(app, client, url, policy):
    code = code_on(go(client, url, to_check_page(client, url), "send"))
    policy(data_key=f"{NEW},{OLD}")

    with app.app_context():
        sent = contributions.by_receipt(code)
        assert sent
        words = {passage.unseal() for passage in contributions.passages_of(sent)}
    assert words == {"It is dark by the canal.", "A night bus"}


def test_the_code_of_a_session_is_shown_and_works(app, world, policy):
    with app.test_request_context():
        opportunity = db.session.get(Opportunity, world["opportunity"].id)
        by = make_account(Role.FACILITATOR)
        plan = sessions.Plan(opportunity, "A club", "Teacher", 3, timedelta(hours=1))
        opened = sessions.open_session(opportunity.id, plan, by=by)
        shown = sessions.code_of(opened)
        policy(data_key=f"{NEW},{OLD}")

        assert sessions.code_of(opened) == shown
        assert sessions.by_code(shown) == opened
