"""The public register as lines of files for other programs, with a dictionary.

What was taken down or is being rewritten shows none of its words, as on the page.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.foundation import clock
from vrn_community.outcomes import debts, promises
from vrn_community.outcomes.ledger import Asked, Whole
from vrn_community.outcomes.queries import Standing

#: The columns of the register, and what each holds.
COLUMNS: dict[str, Any] = {
    "code": _l("The short name of the activity, as in its address."),
    "title": _l("What it is called. Empty: it was taken down, or is being rewritten."),
    "level": _l("How much of a say people had: consult, collaborate or empower."),
    "asking_body": _l("Who asked."),
    "standing": _l("Where it stands today."),
    "opens_on": _l("The day on which it opened or opens."),
    "last_day": _l("The last day on which people could take part. Empty: it is always open."),
    "answer_due_on": _l("The day by which people are owed an answer."),
    "answered_on": _l("The day on which the answer was published. Empty: there is none."),
    "days_late": _l("For how many days the answer is late today. 0: it is not."),
    "we_asked": _l("What people were asked."),
    "you_said": _l("What people said."),
    "changed": _l("What changed because of it."),
    "not_changed": _l("What did not change, and why."),
    "decided_by": _l("Who decided."),
    "decided_on": _l("The day of the decision."),
    "promise": _l("Whether the promise of the level was kept."),
    "recommendations": _l("How many recommendations were sent about it."),
    "recommendations_answered": _l("How many of them were answered."),
    "recommendations_late": _l("How many of them wait for a reply that is late today."),
}
#: The columns of the recommendations.
ASKED: dict[str, Any] = {
    "recommendation": _l("The key of the recommendation, as in its address."),
    "activity": _l("The short name of the activity that it is about."),
    "addressee": _l("Who was asked to do it."),
    "text": _l("What should be done."),
    "reasons": _l("Why."),
    "sent_on": _l("The day on which it was sent."),
    "reply_by": _l("The day by which the reply is owed."),
    "answer": _l("accepted, partly or not-accepted. Empty: no reply yet."),
    "answer_reasons": _l("Why the body answered so."),
    "replied_on": _l("The day of the reply."),
    "reply_days_late": _l("For how many days the reply is late today. 0: it is not."),
}
Line = list[str | int | None]


def entry_line(found: Whole) -> Line:
    """Return one activity with a cell for each of `COLUMNS`."""
    opportunity, outcome, is_shown = found.entry.opportunity, found.outcome, found.entry.is_shown
    body = opportunity.asking_body
    due_on = found.entry.due_on
    is_late = found.entry.standing is Standing.OVERDUE
    words = ("we_asked", "you_said", "changed", "not_changed", "decided_by")
    return [
        opportunity.code,
        opportunity.title if is_shown else "",
        opportunity.level.value,
        body.name if body else "",
        found.entry.standing.value,
        _day(opportunity.opens_on),
        _day(found.entry.last_day),
        _day(due_on),
        _day(outcome.published_at if outcome else None),
        debts.days_late(due_on) if is_late else 0,
        *(getattr(outcome, name) if outcome and is_shown else "" for name in words),
        _day(outcome.decided_on if outcome else None),
        promises.promise(found.entry, outcome).keeping.value,
        found.asked,
        found.answered,
        found.late,
    ]


def asked_line(asked: Asked) -> Line:
    """Return one recommendation with a cell for each of `ASKED`."""
    is_seen = asked.is_seen
    return [
        str(asked.id),
        asked.code,
        asked.addressee,
        asked.text if is_seen else "",
        asked.reasons if is_seen else "",
        _day(asked.sent_at),
        _day(asked.reply_by),
        asked.answer.value if asked.answer else "",
        (asked.answer_reasons or "") if is_seen else "",
        _day(asked.replied_at),
        debts.days_late(asked.reply_by) if asked.is_owed else 0,
    ]


def meanings() -> Iterator[Line]:
    """Go through the columns of both files with what each means."""
    for file, columns in (("register", COLUMNS), ("recommendations", ASKED)):
        for name, meaning in columns.items():
            yield [file, name, str(meaning)]


def _day(of: date | datetime | None) -> str:
    """Return a day in London as files write it, or nothing."""
    if isinstance(of, datetime):
        of = clock.in_london(of).date()
    return of.isoformat() if of else ""
