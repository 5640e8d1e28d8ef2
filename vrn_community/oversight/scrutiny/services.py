"""What the group looks into, and what it asks of bodies; nobody edits another's words."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock, working_days
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight import clearing
from vrn_community.oversight.refusals import refuse_others, refuse_without
from vrn_community.oversight.scrutiny import steps, telling
from vrn_community.oversight.scrutiny.lifecycle import TOPIC_STEPS, Act, TopicAct
from vrn_community.oversight.scrutiny.models import EvidenceRequest, EvidenceState, ScrutinyTopic
from vrn_community.partnership.models import Body


def usual_answer_by() -> date:
    """Return the day by which a body answers if nobody names another one."""
    return working_days.in_days(config.current().evidence_due_days)


def begin_topic(
    topic_id: uuid.UUID, title: str, reasons: str, *, is_checked: bool = False, by: Account
) -> ScrutinyTopic:
    """Begin to look into something under a key chosen beforehand; asked twice, begin once.

    Reports show its title: one that seems to name somebody is refused, unless a person says
    to have looked (C4).
    """
    known = db.session.get(ScrutinyTopic, topic_id)
    if known is not None:
        refuse_others(known.author_id, by)
        return known
    refuse_without(Permission.SCRUTINY_EDIT, by)
    clearing.refuse_names({"title": title}, is_checked=is_checked)
    made = ScrutinyTopic(id=topic_id, title=title, reasons=reasons, author_id=by.id)
    db.session.add(made)
    db.session.flush()
    audit.record("topic:begin", made, actor=by, looked=is_checked)
    return made


def close_topic(topic: ScrutinyTopic, *, by: Account) -> None:
    """Say that the group is done with a topic; said twice, the first day counts."""
    refuse_without(Permission.SCRUTINY_EDIT, by)
    if topic.state in TOPIC_STEPS[TopicAct.CLOSE].begins_in:
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
    if topic.state not in TOPIC_STEPS[TopicAct.ASK].begins_in:
        raise NotAllowed(_("The topic is closed."))
    made = EvidenceRequest(id=asked_id, topic_id=topic.id, author_id=by.id, **vars(question))
    db.session.add(made)
    db.session.flush()
    audit.record("evidence:ask", made, actor=by, topic=str(topic.id))
    return made


def edit(asked: EvidenceRequest, question: Question, *, by: Account) -> None:
    """Replace the words of a draft of one's own."""
    refuse_others(asked.author_id, by)
    steps.refuse(asked, Act.EDIT, by)
    for name, value in vars(question).items():
        setattr(asked, name, value)
    steps.take(asked, Act.EDIT, by)


def send(asked: EvidenceRequest, *, by: Account) -> None:
    """Send a draft to the body that it addresses."""
    if asked.state is EvidenceState.SENT:
        return
    steps.refuse(asked, Act.SEND, by)
    if asked.answer_by <= clock.today():
        raise NotAllowed(_("The day for the answer has come. Choose a later one first."))
    asked.sent_at = clock.now()
    steps.take(asked, Act.SEND, by)
    telling.tell_body(asked)


def close(asked: EvidenceRequest, *, by: Account) -> None:
    """Put away a draft that will not be sent, or what has been answered."""
    if asked.state is EvidenceState.CLOSED:
        return
    steps.refuse(asked, Act.CLOSE, by)
    steps.take(asked, Act.CLOSE, by)
