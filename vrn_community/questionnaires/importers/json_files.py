"""JSON as it arrives, read without trusting it; pure."""

import json
from typing import Any

from flask_babel import gettext as _

from vrn_community.questionnaires.importers.report import Unreadable

DEEPEST = 60


def read(content: bytes) -> dict[str, Any]:
    """Return the object in a JSON file; Unreadable if there is none."""
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_refused)
    except json.JSONDecodeError as error:
        where = _("Line %(line)s, column %(column)s", line=error.lineno, column=error.colno)
        raise Unreadable(where, _("it is no valid JSON")) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("The file"), _("it is no valid JSON")) from error
    if not isinstance(found, dict):
        raise Unreadable(_("The file"), _("it is no questionnaire"))
    if _depth(found) > DEEPEST:
        raise Unreadable(_("The file"), _("its parts are nested too deeply"))
    return found


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _depth(node: Any) -> int:
    """Return how deeply a tree is nested, level by level."""
    depth, level = 0, [node]
    while level and depth <= DEEPEST:
        depth += 1
        children = (c for n in level for c in (n.values() if isinstance(n, dict) else n))
        level = [child for child in children if isinstance(child, dict | list)]
    return depth
