import pytest
from sqlalchemy.exc import NoResultFound

from tests.oversight.ballots.conftest import cast, make_ballot, make_members, opened
from tests.oversight.publishing.conftest import make_statement, publish
from vrn_community.foundation.errors import NotAllowed
from vrn_community.oversight.ballots import services as ballots
from vrn_community.oversight.publishing import clearing, queries, services, telling
from vrn_community.oversight.publishing.lifecycle import StatementState
from vrn_community.oversight.publishing.services import Text
from vrn_community.screening.signals import Signal

S = StatementState


def test_a_text_is_cleared_by_the_chair_before_it_is_public(session, chair, helper):
    statement = make_statement(helper)
    with pytest.raises(NotAllowed):
        services.publish(statement, by=chair)
    with pytest.raises(NotAllowed):
        services.clear(statement, "", by=helper, version=statement.newest.version)
    assert queries.published(1).total == 0

    for _twice in range(2):
        services.clear(statement, "", by=chair, version=statement.newest.version)
    for _twice in range(2):
        services.publish(statement, by=chair)

    assert queries.public(statement.id).is_public
    assert statement.newest.cleared_by_id == chair.id


def test_what_looks_like_personal_data_needs_a_reason(session, chair, helper):
    statement = make_statement(helper, "We met.\nRing 07700 900123.\nIt was good.")
    (found,) = services.findings(statement.newest)
    assert (found.line, found.signals) == ("Ring 07700 900123.", (Signal.PHONE,))

    with pytest.raises(NotAllowed):
        services.clear(statement, " ", by=chair, version=statement.newest.version)
    publish(statement, chair, "It is the number of the hall.")
    assert statement.newest.clearance == "It is the number of the hall."


def test_a_clean_text_has_no_findings():
    assert clearing.findings("We met on Monday.\n\nTwelve came.") == []


def test_words_that_change_are_cleared_again(session, chair, helper):
    statement = make_statement(helper)
    read = statement.newest.version
    services.edit(statement, Text("Our meeting", "We met twice."), by=helper)
    with pytest.raises(NotAllowed):
        services.clear(statement, "", by=chair, version=read)
    services.clear(statement, "", by=chair, version=statement.newest.version)

    services.edit(statement, Text("Our meeting", "We met again."), by=helper)

    assert (statement.state, statement.newest.cleared_on) == (S.DRAFT, None)
    with pytest.raises(NotAllowed):
        services.publish(statement, by=chair)
    with pytest.raises(NotAllowed):
        services.edit(statement, Text("Mine", "Mine"), by=chair)


def test_an_amendment_shows_its_history_and_the_old_version_stays_until_then(
    session, chair, helper
):
    statement = make_statement(helper)
    publish(statement, chair)
    for _twice in range(2):
        services.amend(statement, "A number was wrong.", by=chair)
    services.edit(statement, Text("Our meeting", "We met, twelve of us."), by=chair)
    assert [version.words for version in statement.published] == ["We met."]

    publish(statement, chair)

    assert [(v.number, v.words) for v in statement.published] == [
        (2, "We met, twelve of us."),
        (1, "We met."),
    ]
    assert statement.newest.reason == "A number was wrong."


def test_what_is_not_published_has_a_reason(session, chair, helper):
    statement = make_statement(helper)
    with pytest.raises(NotAllowed):
        services.keep(statement, "", by=chair)
    for _twice in range(2):
        services.keep(statement, "It is about one family.", by=chair)

    assert (statement.state, statement.reason) == (S.KEPT, "It is about one family.")
    with pytest.raises(NoResultFound):
        queries.public(statement.id)
    services.reopen(statement, by=chair)
    assert (statement.state, statement.reason) == (S.DRAFT, "")
    with pytest.raises(NotAllowed):
        services.withdraw(statement, "Why?", by=chair)


def test_what_was_published_is_withdrawn_with_a_reason_for_all(session, chair, helper):
    statement = make_statement(helper)
    publish(statement, chair)
    services.amend(statement, "A number was wrong.", by=helper)
    with pytest.raises(NotAllowed):
        services.keep(statement, "Why?", by=chair)

    for _twice in range(2):
        services.withdraw(statement, "It named somebody.", by=chair)

    assert not queries.public(statement.id).is_public
    assert statement.reason == "It named somebody."


# Ballots


@pytest.mark.parametrize("is_secret", [True, False])
@pytest.mark.parametrize("last", ["1", "2"])
def test_a_result_is_told_in_counts_if_open_and_never_in_names_or_codes(
    session, chair, helper, is_secret, last
):
    members = make_members(4)
    ballot = opened(chair, is_secret=is_secret)
    codes = [cast(ballot, member, "1", "Marmosetfern") for member in members]
    assert telling.words_of(ballot) == ""
    cast(ballot, chair, last)
    ballots.close(ballot, by=chair)
    assert queries.untold(helper) == [ballot]

    words = telling.words_of(ballot)
    assert "Decided: Lights" in words
    assert ("Decided by secret ballot." in words) is is_secret
    assert ("Lights: 4" in words or "Lights: 5" in words) is not is_secret
    assert ("Bushes: " in words) is not is_secret
    for hidden in (*codes, "Member", "Joy", "Marmosetfern"):
        assert hidden not in words
    make_statement(helper, words, ballot=ballot)
    assert queries.untold(helper) == []


def test_a_ballot_is_told_once_it_is_closed(session, chair, helper):
    with pytest.raises(NotAllowed):
        make_statement(helper, ballot=make_ballot(chair))


def test_whoever_is_kept_out_of_a_ballot_does_not_see_it_here(session, chair):
    other, *rest = make_members(5)
    ballot = opened(chair, excluded=[other.id])
    for member in (*rest, chair):
        cast(ballot, member, "1")
    ballots.close(ballot, by=chair)

    assert queries.untold(other) == []
    assert queries.untold(chair) == [ballot]
