import re

import pytest

from vrn_community.accounts import labels, roles
from vrn_community.accounts.roles import (
    CLOSE_TO_PEOPLE,
    OUTSIDE,
    PERMISSIONS,
    SCRUTINISES,
    SEES_RAW,
    Role,
)
from vrn_community.foundation.permissions import Permission


@pytest.mark.parametrize("role", Role)
def test_every_role_has_words_and_a_neat_value(role):
    assert labels.ROLES[role]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", role)


def test_several_roles_give_what_each_of_them_gives():
    held = [Role.ADMINISTRATOR, Role.APPROVER]

    assert roles.permissions_of(held) == PERMISSIONS[held[0]] | PERMISSIONS[held[1]]
    assert roles.permissions_of([]) == frozenset()


def test_an_administrator_sees_nothing_of_the_work_and_names_who_is_there():
    given = roles.permissions_of([Role.ADMINISTRATOR])

    assert given == {
        Permission.ACCOUNT_MANAGE,
        Permission.AUDIT_READ,
        Permission.COVER_EDIT,
        Permission.PRIVACY_REQUEST_ENTER,
    }


#: What shows words, cases or drafts about people, or says who has rights.
CLOSED_TO_OUTSIDERS = (
    "access:", "account:", "allegation:", "audit:", "breach:", "concern:", "export:",
    "insight:read-draft", "passage:", "privacy-request:", "raw-data:decide",
)  # fmt: skip


def test_partners_and_board_members_see_nothing_of_what_they_must_answer_for():
    given = roles.permissions_of(OUTSIDE)

    assert Permission.RECOMMENDATION_REPLY in given
    assert not [permission for permission in given if permission.startswith(CLOSED_TO_OUTSIDERS)]


@pytest.mark.parametrize("resource", ["passage", "concern", "allegation", "follower"])
def test_words_and_cases_are_for_roles_that_no_outsider_can_hold(resource):
    holders = {
        role
        for role, given in PERMISSIONS.items()
        if any(permission.startswith(f"{resource}:") for permission in given)
    }

    assert holders
    assert holders <= CLOSE_TO_PEOPLE


@pytest.mark.parametrize("outside", sorted(OUTSIDE))
@pytest.mark.parametrize("close", sorted(CLOSE_TO_PEOPLE))
def test_who_must_answer_for_the_words_of_people_never_sees_them(outside, close):
    assert not roles.are_compatible([outside, close])
    assert not roles.are_compatible([Role.PUBLISHER, close, outside])


@pytest.mark.parametrize("judges", sorted(SCRUTINISES))
@pytest.mark.parametrize("sees", sorted(SEES_RAW))
def test_who_judges_what_is_done_reads_no_raw_answers_contacts_or_cases(judges, sees):
    assert not roles.are_compatible([judges, sees])
    assert not roles.are_compatible([Role.SECRETARIAT, judges, sees])


@pytest.mark.parametrize("outside", sorted(OUTSIDE))
def test_what_an_outsider_can_hold_besides_shows_nothing_of_people(outside):
    besides = [role for role in Role if roles.are_compatible([outside, role])]

    assert set(besides) == OUTSIDE | {Role.FACILITATOR, Role.SECRETARIAT, Role.YOUTH_PANEL}
    given = roles.permissions_of(besides)
    assert not [permission for permission in given if permission.startswith(CLOSED_TO_OUTSIDERS)]


def test_other_roles_go_together():
    assert roles.are_compatible(OUTSIDE)
    assert roles.are_compatible(set(Role) - OUTSIDE - SCRUTINISES)
    assert roles.are_compatible(set(Role) - OUTSIDE - SEES_RAW)
    assert roles.are_compatible([])
