"""What differs between two versions of a questionnaire, and what that means for results; pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from flask_babel import gettext as _

from vrn_community.questionnaires import labels, outline, translating
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.outline import Part
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.question_types.numbers import Banded

TOKEN = re.compile(r"\s+|[^\s]+")
#: The place of what stands before the sections, as the id of a part.
FRAME = "introduction"


class Sort(StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Mark(StrEnum):
    """What became of a piece of a text."""

    SAME = "same"
    INSERTED = "ins"
    DELETED = "del"


Piece = tuple[Mark, str]


@dataclass(frozen=True)
class Difference:
    """One section or question that is not as it was."""

    part_id: str
    name: str
    sort: Sort
    #: Texts that differ, in pieces.
    texts: tuple[tuple[Piece, ...], ...] = ()
    #: What else differs, and what it means for results, in sentences.
    notes: tuple[str, ...] = ()


def differences(before: Questionnaire, after: Questionnaire) -> list[Difference]:
    """Return what differs, in the order of the later version; what was removed comes last."""
    old, new = _parts(before), _parts(after)
    found = [*_frame(before, after)]
    for part_id, part in new.items():
        known = old.get(part_id)
        if known is None:
            found.append(_added(part))
        elif (changed := _changed(known, part, before, after)) is not None:
            found.append(changed)
    gone = [part for part_id, part in old.items() if part_id not in new]
    return [*found, *(_removed(part) for part in gone)]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return a text with what was taken out and put in, word by word."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    found: list[Piece] = []
    for act, start, end, new_start, new_end in SequenceMatcher(None, old, new, False).get_opcodes():
        if act == "equal":
            found.append((Mark.SAME, "".join(old[start:end])))
            continue
        if start < end:
            found.append((Mark.DELETED, "".join(old[start:end])))
        if new_start < new_end:
            found.append((Mark.INSERTED, "".join(new[new_start:new_end])))
    return tuple(found)


def _parts(document: Questionnaire) -> dict[str, Part]:
    return {
        part.id: part for section in document.sections for part in (section, *section.questions)
    }


def _frame(before: Questionnaire, after: Questionnaire) -> Iterator[Difference]:
    texts = ((before.introduction, after.introduction),)
    changed = tuple(pieces(old, new) for old, new in texts if old != new)
    pairs = (
        (before.asks_age_band != after.asks_age_band, _("Whether the age is asked has changed.")),
        (before.equality_block != after.equality_block, _("The equality questions are others.")),
        (
            before.section_order != after.section_order,
            _("The order of sections has changed."),
        ),
    )
    notes = tuple(note for differs, note in pairs if differs)
    if changed or notes:
        yield Difference(FRAME, str(_("Before and after")), Sort.CHANGED, changed, notes)


def _added(part: Part) -> Difference:
    note = _("Answers to it come from this version on.")
    notes = () if isinstance(part, Section) else (note,)
    return Difference(part.id, outline.name(part), Sort.ADDED, notes=notes)


def _removed(part: Part) -> Difference:
    note = _("Answers to it are kept, and counted by themselves.")
    notes = () if isinstance(part, Section) else (note,)
    return Difference(part.id, outline.name(part), Sort.REMOVED, notes=notes)


def _changed(
    known: Part, part: Part, before: Questionnaire, after: Questionnaire
) -> Difference | None:
    old, new = _texts(before, known.id), _texts(after, part.id)
    texts = tuple(pieces(old[key], new[key]) for key in new if key in old and old[key] != new[key])
    notes = [*_own_notes(known, part, old, new)]
    if known.show_if != part.show_if:
        rule = labels.rule_text(part.show_if, after) if part.show_if else _("It is always shown.")
        notes.append(_("When it is shown has changed. %(rule)s", rule=rule))
    if not texts and not notes:
        return None
    return Difference(part.id, outline.name(part), Sort.CHANGED, texts, tuple(notes))


def _texts(document: Questionnaire, part_id: str) -> Mapping[str, str]:
    """Return the texts of a part, those that are empty included."""
    found = translating.texts(document)
    names = ("title", "introduction", "content_note", "text", "hint")
    empty = {f"{part_id}.{name}": "" for name in names}
    return {**empty, **{key: text for key, text in found.items() if key.startswith(f"{part_id}.")}}


def _own_notes(
    known: Part, part: Part, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[str]:
    if isinstance(known, Section) or isinstance(part, Section):
        if isinstance(known, Section) and isinstance(part, Section):
            yield from _of_section(known, part)
        return
    if known.kind != part.kind:
        words = {"before": known.label, "after": part.label}
        yield _("“%(before)s” is now “%(after)s”: answers are not counted together.", **words)
        return
    yield from _of_lists(old, new)
    yield from _of_numbers(known, part)
    if old != new:
        yield _("It is the same question for results: answers to both versions count together.")


def _of_section(known: Section, part: Section) -> Iterator[str]:
    order = [question.id for question in part.questions]
    before = [question.id for question in known.questions]
    both = set(order) & set(before)
    if [key for key in order if key in both] != [key for key in before if key in both]:
        yield _("The questions stand in another order.")


def _of_lists(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """Tell which choices or rows came and went."""
    for texts, others, message in (
        (new, old, _("New: %(choices)s. It is counted from this version on.")),
        (old, new, _("Gone: %(choices)s. Earlier answers with it stay in the table.")),
    ):
        came = [text for key, text in texts.items() if key not in others and key.count(".") == 2]
        if came:
            yield message % {"choices": ", ".join(f"“{text}”" for text in came)}


def _of_numbers(known: AnyQuestion, part: AnyQuestion) -> Iterator[str]:
    if not isinstance(known, Banded) or not isinstance(part, Banded):
        return
    if (known.least, known.greatest) != (part.least, part.greatest):
        yield _("The range is another, so the bands of the tables do not fit together.")
