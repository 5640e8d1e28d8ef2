"""How members rate what they see, and what comes back about what is red."""

import uuid
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from vrn_community import audit, config
from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock, working_days
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight import clearing
from vrn_community.oversight.meetings import queries as meetings
from vrn_community.oversight.meetings.models import Meeting
from vrn_community.oversight.refusals import refuse_others, refuse_without
from vrn_community.oversight.scrutiny import queries, telling
from vrn_community.oversight.scrutiny.lifecycle import RATING_STEPS, RatingAct
from vrn_community.oversight.scrutiny.models import Colour, Rating
from vrn_community.partnership.models import Body, BodyKind


def usual_answer_by() -> date:
    """Return the working day by which a body answers a red rating if nobody names another one."""
    return working_days.in_days(config.current().red_rating_due_days)


@dataclass(frozen=True)
class Addressed:
    """To whom a red rating goes: a body, a senior post there, and by when it answers."""

    body: Body
    post: str
    answer_by: date


@dataclass(frozen=True)
class Verdict:
    """How somebody finds something, why, and who must look at it if it is red."""

    colour: Colour
    reasons: str
    to: Addressed | None = None


def rate(
    rating_id: uuid.UUID,
    about: queries.About,
    rated_id: uuid.UUID,
    verdict: Verdict,
    *,
    is_checked: bool = False,
    by: Account,
) -> Rating:
    """Rate something under a key chosen beforehand; rated twice with one key, it counts once.

    What is red goes to a body at once, with its reasons and without the name of who wrote them.
    """
    known = db.session.get(Rating, rating_id)
    if known is not None:
        refuse_others(known.author_id, by)
        return known
    refuse_without(Permission.RATING_WRITE, by)
    if about is queries.About.ITEM:
        _refuse_kept_out(rated_id, by)
    made = Rating(id=rating_id, author_id=by.id, colour=verdict.colour, reasons=verdict.reasons)
    if verdict.colour is Colour.RED:
        _address(made, verdict, is_checked=is_checked)
    setattr(made, queries.RATED[about].key, rated_id)
    db.session.add(made)
    db.session.flush()
    to = str(made.body_id) if made.body_id else ""
    audit.record("rating:write", made, actor=by, colour=verdict.colour, body=to)
    telling.tell_body(made)
    return made


def _address(made: Rating, verdict: Verdict, *, is_checked: bool) -> None:
    if verdict.to is None or not verdict.to.post:
        raise NotAllowed(_("Say which senior post must look at it."))
    if verdict.to.body.kind is BodyKind.OVERSIGHT_GROUP:
        raise NotAllowed(_("The group does not write to itself."))
    _refuse_day(verdict.to.answer_by)
    texts = {"reasons": verdict.reasons, "post": verdict.to.post}
    clearing.refuse_names(texts, is_checked=is_checked)
    made.body, made.escalated_to = verdict.to.body, verdict.to.post
    made.answer_by = verdict.to.answer_by


def _refuse_day(day: date) -> None:
    if day <= clock.today():
        raise NotAllowed(_("Choose a day after today."))
    if not working_days.is_working_day(day):
        raise NotAllowed(_("Choose a working day: not a weekend, and not a bank holiday."))


def answer(rating: Rating, words: str, *, by: Account) -> None:
    """Say for the body to which a red rating goes what it does about it; once."""
    if by.body_id is None or by.body_id != rating.body_id:
        raise NotAllowed(_("Only the body that was asked can answer."))
    _keep(rating, RatingAct.ANSWER, words, "", by)


def enter(rating: Rating, words: str, source: str, *, by: Account) -> None:
    """Write down what a body says for which nobody can sign in, from whom and how it came."""
    refuse_without(Permission.EVIDENCE_ENTER, by)
    if rating.body_id is None or accounts.has_who_can(Permission.EVIDENCE_ANSWER, rating.body_id):
        raise NotAllowed(_("Somebody here answers for this body."))
    if not source.strip():
        raise NotAllowed(_("Say who answered, and how it came."))
    _keep(rating, RatingAct.ENTER, words, source, by)


def _keep(rating: Rating, act: RatingAct, words: str, source: str, by: Account) -> None:
    if rating.item_id:
        _refuse_kept_out(rating.item_id, by)
    if (rating.answered_by_id, rating.answer, rating.answer_source) == (by.id, words, source):
        return
    _refuse(rating, act, by)
    rating.answer, rating.answer_source = words, source
    rating.answered_by_id, rating.answered_at = by.id, clock.now()
    db.session.flush()
    audit.record(f"rating:{act}", rating, actor=by)
    telling.tell_group(rating)


def record_feedback(rating: Rating, words: str, heard_at: Meeting, *, by: Account) -> None:
    """Write down what came back about a red rating, at a meeting that was held later; once.

    Without words it is the answer of the body that the meeting heard.
    """
    refuse_without(Permission.MEETING_CHAIR, by)
    if rating.item_id:
        _refuse_kept_out(rating.item_id, by)
    words = words or rating.answer
    if (rating.feedback_by_id, rating.feedback) == (by.id, words):
        return
    _refuse(rating, RatingAct.HEAR, by)
    if not words:
        raise NotAllowed(_("Write what came back."))
    if heard_at not in meetings.held_since(rating.created_at):
        raise NotAllowed(_("Choose a meeting that was held later."))
    rating.feedback, rating.feedback_by_id = words, by.id
    rating.heard_at = heard_at
    db.session.flush()
    audit.record("rating:feedback", rating, actor=by, meeting=str(heard_at.id))


def _refuse(rating: Rating, act: RatingAct, by: Account) -> None:
    """Refuse what the table does not say; the rating waits for the commit."""
    db.session.flush()
    db.session.refresh(rating, ["answer", "feedback"], with_for_update=True)
    step = RATING_STEPS[act]
    if rating.state not in step.begins_in:
        raise NotAllowed(_("That cannot be done now: things have moved on."))
    refuse_without(step.permission, by)


def _refuse_kept_out(item_id: uuid.UUID, by: Account) -> None:
    if meetings.is_kept_out(item_id, by.id):
        raise NotAllowed(_("You declared an interest."))
