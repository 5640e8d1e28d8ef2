"""What an opportunity owes before anybody may publish it (V1 to V4, Y1).

A duty is a text that must be there; a rule compares what is there. Both name
the field of the form where the gap is mended.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community import config
from vrn_community.foundation import clock
from vrn_community.opportunities import neutral
from vrn_community.opportunities.children import ChildRoute
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity

INFORM, CONSULT, COLLABORATE, EMPOWER = ParticipationLevel
#: What a consultation says instead of a closing date.
OPEN_ENDED = "open_ended"


@dataclass(frozen=True)
class Duty:
    """A text that a level or an age group owes, as the form asks for it."""

    name: str
    label: Any
    hint: Any
    #: What the public page calls it, where the form's label is for staff.
    heading: Any = None
    is_owed: bool = True
    is_for_children: bool = False


@dataclass(frozen=True)
class Gap:
    """Something missing or wrong: the field where it is mended, and the words."""

    field: str
    message: str
    #: Whether it is only said, and keeps nobody from going on.
    is_warning: bool = False
    #: The page of the opportunity on which it is mended, where that is not the form.
    page: str = ""


#: What each level owes besides the facts that all share.
DUTIES: dict[ParticipationLevel, tuple[Duty, ...]] = {
    INFORM: (),
    CONSULT: (
        Duty("decision", _l("The decision to be made"), _l("One or two plain sentences.")),
        Duty(
            "choices",
            _l("The options, and the reasons for each"),
            _l("One a line. Say so if doing nothing is an option."),
        ),
        Duty(
            "documents",
            _l("Background documents"),
            _l("One a line, with its web address. If there are none, say why."),
        ),
        Duty(
            "equality_note",
            _l("Who may be affected more than others"),
            _l("The equality note: which groups, in which way, and what you do about it."),
        ),
        Duty(
            "short_notice",
            _l("Why it cannot stay open for four weeks"),
            _l("Only if it is shorter."),
            is_owed=False,
        ),
        Duty(
            OPEN_ENDED,
            _l("Why it stays open all the time"),
            _l("Only if it has no closing date. Say how often you read what people write."),
            is_owed=False,
        ),
    ),
    COLLABORATE: (
        Duty("partners", _l("The partners"), _l("Who works on it together.")),
        Duty("partner_roles", _l("Who does what"), _l("The part that people will play.")),
        Duty(
            "made_together",
            _l("What is made together"),
            _l("Say what you design, do or check together."),
        ),
        Duty(
            "disagreement",
            _l("How disagreements are settled"),
            _l("Who has the last word, and how people are told."),
        ),
    ),
    EMPOWER: (
        Duty(
            "power",
            _l("The power, money or decision that is handed over"),
            _l("For example a budget, a decision, who chooses, or who delivers."),
        ),
        Duty("limits", _l("The limits"), _l("What people cannot decide, and why.")),
        Duty("support", _l("Support and training"), _l("What people get so that they can do it.")),
        Duty("signs_off", _l("Who signs it off"), _l("The role that makes it happen.")),
    ),
}

#: The four questions of the Lundy model, owed where people under 18 take part (V2).
CHILDREN: tuple[Duty, ...] = (
    Duty(
        "space",
        _l("Space: how is it safe, and free to join or leave?"),
        _l("Where it happens, who is there, and that nobody has to take part."),
        _l("Where it is, and that you can stop"),
        is_for_children=True,
    ),
    Duty(
        "voice",
        _l("Voice: how are children helped to say it?"),
        _l("Ways of answering, and who helps."),
        _l("How you can say it"),
        is_for_children=True,
    ),
    Duty(
        "listener",
        _l("Audience: who must listen?"),
        _l("The job title of the person who will read it and act."),
        _l("Who will listen"),
        is_for_children=True,
    ),
    Duty(
        "influence",
        _l("Influence: when and how do they hear what changed?"),
        _l("A date and a way."),
        _l("How you hear what changed"),
        is_for_children=True,
    ),
)

#: Columns that every opportunity fills, and those that every invitation to act fills (Y1).
FACTS: dict[str, Any] = {
    "title": _l("Give it a title."),
    "summary": _l("Say in one or two sentences what it is."),
    "description_source": _l("Describe it."),
    "asking_body": _l("Say who asks."),
    "contact": _l("Give a way to ask questions."),
    "audience": _l("Say who it is for."),
    "priorities": _l("Choose at least one priority of the strategy."),
    "prevention": _l("Choose the level of prevention."),
    "beneficiary_groups": _l("Choose the groups of people it is about."),
}
#: Where the form calls a fact by another name than the model.
FORM_FIELDS = {"prevention": "prevention_levels"}
INVITATION_FACTS: dict[str, Any] = {
    "time_needed": _l("Say how much time it takes."),
    "payment": _l("Say whether people are paid, or that they are not."),
    "opens_on": _l("Give the date on which it opens."),
    "closes_on": _l("Give the date on which it closes."),
    "decider": _l("Give the job title or group that decides."),
    "decision_on": _l("Give the date of the decision."),
    "can_change": _l("Say what can still change."),
    "cannot_change": _l("Say what cannot change."),
}


def duties_of(level: ParticipationLevel, *, with_children: bool) -> tuple[Duty, ...]:
    """Return the texts that a level owes, and those that children are owed."""
    own = DUTIES[level]
    return own + CHILDREN if with_children and level is not INFORM else own


def gaps(opportunity: Opportunity) -> list[Gap]:
    """Return everything that keeps an opportunity from being published, in the form's order."""
    missing = (*_missing_facts(opportunity), *_missing_duties(opportunity))
    return [*missing, *_broken(opportunity), *_telling(opportunity)]


def _missing_facts(opportunity: Opportunity) -> Iterator[Gap]:
    owed = FACTS if opportunity.level is INFORM else FACTS | INVITATION_FACTS
    for field, message in owed.items():
        is_waived = field == "closes_on" and opportunity.duty(OPEN_ENDED)
        if not getattr(opportunity, field) and not is_waived:
            yield Gap(FORM_FIELDS.get(field, field), str(message))
    if opportunity.level is INFORM and opportunity.review_on is None:
        yield Gap("review_on", _("Give the date by which it is checked again."))


def _missing_duties(opportunity: Opportunity) -> Iterator[Gap]:
    owed = duties_of(opportunity.level, with_children=opportunity.includes_children)
    for duty in owed:
        if duty.is_owed and not opportunity.duty(duty.name):
            yield Gap(duty.name, _("Fill in: %(label)s", label=duty.label))


def _broken(opportunity: Opportunity) -> Iterator[Gap]:
    for field, is_broken, message in RULES:
        if is_broken(opportunity):
            yield Gap(field, str(message))


def _telling(opportunity: Opportunity) -> Iterator[Gap]:
    for field, word in neutral.telling_words(opportunity):
        message = _(
            "This is sensitive, and lists show these words to whoever looks on. "
            "Say it without “%(word)s” here, and say what it is about in the description.",
            word=word,
        )
        yield Gap(field, message)


def _is_decided(opportunity: Opportunity) -> bool:
    return opportunity.level is CONSULT and not opportunity.is_undecided


def _decides_too_early(opportunity: Opportunity) -> bool:
    decision_on, closes_on = opportunity.decision_on, opportunity.closes_on
    is_later = opportunity.level is not INFORM and decision_on and closes_on
    return bool(is_later and decision_on <= closes_on)  # type: ignore[operator]


def _closes_though_open_ended(opportunity: Opportunity) -> bool:
    return bool(opportunity.closes_on and opportunity.duty(OPEN_ENDED))


def _is_over(opportunity: Opportunity) -> bool:
    return bool(opportunity.closes_on and opportunity.closes_on < clock.today())


def _is_due_for_review(opportunity: Opportunity) -> bool:
    is_news = opportunity.level is INFORM
    return bool(is_news and opportunity.review_on and opportunity.review_on < clock.today())


def _is_rushed(opportunity: Opportunity) -> bool:
    opens_on, closes_on = opportunity.opens_on, opportunity.closes_on
    if opportunity.level is not CONSULT or not (opens_on and closes_on):
        return False
    days = (closes_on - opens_on).days + 1
    too_short = days < config.current().shortest_consultation_days
    return too_short and not opportunity.duty("short_notice")


def _has_no_route(opportunity: Opportunity) -> bool:
    return opportunity.needs_child_route and opportunity.child_route is None


def _is_waived_without_reason(opportunity: Opportunity) -> bool:
    is_waived = opportunity.child_route is ChildRoute.WAIVED
    return opportunity.needs_child_route and is_waived and not opportunity.waiver_reason


RULES: tuple[tuple[str, Callable[[Opportunity], bool], Any], ...] = (
    (
        "is_undecided",
        _is_decided,
        _l("A consultation needs an open decision. If it is decided already, use Inform."),
    ),
    (
        "decision_on",
        _decides_too_early,
        _l("The decision must come after the closing date, or what people say cannot matter."),
    ),
    ("child_route", _has_no_route, _l("Say how people under 16 are let in.")),
    (
        "waiver_reason",
        _is_waived_without_reason,
        _l("Say why nobody has to be asked before people under 16 answer."),
    ),
    (
        OPEN_ENDED,
        _closes_though_open_ended,
        _l("It has a closing date, so it is not open all the time. Take out one of the two."),
    ),
    ("closes_on", _is_over, _l("The closing date has passed.")),
    ("review_on", _is_due_for_review, _l("The date to check it again has passed.")),
    (
        "short_notice",
        _is_rushed,
        _l("It is open for less than four weeks. Give it more time, or say why it cannot wait."),
    ),
)
