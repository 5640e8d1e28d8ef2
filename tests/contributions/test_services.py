"""Receiving once, finding by code, and taking back."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version, send
from vrn_community.accounts.roles import Role
from vrn_community.contributions import queries, receipts, services
from vrn_community.contributions.models import (
    Contribution,
    Passage,
    PassageState,
    WithdrawalCount,
)
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.foundation.errors import NotAllowed
from vrn_community.responses.models import Response


@pytest.fixture
def version(session):
    return make_version(make_opportunity(make_account(Role.PUBLISHER), is_public=True))


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_code_can_be_read_aloud_and_says_nothing_about_the_next(session) -> None:
    codes = {receipts.code_for(f"token {number}") for number in range(200)}

    assert len(codes) == 200
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{24}", code) for code in codes)
    assert receipts.code_for("same") == receipts.code_for("same")


def test_sending_twice_is_one_contribution_with_one_code(version) -> None:
    words = {"why": "It is dark."}
    first = send(version, {"feel": "unsafe"}, words, submission="pressed twice")
    second = send(version, {"feel": "unsafe"}, words, submission="pressed twice")

    assert first == second
    assert (count(Contribution), count(Response), count(Passage)) == (1, 1, 1)


def test_words_wait_for_a_moderator_and_are_sealed(version) -> None:
    send(version, {"feel": "unsafe"}, {"why": "The canary sings."})

    passage = db.session.scalars(select(Passage)).one()

    assert passage.state is PassageState.PENDING
    assert passage.cleared_words is None
    assert b"canary" not in passage.sealed_words
    assert passage.unseal() == "The canary sings."
    assert queries.readable_passages(version.opportunity_id) == []


def test_sealed_words_open_in_no_other_row(version) -> None:
    send(version, {"feel": "unsafe"}, {"why": "one"})
    send(version, {"feel": "unsafe"}, {"why": "two"})
    first, second = db.session.scalars(select(Passage)).all()

    first.sealed_words, second.sealed_words = second.sealed_words, first.sealed_words

    with pytest.raises(crypto.SealBrokenError):
        first.unseal()


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{grouped}"])
def test_a_code_finds_its_contribution_however_it_is_typed(version, typed) -> None:
    code = send(version, {"feel": "safe"})
    forms = {"lower": code.lower(), "grouped": "-".join(receipts.grouped(code).split())}

    found = queries.by_receipt(typed.format(code, **forms))

    assert found is not None
    assert found.opportunity_id == version.opportunity_id


@pytest.mark.parametrize("typed", ["", "x", "0" * 24, "\x00", "🔥" * 24])
def test_another_code_finds_nothing(version, typed) -> None:
    send(version, {"feel": "safe"})

    assert queries.by_receipt(typed) is None


def test_what_is_taken_back_is_gone_and_only_the_day_is_counted(version) -> None:
    code = send(version, {"feel": "unsafe"}, {"why": "Gone tomorrow."})
    services.withdraw(queries.by_receipt(code))
    db.session.expire_all()

    assert (count(Contribution), count(Response), count(Passage)) == (0, 0, 0)
    assert queries.by_receipt(code) is None
    counted = db.session.scalars(select(WithdrawalCount)).one()
    assert (counted.withdrawn_on, counted.count) == (clock.today(), 1)


def test_nothing_can_be_taken_back_once_results_are_frozen(version) -> None:
    code = send(version, {"feel": "safe"})
    version.opportunity.results_frozen_on = clock.today()

    with pytest.raises(NotAllowed):
        services.withdraw(queries.by_receipt(code))


@pytest.mark.parametrize(("days_ago", "possible"), [(7, True), (8, False)])
def test_taking_back_ends_a_week_after_closing(version, days_ago, possible) -> None:
    code = send(version, {"feel": "safe"})
    version.opportunity.opens_on = clock.today() - timedelta(days=60)
    version.opportunity.closes_on = clock.today() - timedelta(days=days_ago)

    assert queries.can_withdraw(queries.by_receipt(code)) is possible


def test_closing_early_brings_the_end_of_taking_back_forward(version) -> None:
    code = send(version, {"feel": "safe"})
    version.opportunity.closes_on = clock.today() + timedelta(days=60)
    version.opportunity.closed_on = clock.today() - timedelta(days=8)

    assert not queries.can_withdraw(queries.by_receipt(code))
