"""What the group does with topics, evidence and ratings; nobody edits another's words."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask_babel import gettext as _

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight.meetings import queries as meetings
from vrn_community.oversight.meetings.models import Meeting
from vrn_community.oversight.refusals import refuse_others, refuse_without
from vrn_community.oversight.rules import end_step, refuse_step
from vrn_community.oversight.scrutiny import queries
from vrn_community.oversight.scrutiny.lifecycle import STEPS, Act
from vrn_community.oversight.scrutiny.models import (
    Colour,
    EvidenceRequest,
    EvidenceState,
    Rating,
    ScrutinyTopic,
)
from vrn_community.partnership.models import Body


def usual_answer_by() -> date:
    """Return the day by which a body answers if nobody names another one."""
    return clock.today() + timedelta(days=config.current().evidence_due_days)


def begin_topic(topic_id: uuid.UUID, title: str, reasons: str, *, by: Account) -> ScrutinyTopic:
    """Begin to look into something under a key chosen beforehand; asked twice, begin once."""
    known = db.session.get(ScrutinyTopic, topic_id)
    if known is not None:
        refuse_others(known.author_id, by)
        return known
    refuse_without(Permission.SCRUTINY_EDIT, by)
    made = ScrutinyTopic(id=topic_id, title=title, reasons=reasons, author_id=by.id)
    db.session.add(made)
    db.session.flush()
    audit.record("topic:begin", made, actor=by)
    return made


def close_topic(topic: ScrutinyTopic, *, by: Account) -> None:
    """Say that the group is done with a topic; said twice, the first day counts."""
    refuse_without(Permission.SCRUTINY_EDIT, by)
    if topic.closed_on is None:
        topic.closed_on = clock.today()
        db.session.flush()
        audit.record("topic:close", topic, actor=by)


@dataclass(frozen=True)
class Question:
    """What a body is asked, and by when the answer is due."""

    body: Body
    text: str
    answer_by: date = field(default_factory=usual_answer_by)


def ask(
    asked_id: uuid.UUID, topic: ScrutinyTopic, question: Question, *, by: Account
) -> EvidenceRequest:
    """Draft a request for evidence under a key chosen beforehand; asked twice, draft it once."""
    known = db.session.get(EvidenceRequest, asked_id)
    if known is not None:
        refuse_others(known.author_id, by)
        return known
    refuse_without(Permission.SCRUTINY_EDIT, by)
    if topic.closed_on:
        raise NotAllowed(_("The topic is closed."))
    made = EvidenceRequest(id=asked_id, topic_id=topic.id, author_id=by.id, **vars(question))
    db.session.add(made)
    db.session.flush()
    audit.record("evidence:ask", made, actor=by, topic=str(topic.id))
    return made


def edit(asked: EvidenceRequest, question: Question, *, by: Account) -> None:
    """Replace the words of a draft of one's own."""
    refuse_others(asked.author_id, by)
    refuse_step(asked, STEPS[Act.EDIT], by)
    for name, value in vars(question).items():
        setattr(asked, name, value)
    db.session.flush()
    audit.record("evidence:edit", asked, actor=by)


def send(asked: EvidenceRequest, *, by: Account) -> None:
    """Send a draft to the body that it addresses."""
    if asked.state is EvidenceState.SENT:
        return
    refuse_step(asked, STEPS[Act.SEND], by)
    if asked.answer_by <= clock.today():
        raise NotAllowed(_("The day for the answer has come. Choose a later one first."))
    asked.sent_at = clock.now()
    _finish(asked, Act.SEND, by)


def answer(asked: EvidenceRequest, words: str, *, by: Account) -> None:
    """Answer for the body that was asked: once, in words that the group reads."""
    if by.body_id is None or by.body_id != asked.body_id:
        raise NotAllowed(_("Only the body that was asked can answer."))
    if (asked.answered_by_id, asked.answer) == (by.id, words):
        return
    refuse_step(asked, STEPS[Act.ANSWER], by)
    asked.answer, asked.answered_by_id, asked.answered_at = words, by.id, clock.now()
    _finish(asked, Act.ANSWER, by)


def close(asked: EvidenceRequest, *, by: Account) -> None:
    """Put away a draft that will not be sent, or what has been answered."""
    if asked.state is EvidenceState.CLOSED:
        return
    refuse_step(asked, STEPS[Act.CLOSE], by)
    _finish(asked, Act.CLOSE, by)


def _finish(asked: EvidenceRequest, act: Act, by: Account) -> None:
    end_step(asked, STEPS[act])
    audit.record(f"evidence:{act}", asked, actor=by)


@dataclass(frozen=True)
class Verdict:
    """How somebody finds something, why, and who must look at it if it is red."""

    colour: Colour
    reasons: str
    escalated_to: str = ""


def rate(
    rating_id: uuid.UUID,
    about: queries.About,
    rated_id: uuid.UUID,
    verdict: Verdict,
    *,
    by: Account,
) -> Rating:
    """Rate something under a key chosen beforehand; rated twice with one key, it counts once."""
    known = db.session.get(Rating, rating_id)
    if known is not None:
        refuse_others(known.author_id, by)
        return known
    refuse_without(Permission.RATING_WRITE, by)
    if about is queries.About.ITEM and meetings.is_kept_out(rated_id, by.id):
        raise NotAllowed(_("You declared an interest."))
    if verdict.colour is Colour.RED and not verdict.escalated_to:
        raise NotAllowed(_("Say which senior post must look at it."))
    made = Rating(id=rating_id, author_id=by.id, **vars(verdict))
    setattr(made, queries.RATED[about].key, rated_id)
    db.session.add(made)
    db.session.flush()
    audit.record("rating:write", made, actor=by, colour=verdict.colour)
    return made


def record_feedback(rating: Rating, words: str, heard_at: Meeting, *, by: Account) -> None:
    """Write down what came back about a red rating, at a meeting that was held later; once."""
    refuse_without(Permission.MEETING_CHAIR, by)
    if rating.item_id and meetings.is_kept_out(rating.item_id, by.id):
        raise NotAllowed(_("You declared an interest."))
    if (rating.feedback_by_id, rating.feedback) == (by.id, words):
        return
    if not rating.is_waiting:
        raise NotAllowed(_("No feedback is waited for."))
    if heard_at not in meetings.held_since(rating.created_at):
        raise NotAllowed(_("Choose a meeting that was held later."))
    rating.feedback, rating.feedback_by_id = words, by.id
    rating.heard_at = heard_at
    db.session.flush()
    audit.record("rating:feedback", rating, actor=by, meeting=str(heard_at.id))
