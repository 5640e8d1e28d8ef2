"""The life of a published text of the oversight group: every legal change, in one table."""

from dataclasses import dataclass
from enum import StrEnum

from vrn_community.foundation.permissions import Permission


class StatementState(StrEnum):
    """Where a text stands; of what was published, earlier versions stay public meanwhile."""

    DRAFT = "draft"
    CLEARED = "cleared"
    PUBLISHED = "published"
    #: It is not published, for a reason that is written down.
    KEPT = "kept"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What somebody can do with a text."""

    EDIT = "edit"
    CLEAR = "clear"
    PUBLISH = "publish"
    AMEND = "amend"
    KEEP = "keep"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Step:
    """One act: from which states to which, and by whom."""

    begins_in: frozenset[StatementState]
    ends_in: StatementState
    permission: Permission


S = StatementState
_draft, _cleared, _published, _kept = (
    frozenset({state}) for state in (S.DRAFT, S.CLEARED, S.PUBLISHED, S.KEPT)
)
STEPS: dict[Act, Step] = {
    # Words that change have to be looked through again.
    Act.EDIT: Step(_draft | _cleared, S.DRAFT, Permission.STATEMENT_WRITE),
    Act.CLEAR: Step(_draft, S.CLEARED, Permission.STATEMENT_PUBLISH),
    Act.PUBLISH: Step(_cleared, S.PUBLISHED, Permission.STATEMENT_PUBLISH),
    Act.AMEND: Step(_published, S.DRAFT, Permission.STATEMENT_WRITE),
    Act.KEEP: Step(_draft | _cleared, S.KEPT, Permission.STATEMENT_PUBLISH),
    Act.REOPEN: Step(_kept, S.DRAFT, Permission.STATEMENT_PUBLISH),
    # Also while it is being amended: the public still reads the version before.
    Act.WITHDRAW: Step(_draft | _cleared | _published, S.WITHDRAWN, Permission.STATEMENT_PUBLISH),
}
