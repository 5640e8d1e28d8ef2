"""Who may take which step now, and what each step has in common."""

from flask_babel import gettext as _
from sqlalchemy import select

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.recommendations import days, deciding, speaking
from vrn_community.oversight.recommendations.lifecycle import STEPS, Act, Step
from vrn_community.oversight.recommendations.models import Answer, Recommendation


def refusal(recommendation: Recommendation, act: Act, *, by: Account) -> str:
    """Return why somebody cannot take a step now, or nothing."""
    step = STEPS[act]
    if recommendation.state not in step.begins_in:
        return str(_("That cannot be done now: things have moved on."))
    if not any(by.can(permission) for permission in step.permissions):
        return str(_("Your roles do not allow this."))
    if _is_kept_out(recommendation, step, by):
        return deciding.kept_out_words()
    return CONDITIONS[act](recommendation, by) if act in CONDITIONS else ""


def _is_kept_out(recommendation: Recommendation, step: Step, by: Account) -> bool:
    """Return whether an interest keeps somebody from an act of the group."""
    ballot, of_group = recommendation.ballot, Permission.RECOMMENDATION_SEND
    is_of_group = of_group in step.permissions and by.can(of_group)
    return ballot is not None and is_of_group and deciding.is_kept_out(ballot, by)


def acts(recommendation: Recommendation, *, by: Account) -> list[Act]:
    """Return what somebody can do now, in the order of the table."""
    return [act for act in Act if not refusal(recommendation, act, by=by)]


def _of_author(recommendation: Recommendation, by: Account) -> str:
    if recommendation.author_id == by.id:
        return ""
    return str(_("This was written by somebody else."))


def _of_body(recommendation: Recommendation, by: Account) -> str:
    return speaking.silence(recommendation.body_id, by)


def _may_move(recommendation: Recommendation, by: Account) -> str:
    if by.can(Permission.RECOMMENDATION_SEND):
        return ""
    if why_not := _of_body(recommendation, by):
        return why_not
    return days.stuck(recommendation, by=by)


def _once_challenged(recommendation: Recommendation, _by: Account) -> str:
    return str(_("A reply is challenged once.")) if recommendation.challenge else ""


def _worth_the_board(recommendation: Recommendation, _by: Account) -> str:
    if recommendation.escalation:
        return str(_("It is before the board already."))
    if recommendation.body.slug == config.current().escalation_body:
        return str(_("The board itself was asked. Nobody stands above it."))
    if recommendation.is_overdue:
        return ""
    if not recommendation.is_owed and recommendation.answer is Answer.NOT_ACCEPTED:
        return ""
    return str(_("Only what is overdue or was not accepted goes to the board."))


def _before_board(recommendation: Recommendation, by: Account) -> str:
    escalation = recommendation.escalation
    if escalation is None or escalation.answered_at:
        return str(_("Nothing waits for the board here."))
    if by.body_id == recommendation.body_id:
        return str(_("Your own body was asked. Somebody else answers for the board."))
    return ""


def _not_before_board(recommendation: Recommendation, _by: Account) -> str:
    escalation = recommendation.escalation
    if escalation and not escalation.answered_at:
        return str(_("The board has not answered yet."))
    return ""


def _decided(recommendation: Recommendation, _by: Account) -> str:
    return deciding.undecided(recommendation.ballot)


#: What a step asks for besides a state and a permission.
CONDITIONS = {
    Act.EDIT: _of_author,
    Act.SEND: _decided,
    Act.AMEND: _of_author,
    Act.EXTEND: _may_move,
    Act.REPLY: _of_body,
    Act.CHALLENGE: _once_challenged,
    Act.ESCALATE: _worth_the_board,
    Act.ANSWER_FOR_BOARD: _before_board,
    Act.CLOSE: _not_before_board,
}


def lock(recommendation: Recommendation) -> None:
    """Let nobody else change a recommendation meanwhile, and see what others did before."""
    db.session.flush()
    row = select(Recommendation.id).where(Recommendation.id == recommendation.id)
    db.session.execute(row.with_for_update())
    db.session.expire(recommendation)


def refuse(recommendation: Recommendation, act: Act, by: Account) -> None:
    """Refuse a step that somebody cannot take now."""
    if why_not := refusal(recommendation, act, by=by):
        raise NotAllowed(why_not)


def finish(recommendation: Recommendation, act: Act, by: Account, **details: str | bool) -> None:
    """Take the step of the table, and note who took it."""
    recommendation.state = STEPS[act].ends_in or recommendation.state
    db.session.flush()
    db.session.expire(recommendation, ["replies", "extensions", "wordings"])
    audit.record(f"recommendation:{act}", recommendation, actor=by, **details)
