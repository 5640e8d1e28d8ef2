"""What is done with opportunities: begun, edited, and moved through their life."""

import uuid
from collections.abc import Collection
from typing import Any, TypeVar

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto, text
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities import activities, gates, queries
from vrn_community.opportunities.children import ChildRoute
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import (
    BEFORE_THE_PUBLIC,
    STEPS,
    Act,
    OpportunityState,
    acts_from,
)
from vrn_community.opportunities.models import (
    Opportunity,
    OpportunityPrevention,
    SignOff,
    SignOffKind,
)
from vrn_community.partnership.models import PreventionLevel

CODE_LENGTH = 7
#: Who may answer for what.
SIGN_OFFS = {
    SignOffKind.SAFEGUARDING: Permission.SAFEGUARDING_SIGN_OFF,
    SignOffKind.DATA_PROTECTION: Permission.DATA_PROTECTION_SIGN_OFF,
}
#: A row that ties something to a level of prevention.
Row = TypeVar("Row", bound=Any)


class GatesClosed(NotAllowed):
    """What the level owes is not all there."""

    def __init__(self, found: list[gates.Gap]) -> None:
        """Remember what is missing."""
        super().__init__(_("Some things that this level owes are missing."))
        self.gaps = found


def begin(
    opportunity_id: uuid.UUID, title: str, level: ParticipationLevel, *, author: Account
) -> Opportunity:
    """Make a draft under a key chosen beforehand; asked twice, return the same draft."""
    known = queries.find(opportunity_id)
    if known is not None:
        if known.author_id != author.id:
            raise NotAllowed(_("This draft belongs to somebody else."))
        return known
    draft = Opportunity(
        id=opportunity_id, code=_free_code(), title=title, level=level, author=author, duties={}
    )
    db.session.add(draft)
    db.session.flush()
    audit.record("opportunity:begin", draft, actor=author, level=level)
    return draft


def _free_code() -> str:
    while queries.code_is_taken(code := crypto.new_code(CODE_LENGTH)):
        pass
    return code


def edit(opportunity: Opportunity, content: dict[str, Any], *, by: Account) -> None:
    """Replace the content of a draft; its description is cleaned once, here.

    What people were told stays: who answered sensitive questions is read by two people, and
    who was asked about offences writes nothing, whatever the box says later.
    """
    if not opportunity.is_editable:
        raise NotAllowed(_("Only a draft can be changed."))
    was_public = opportunity.published_at is not None
    was_sensitive = was_public and opportunity.is_sensitive
    was_offence_related = was_public and opportunity.is_offence_related
    for name, value in content.items():
        if name == "prevention_levels":
            opportunity.prevention = with_levels(
                opportunity.prevention, value, OpportunityPrevention
            )
        else:
            setattr(opportunity, name, value)
    issues = opportunity.local_issues
    opportunity.is_offence_related |= was_offence_related
    opportunity.is_sensitive |= was_sensitive or opportunity.is_offence_related
    opportunity.is_sensitive |= any(issue.is_sensitive for issue in issues)
    opportunity.description_html = text.clean_markdown(opportunity.description_source)
    opportunity.last_act = ""
    opportunity.note_writer(by)
    db.session.flush()
    audit.record("opportunity:edit", opportunity, actor=by, version=opportunity.version)


def with_levels(
    stored: list[Row], wanted: Collection[PreventionLevel], kind: type[Row]
) -> list[Row]:
    """Return rows for the wanted levels of prevention; those that are stored already stay."""
    kept = [row for row in stored if row.level in wanted]
    added = set(wanted) - {row.level for row in kept}
    return [*kept, *(kind(level=level) for level in sorted(added))]


def change_state(
    opportunity: Opportunity, act: Act, *, by: Account, reason: str = "", version: int | None = None
) -> None:
    """Take one step of the lifecycle; a step that was just taken is not taken twice.

    `version` is the one that the person has read: if it has changed since, the step is refused.
    """
    step = STEPS[act]
    if opportunity.last_act == act and opportunity.state is step.ends_in:
        return
    why_not = refusal(opportunity, act, by=by)
    if why_not:
        raise NotAllowed(why_not)
    if version is not None and version != opportunity.version:
        raise NotAllowed(_("It was changed after you opened it. Read it again, then decide."))
    if step.needs_reason and not reason:
        raise NotAllowed(_("Give a reason."))
    if step.checks_gates and (found := _blocking(opportunity)):
        raise GatesClosed(found)
    _take(opportunity, act, by)
    opportunity.state, opportunity.state_reason, opportunity.last_act = step.ends_in, reason, act
    read = opportunity.version
    db.session.flush()
    audit.record(f"opportunity:{act}", opportunity, actor=by, reason=reason, version=read)


def _blocking(opportunity: Opportunity) -> list[gates.Gap]:
    found = gates.gaps(opportunity) + activities.gaps(opportunity)
    return [gap for gap in found if not gap.is_warning]


def possible(opportunity: Opportunity) -> list[Act]:
    """Return what can be done now; what paused by itself a person can still pause."""
    found = acts_from(opportunity.state)
    return [Act.PAUSE, *found] if opportunity.cover_lost_on else found


def refusal(opportunity: Opportunity, act: Act, *, by: Account) -> str:
    """Return why somebody cannot take a step now, or nothing."""
    step = STEPS[act]
    if act not in possible(opportunity):
        return str(_("That cannot be done now: things have moved on."))
    if not by.can(step.permission):
        return str(_("Your roles do not allow this."))
    if act is Act.APPROVE and opportunity.was_written_by(by):
        return str(_("You wrote this, so somebody else has to approve it."))
    if step.needs_sign_off and opportunity.missing_sign_offs:
        return str(_("Two people have to sign it off first."))
    return ""


def may_sign_off(opportunity: Opportunity, *, by: Account) -> list[SignOffKind]:
    """Return for what somebody can answer now."""
    is_before = opportunity.state in BEFORE_THE_PUBLIC
    if not is_before or opportunity.was_written_by(by) or _has_signed(opportunity, by):
        return []
    return [kind for kind in opportunity.missing_sign_offs if by.can(SIGN_OFFS[kind])]


def _has_signed(opportunity: Opportunity, by: Account) -> bool:
    return by.id in {signed.account_id for signed in opportunity.sign_offs}


def sign_off(opportunity: Opportunity, kind: SignOffKind, *, by: Account, version: int) -> None:
    """Answer for an opportunity as it stands, so that it may be published; twice is once.

    `version` is the one that the person has read.
    """
    if not by.can(SIGN_OFFS[kind]):
        raise NotAllowed(_("Your roles do not allow this."))
    if kind not in opportunity.missing_sign_offs:
        return
    if opportunity.state not in BEFORE_THE_PUBLIC:
        raise NotAllowed(_("It can be signed off once it is submitted, and before it is public."))
    if opportunity.was_written_by(by):
        raise NotAllowed(_("You wrote this, so somebody else has to sign it off."))
    if _has_signed(opportunity, by):
        raise NotAllowed(_("You signed off one half, so somebody else has to sign off the other."))
    if version != opportunity.version:
        raise NotAllowed(_("It was changed after you opened it. Read it again, then decide."))
    opportunity.sign_offs.append(SignOff(kind=kind, account=by))
    db.session.flush()
    audit.record("opportunity:sign-off", opportunity, actor=by, kind=kind, version=version)


def pause_without_cover(opportunity: Opportunity) -> None:
    """Pause what is published, for nobody is there for concerns; a person opens it again."""
    opportunity.changed_at, opportunity.cover_lost_on = clock.now(), clock.today()
    opportunity.state, opportunity.state_reason = OpportunityState.PAUSED, ""
    opportunity.last_act = ""  # A person may pause it besides, so that nobody sends any more.
    db.session.flush()
    audit.record("opportunity:pause", opportunity, actor=None, reason="no-cover")


def _take(opportunity: Opportunity, act: Act, by: Account) -> None:
    """Write down what a step means besides the new state."""
    opportunity.changed_at, opportunity.cover_lost_on = clock.now(), None
    if act is Act.APPROVE:
        opportunity.approver_id = by.id
        is_waived = opportunity.child_route is ChildRoute.WAIVED
        opportunity.waived_on = clock.today() if is_waived else None
    if act in (Act.RETURN, Act.REVISE):
        opportunity.approver_id = opportunity.waived_on = None
        opportunity.sign_offs.clear()
    if act is Act.PUBLISH:
        opportunity.published_at = opportunity.published_at or clock.now()
        opportunity.opens_on = opportunity.opens_on or clock.today()
    if act is Act.CLOSE:
        opportunity.closed_on = clock.today()
