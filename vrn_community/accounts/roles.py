"""The role table: which role gives which permissions."""

from collections.abc import Iterable
from enum import StrEnum

from vrn_community.foundation.permissions import Permission


class Role(StrEnum):
    """What an account is for; one account may hold several."""

    ADMINISTRATOR = "administrator"
    PUBLISHER = "publisher"
    APPROVER = "approver"
    MODERATOR = "moderator"
    SAFEGUARDING_LEAD = "safeguarding-lead"
    SAFEGUARDING_DEPUTY = "safeguarding-deputy"
    ANALYST = "analyst"
    DATA_PROTECTION_OFFICER = "data-protection-officer"
    OVERSIGHT_MEMBER = "oversight-member"
    OVERSIGHT_CHAIR = "oversight-chair"
    SECRETARIAT = "secretariat"
    PARTNER = "partner"
    BOARD_MEMBER = "board-member"
    FACILITATOR = "facilitator"


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset({Permission.ACCOUNT_MANAGE, Permission.AUDIT_READ}),
    Role.PUBLISHER: frozenset(
        {
            Permission.OPPORTUNITY_EDIT,
            Permission.OPPORTUNITY_PUBLISH,
            Permission.OPPORTUNITY_READ_DRAFT,
        }
    ),
    Role.APPROVER: frozenset(
        {
            Permission.OPPORTUNITY_APPROVE,
            Permission.OPPORTUNITY_PUBLISH,
            Permission.OPPORTUNITY_READ_DRAFT,
        }
    ),
    Role.DATA_PROTECTION_OFFICER: frozenset({Permission.AUDIT_READ}),
}

#: Roles of organisations that must answer for what people said.
OUTSIDE = frozenset({Role.PARTNER, Role.BOARD_MEMBER})
#: Roles that see words, cases, contacts or unpublished data of people who answered.
CLOSE_TO_PEOPLE = frozenset(
    {
        Role.MODERATOR,
        Role.SAFEGUARDING_LEAD,
        Role.SAFEGUARDING_DEPUTY,
        Role.ANALYST,
        Role.DATA_PROTECTION_OFFICER,
        Role.OVERSIGHT_MEMBER,
        Role.OVERSIGHT_CHAIR,
    }
)


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return everything that a set of roles gives."""
    return frozenset().union(*(PERMISSIONS.get(role, frozenset()) for role in roles))


def are_compatible(roles: Iterable[Role]) -> bool:
    """Return whether one account may hold these roles together.

    Partners and board members never see the words, cases or contacts of people
    who answered, so they hold no role that does.
    """
    held = set(roles)
    return not (held & OUTSIDE and held & CLOSE_TO_PEOPLE)
