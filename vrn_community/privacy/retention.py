"""The classes of what is held: how long each stays, counted from when, and what happens then.

A new class is one entry of `CLASSES`; every table of the service belongs to one (`holdings`).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import ColumnElement, false, func, or_, select

from vrn_community import audit, config
from vrn_community.accounts.models import DeskSession, Invitation
from vrn_community.audit.models import AuditEntry
from vrn_community.contributions.models import Contribution
from vrn_community.exchange.models import Export
from vrn_community.foundation import clock
from vrn_community.foundation.db import Base
from vrn_community.notifications import services as notifications
from vrn_community.notifications.models import Mail
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.followers import services as followers
from vrn_community.outcomes.followers.models import Follower
from vrn_community.oversight.members.models import Member, TimeClaim
from vrn_community.privacy import ends, forgetting
from vrn_community.responses import drafts
from vrn_community.responses.models import Draft, GroupSession, Slip
from vrn_community.rights.models import Breach, BreachEntry, PrivacyRequest, RawDataRequest, Reach
from vrn_community.safeguarding.models import Concern, ConcernState

#: How long something stays, in words.
Told = Callable[[], str]
SIX_YEARS = _l("6 years.")


@dataclass(frozen=True)
class Over:
    """Which rows are over, and what becomes of them; nothing said, they are deleted."""

    model: type[Base]
    condition: Callable[[], ColumnElement[bool]]
    act: Callable[[Collection[Any]], None] | None = None
    #: Whether deletion records say of which activity they were.
    is_by_activity: bool = False
    #: How many go between two commits, if not as many as usual.
    at_once: int | None = None


@dataclass(frozen=True, eq=False)
class RetentionClass:
    """One class of what is held; without `over` the nightly run deletes nothing of it."""

    name: str
    label: Any
    #: How long it stays, from when, and what happens then.
    kept: Told
    over: Over | None = None


def _days(span: timedelta) -> str:
    return str(ngettext("%(num)s day", "%(num)s days", span.days))


def _in_months(number: int) -> str:
    return str(ngettext("%(num)s month", "%(num)s months", number))


def _months(part: ends.Part) -> str:
    return _in_months(ends.months_kept()[part])


def _after_hearing(part: ends.Part) -> Told:
    """Return how long a part of contributions stays where no record says otherwise."""
    return lambda: _(
        "%(time)s after people could read what came of it. The record of an activity can say "
        "something else. Then it is deleted.",
        time=_months(part),
    )


def _fixed(words: Any) -> Told:
    return lambda: str(words)


def _six_years_ago() -> datetime:
    """Return the begin of the month six years ago, so that twelve times a year something goes."""
    return clock.begin_of(clock.months_after(clock.today().replace(day=1), -72))


def _for_six_years(words: Any) -> Told:
    return lambda: _("%(what)s Then it is deleted, at the end of the month.", what=words)


def _acts_over() -> ColumnElement[bool]:
    """Return the condition of acts before the first one that stays: their order is a chain."""
    is_young = AuditEntry.at >= _six_years_ago()
    first = select(func.min(AuditEntry.number)).where(is_young).scalar_subquery()
    return AuditEntry.number < func.coalesce(first, AuditEntry.number + 1)


def _breaches_over() -> ColumnElement[bool]:
    is_young = BreachEntry.created_at >= _six_years_ago()
    told = select(BreachEntry.id).where(BreachEntry.breach_id == Breach.id, is_young).exists()
    return (Breach.created_at < _six_years_ago()) & ~told


def _sessions_over() -> ColumnElement[bool]:
    settings, moment = config.current(), clock.now()
    idle = DeskSession.last_seen_at < moment - settings.session_idle
    return or_(idle, DeskSession.began_at < moment - settings.session_longest)


def _groups_over() -> ColumnElement[bool]:
    return GroupSession.expires_at < clock.now() - config.current().group_sessions_kept


def _slips_over() -> ColumnElement[bool]:
    last_day = func.coalesce(Opportunity.closed_on, Opportunity.closes_on)
    limit = clock.today() - config.current().slips_kept
    return Slip.opportunity_id.in_(select(Opportunity.id).where(last_day < limit))


def _concerns_over() -> ColumnElement[bool]:
    kept = config.current().cases_kept
    if kept is None:
        return false()
    return (Concern.state == ConcernState.CLOSED) & (Concern.decided_at < clock.now() - kept)


def _reach_over() -> ColumnElement[bool]:
    last = clock.today() - config.current().reach_kept
    return Reach.request_id.in_(select(PrivacyRequest.id).where(PrivacyRequest.answered_on < last))


def _requests_over() -> ColumnElement[bool]:
    return PrivacyRequest.answered_on < clock.today() - config.current().requests_kept


def _concerns_kept() -> str:
    kept = config.current().cases_kept
    if kept is None:
        return str(
            _(
                "As the local policy on safeguarding says. It must be set before the service is "
                "used for real: until then nothing is deleted."
            )
        )
    words = {"time": _days(kept)}
    return str(_("%(time)s after the decision, once it is closed. Then it is deleted.", **words))


CLASSES: tuple[RetentionClass, ...] = (
    RetentionClass(
        "drafts",
        _l("Answers that somebody saved to come back"),
        lambda: _("%(time)s. They are deleted on the day after.", time=_days(drafts.LIVES)),
        Over(Draft, lambda: Draft.kept_on < clock.today() - drafts.LIVES),
    ),
    RetentionClass(
        "words",
        _l("Words as people wrote them, equality answers, and what the codes lead to"),
        _after_hearing("words"),
        Over(
            Contribution,
            lambda: ends.has_code() & ends.is_over("words"),
            forgetting.originals,
            is_by_activity=True,
        ),
    ),
    RetentionClass(
        "cleared",
        _l("Words that others may read, without what could show who wrote them"),
        _after_hearing("cleared"),
        Over(
            Contribution,
            lambda: ends.has_words() & ends.is_over("cleared"),
            forgetting.words,
            is_by_activity=True,
        ),
    ),
    RetentionClass(
        "answers",
        _l("Ticks and numbers that people chose"),
        _after_hearing("answers"),
        Over(
            Contribution, lambda: ends.is_over("answers"), forgetting.answers, is_by_activity=True
        ),
    ),
    RetentionClass(
        "feelings",
        _l("How people said they are after hard questions"),
        _fixed(_l("Until the next night. Then only the count is left.")),
    ),
    RetentionClass(
        "groups",
        _l("Groups that answered together: how many, where, and who ran them"),
        lambda: _(
            "%(time)s after the group. Then it is deleted.",
            time=_days(config.current().group_sessions_kept),
        ),
        Over(GroupSession, _groups_over),
    ),
    RetentionClass(
        "slips",
        _l("Codes on paper that nobody has used"),
        lambda: _(
            "%(time)s after the questions close. Then they are deleted.",
            time=_days(config.current().slips_kept),
        ),
        Over(Slip, _slips_over),
    ),
    RetentionClass(
        "cases",
        _l("Worries about somebody’s safety"),
        _concerns_kept,
        Over(Concern, _concerns_over),
    ),
    RetentionClass(
        "contacts",
        _l("How to reach people who want to know what changed"),
        lambda: _(
            "%(time)s after they were told. If nobody tells them, %(longest)s after the answer is "
            "public. Then it is deleted.",
            time=_days(config.current().follower_kept),
            longest=_in_months(config.current().follower_kept_untold_months),
        ),
        Over(Follower, followers.are_over),
    ),
    RetentionClass(
        "asked-again",
        _l("Why somebody asked us to look at their words again"),
        _fixed(_l("Until we have looked. Then it is deleted.")),
    ),
    RetentionClass(
        "keys",
        _l("The keys that open what is locked"),
        _fixed(_l("As long as what they open. Then they are deleted with it.")),
    ),
    RetentionClass(
        "reach",
        _l("How to reach people who asked about their information, or complained"),
        lambda: _(
            "%(time)s after our answer. Then it is deleted.",
            time=_days(config.current().reach_kept),
        ),
        Over(Reach, _reach_over),
    ),
    RetentionClass(
        "requests",
        _l("What people asked about their information, and complaints"),
        lambda: _(
            "%(time)s after our answer. Then it is deleted.",
            time=_days(config.current().requests_kept),
        ),
        Over(PrivacyRequest, _requests_over),
    ),
    RetentionClass(
        "breaches",
        _l("What went wrong with people’s information, and what we did"),
        _for_six_years(_l("6 years after the last entry.")),
        Over(Breach, _breaches_over, forgetting.breaches),
    ),
    RetentionClass(
        "raw-data",
        _l("Who asked for raw answers, and what was decided"),
        _for_six_years(SIX_YEARS),
        Over(RawDataRequest, lambda: RawDataRequest.created_at < _six_years_ago()),
    ),
    RetentionClass(
        "files",
        _l("Files of answers that staff asked for"),
        lambda: _(
            "Until somebody fetches the file, once, or %(time)s. Then it is deleted.",
            time=_days(config.current().export_lives),
        ),
    ),
    RetentionClass(
        "exports",
        _l("Who asked for a file of answers, why, and who allowed it"),
        _for_six_years(SIX_YEARS),
        Over(Export, lambda: Export.created_at < _six_years_ago()),
    ),
    RetentionClass(
        "sessions",
        _l("Who is signed in at the desk"),
        _fixed(_l("Until they sign out, or a day at most. Then it is deleted.")),
        Over(DeskSession, _sessions_over),
    ),
    RetentionClass(
        "invitations",
        _l("Links that let staff set a password"),
        lambda: _(
            "%(time)s. Then they are deleted.", time=_days(config.current().invitation_lifetime)
        ),
        Over(Invitation, lambda: Invitation.expires_at < clock.now()),
    ),
    RetentionClass(
        "mail",
        _l("That a mail told staff to look at the desk"),
        lambda: _("%(time)s. Then it is deleted.", time=_days(config.current().mail_kept)),
        Over(Mail, notifications.are_over),
    ),
    RetentionClass(
        "tries",
        _l("How often somebody tried a code or a password"),
        _fixed(_l("15 minutes, under a scrambled name. Every hour the old ones are deleted.")),
    ),
    RetentionClass(
        "audit",
        _l("What staff did, and when"),
        _for_six_years(SIX_YEARS),
        Over(AuditEntry, _acts_over, audit.cut, at_once=100_000),
    ),
    RetentionClass(
        "accounts",
        _l("People who work with us"),
        _fixed(_l("As long as they work with us, and as long as the record of what they did.")),
    ),
    RetentionClass(
        "members",
        _l("What members of the residents’ group say of themselves"),
        lambda: _(
            "As long as the term, and %(time)s more. Members can ask us to delete it before.",
            time=_days(config.current().members_kept),
        ),
        Over(Member, lambda: Member.ends_on < clock.today() - config.current().members_kept),
    ),
    RetentionClass(
        "claims",
        _l("Time and expenses of members of the residents’ group"),
        _for_six_years(SIX_YEARS),
        Over(TimeClaim, lambda: TimeClaim.created_at < _six_years_ago()),
    ),
    RetentionClass(
        "meetings",
        _l("Meetings of the residents’ group, and what it looks into"),
        _fixed(_l("It stays: it is the record of what was asked, said and done.")),
    ),
    RetentionClass(
        "work",
        _l("What staff write while they work"),
        _fixed(_l("As long as the activity that it is about is on the register.")),
    ),
    RetentionClass(
        "published",
        _l("What everybody can read"),
        _fixed(_l("It stays: it is the record of what was asked, said and done.")),
    ),
    RetentionClass(
        "counts",
        _l("Numbers that say nothing about one person"),
        _fixed(_l("They stay. Small ones are never shown.")),
    ),
)


def by_name(name: str) -> RetentionClass:
    """Return a class; KeyError if there is none."""
    return {kind.name: kind for kind in CLASSES}[name]
