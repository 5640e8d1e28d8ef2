"""Putting results together and freezing them: what is frozen is all that the public sees."""

import random
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.insights import attribution, queries, results
from vrn_community.insights.attribution import Shows, Writer
from vrn_community.insights.crossing import CrossTable
from vrn_community.insights.disclosure import Refusal
from vrn_community.insights.models import Release, ReleaseState
from vrn_community.insights.results import Results
from vrn_community.insights.tabulate import Table
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
    crosses = list(_crosses(found, divided_by))
    draft.crosses = [table.to_json() for table in crosses if isinstance(table, CrossTable)]
    db.session.flush()
    counts = {"tables": len(draft.tables), "crosses": len(draft.crosses)}
    refused = _reasons([*found.refused, *crosses])
    audit.record("release:draft", draft, actor=by, number=draft.number, **counts, refused=refused)
    return draft


def _reasons(tables: Sequence[Table | CrossTable | Refusal]) -> dict[str, str]:
    """Return why tables are refused, by their names; never a number."""
    return {table.key: table.reason.value for table in tables if isinstance(table, Refusal)}


def _crosses(found: Results, divided_by: Collection[str]) -> Iterator[CrossTable | Refusal]:
    """Go through the tables of one item by another, and those that may not be released."""
    for by in (table.key for table in found.dividing if table.key in divided_by):
        for of in (table.key for table in found.shown if table.key not in divided_by):
            crossed = found.crossed(of, by)
            yield replace(crossed, by=by) if isinstance(crossed, Refusal) else crossed


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
    shows: Mapping[uuid.UUID, Shows] | None = None,
) -> int:
    """Set which of some passages a draft will quote; the choice among others stays.

    `shows` is what is to stand beside each. Return beside how many less will stand, for the
    tables of the release do not show how many such people there are.
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
    wishes = release.wishes | {key: (shows or {}).get(key, Shows.NOTHING) for key in wanted}
    release.quotes = [{"passage": str(key), "shows": wishes[key].value} for key in sorted(kept)]
    db.session.flush()
    audit.record("release:quote", release, actor=by, quotes=len(kept), checked=is_checked)
    beside = _beside(release)
    return sum(len(beside[key]) < _NUMBER[wishes[key]] for key in kept)


#: How many things are to stand beside a quote.
_NUMBER = {Shows.NOTHING: 0, Shows.AGE: 1, Shows.AREA: 1, Shows.BOTH: 2}


def _beside(draft: Release) -> dict[uuid.UUID, dict[str, str]]:
    """Return what may stand beside each chosen passage, after the tables of the release."""
    writers, tables, crosses = queries.writers(draft.chosen), draft.shown, draft.crossed
    return {
        key: attribution.allowed(wish, writers.get(key, Writer()), tables, crosses)
        for key, wish in draft.wishes.items()
    }


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


def _quotes(draft: Release) -> list[dict[str, Any]]:
    """Return the words of the chosen passages that may still be quoted, in random order."""
    texts, beside = queries.question_texts(draft.opportunity_id), _beside(draft)
    found = [
        _quote(passage, texts) | {"who": beside[passage.id]}
        for passage in queries.quotable(draft.opportunity_id)
        if passage.id in draft.chosen
    ]
    random.SystemRandom().shuffle(found)
    return found


def _quote(passage: Passage, texts: dict[str, str]) -> dict[str, Any]:
    question_id = passage.question_id.partition(".")[0]  # "question.other" belongs to it.
    words = passage.cleared_words or ""
    return {
        "passage": str(passage.id),
        "question_id": question_id,
        "question": texts.get(question_id, ""),
        "words": words,
    }
