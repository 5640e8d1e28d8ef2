"""The page of the desk about one passage: what a moderator may read of it now, and may do."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from vrn_community.accounts import queries as accounts
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.foundation.forms import BaseForm
from vrn_community.moderation import appeals, forms, labels, queries, services, welfare
from vrn_community.moderation.models import Appeal, Decision, Proposal
from vrn_community.safeguarding import forms as safeguarding_forms
from vrn_community.safeguarding import queries as safeguarding
from vrn_community.screening.labels import SIGNALS

FORMS: dict[str, type[BaseForm]] = {
    "clear": forms.ClearForm,
    "hold": forms.HoldForm,
    "withhold": forms.WithholdForm,
    "reveal": forms.RevealForm,
    "agree": forms.AgreeForm,
    "open": forms.OpenForm,
    "concern": safeguarding_forms.RaiseForm,
}


def show_passage(
    passage: Passage,
    *,
    sent: BaseForm | None = None,
    words: str | None = None,
    pause: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    """Show a passage; `words` are the sealed ones, where an act brought them.

    Words that nobody has decided about stay covered until the reader opens them: nothing on the
    page holds them before. `pause` asks for a break.
    """
    shown = {**_welfare(passage), **_words(passage, words)}
    decisions = queries.decisions(passage)
    page = render_template(
        "moderation/desk/show.html",
        passage=passage,
        question=queries.question_text(passage),
        outcomes=queries.outcomes(passage),
        concern=safeguarding.of_passage(passage.id),
        following=queries.next_waiting(passage, current_user.id),
        forms=_forms(passage, sent, words, shown["proposal"]),
        sent=sent,
        pause=pause,
        appeal=appeals.of_passages([passage.id]).get(passage.id),
        decisions=decisions,
        names=_names(decisions, shown["proposal"]),
        labels=labels,
        signals=SIGNALS,
        **shown,
    )
    return page, status


def _welfare(passage: Passage) -> dict[str, Any]:
    is_there = not queries.has_open_concern(passage)
    words = appeals.to_open(passage, current_user)
    is_opened = bool(welfare.opened_by(current_user, [words.id]))
    is_hard = is_there and welfare.is_hard(words)
    return {
        "covered": is_there and words.is_waiting and not is_opened,
        "may_answer": is_there and isinstance(words, Appeal),
        "is_hard": is_hard,
        "day": welfare.today(current_user),
        "to_talk_to": welfare.to_talk_to() if is_hard else [],
    }


def _words(passage: Passage, words: str | None) -> dict[str, Any]:
    """Return what can be read now, and what could be if a second moderator agreed.

    While the safeguarding lead has to decide, the words are in the case alone (G2).
    """
    if queries.has_open_concern(passage):
        return {"readable": None, "words": None, "proposal": None, "proposed": None}
    readable = passage.unseal() if passage.is_waiting else passage.cleared_words
    proposal = queries.proposal(passage.id) if passage.is_waiting else None
    return {
        "readable": readable,
        "words": words if words != readable else None,
        "proposal": proposal,
        "proposed": services.words_after(passage, proposal) if proposal else None,
    }


def _names(decisions: Sequence[Decision], proposal: Proposal | None) -> dict[UUID, str]:
    took_part = {key for d in decisions for key in (d.moderator_id, d.second_id) if key}
    return accounts.names(took_part | ({proposal.moderator_id} if proposal else set()))


def _forms(
    passage: Passage, sent: BaseForm | None, words: str | None, proposal: Proposal | None
) -> dict[str, Any]:
    made: dict[str, Any] = {
        name: sent if isinstance(sent, kind) else kind(formdata=None, prefix=name)
        for name, kind in FORMS.items()
    }
    if proposal:
        made["agree"].proposal.data = str(proposal.id)
    is_redaction = isinstance(sent, forms.RedactForm)
    made["redact"] = sent if is_redaction else _redact_form(passage, words, proposal)
    return made


def _redact_form(
    passage: Passage, words: str | None, proposal: Proposal | None
) -> forms.RedactForm | None:
    """Return the form of a passage whose words may be seen; those taken out before are ticked."""
    if queries.has_open_concern(passage):
        return None
    if passage.state is PassageState.REDACTED:
        last = queries.last_decision(passage)
        spans = last.spans if last else []
        return forms.RedactForm(words, spans, formdata=None, prefix="redact") if words else None
    if not passage.is_waiting and passage.state is not PassageState.CLEARED:
        return None
    proposed = proposal.spans if proposal else ()
    return forms.RedactForm(passage.unseal(), proposed, formdata=None, prefix="redact")
