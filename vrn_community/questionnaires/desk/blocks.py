"""The page of the builder that finds a section elsewhere, shows it, and puts it into a draft."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import NoResultFound

from vrn_community.foundation import paging
from vrn_community.foundation.permissions import Permission, requires
from vrn_community.questionnaires import (
    bank,
    blocks,
    editing,
    forms,
    labels,
    outline,
    queries,
    readiness,
)
from vrn_community.questionnaires.desk.drafts import (
    Change,
    desk,
    draft_of,
    form_page,
    is_saved,
    say_overtaken,
    to_overview,
)
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import QuestionnaireVersion

#: What an address says instead of a version for a block of the bank.
BANK = "bank"
LONGEST_SEARCH, MOST_WORDS = 100, 8


@desk.route("/blocks", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def choose_block(opportunity_id: UUID) -> ResponseReturnValue:
    version = draft_of(opportunity_id)
    form = forms.DraftForm()
    block = _chosen(request.args.get("of", ""), request.args.get("section", ""))
    if form.is_overtaken(version):
        say_overtaken()
        return to_overview(opportunity_id)
    if block and is_saved(form, version, _put(block)):
        for part in block.left_out:
            flash(_("Left out: when “%(part)s” is shown.", part=outline.name(part)))
        return to_overview(opportunity_id, queries.document(version).sections[-1].id)
    return form_page("blocks", form, version, **_found(), **_look(block))


def _put(block: blocks.Block) -> Change:
    return lambda now: editing.add_block(now, block.document, forms.new_id)


def _chosen(source: str, section_id: str) -> blocks.Block | None:
    """Return the section that an address names, in the bank or in a version; or answer 404."""
    if not source:
        return None
    try:
        if source == BANK:
            fixed = bank.wording(section_id, blocks=True).section
            return blocks.block(Questionnaire(sections=(fixed,)), fixed.id)
        return blocks.block(queries.document(queries.version(UUID(source))), section_id)
    except (KeyError, ValueError, NoResultFound):
        abort(404)


def _sections(version: QuestionnaireVersion, words: Sequence[str]) -> list[dict[str, Any]]:
    """Return the sections of a version that have all words; all, if they stand elsewhere in it."""
    sections: list[dict[str, Any]] = version.document["sections"]
    return [s for s in sections if _has(json.dumps(s, ensure_ascii=False), words)] or sections


def _has(text: str, words: Sequence[str]) -> bool:
    return all(word.casefold() in text.casefold() for word in words)


def _found() -> dict[str, Any]:
    """Return a page of what there is, with the words that were searched for."""
    text = request.args.get("q", "")[:LONGEST_SEARCH]
    words = text.split()[:MOST_WORDS]
    fixed = bank.latest(blocks=True)
    page = queries.versions_with(words, paging.page_number(request.args.get("page")))
    return {
        "text": text,
        "page": page,
        "fixed": [known for known in fixed if _has(known.entry.model_dump_json(), words)],
        "sections": {version.id: _sections(version, words) for version in page},
        "states": labels.STATES,
    }


def _look(block: blocks.Block | None) -> dict[str, Any]:
    """Return what is shown of a block before it is taken."""
    if block is None:
        return {"block": None}
    return {
        "block": block,
        "conditions": labels.conditions(block.document),
        "problems": readiness.problems(block.document),
        "left_out": [outline.name(part) for part in block.left_out],
    }
