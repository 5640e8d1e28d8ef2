"""Questionnaires as files for other programs."""

from collections.abc import Callable
from dataclasses import dataclass

from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.exporters import own, xlsform


@dataclass(frozen=True)
class Format:
    """A format: how its files end, what browsers call it, and what writes it."""

    ending: str
    media_type: str
    write: Callable[[Questionnaire], bytes]


FORMATS = {
    "json": Format(".json", "application/json", own.write),
    "xlsform": Format(
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsform.write,
    ),
}
