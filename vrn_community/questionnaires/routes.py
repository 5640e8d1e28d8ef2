"""Who can come where in a questionnaire: what everybody sees, some people, or nobody; pure.

For each part all answers that its rules can tell apart are tried, up to a bound. Beyond it
some are tried: where one leads there, that is certain; where none does, it is not known.
"""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from vrn_community.questionnaires import outline, routing
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.domains import Domain, domain
from vrn_community.questionnaires.outline import Part
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.base import Answer

#: So many combinations of answers are tried for one part.
MOST_TRIED = 4_000
#: And so many, where all would be too many.
MOST_SAMPLED = 500
Answers = Mapping[str, Answer | None]
Test = Callable[[Answers], bool]


class Reach(StrEnum):
    """Who comes to a part."""

    ALL = "all"
    SOME = "some"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Stop:
    """A section or a question, who comes there, and what depends on it."""

    part: Part
    reach: Reach
    #: The ids of earlier questions that decide about it although nobody comes to them.
    blocked_by: tuple[str, ...] = ()
    #: The ids of later parts that it decides about.
    decides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Routes:
    """All parts in order, and what becomes of somebody who is asked nothing."""

    stops: Mapping[str, Stop]
    #: Whether some answers lead to the end without a question.
    can_be_empty: Reach

    def reach(self, part_id: str) -> Reach:
        """Return who comes to a part."""
        return self.stops[part_id].reach


def routes(document: Questionnaire) -> Routes:
    """Return who comes to each part of a questionnaire."""
    stops: dict[str, Stop] = {}
    later = _later(document)
    for section in document.sections:
        for part in (section, *section.questions):
            reach = _reach(part, section, document, stops)
            hidden = _hidden(part, stops) if reach is Reach.NONE else ()
            stops[part.id] = Stop(part, reach, hidden, tuple(later.get(part.id, ())))
    return Routes(stops, _empty(document))


def _later(document: Questionnaire) -> dict[str, list[str]]:
    later: dict[str, list[str]] = {}
    for part in outline.parts(document):
        for question_id in sorted(outline.asked_by(part)):
            later.setdefault(question_id, []).append(part.id)
    return later


def _hidden(part: Part, stops: Mapping[str, Stop]) -> tuple[str, ...]:
    asked = sorted(outline.asked_by(part))
    return tuple(key for key in asked if key in stops and stops[key].reach is Reach.NONE)


def _reach(
    part: Part, section: Section, document: Questionnaire, before: Mapping[str, Stop]
) -> Reach:
    rules = [rule for rule in (section.show_if, part.show_if) if rule]
    if not rules:
        return Reach.ALL
    if part is not section and before[section.id].reach is Reach.NONE:
        return Reach.NONE

    def is_met(answers: Answers) -> bool:
        return all(routing.is_met(rule, document, answers) for rule in rules)

    asked = {test.question_id for rule in rules for test in rule.tests()}
    return _found(document, asked, is_met)


def _found(document: Questionnaire, asked: set[str], holds: Test) -> Reach:
    """Return whether something holds for all answers, for some, or for none."""
    domains = _domains(document, asked)
    sizes = [len(found.answers) for found in domains.values()]
    is_whole = math.prod(sizes) <= MOST_TRIED and all(d.is_whole for d in domains.values())
    seen = set[bool]()
    for answers in _tried(domains, math.prod(sizes) <= MOST_TRIED):
        seen.add(holds(answers))
        if len(seen) > 1:
            return Reach.SOME
    if seen == {True}:
        return Reach.ALL if is_whole else Reach.SOME
    return Reach.NONE if is_whole else Reach.UNKNOWN


def _domains(document: Questionnaire, asked: set[str]) -> dict[str, Domain]:
    """Return the answers of the questions that decide, and of those that decide about them."""
    needed, new = set[str](), set(asked)
    while new:
        needed |= new
        new = {key for found in new for key in _decided_by(found, document)} - needed
    return {key: domain(document.question(key), document.tests_of(key)) for key in sorted(needed)}


def _decided_by(question_id: str, document: Questionnaire) -> set[str]:
    question, section = document.question(question_id), document.section_of(question_id)
    return outline.asked_by(question) | outline.asked_by(section)


def _tried(domains: Mapping[str, Domain], is_all: bool) -> Iterator[Answers]:
    """Go through all combinations of answers, or through some that are the same each time."""
    if is_all:
        for answers in product(*(found.answers for found in domains.values())):
            yield dict(zip(domains, answers, strict=True))
        return
    chance = random.Random(0)  # noqa: S311 - a selection, not a secret. nosemgrep: chance
    for _time in range(MOST_SAMPLED):
        yield {key: chance.choice(found.answers) for key, found in domains.items()}


def _empty(document: Questionnaire) -> Reach:
    """Return who comes to the end without being asked anything."""
    asking = [q for q in document.questions() if q.kind not in ("information", "consent")]
    if any(_is_for_all(question, document) for question in asking):
        return Reach.NONE

    def is_empty(answers: Answers) -> bool:
        return not any(routing.is_shown(question, document, answers) for question in asking)

    deciding = {key for question in asking for key in _decided_by(question.id, document)}
    return _found(document, deciding, is_empty)


def _is_for_all(question: AnyQuestion, document: Questionnaire) -> bool:
    return not question.show_if and not document.section_of(question.id).show_if


def unreachable(found: Routes) -> Sequence[Stop]:
    """Return the parts to which nobody comes, without those that only follow from another."""
    stops = found.stops.values()
    empty = {stop.part.id for stop in stops if stop.reach is Reach.NONE}
    inside = {
        question.id
        for stop in stops
        if isinstance(stop.part, Section) and stop.part.id in empty
        for question in stop.part.questions
    }
    return [stop for stop in stops if stop.part.id in empty - inside]
