"""The columns that our own export adds to an XLSForm, so that nothing is lost on the way; pure.

`vrn-kind` names the type of a question, `vrn-id` what it is called here, `vrn-settings`
whatever else it has; rows of the kind `part` belong to the question above them.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from vrn_community.questionnaires.importers import drafts
from vrn_community.questionnaires.importers.conditions import Variable
from vrn_community.questionnaires.importers.report import Unreadable
from vrn_community.questionnaires.importers.xlsform_columns import Cells, Speaker
from vrn_community.questionnaires.importers.xlsform_rows import row_name
from vrn_community.questionnaires.question_types import TYPES, AnyQuestion

if TYPE_CHECKING:
    from vrn_community.questionnaires.importers.xlsform_questions import Reader

PART = "part"


def kept_names(rows: Iterable[Cells]) -> list[str]:
    """Return the names that rows have had here before."""
    return [row.get("vrn-id") for row in rows if row.get("vrn-id")]


def condition(row: Cells) -> str:
    """Return the condition of a row: our own rule, unless somebody has changed it since."""
    own, relevant = row.get("vrn-rule"), row.get("relevant")
    return own if own and relevant == row.get("vrn-relevant") else relevant


def frame(row: Cells, voice: Speaker) -> dict[str, Any]:
    """Return what stands around the sections."""
    found = _settings(row, "vrn-document")
    introduction = voice.exactly(row, "vrn-introduction")
    return {**found, "introduction": introduction} if found or introduction else {}


def parts_at(rows: list[Cells], place: int) -> list[Cells] | None:
    """Return the rows that belong to a question of ours, or None if there is none here."""
    if rows[place].get("vrn-kind") not in TYPES:
        return None
    after = place + 1
    while after < len(rows) and rows[after].get("vrn-kind") == PART:
        after += 1
    return rows[place + 1 : after]


def question(
    reader: "Reader", row: Cells, parts: list[Cells]
) -> tuple[AnyQuestion, dict[str, Variable]]:
    """Return a question of ours, and the names that stand for it."""
    where, voice = row_name(row.number), reader.speaker
    content = _settings(row, "vrn-settings")
    fields = TYPES[row.get("vrn-kind")].model_fields
    content["id"] = row.get("vrn-id")
    content |= {"text": voice.exactly(row, "label"), "hint": voice.exactly(row, "hint")}
    if row.has("vrn-unit"):
        content["unit"] = voice.exactly(row, "vrn-unit")
    list_name = row.get("vrn-list")
    if "choices" in fields and list_name:
        content["choices"] = reader.choices(list_name, where)
    statements = [part for part in parts if part.get("vrn-id")]
    if "rows" in fields:
        content["rows"] = [
            {"id": part.get("vrn-id"), "text": voice.exactly(part, "label")} for part in statements
        ]
    made = drafts.made(row.get("vrn-kind"), where, **content)
    reader.say_what_came(made, where)
    return made, _variables(made, row, statements)


def _variables(made: AnyQuestion, row: Cells, statements: list[Cells]) -> dict[str, Variable]:
    """Return the names of a question of ours and of its rows; choices are called as they are."""
    items = () if made.has_outside_choices else made.items()
    codes = {choice.id: choice.id for item in items for choice in item.choices}
    found = {row.get("name"): Variable(made, codes=codes)}
    for part in statements:
        found[part.get("name")] = Variable(made, row=part.get("vrn-id"), codes=codes)
    return found


def _settings(row: Cells, column: str) -> dict[str, Any]:
    try:
        found = json.loads(row.get(column) or "{}")
    except (ValueError, RecursionError) as error:
        raise Unreadable(row_name(row.number), _("its settings are damaged")) from error
    return found if isinstance(found, dict) else {}
