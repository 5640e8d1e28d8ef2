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
    PEER_ANALYST = "peer-analyst"
    YOUTH_PANEL = "youth-panel"


P = Permission
SAFEGUARDING = frozenset(
    {
        P.ALLEGATION_DECIDE,
        P.CONCERN_DECIDE,
        P.CONTACT_CHECK,
        P.COVER_EDIT,
        P.OPPORTUNITY_READ_DRAFT,
        P.SAFEGUARDING_READ_FIGURES,
        P.SAFEGUARDING_SIGN_OFF,
        P.SCREENING_EDIT,
    }
)
PROPOSES = frozenset({P.ACTIVITY_PROPOSAL_READ, P.ACTIVITY_PROPOSAL_WRITE})
#: What a member of the oversight group may do; the chair may do more.
OVERSEES = PROPOSES | {
    P.BALLOT_READ,
    P.BALLOT_VOTE,
    P.MEETING_READ,
    P.MEMBER_EDIT_OWN,
    P.OBSERVATION_WRITE,
    P.RATING_WRITE,
}
ANSWERABLE = frozenset(
    {
        P.DECISION_RECORD,
        P.EVIDENCE_ANSWER,
        P.INSIGHT_RECEIVE,
        P.RAW_DATA_ASK,
        P.RECOMMENDATION_REPLY,
    }
)
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {P.ACCOUNT_MANAGE, P.AUDIT_READ, P.COVER_EDIT, P.PRIVACY_REQUEST_ENTER}
    ),
    Role.PUBLISHER: frozenset(
        {
            P.ACTIVITY_PROPOSAL_ANSWER,
            P.ACTIVITY_PROPOSAL_READ,
            P.DECISION_RECORD,
            P.FOLLOWER_TELL,
            P.INSIGHT_READ_DRAFT,
            P.OPPORTUNITY_EDIT,
            P.OPPORTUNITY_PUBLISH,
            P.OPPORTUNITY_READ_DRAFT,
            P.OUTCOME_EDIT,
            P.PRIVACY_REQUEST_ENTER,
            P.QUESTIONNAIRE_EDIT,
            P.RAW_DATA_ASK,
            P.RECOMMENDATION_REPLY,
            P.RECORD_EDIT,
        }
    ),
    Role.APPROVER: frozenset(
        {
            P.DECISION_WITHDRAW,
            P.INSIGHT_PUBLISH,
            P.INSIGHT_READ_DRAFT,
            P.INSIGHT_WITHDRAW,
            P.OPPORTUNITY_APPROVE,
            P.OPPORTUNITY_PUBLISH,
            P.OPPORTUNITY_READ_DRAFT,
        }
    ),
    Role.MODERATOR: frozenset({P.CONCERN_RAISE, P.PASSAGE_MODERATE, P.PRIVACY_REQUEST_ENTER}),
    Role.SAFEGUARDING_LEAD: SAFEGUARDING,
    Role.SAFEGUARDING_DEPUTY: SAFEGUARDING,
    Role.ANALYST: frozenset(
        {
            P.EXPORT_ASK,
            P.INSIGHT_EDIT,
            P.INSIGHT_READ_DRAFT,
            P.INSIGHT_WITHDRAW,
            P.RELEASE_FREEZE,
            P.THEME_CODE,
            P.THEME_EDIT,
        }
    ),
    Role.DATA_PROTECTION_OFFICER: frozenset(
        {
            P.ACCESS_REVIEW,
            P.AUDIT_READ,
            P.BREACH_RECORD,
            P.DATA_PROTECTION_SIGN_OFF,
            P.EXPORT_APPROVE,
            P.OPPORTUNITY_READ_DRAFT,
            P.PRIVACY_REQUEST_ANSWER,
            P.PRIVACY_REQUEST_ENTER,
            P.RAW_DATA_ASK,
            P.RAW_DATA_DECIDE,
            P.RECORD_EDIT,
            P.SAFEGUARDING_READ_FIGURES,
        }
    ),
    Role.OVERSIGHT_MEMBER: OVERSEES,
    Role.OVERSIGHT_CHAIR: OVERSEES
    | {
        P.BALLOT_PREPARE,
        P.BALLOT_RUN,
        P.CLAIM_APPROVE,
        P.MEETING_CHAIR,
        P.RECOMMENDATION_SEND,
        P.SCRUTINY_EDIT,
        P.STATEMENT_PUBLISH,
        P.STATEMENT_WRITE,
    },
    Role.SECRETARIAT: frozenset(
        {
            P.BALLOT_PREPARE,
            P.BALLOT_READ,
            P.CLAIM_APPROVE,
            P.EVIDENCE_ENTER,
            P.MEETING_PREPARE,
            P.MEETING_READ,
            P.MEMBER_MANAGE,
            P.STATEMENT_WRITE,
        }
    ),
    Role.PARTNER: ANSWERABLE,
    Role.BOARD_MEMBER: ANSWERABLE | {P.ESCALATION_ANSWER, P.SAFEGUARDING_READ_FIGURES},
    Role.FACILITATOR: frozenset({P.SESSION_RUN}),
    Role.PEER_ANALYST: frozenset({P.THEME_CODE}),
    Role.YOUTH_PANEL: PROPOSES,
}

#: Roles of organisations that must answer for what people said.
OUTSIDE = frozenset({Role.PARTNER, Role.BOARD_MEMBER})
#: Roles that judge what is done about it, and read no raw answers, contacts or cases (C6).
SCRUTINISES = frozenset({Role.OVERSIGHT_MEMBER, Role.OVERSIGHT_CHAIR})
#: Roles that see raw words, cases, contacts or files of answers.
SEES_RAW = frozenset(
    {
        Role.PUBLISHER,
        Role.MODERATOR,
        Role.SAFEGUARDING_LEAD,
        Role.SAFEGUARDING_DEPUTY,
        Role.ANALYST,
        Role.DATA_PROTECTION_OFFICER,
    }
)
#: Roles that see anything about people who answered that is not public, or say who may.
CLOSE_TO_PEOPLE = SEES_RAW | SCRUTINISES | {Role.ADMINISTRATOR, Role.APPROVER, Role.PEER_ANALYST}
#: Of two such groups no account holds roles of both.
APART = ((OUTSIDE, CLOSE_TO_PEOPLE), (SCRUTINISES, SEES_RAW))

#: What shows words, cases, contacts or files of answers of people, or lets somebody meet them.
SHOWS_PEOPLE = frozenset(
    {
        P.CONCERN_DECIDE,
        P.EXPORT_APPROVE,
        P.EXPORT_ASK,
        P.FOLLOWER_TELL,
        P.PASSAGE_MODERATE,
        P.PRIVACY_REQUEST_ANSWER,
        P.PRIVACY_REQUEST_ENTER,
        P.RAW_DATA_DECIDE,
        P.SESSION_RUN,
        P.THEME_CODE,
    }
)

#: What can be done without seeing anything that is not public.
WITHOUT_UNPUBLISHED = frozenset({P.SESSION_RUN})


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return everything that a set of roles gives."""
    return frozenset().union(*(PERMISSIONS.get(role, frozenset()) for role in roles))


def need_second_factor(roles: Iterable[Role]) -> bool:
    """Return whether roles show unpublished data, so that a password alone is not enough."""
    return not permissions_of(roles) <= WITHOUT_UNPUBLISHED


def are_compatible(roles: Iterable[Role]) -> bool:
    """Return whether one account may hold these roles together.

    Partners and board members never see the words, cases or contacts of people who answered, and
    the oversight group reads what is cleared: they hold no role that shows more.
    """
    held = set(roles)
    return not any(held & one and held & other for one, other in APART)
