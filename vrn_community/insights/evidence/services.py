"""Writing insights, letting somebody else publish them, sending them, and saying what came of it.

An insight cites frozen results, and of a theme the number that may be shown, kept as it was then.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.insights.evidence import queries
from vrn_community.insights.evidence.lifecycle import STEPS, Act
from vrn_community.insights.evidence.models import (
    Evidence,
    EvidenceKind,
    Insight,
    InsightPrevention,
    InsightState,
    Purpose,
    ReceiptWay,
    Routing,
    Use,
    citable,
    reference,
    theme_row,
)
from vrn_community.insights.models import Release, ReleaseState
from vrn_community.insights.words.models import Theme
from vrn_community.opportunities.services import with_levels
from vrn_community.partnership.models import Body

#: What a version of an insight says, and the tags that it has.
PLAIN = ("statement", "from_whom", "certainty", "who_is_missing", "expires_on")
TAGS = ("areas", "priorities", "local_issues", "beneficiary_groups")


def begin(insight_id: uuid.UUID, content: dict[str, Any], *, by: Account) -> Insight:
    """Make a draft under a key chosen beforehand; asked twice, return the same draft."""
    known = queries.find(insight_id)
    if known is not None:
        if known.author_id != by.id:
            raise NotAllowed(_("This was written by somebody else."))
        return known
    _refuse_without(Permission.INSIGHT_EDIT, by)
    draft = Insight(id=insight_id, family_id=insight_id, author_id=by.id)
    _fill(draft, content)
    db.session.add(draft)
    db.session.flush()
    audit.record("insight:begin", draft, actor=by)
    return draft


def edit(insight: Insight, content: dict[str, Any], *, by: Account) -> None:
    """Replace the words and tags of a draft of one's own."""
    _refuse_step(insight, Act.EDIT, by)
    _fill(insight, content)
    db.session.flush()
    audit.record("insight:edit", insight, actor=by, version=insight.version)


def _fill(insight: Insight, content: dict[str, Any]) -> None:
    plain = {name: value for name, value in content.items() if name != "prevention_levels"}
    for name, value in plain.items():
        setattr(insight, name, value)
    wanted = content.get("prevention_levels", insight.prevention_levels)
    insight.prevention = with_levels(insight.prevention, wanted, InsightPrevention)
    insight.changed_at = clock.now()


def cite(insight: Insight, release: Release, chosen: Collection[str], *, by: Account) -> None:
    """Set what of a release a draft rests on; only the newest frozen results can be added."""
    _refuse_step(insight, Act.CITE, by)
    before = {each.reference: each for each in insight.evidence if each.release_id == release.id}
    added = set(chosen) - before.keys()
    if added and release.state is not ReleaseState.FROZEN:
        raise NotAllowed(_("Newer results exist. Choose from those."))
    themes = {reference(EvidenceKind.THEME, str(t.id)): t for t in queries.themes(release)}
    if not added <= dict(citable(release)).keys() | themes.keys():
        raise NotAllowed(_("One of these is no longer there. Choose again."))
    made = [_evidence(release, name, themes.get(name)) for name in sorted(added)]
    gone = [each for name, each in before.items() if name not in chosen]
    insight.evidence = [each for each in insight.evidence if each not in gone] + made
    insight.changed_at = clock.now()
    db.session.flush()
    audit.record("insight:cite", insight, actor=by, release=str(release.id), cited=len(chosen))


def _evidence(release: Release, name: str, theme: Theme | None) -> Evidence:
    kind, _colon, key = name.partition(":")
    people = _people(theme, release) if theme else None
    return Evidence(release=release, kind=EvidenceKind(kind), key=key, theme=theme, people=people)


def _people(theme: Theme, release: Release) -> int | None:
    """Return how many people have a theme, as the release tells it; None if it does not."""
    row = theme_row(theme, release)
    return row.count if row else None


def publish(insight: Insight, *, by: Account, version: int | None = None) -> None:
    """Let bodies see a draft that somebody else wrote; it must rest on something.

    `version` is the one that the person has read: if it has changed since, it is refused.
    """
    if insight.state is InsightState.PUBLISHED:
        return
    _refuse_step(insight, Act.PUBLISH, by)
    if version is not None and version != insight.version:
        raise NotAllowed(_("It was changed after you opened it. Read it again, then decide."))
    if not insight.evidence:
        raise NotAllowed(_("It does not rest on anything yet. Its author has to add evidence."))
    if insight.number > 1:
        _replace_former(insight, by)
    insight.state, insight.publisher_id = STEPS[Act.PUBLISH].ends_in, by.id
    insight.published_at = insight.changed_at = clock.now()
    db.session.flush()
    audit.record("insight:publish", insight, actor=by)


def _replace_former(insight: Insight, by: Account) -> None:
    """End the version that a new one corrects, and send the new one to whoever was sent that."""
    former = next((v for v in queries.versions(insight) if v.state is InsightState.PUBLISHED), None)
    if former is None:
        raise NotAllowed(_("What it corrects was withdrawn meanwhile."))
    former.state, former.ended_on = InsightState.CORRECTED, clock.today()
    for routing in queries.routings(former.id):
        db.session.add(Routing(insight=insight, body=routing.body, sent_by_id=by.id))
    audit.record("insight:end", former, actor=by, number=former.number)


def correct(insight: Insight, new_id: uuid.UUID, reason: str, *, by: Account) -> Insight:
    """Make a draft of the next version, with the same words and evidence; twice is once.

    The version that is published stays until somebody else publishes the next.
    """
    known = queries.find(new_id)
    if known is not None and known.author_id == by.id:
        return known
    _refuse_step(insight, Act.CORRECT, by)
    _refuse_empty(reason)
    versions = queries.versions(insight)
    if any(version.state is InsightState.DRAFT for version in versions):
        raise NotAllowed(_("Somebody is correcting it already."))
    draft = Insight(id=new_id, family_id=insight.family_id, author_id=by.id)
    draft.number, draft.reason = versions[0].number + 1, reason
    _fill(draft, {name: getattr(insight, name) for name in (*PLAIN, *TAGS, "prevention_levels")})
    copied = ("release", "kind", "key", "theme", "people", "created_at")
    draft.evidence = [
        Evidence(**{name: getattr(each, name) for name in copied}) for each in insight.evidence
    ]
    db.session.add(draft)
    db.session.flush()
    audit.record("insight:correct", draft, actor=by, number=draft.number)
    return draft


def withdraw(insight: Insight, reason: str, *, by: Account) -> None:
    """Take an insight back for good, with a reason for all who were sent it; twice is once."""
    if insight.state is InsightState.WITHDRAWN:
        return
    _refuse_step(insight, Act.WITHDRAW, by)
    _refuse_empty(reason)
    insight.state, insight.ended_on = STEPS[Act.WITHDRAW].ends_in, clock.today()
    insight.end_reason, insight.changed_at = reason, clock.now()
    db.session.flush()
    audit.record("insight:withdraw", insight, actor=by)


def route(insight: Insight, body: Body, *, by: Account) -> Routing:
    """Send a published insight to a body; sent twice, it is sent once."""
    for known in queries.routings(insight.id):
        if known.body_id == body.id:
            return known
    _refuse_step(insight, Act.ROUTE, by)
    routing = Routing(insight=insight, body=body, sent_by_id=by.id)
    db.session.add(routing)
    db.session.flush()
    audit.record("insight:route", insight, actor=by, body=str(body.id))
    return routing


def receive(routing: Routing, *, by: Account) -> None:
    """Say that an insight has come to the body of an account; said twice, it is said once."""
    _refuse_others(routing, by)
    if routing.received_on:
        return
    routing.received_on, routing.received_by = clock.today(), by
    db.session.flush()
    audit.record("insight:receive", routing.insight, actor=by, body=str(routing.body_id))


@dataclass(frozen=True)
class Receipt:
    """How, by whom (a role) and when a body without accounts said that an insight came."""

    way: ReceiptWay
    role: str
    said_on: date


def note_receipt(routing: Routing, receipt: Receipt, *, by: Account) -> None:
    """Note for a body what it said outside the service: that an insight came; twice is once.

    Of what was withdrawn it says that the body knows so.
    """
    _refuse_without(Permission.INSIGHT_EDIT, by)
    is_gone = routing.insight.state is InsightState.WITHDRAWN
    if routing.knows_on if is_gone else routing.received_on:
        return
    if not routing.sent_on <= receipt.said_on <= clock.today():
        raise NotAllowed(_("Choose a day from the one on which it was sent until today."))
    if is_gone:
        routing.knows_on = receipt.said_on
    else:
        routing.received_on, routing.received_by = receipt.said_on, by
        routing.received_way, routing.received_from = receipt.way, receipt.role
    db.session.flush()
    told = {"way": receipt.way, "role": receipt.role, "on": receipt.said_on.isoformat()}
    action = "insight:note-known" if is_gone else "insight:note-receipt"
    audit.record(action, routing.insight, actor=by, body=str(routing.body_id), **told)


def know(routing: Routing, *, by: Account) -> None:
    """Say for one's body that it knows of a withdrawal; said twice, it is said once."""
    _refuse_others(routing, by)
    if routing.knows_on or routing.insight.state is not InsightState.WITHDRAWN:
        return
    routing.knows_on = clock.today()
    db.session.flush()
    audit.record("insight:know", routing.insight, actor=by, body=str(routing.body_id))


@dataclass(frozen=True)
class Used:
    """What an insight was used for, in a sentence, and when."""

    purpose: Purpose
    words: str
    used_on: date


def use(use_id: uuid.UUID, routing: Routing, used: Used, *, by: Account) -> Use:
    """Note what a body used an insight for, under a key chosen beforehand; it says the receipt."""
    known = queries.use(use_id)
    if known is not None:
        if known.author_id != by.id:
            raise NotAllowed(_("This was written by somebody else."))
        return known
    _refuse_others(routing, by)
    if routing.insight.has_ended:
        raise NotAllowed(_("It was corrected or withdrawn, so it cannot be used any more."))
    receive(routing, by=by)
    noted = Use(id=use_id, routing=routing, author_id=by.id, **vars(used))
    db.session.add(noted)
    db.session.flush()
    audit.record("insight:use", routing.insight, actor=by, purpose=used.purpose)
    return noted


def refusal(insight: Insight, act: Act, *, by: Account) -> str:
    """Return why somebody cannot take a step now, or nothing."""
    step, is_author = STEPS[act], insight.author_id == by.id
    if insight.state not in step.begins_in:
        return str(_("That cannot be done now: things have moved on."))
    if not by.can(step.permission):
        return str(_("Your roles do not allow this."))
    if step.is_for_author is True and not is_author:
        return str(_("This was written by somebody else."))
    if step.is_for_author is False and is_author:
        return str(_("You wrote this, so somebody else has to publish it."))
    return ""


def _refuse_step(insight: Insight, act: Act, by: Account) -> None:
    if why_not := refusal(insight, act, by=by):
        raise NotAllowed(why_not)


def _refuse_empty(reason: str) -> None:
    if not reason.strip():
        raise NotAllowed(_("Give a reason."))


def _refuse_without(permission: Permission, by: Account) -> None:
    if not by.can(permission):
        raise NotAllowed(_("Your roles do not allow this."))


def _refuse_others(routing: Routing, by: Account) -> None:
    _refuse_without(Permission.INSIGHT_RECEIVE, by)
    if routing.body_id != by.body_id:
        raise NotAllowed(_("This was sent to another body."))
