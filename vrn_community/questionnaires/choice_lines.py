"""Choices as an editor types them, one a line; pure."""

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

from vrn_community.questionnaires.question_types.base import Choice

#: How alike two wordings are that mean the same choice: a corrected word, not another answer.
ALIKE = 0.75


def split(typed: str) -> list[str]:
    """Return the lines of a text without blank ones, each with single spaces."""
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return [line for line in lines if line]


def joined(choices: Iterable[Choice]) -> str:
    """Return choices as lines."""
    return "\n".join(choice.text for choice in choices)


def choices_of(
    lines: Sequence[str], before: Sequence[Choice], new_id: Callable[[], str]
) -> tuple[Choice, ...]:
    """Return a choice for each line; a line that was there before keeps its id.

    The same words keep it wherever they stand; a line that was only corrected keeps
    it too, so that conditions and tables of several versions still find the choice.
    """
    free = {choice.text: choice for choice in before}
    kept = {line: free.pop(line) for line in lines if line in free}
    for line in lines:
        if line not in kept:
            nearest = get_close_matches(line, free, n=1, cutoff=ALIKE)
            known = free.pop(nearest[0]) if nearest else Choice(id=new_id(), text=line)
            kept[line] = known.model_copy(update={"text": line})
    return tuple(kept[line] for line in lines)
