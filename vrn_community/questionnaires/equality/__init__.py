"""The equality questions: versioned blocks that a questionnaire can end with (Y21).

Their categories are those of Census 2021, so that the people who answered can be
compared with the people who live here. A block in use never changes: other words
are a new version.
"""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from vrn_community.partnership.models import PopulationTable
from vrn_community.questionnaires.document import Section, choices_named
from vrn_community.questionnaires.question_types.choices import SingleChoice
from vrn_community.questionnaires.rules import Document, Rule

FOLDER = Path(__file__).parent
VERSIONS = ("2026-1",)
LATEST = VERSIONS[-1]


class CensusCell(Document):
    """What an answer is in the census: categories of a table, perhaps one detail of them."""

    table: PopulationTable
    categories: tuple[str, ...]
    detail: str = ""


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


#: How old somebody is, in bands that the Children's code and the census share.
AGE_BAND = SingleChoice.model_validate(_read("age-band"))
_cells = TypeAdapter(Mapping[str, Mapping[str, CensusCell]])


@cache
def whole(name: str) -> Section:
    """Return all questions of a block, those for some ages included; KeyError if unknown."""
    return Section.model_validate(_read(_known(name)))


@lru_cache(maxsize=64)
def block(name: str, age_band: str = "") -> Section:
    """Return the questions of a block that somebody of an age band may be asked.

    Without an age band these are the questions for everybody: what is only for some
    ages is never shown to somebody whose age is not known.
    """
    section = whole(name)
    asked = [q for q in section.questions if not q.show_if or age_band in _bands(q.show_if)]
    return section.model_copy(update={"questions": tuple(asked)})


def _bands(rule: Rule) -> set[str]:
    return {name for test in rule.tests() for name in choices_named(test)}


@cache
def census(name: str) -> Mapping[str, Mapping[str, CensusCell]]:
    """Return what each answer of a block, and of the age band, is in the census.

    By the id of the question and of the choice; what has no category there, such as
    "prefer not to say", is left out.
    """
    return _cells.validate_python(_read(f"{_known(name)}-census"))


def _known(name: str) -> str:
    if name not in VERSIONS:
        raise KeyError(name)
    return name
