"""What people read instead of the names of reports, figures and columns."""

from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community.outcomes.reports.making import Reader
from vrn_community.outcomes.reports.periods import Period

TITLES: dict[Reader, Any] = {
    Reader.BOARD: _l("Quarterly report for the board"),
    Reader.GROUP: _l("Yearly report of the Community Oversight Group"),
    Reader.PANEL: _l("Yearly report for the Police and Crime Panel"),
    Reader.BODY: _l("How each body keeps its word"),
}
ABOUT: dict[Reader, Any] = {
    Reader.BOARD: _l(
        "What residents who check the work did in three months, what bodies answered, and what is "
        "late."
    ),
    Reader.GROUP: _l(
        "What residents who check the work did in a year, what came of it, and what did not change."
    ),
    Reader.PANEL: _l(
        "Whether bodies are held to account: what they were asked, what they answered, and what "
        "each still owes."
    ),
    Reader.BODY: _l("What this body was asked, whether it answered in time, and what is late."),
}
#: The parts of a report: the figures in each, in the order of the page.
FIGURES: dict[str, dict[str, Any]] = {
    "recommendations": {
        "sent": _l("Sent"),
        "accepted": _l("Accepted"),
        "partly": _l("Accepted in part"),
        "not-accepted": _l("Not accepted"),
        "unanswered": _l("Not answered yet"),
    },
    "replies": {
        "replied": _l("Replies given in time"),
        "replied-late": _l("Replies given late"),
        "waiting": _l("Waiting for a reply on the last day"),
        "waiting-late": _l("Late on the last day"),
        "recommendation-moved": _l("Days of a reply that were moved"),
        "recommendation-moved-late": _l("Days of a reply that were moved too late to count"),
        "challenged": _l("Replies that the group challenged"),
    },
    "board": {
        "escalated": _l("Brought before the board"),
        "board-answered": _l("Answered by the board"),
        "board-waiting": _l("Waiting for the board on the last day"),
        "board-late": _l("The board is late on the last day"),
    },
    "promises": {
        "promised": _l("Promises made"),
        "done": _l("Done in time"),
        "done-late": _l("Done after its day"),
        "dropped": _l("Given up, with a reason"),
        "to-do": _l("Still to do on the last day"),
        "to-do-late": _l("Late to do on the last day"),
        "promise-moved": _l("Days of a promise that were moved"),
        "promise-moved-late": _l("Days of a promise that were moved too late to count"),
    },
    "decisions": {"decision": _l("Decisions"), "change": _l("Changes")},
    "activities": {
        "closed": _l("Closed"),
        "answered": _l("Answered in time"),
        "answered-late": _l("Answered late"),
        "owed": _l("Not answered on the last day"),
        "owed-late": _l("Answer late on the last day"),
    },
    "group": {"meetings": _l("Meetings")},
    "ratings": {"green": _l("Green"), "amber": _l("Amber"), "red": _l("Red")},
}
HEADINGS: dict[str, Any] = {
    "group": _l("Meetings of the group"),
    "ratings": _l("What the group rated"),
    "recommendations": _l("What the group asked of bodies"),
    "replies": _l("How bodies replied"),
    "board": _l("What went to the board"),
    "promises": _l("What bodies promised, and did"),
    "decisions": _l("What bodies decided, and what is different"),
    "debts": _l("Who owes what on the last day"),
    "activities": _l("What people were asked, and the answers"),
    "not-changed": _l("What did not change, and why"),
    "history": _l("The last four quarters"),
}
#: What each part counts, in a sentence.
MEANINGS: dict[str, Any] = {
    "ratings": _l(
        "Members of the group rate what they see. Here each thing counts once, by the most serious "
        "colour that anybody gave it."
    ),
    "recommendations": _l(
        "What was sent from the first to the last day, by the answer that it had on the last day."
    ),
    "replies": _l(
        "A reply is late when it comes after its day. A day can be moved in time, with a reason; "
        "moved after it has passed, it does not count."
    ),
    "board": _l("What a body does not accept, or answers late, can go to the board."),
    "promises": _l("A promise is done only with something that shows it."),
    "decisions": _l("By the day of the decision, and the day since when things are different."),
    "debts": _l("A body that owes nothing is not on this list."),
    "activities": _l("Everyone who takes part is owed an answer by a day that is known before."),
    "not-changed": _l("What those who decide could not or would not do. The newest come first."),
    "history": _l("Each column is a quarter, with what was late on its last day."),
}
_all = tuple(HEADINGS)
#: The parts of each report, in the order of the page.
PARTS: dict[Reader, tuple[str, ...]] = {
    Reader.BOARD: _all[:-1],
    Reader.GROUP: _all[:-1],
    Reader.PANEL: ("recommendations", "replies", "board", "promises", "debts"),
    Reader.BODY: (
        "recommendations", "replies", "board", "promises", "decisions", "activities", "history",
    ),
}  # fmt: skip
#: The files of rows behind each part.
FILES: dict[str, tuple[str, ...]] = {
    "group": ("meetings",),
    "ratings": ("ratings",),
    "recommendations": ("recommendations",),
    "replies": ("recommendations", "moves"),
    "board": ("recommendations",),
    "promises": ("promises", "moves"),
    "decisions": ("decisions",),
    "activities": ("activities",),
}
KINDS: dict[str, Any] = {
    "item": _l("Item of a meeting"),
    "topic": _l("Topic"),
    "activity": _l("What people were asked"),
}
#: The figures that stand beside each other for several quarters.
HISTORY: dict[str, Any] = {
    name: label
    for part in ("recommendations", "replies", "promises", "activities")
    for name, label in FIGURES[part].items()
    if not name.endswith(("-moved", "-moved-late"))
}
_recommendation = _l("The key of the recommendation, as in its address.")
_body = _l("The short name of the body, as in its address.")
_first_day = _l("The day that was named first. Later ones stand in the file of moves.")
#: The columns of each file, and what each holds.
COLUMNS: dict[str, dict[str, Any]] = {
    "recommendations": {
        "recommendation": _recommendation,
        "activity": _l("The short name of the activity that it is about."),
        "body": _body,
        "sent_on": _l("The day on which it was sent."),
        "reply_by": _first_day,
        "first_reply_on": _l("The day of the first reply. Empty: there is none."),
        "first_answer": _l("accepted, partly or not-accepted."),
        "challenged_on": _l("The day on which the group challenged the reply."),
        "challenge_reply_by": _l("The day that was named first for the second reply."),
        "second_reply_on": _l("The day of the second reply."),
        "second_answer": _l("accepted, partly or not-accepted."),
        "escalated_on": _l("The day on which it was brought before the board."),
        "board_answer_by": _l("The day by which the board owes an answer."),
        "board_answered_on": _l("The day on which the board answered."),
    },
    "promises": {
        "promise": _l("The key of the promise."),
        "recommendation": _recommendation,
        "body": _body,
        "made_on": _l("The day on which it was made."),
        "due_on": _first_day,
        "ended_on": _l("The day on which it was done or given up. Empty: it is still to do."),
        "end": _l("done or dropped."),
    },
    "moves": {
        "of": _l("Whether a reply to a recommendation or a promise was moved."),
        "key": _l("The key of the recommendation or the promise."),
        "round": _l("1 for the first reply, 2 for the one to a challenge; of a promise always 1."),
        "body": _body,
        "moved_on": _l("The day on which it was moved."),
        "former_day": _l("The day that was named before."),
        "new_day": _l("The new day."),
        "came_late": _l("yes: the day had passed, and the new one does not count."),
    },
    "meetings": {
        "held_on": _l("The day of the meeting."),
        "members_at_least": _l("How many members came at least, in whole steps. 0: fewer."),
    },
    "ratings": {
        "kind": _l("item, topic or activity."),
        "title": _l("What it is called."),
        "colour": _l("The most serious colour that anybody gave it: green, amber or red."),
    },
    "activities": {
        "activity": _l("The short name of the activity, as in its address."),
        "body": _body,
        "published_on": _l("The day on which it was published."),
        "closed_on": _l("The last day on which people could take part. Empty: it has not closed."),
        "answer_due_on": _l("The day by which people are owed an answer."),
        "answered_on": _l("The day on which the answer was published. Empty: there is none."),
        "people": _l("How many took part at least. Empty: there are no results to read."),
    },
    "decisions": {
        "kind": _l("decision or change."),
        "key": _l("The key, as in its address."),
        "body": _body,
        "happened_on": _l("The day of the decision, or since when things are different."),
    },
}


def period_words(period: Period) -> str:
    """Return the months of a period in the page's words."""
    is_same_year = period.first.year == period.last.year
    first = format_date(period.first, "LLLL" if is_same_year else "LLLL y")
    return str(_("%(first)s to %(last)s", first=first, last=format_date(period.last, "LLLL y")))
