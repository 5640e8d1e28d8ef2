"""Putting results together and freezing them: what is frozen is all that the public sees."""

import random
import uuid
from collections.abc import Collection, Iterator, Sequence

from flask_babel import gettext as _

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.insights import crossing, queries, results
from vrn_community.insights.crossing import CrossTable
from vrn_community.insights.models import Release, ReleaseState
from vrn_community.insights.results import Results
from vrn_community.opportunities.models import Opportunity, Stage
from vrn_community.responses import queries as responses


def draft_release(
    opportunity: Opportunity, by: Account, divided_by: Collection[str] = ()
) -> Release:
    """Put the results of now into a draft: a new one, or again into the one there is.

    `divided_by` are the keys of tables, such as that of the area, by which all others are divided.
    """
    _refuse_unless_closed(opportunity)
    formers = queries.published(opportunity.id)
    found = results.beside(opportunity, formers)
    _refuse_few(found.base)
    _refuse_too_close(found.base, formers)
    draft = queries.draft(opportunity.id) or _new(opportunity, formers)
    draft.base, draft.tables = found.base, [table.to_json() for table in found.shown]
    draft.crosses = [table.to_json() for table in _crosses(found, divided_by, formers)]
    db.session.flush()
    counts = {"tables": len(draft.tables), "crosses": len(draft.crosses)}
    audit.record("release:draft", draft, actor=by, number=draft.number, **counts)
    return draft


def _crosses(
    found: Results, divided_by: Collection[str], formers: Sequence[Release]
) -> Iterator[CrossTable]:
    """Go through the tables of one item by another that may be released."""
    before: dict[tuple[str, str], list[CrossTable]] = {}
    for former in (table for release in formers for table in release.crossed):
        before.setdefault(former.key, []).append(former)
    threshold = config.current().disclosure_threshold
    for by in (table.key for table in found.dividing if table.key in divided_by):
        for of in (table.key for table in found.shown if table.key not in divided_by):
            crossed = found.crossed(of, by)
            if isinstance(crossed, CrossTable) and all(
                crossing.is_far_from(crossed, one, threshold) for one in before.get(crossed.key, [])
            ):
                yield crossed


def _new(opportunity: Opportunity, formers: Sequence[Release]) -> Release:
    number = max((former.number for former in formers), default=0) + 1
    draft = Release(opportunity=opportunity, number=number, state=ReleaseState.DRAFT, quotes=[])
    db.session.add(draft)
    return draft


def _refuse_unless_closed(opportunity: Opportunity) -> None:
    if opportunity.stage is not Stage.CLOSED:
        raise NotAllowed(_("Results can be released only after the activity has closed."))


def _refuse_few(base: int) -> None:
    threshold = config.current().disclosure_threshold
    if base < threshold:
        words = _("Fewer than %(number)s people answered. ", number=threshold)
        raise NotAllowed(words + _("With so few, somebody might be recognised in any result."))


def _refuse_too_close(base: int, formers: Sequence[Release]) -> None:
    """Refuse what would show, by subtraction, how a few people answered (V19)."""
    threshold = config.current().disclosure_threshold
    for former in formers:
        if 0 < abs(base - former.base) < threshold:
            raise NotAllowed(
                _(
                    "This differs from release %(release)s by fewer than %(number)s people. "
                    "Whoever compares the two would see what those few answered.",
                    release=former.number,
                    number=threshold,
                )
            )


def choose_quotes(
    release: Release,
    chosen: Collection[uuid.UUID],
    *,
    among: Collection[uuid.UUID],
    is_checked: bool,
    by: Account,
) -> None:
    """Set which of some passages a draft will quote; the choice among others stays.

    `is_checked`: somebody tried to find out who the people are, and could not (V21).
    """
    _refuse_unless_draft(release)
    wanted = set(chosen) & set(among)
    if wanted and not is_checked:
        raise NotAllowed(_("First check that nobody can be recognised in the quotes."))
    quotable = {passage.id for passage in queries.quotable(release.opportunity_id)}
    if not wanted <= quotable:
        raise NotAllowed(_("One of these passages may no longer be quoted. Choose again."))
    kept = (release.chosen - set(among)) | wanted
    release.quotes = [{"passage": str(key)} for key in sorted(kept)]
    db.session.flush()
    audit.record("release:quote", release, actor=by, quotes=len(kept), checked=is_checked)


def _refuse_unless_draft(release: Release) -> None:
    if release.state is not ReleaseState.DRAFT:
        raise NotAllowed(_("A release that is frozen cannot be changed."))


def freeze(release: Release, by: Account) -> None:
    """Show a draft to the public for good, in place of the release before; twice is once.

    The tables stay as they were drafted. Words are copied now, so what was withheld since
    it was chosen is left out.
    """
    if release.state is ReleaseState.FROZEN:
        return
    _refuse_unless_draft(release)
    opportunity = release.opportunity
    _refuse_unless_closed(opportunity)
    if responses.count(opportunity.id) != release.base:
        raise NotAllowed(_("Answers were taken back or added since. Put it together anew."))
    former = queries.current_release(opportunity.id)
    if former:
        former.state = ReleaseState.SUPERSEDED
    release.quotes = _quotes(release)
    release.state, release.frozen_at = ReleaseState.FROZEN, clock.now()
    opportunity.results_frozen_on = opportunity.results_frozen_on or clock.today()
    db.session.flush()
    audit.record("release:freeze", release, actor=by, number=release.number)


def _quotes(draft: Release) -> list[dict[str, str]]:
    """Return the words of the chosen passages that may still be quoted, in random order."""
    texts = queries.question_texts(draft.opportunity_id)
    found = [
        _quote(passage, texts)
        for passage in queries.quotable(draft.opportunity_id)
        if passage.id in draft.chosen
    ]
    random.SystemRandom().shuffle(found)
    return found


def _quote(passage: Passage, texts: dict[str, str]) -> dict[str, str]:
    question_id = passage.question_id.partition(".")[0]  # "question.other" belongs to it.
    words = passage.cleared_words or ""
    return {
        "passage": str(passage.id),
        "question_id": question_id,
        "question": texts.get(question_id, ""),
        "words": words,
    }
